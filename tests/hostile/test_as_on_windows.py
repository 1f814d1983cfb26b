"""A run as on Windows: `tally` is shown no POSIX module and no POSIX name, notebooks run through plain papermill, files are opened by a Python of their own.

What cannot be tried here: Windows' own locks, long paths and replaced files; there nothing was run.
"""

import shutil
from pathlib import Path

import pytest

from tests.end_to_end.conftest import PROJECT, pipeline
from tests.hostile.conftest import PERIOD

STAND_IN = str(Path(__file__).parent / "stand_in")


def one_unit(root: Path) -> Path:
    raw = root / "data" / "raw" / "masks_2021" / PERIOD
    source = next((PROJECT / "data" / "raw" / "masks_2021" / PERIOD).glob("*亭湖*"))
    shutil.copytree(source, raw / source.name)
    return root


@pytest.mark.slow
def test_a_run_as_on_windows_makes_every_output_and_the_same_tables(tmp_path):
    here, there = one_unit(tmp_path / "here"), one_unit(tmp_path / "there")
    usual = pipeline("run", PERIOD, root=here)
    ran = pipeline("run", PERIOD, "--jobs", "2", root=there, PYTHONPATH=STAND_IN)
    assert (usual.code, ran.code) == (0, 0), ran.output
    assert "Traceback" not in ran.output, ran.output
    for name in ("cases", "sampling", "enterprises", "findings", "cells"):
        table = Path("data", "processed", "masks_2021", PERIOD, f"{name}.parquet")
        assert (there / table).read_bytes() == (here / table).read_bytes(), name
    made, expected = ({p.name for p in (r / "reports").rglob("*") if p.is_file()} for r in (there, here))
    assert made == expected


def test_files_are_opened_and_locked_as_on_windows(tmp_path):
    root = one_unit(tmp_path)
    ran = pipeline("status", PERIOD, root=root, PYTHONPATH=STAND_IN)
    assert ran.code == 0 and "亭湖" in ran.output and "Traceback" not in ran.output, ran.output


def test_receive_takes_a_pattern_that_no_shell_has_filled_in(tmp_path):
    """PowerShell and cmd pass *.xlsx on as it is."""
    source = next((PROJECT / "data" / "raw" / "masks_2021" / PERIOD).glob("*亭湖*"))
    shutil.copytree(source, tmp_path / "come")
    (tmp_path / "root" / "data" / "raw" / "masks_2021" / PERIOD).mkdir(parents=True)
    pattern = tmp_path / "come" / "*.*"
    ran = pipeline(
        "receive", "--period", PERIOD, "--unit", "亭湖区", str(pattern), root=tmp_path / "root", PYTHONPATH=STAND_IN
    )
    assert ran.code == 0, ran.output

"""Commands as on Windows: `tally` is shown no POSIX module and no POSIX name, notebooks run through plain papermill, received
files are opened by a Python of their own, a file that is open is neither replaced nor removed.

What cannot be tried here: what another program holds open, and long paths; on Windows itself nothing was run.
"""

import os
import re
import shutil
import subprocess
import sys
import urllib.request
from pathlib import Path

import pytest

from tally.paths import Paths
from tally.store.files import write_text
from tests.campaigns import returns
from tests.end_to_end.conftest import PROJECT, pipeline
from tests.hostile.conftest import PERIOD
from tests.unit.release.conftest import CAMPAIGN, NARRATIVE, REASONS, explain

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


# A campaign's second month in the order of its work: the command, its exit code, what it says.
MONTH = (
    (("templates", returns.SECOND), 0, "空白表"),
    (("run", returns.FIRST), 0, "报告"),
    (("check", returns.SECOND), 0, "问题清单"),
    (("status", returns.SECOND), 0, "望湖"),
    (("remind", returns.SECOND), 0, "通知"),
    (("accept", returns.SECOND, "望湖镇", "--by", "柳青"), 0, "已认可"),
    (("run", returns.SECOND), 0, "report.html"),
    (("run", returns.SECOND, "--explain"), 0, "没有"),
    (("run", returns.SECOND, "--edition", "public"), 0, "report.html"),
    (("trace", returns.SECOND, "visits.all.hazards_found"), 0, "望湖"),
    (("disclosure", returns.SECOND), 0, "公开版"),
    (("approve", returns.SECOND, "--by", "柳青"), 0, "发布"),
    (("verify", returns.SECOND), 0, "一致"),
)


def as_on_windows(root: Path, *words: str):
    return pipeline(*words, "--campaign", CAMPAIGN, root=root, PYTHONPATH=STAND_IN)


@pytest.fixture(scope="module")
def month(tmp_path_factory) -> Path:
    root = returns.write_root(tmp_path_factory.mktemp("month"))
    explain(root, *REASONS)
    write_text(Paths(root, CAMPAIGN, returns.SECOND).narrative, NARRATIVE)
    return root


@pytest.mark.slow
def test_a_months_commands_as_on_windows(month):
    for words, code, saying in MONTH:
        ran = as_on_windows(month, *words)
        assert (ran.code, saying in ran.output) == (code, True), f"{words}\n{ran.output}"
        assert "Traceback" not in ran.output, ran.output
    word = Paths(month, CAMPAIGN, returns.SECOND).reports / "report.docx"
    verified = as_on_windows(month, "verify", returns.SECOND, str(word))
    assert verified.code == 0 and "Traceback" not in verified.output, verified.output


def test_a_second_run_as_on_windows_is_told_of_the_first(tmp_path):
    root = returns.write_root(tmp_path)
    write_text(root / "holder.py", HOLDER)
    with started(root / "holder.py", str(root)) as first:
        assert first.stdout.readline() == "held\n"
        ran = as_on_windows(root, "check", returns.FIRST)
    assert ran.code == 1 and "另一个运行正在使用这个数据文件夹" in ran.output, ran.output


HOLDER = """
import sys
from pathlib import Path
import sitecustomize
import tally.store.lock as lock
with lock.held(Path(sys.argv[1])):
    print("held", flush=True)
    sys.stdin.read()
"""


def started(*words: str | Path) -> subprocess.Popen:
    return subprocess.Popen(
        [sys.executable, *map(str, words)], cwd=PROJECT, text=True, env=dict(os.environ, PYTHONPATH=f"{STAND_IN}:{PROJECT}"),
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
    )  # fmt: skip


@pytest.mark.slow
def test_the_desk_as_on_windows_shows_its_page(month):
    as_on_windows(month, "check", returns.SECOND)
    words = (
        "desk",
        returns.SECOND,
        "--campaign",
        CAMPAIGN,
        "--root",
        month,
        "--no-browser",
        "--by",
        "柳青",
        "--lang",
        "zh",
    )
    with started(PROJECT / "pipeline.py", *words) as desk:
        said = ""
        while not (address := re.search(r"http\S+", said)):
            line = desk.stdout.readline()
            assert line, said
            said += line
        with urllib.request.urlopen(address[0], timeout=60) as page:
            assert page.status == 200
        desk.terminate()

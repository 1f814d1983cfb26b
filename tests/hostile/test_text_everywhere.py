"""Whatever a unit writes into its text fields, every output is made, and nothing in it means more than text."""

import re

import pandas as pd
import pytest

from tests.end_to_end.conftest import pipeline
from tests.hostile.conftest import CODE, PERIOD, UNIT, hostile_root

CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f]")


def plain(text: str) -> str:
    return re.sub(r"[\r\n\t]", "", text)


def test_every_output_is_made_and_the_unit_counted(hostile):
    assert hostile.code == 0, hostile.output
    assert "Traceback" not in hostile.output and "处理失败" not in hostile.output
    made = {p.name for p in hostile.reports.rglob("*") if p.is_file()}
    assert {
        "report.html",
        "report.pdf",
        "report.docx",
        "forms.xlsx",
        f"{CODE}.xlsx",
        f"{CODE}.html",
        "manifest.json",
    } <= made
    assert CODE in set(pd.read_parquet(hostile.processed / "sampling.parquet")["unit"])


def test_no_control_character_reaches_the_terminal_or_a_table(hostile):
    assert not CONTROL.search(plain(hostile.output))
    for table in ("sampling", "enterprises", "cells", "findings"):
        for row in pd.read_parquet(hostile.processed / f"{table}.parquet").itertuples(index=False):
            assert not [value for value in row if isinstance(value, str) and CONTROL.search(plain(value))]


@pytest.mark.parametrize(
    "command",
    [
        ("status", PERIOD), ("remind", PERIOD), ("trace", PERIOD, "sampling.batches.to_date"), ("verify", PERIOD),
        pytest.param(("run", PERIOD, "--edition", "public"), marks=pytest.mark.slow), pytest.param(("check", PERIOD), marks=pytest.mark.slow), pytest.param(("templates", PERIOD), marks=pytest.mark.slow),
    ],
    ids=lambda c: c[0],
)  # fmt: skip
def test_every_other_command_copes_too(hostile, command):
    done = pipeline(*command, root=hostile.root)
    assert "Traceback" not in done.output and done.code in (0, 1), done.output
    assert not CONTROL.search(plain(done.output))


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(1, 21))
def test_characters_of_every_category_reach_every_output(tmp_path, seed):
    ran = pipeline("run", PERIOD, root=hostile_root(tmp_path, seed))
    assert ran.code == 0 and "Traceback" not in ran.output and UNIT in ran.output and "处理失败" not in ran.output

"""A unit's figures are accepted by name and stay so only while nothing of theirs changes; a release can ask for all of them."""

from __future__ import annotations

import shutil
from dataclasses import replace

import pandas as pd
import pytest

import pipeline
from tally.check.acceptances import ACCEPTANCES, figures_digest
from tally.errors import TallyError
from tally.life.accepting import accepted, not_accepted
from tally.paths import Paths
from tally.store.lines import read
from tests.desk import world
from tests.desk.world import ask


@pytest.fixture(scope="module")
def spotless(tmp_path_factory):
    return world.checked(tmp_path_factory.mktemp("spotless"), {})


@pytest.fixture
def clean(spotless, tmp_path):
    """A desk on a period without mistakes."""
    shutil.copytree(spotless.root, tmp_path / "root")
    return world.desk(Paths(tmp_path / "root", spotless.campaign, spotless.period))


def state(desk, unit: str) -> str:
    return next(u["state"] for u in ask(desk, ask="units")["units"] if u["unit"] == unit)


UNIT, OTHER = "320902", "320904"


def test_an_acceptance_says_who_and_when_and_is_taken_back_whole(clean):
    assert state(clean, UNIT) == ""
    told = ask(clean, ask="accept", units=[UNIT, OTHER])
    assert told["undo"] and state(clean, UNIT) == state(clean, OTHER) == "accepted"
    (first, second) = (record for _, record in read(clean.paths.acceptances, ACCEPTANCES).records)
    assert (first["unit"], first["who"], second["unit"]) == (UNIT, "李分析", OTHER)
    ask(clean, ask="withdraw", units=[OTHER])
    assert state(clean, OTHER) == "" and state(clean, UNIT) == "accepted"
    ask(clean, ask="undo")
    assert state(clean, OTHER) == "accepted"


def test_it_stands_only_while_the_units_figures_do(clean):
    ask(clean, ask="accept", units=[UNIT, OTHER])
    cell = clean.snapshot.tables.cells.query("unit == @UNIT and form == 'cases' and field == 'cases_closed'").iloc[0]
    line = f"{UNIT},cases,{cell.row},cases_closed,{cell.raw},99,县局6月8日来电更正,李分析,2021-06-08"
    clean.paths.corrections.parent.mkdir(parents=True)
    clean.paths.corrections.write_text(f"unit,form,row,field,old,new,reason,who,when\n{line}\n", encoding="utf-8")
    world.check(clean.paths)
    clean.renew()
    assert (state(clean, UNIT), state(clean, OTHER)) == ("changed", "accepted")
    clean.paths.corrections.unlink()
    world.check(clean.paths)
    clean.renew()
    assert state(clean, UNIT) == "accepted", "what was accepted is said again"


def test_a_finding_that_comes_up_ends_it(clean):
    before = figures_digest(clean.snapshot.tables, UNIT)
    tables = clean.snapshot.tables
    row = dict.fromkeys(tables.findings.columns, "") | {"unit": UNIT, "severity": "warning", "rule": "cases.new"}
    found = pd.DataFrame([row])
    assert figures_digest(replace(tables, findings=pd.concat([tables.findings, found])), UNIT) != before
    noted = found.assign(severity="note")
    assert figures_digest(replace(tables, findings=pd.concat([tables.findings, noted])), UNIT) == before


def test_figures_with_an_open_error_or_an_old_check_are_not_accepted(desk):
    unit = next(f.unit for f in desk.snapshot.findings.values() if f.severity == "error" and f.unit)
    assert "差错没有更正也没有书面说明" in desk.answer({"ask": "accept", "units": [unit]})["error"]["fact"]
    next(desk.paths.raw.glob("*.xlsx")).unlink()
    assert "不是最新的" in desk.answer({"ask": "accept", "units": [unit]})["error"]["fact"]
    assert not desk.paths.acceptances.exists()


def test_the_command_line_accepts_status_shows_it_and_a_broken_file_is_told_by_its_line(clean, capsys):
    where = ["--root", str(clean.paths.root), "--lang", "zh"]
    assert pipeline.main(["accept", world.MAY, "亭湖区", "--by", "张审核", *where]) == 0
    assert "已认可 亭湖区 的数（张审核，" in capsys.readouterr().out
    assert pipeline.main(["status", world.MAY, *where]) == 0
    shown = capsys.readouterr().out
    assert "认可" in shown and "张审核" in shown and "未认可" in shown
    assert len(not_accepted(clean.campaign, clean.paths)) == 10
    with clean.paths.acceptances.open("a", encoding="utf-8") as file:
        file.write('"不成对\n')
    with pytest.raises(TallyError, match="第 3 行的引号不成对"):
        accepted(clean.campaign, clean.paths)

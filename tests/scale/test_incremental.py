"""Only what changed runs again, and the result is that of a run from the beginning."""

from __future__ import annotations

import shutil

import pytest

from tally import campaigns
from tally.intake.survey import survey
from tally.returns import processing
from tests.scale.conftest import NAME, made


@pytest.fixture
def copy(small, tmp_path):
    """The nation that has been run, in a folder of its own, file times kept."""
    root = tmp_path / "copy"
    shutil.copytree(small.root, root)
    return type(small)(root, small.made, small.truths)


def only_joined(run, monkeypatch) -> list[str]:
    """Joins all units again; the units whose own tables were read for it."""
    read, names = [], processing.together.__globals__
    original = names["read_tables"]

    def watched(path):
        read.append(path.parent.name)
        return original(path)

    monkeypatch.setitem(names, "read_tables", watched)
    processing.join_units(NAME, run.paths.period, str(run.root))
    return sorted(read)


def test_joining_reads_only_units_that_changed(copy, monkeypatch):
    processing.join_units(NAME, copy.paths.period, str(copy.root))  # a copied file is another file: all are read
    before = copy.tables()
    unit = copy.made.counties[5].code
    processing.process_unit(NAME, copy.paths.period, unit, str(copy.root))
    assert only_joined(copy, monkeypatch) == [unit]
    assert copy.tables() == before


def test_a_joined_table_that_was_tampered_with_is_made_anew(copy):
    before = copy.tables()
    processing.join_units(NAME, copy.paths.period, str(copy.root))
    target = copy.paths.processed / "cases.parquet"
    target.write_bytes(target.read_bytes()[:-20])
    processing.join_units(NAME, copy.paths.period, str(copy.root))
    assert copy.tables() == before


def test_an_unchanged_run_runs_nothing(small):
    again = small.pipeline()
    assert again.returncode == 0, again.stderr
    assert "没有任何变化" in again.stdout


def test_one_changed_county_runs_alone_and_gives_what_a_fresh_run_gives(tmp_path):
    run = made(tmp_path / "one", 3)
    assert run.pipeline().returncode == 0
    folder = run.paths.raw / f"{run.made.counties[1].code}{run.made.counties[1].name}"
    for path in folder.rglob("*"):
        path.unlink()
    changed = run.pipeline("--explain")
    assert changed.stdout.count("上报文件有变动") == 1
    after = run.tables()
    shutil.rmtree(run.root / "data" / "processed")
    assert run.pipeline().returncode == 0
    assert run.tables() == after


def test_a_correction_concerns_its_own_unit_only(small, tmp_path):
    from tally.run.states import UnitStates

    root = tmp_path / "corrected"
    shutil.copytree(small.root, root)
    run = type(small)(root, small.made, small.truths)
    campaign = campaigns.load(NAME, root)
    surveyed = survey(campaign, run.paths)

    def states():
        known = UnitStates(campaign, run.paths, surveyed)
        return {u.code: known.of(u.code) for u in campaign.units}

    run.paths.corrections.parent.mkdir(parents=True)
    head = "unit,form,row,field,old,new,reason,who,when\n"
    run.paths.corrections.write_text(head, encoding="utf-8")
    before, unit = states(), campaign.units[2].code
    line = f"{unit},cases,total,cases_handled,3,4,县局来电更正件数,某甲,2021-06-03\n"
    run.paths.corrections.write_text(head + line, encoding="utf-8")
    assert [u for u, s in states().items() if s != before[u]] == [unit]

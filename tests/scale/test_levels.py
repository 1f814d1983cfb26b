"""City, province and nation: totals of each level right, and a report for each from the same notebook."""

from __future__ import annotations

import re
import shutil
from dataclasses import replace
from decimal import Decimal

import pandas as pd
import pytest

from benchmarks.nation.gate import expected, problems
from benchmarks.nation.places import NAME, TOP, declare, nation
from benchmarks.nation.returns import PERIOD, make
from tally import campaigns, totals
from tally.clean.unit_names import unit_of
from tally.errors import UsageError
from tally.report import open_report
from tally.returns.processing import process_unit
from tally.store import tables
from tally.totals.levels import _state, within


def test_totals_of_every_level_equal_the_truth(small):
    assert problems(small.root, small.made, small.truths) == []


def test_a_wrong_truth_would_be_noticed(small):
    first, key = small.truths[0], ("total", "cases_handled")
    spoilt = replace(first, cases=first.cases | {key: first.cases[key] + 1})
    wrong = problems(small.root, small.made, [spoilt, *small.truths[1:]])
    assert any(w.startswith(f"{TOP[0]} cases.total.cases_handled") for w in wrong)


def test_a_level_has_what_lies_directly_below_it_as_units(small):
    campaign = campaigns.load(NAME, small.root)
    nation, province, city = (within(campaign, code) for code in (TOP[0], "110000", "110100"))
    assert [u.name for u in nation.units] == [p.name for p in small.made.provinces]
    assert [u.code for u in province.units] == [c.code for c in small.made.cities]
    assert [u.code for u in city.units] == [c.code for c in small.made.counties if c.parent == "110100"]
    with pytest.raises(UsageError):
        within(campaign, "990000")


def test_the_long_table_names_levels(small):
    campaign = campaigns.load(NAME, small.root)
    history = totals.read_history(campaign, small.paths, "110000")
    table = totals.as_table(totals.work_out(history))
    assert set(table["level"]) == {"province", "city"}
    city = totals.as_table(totals.work_out(totals.read_history(campaign, small.paths, "110100")))
    assert set(city["level"]) == {"city", "unit"}


@pytest.mark.parametrize("area", ["", "110000", "110100"])
def test_each_level_states_its_own_figures(small, area):
    report = open_report(small.paths.period, NAME, small.root, area=area)
    text = "".join(b.as_text() for b in report.section("cases", charts=False))
    handled = expected(small.made, small.truths)[area or TOP[0]]["cases.total.cases_handled"]
    assert Decimal(re.search(r"查办案件([\d.]+)件", text).group(1)) == handled


def test_a_report_says_in_its_lead_which_areas_are_not_complete(small, tmp_path):
    root = tmp_path / "missing"
    shutil.copytree(small.root, root)
    for table in ("returns", "cases", "enterprises", "sampling", "cells", "findings"):
        path = small.paths.processed.relative_to(small.root) / f"{table}.parquet"
        frame = tables.read_table(root / path)
        gone = frame["unit"] == small.made.counties[0].code
        kept = frame.assign(state=frame["state"].mask(gone, "missing")) if table == "returns" else frame[~gone]
        tables.write_table(kept, root / path, tables.schema(table, campaigns.load(NAME, root)))
    text = "".join(b.as_text() for b in open_report(small.paths.period, NAME, root, area="110000").section("cover"))
    assert f"{small.made.cities[0].name}的附件3、附件4、附件5尚有所属单位未报" in text


def test_an_area_with_a_county_missing_is_marked_partial():
    assert _state(["on time", "missing"], 2) == "partial"
    assert _state(["on time", "late"], 2) == "late"
    assert _state(["on time", "zero return"], 2) == "on time"
    assert _state(["missing", "missing"], 2) == "missing"
    assert _state(["on time"], 2) == "partial"


def test_counties_that_share_a_name_are_told_apart(tmp_path):
    declare(nation(900), tmp_path)
    campaign = campaigns.load(NAME, tmp_path)
    names = pd.Series([u.name for u in campaign.units])
    shared = names[names.duplicated()].iloc[0]
    unit = next(u for u in campaign.units if u.name == shared)
    city = campaign.unit(unit.parent).name
    assert unit_of(campaign, shared).ambiguous == shared
    assert unit.code in unit_of(campaign, f"{shared}市场监督管理局").may_be
    assert unit_of(campaign, f"{city}{shared}市场监督管理局").codes == {unit.code}
    assert unit_of(campaign, f"{unit.code}{shared}").codes == {unit.code}


def test_returns_of_counties_that_share_a_name_are_counted_each_for_its_own(tmp_path):
    places = nation(900)
    declare(places, tmp_path)
    names = pd.Series([c.name for c in places.counties])
    twins = tuple(c for c in places.counties if c.name == names[names.duplicated()].iloc[0])[:2]
    truths = make(twins, tmp_path)
    for place, truth in zip(twins, truths, strict=True):
        read = process_unit(NAME, PERIOD, place.code, str(tmp_path))
        assert read.returns["cases"].state == "on time"
        handled = read.returns["cases"].frame.loc["total", "cases_handled"]
        assert handled == truth.cases["total", "cases_handled"]


@pytest.mark.slow
def test_every_level_has_its_report_and_units_their_files_from_the_level_they_report_to(small, tmp_path):
    root = tmp_path / "reports"
    shutil.copytree(small.root, root)
    run = type(small)(root, small.made, small.truths)
    for more in ((), ("--area", "110000"), ("--area", "110100")):
        done = run.pipeline(*more, command="run")
        assert done.returncode == 0, done.stdout + done.stderr
    folders = {code: replace(run.paths, area=code).reports for code in ("", "110000", "110100")}
    for folder in folders.values():
        for name in ("report.html", "report.pdf", "report.docx", "forms.xlsx", "manifest.json"):
            assert (folder / name).stat().st_size > 0
    mine = {f"{c.code}.xlsx" for c in small.made.counties if c.parent == "110100"}
    assert {p.name for p in (folders["110100"] / "feedback").iterdir()} == mine
    assert not (folders["110000"] / "feedback").exists()
    assert "没有任何变化" in run.pipeline("--area", "110100", command="run").stdout

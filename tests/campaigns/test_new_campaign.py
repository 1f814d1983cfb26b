"""A new campaign's folder: made, refused, run as it is; campaigns below a root are found and their slips are named."""

from __future__ import annotations

import csv

import pandas as pd
import pytest

import tally
from tally import campaigns
from tally.campaigns.new import new_campaign
from tally.errors import TallyError, UsageError
from tally.intake.survey import survey
from tally.paths import Paths
from tally.returns.processing import join_units, process_unit, reporting_units
from tests.campaigns import returns
from tests.end_to_end.conftest import pipeline


def test_it_is_declared_under_its_own_name_and_has_a_place_for_returns(tmp_path):
    made = new_campaign("fire_2023", tmp_path)
    declared = campaigns.load("fire_2023", tmp_path)
    assert made == tmp_path / "campaigns" / "fire_2023"
    assert declared.name == "fire_2023" and [f.layout for f in declared.forms] == ["matrix", "list"]
    assert Paths(tmp_path, "fire_2023", declared.periods[0].name).raw.is_dir()
    assert not list(made.parent.glob(".*"))


def test_it_runs_as_it_is(tmp_path):
    new_campaign("fire_2023", tmp_path)
    declared = campaigns.load("fire_2023", tmp_path)
    paths = Paths(tmp_path, "fire_2023", declared.periods[0].name)
    (paths.raw / "甲县").mkdir()
    lines = [
        ("监督检查情况统计表",),
        ("填报单位：甲县",),
        ("单位类型", "检查家数（家次）", "发现问题（个）", "完成整改（个）", "罚没（万元）"),
    ]
    lines += [("生产单位", 3, 1, 1, "0.5"), ("销售单位", 4, 2, 1, "0"), ("合计", 7, 4, 2, "0.5")]
    with (paths.raw / "甲县" / "监督检查情况统计表.csv").open("w", encoding="utf-8-sig", newline="") as f:
        csv.writer(f).writerows(lines)
    for unit in reporting_units(declared, survey(declared, paths)):
        process_unit("fire_2023", paths.period, unit, str(tmp_path))
    tables = join_units("fire_2023", paths.period, str(tmp_path))
    total = tables.forms["inspections"].query("unit == '990001' and category == 'total'").iloc[0]
    assert (total["visits"], total["fines"]) == (7, 0.5)
    wrong = tables.findings.query("rule == 'inspections.total_equals_sum'")
    assert list(wrong["field"]) == ["found"]  # 1 + 2 is not 4


@pytest.mark.parametrize(
    "name", ["../x", "a/b", "/tmp/x", ".", "", "Fire", "class", "_x", "1x", "火灾", "a b", "x" * 41, "a\n"]
)
def test_names_that_cannot_be_one_are_refused_and_nothing_is_made(tmp_path, name):
    with pytest.raises(UsageError, match="不能用"):
        new_campaign(name, tmp_path / "root")
    assert not list(tmp_path.iterdir())


def test_a_name_that_is_taken_is_refused_and_what_is_there_is_left_alone(tmp_path):
    with pytest.raises(UsageError, match="已经有了"):
        new_campaign("masks_2021", tmp_path)
    made = new_campaign("fire_2023", tmp_path)
    (made / "units.csv").write_text("mine", encoding="utf-8")
    with pytest.raises(UsageError, match="已经有了"):
        new_campaign("fire_2023", tmp_path)
    assert (made / "units.csv").read_text(encoding="utf-8") == "mine"


def test_the_command_says_what_to_do_next(tmp_path):
    done = pipeline("new-campaign", "fire_2023", root=tmp_path)
    assert done.code == 0 and "docs/new-campaign.md" in done.output
    refused = pipeline("new-campaign", "../x", root=tmp_path)
    assert refused.code == 2 and "Traceback" not in refused.output


def test_campaigns_of_two_roots_do_not_mix(tmp_path):
    one, two = tmp_path / "one", tmp_path / "two"
    new_campaign("fire_2023", one)
    new_campaign("fire_2023", two)
    path = two / "campaigns" / "fire_2023" / "__init__.py"
    path.write_text(path.read_text(encoding="utf-8").replace("某某专项行动", "另一专项行动"), encoding="utf-8")
    titles = [campaigns.load("fire_2023", root).title for root in (one, two)]
    assert titles == ["某某专项行动", "另一专项行动"]
    assert "fire_2023" not in campaigns.names(tmp_path)


@pytest.mark.parametrize(
    ("file", "old", "new", "said"),
    [
        ("inspections.py", '"count"', '"count" "', "inspections.py 第"),
        ("inspections.py", '"count"', '"cuont"', "cuont"),
        ("inspections.py", 'layout="matrix",', 'layout="table",', "table"),
        ("inspections.py", "RowsPresent(", "RowPresent(", "RowPresent"),
        ("problems.py", 'key=("keeper", "problem")', 'key=("keeper", "nothing")', "nothing"),
        ("periods.csv", "2021-05-01", "2021-05-32", "periods.csv 第 2 行"),
        ("__init__.py", 'name="slips"', 'name="other"', "应为 'slips'"),
    ],
)
def test_a_slip_in_a_declaration_is_named_with_its_place(tmp_path, file, old, new, said):
    made = new_campaign("slips", tmp_path)
    path = made / file
    path.write_text(path.read_text(encoding="utf-8").replace(old, new, 1), encoding="utf-8")
    again = tmp_path / "again"  # a process keeps what it has imported: another root is read anew
    (again / "campaigns").mkdir(parents=True)
    made.rename(again / "campaigns" / "slips")
    with pytest.raises(TallyError) as wrong:
        campaigns.load("slips", again)
    assert said in wrong.value.fact


def test_a_campaign_below_the_root_may_not_hide_one_of_the_projects(tmp_path):
    returns.write_root(tmp_path)
    (tmp_path / "campaigns" / "lifts_2022").rename(tmp_path / "campaigns" / "masks_2021")
    with pytest.raises(UsageError, match="同名"):
        campaigns.load("masks_2021", tmp_path)


def test_its_tables_open_for_work_of_ones_own(tmp_path):

    root = returns.write_root(tmp_path)
    declared = campaigns.load("lifts_2022", root)
    for period in (returns.FIRST, returns.SECOND):
        for unit in reporting_units(declared, survey(declared, Paths(root, "lifts_2022", period))):
            process_unit("lifts_2022", period, unit, str(root))
        join_units("lifts_2022", period, str(root))
    db = tally.open("lifts_2022", str(root))
    asked = db.sql("select sum(hazards_found) as n from visits where category = 'all' and period like '%下半月'")
    assert asked["n"].iloc[0] == 10
    assert isinstance(db.labelled("hazards"), pd.DataFrame) and "整改情况" in db.labelled("hazards")

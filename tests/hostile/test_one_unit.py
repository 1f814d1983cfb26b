"""One unit costs itself at most: a step that its tables break is done without it, and a flood of findings stays legible."""

import csv

import openpyxl
import pandas as pd
import pytest

from tally import campaigns
from tally.campaigns.new import new_campaign
from tally.paths import Paths
from tests.end_to_end.conftest import Ran, pipeline
from tests.hostile.conftest import CODE, PERIOD, UNIT, hostile_root

BREAKING = '''

from dataclasses import dataclass, replace

from tally.rules.base import CityRule


@dataclass(frozen=True)
class Breaks(CityRule):
    """A rule with a slip in it that one unit's figures bring to light."""

    def faults(self, scope):
        visits = scope.tables.forms["inspections"].query("category == 'total'")["visits"]
        return [1 / 0 for n in visits if n == 7]


CAMPAIGN = replace(CAMPAIGN, rules=(*CAMPAIGN.rules, Breaks(id="inspections.breaks", severity="error")))
'''


@pytest.fixture
def campaign(tmp_path):
    """A campaign with a rule that breaks where a unit's total is 7."""
    folder = new_campaign("fire_2023", tmp_path)
    with (folder / "__init__.py").open("a", encoding="utf-8") as f:
        f.write(BREAKING)
    return campaigns.load("fire_2023", tmp_path)


def send(campaign, root, figures: dict[str, int]) -> Ran:
    paths = Paths(root, campaign.name, campaign.periods[0].name)
    for unit, total in figures.items():
        (paths.raw / unit).mkdir()
        lines = [
            ("监督检查情况统计表",),
            ("单位类型", "检查家数（家次）", "发现问题（个）", "完成整改（个）", "罚没（万元）"),
        ]
        lines += [("生产单位", 3, 1, 1, "0"), ("销售单位", total - 3, 2, 1, "0"), ("合计", total, 3, 2, "0")]
        with (paths.raw / unit / "监督检查情况统计表.csv").open("w", encoding="utf-8-sig", newline="") as f:
            csv.writer(f).writerows(lines)
    return pipeline("run", paths.period, "--campaign", campaign.name, root=root)


def test_a_unit_whose_tables_break_a_step_is_left_out_and_the_report_made(campaign, tmp_path):
    first, second = (u.name for u in campaign.units[:2])
    ran = send(campaign, tmp_path, {first: 7, second: 9})
    reports = tmp_path / "reports" / campaign.name / campaign.periods[0].name
    assert ran.code == 0 and (reports / "report.pdf").exists(), ran.output
    assert f"{first}：该单位的数据使后面的步骤无法完成" in ran.output and f"{second}：该单位" not in ran.output
    findings = pd.read_parquet(Paths(tmp_path, campaign.name, campaign.periods[0].name).processed / "findings.parquet")
    assert set(findings.query("rule == 'run.notebook_failed'")["unit"]) == {campaign.units[0].code}


def test_a_run_in_which_no_unit_was_processed_leaves_with_one(campaign, tmp_path):
    units = {u.name: 7 for u in campaign.units}
    assert send(campaign, tmp_path, units).code == 1


def test_a_cause_that_lost_every_unit_is_told_once(campaign, tmp_path):
    units = {u.name: 9 + n for n, u in enumerate(campaign.units)}
    assert send(campaign, tmp_path, units).code == 0
    period = campaign.periods[0].name
    ran = pipeline("check", period, "--campaign", campaign.name, "--force", "--cell-timeout", "0.001", root=tmp_path)
    assert ran.code == 1 and "所有单位都没有处理成功" in ran.output and "Traceback" not in ran.output, ran.output
    lost = [line for line in ran.output.splitlines() if "处理失败，已跳过" in line]
    assert len(lost) == len(units) and sum("原因同上" in line for line in lost) == len(units) - 1, ran.output
    assert ran.output.count("办法：") == 1 and "--cell-timeout" in ran.output, ran.output


@pytest.mark.slow
@pytest.mark.parametrize(
    "kept",
    ["register", "corrections", "explanations", "queries", "mappings", "acceptances", "remarks", "past", "narrative"],
)
def test_a_folder_in_place_of_an_analysts_file_is_told_once_and_loses_no_unit(campaign, tmp_path, kept):
    getattr(Paths(tmp_path, campaign.name, campaign.periods[0].name), kept).mkdir(parents=True)
    ran = send(campaign, tmp_path, {u.name: 9 + n for n, u in enumerate(campaign.units)})
    assert "Traceback" not in ran.output and "处理失败" not in ran.output, ran.output
    assert ran.code in (0, 1) and ran.output.count("办法：") == ran.code, ran.output


@pytest.mark.slow
def test_a_flood_of_findings_leaves_the_report_legible(tmp_path):
    root = hostile_root(tmp_path)
    place = root / "data" / "raw" / "masks_2021" / PERIOD / UNIT / "附件5.xlsx"
    for other in place.parent.iterdir():
        other.unlink()
    form = campaigns.load("masks_2021").form("sampling")
    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet()
    for line in ([form.number], [form.title], [f"填报单位：{UNIT}"], [f.label for f in form.fields]):
        sheet.append(line)
    wrong = {"result": "好", "entered_market": "也许", "enterprise_size": "很大", "product_name": "口罩"}
    for n in range(1500):
        sheet.append(
            [
                n + 1 if f.kind == "seq" else f"厂{n}" if f.confidential == "firm" else wrong.get(f.name)
                for f in form.fields
            ]
        )
    book.save(place)
    ran = pipeline("run", PERIOD, root=root)
    assert ran.code == 0, ran.output
    listed = pd.read_parquet(ran.processed / "findings.parquet").query(f"unit == '{CODE}'")
    assert len(listed) > 4_500
    assert "同一原因的问题另有" in (ran.reports / "runs" / "report.ipynb").read_text(encoding="utf-8")
    assert (ran.reports / "report.html").stat().st_size < 5_000_000
    assert (ran.reports / "report.pdf").stat().st_size < 5_000_000

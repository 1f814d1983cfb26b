"""What docs/new-campaign.md invites one to declare works to the end: ratios, words in a matrix, no total row, a date as key."""

import shutil
from decimal import Decimal
from io import BytesIO
from pathlib import Path

import openpyxl
import pytest

from tally import campaigns, totals
from tally.paths import Paths
from tally.render.blank_forms import template_workbook
from tally.render.workbook import forms_workbook
from tally.returns.processing import join_units, process_unit

SHEETS = {
    "附件1.xlsx": (
        ["附件1"], ["计划完成情况统计表"],
        ["类别", "计划户数（户）", "完成户数（户）", "完成率（%）", "平均得分（分）", "变化原因"],
        ["甲类", 10, 5, 50, 80.5, "无"], ["乙类", 30, 15, 50, 90, "3"], ["合计", 40, 20, 50, 85, ""],
    ),
    "附件2.xlsx": (
        ["附件2"], ["检查情况汇总表"], ["类别", "数量（件）", "金额（万元）", "日期", "是否完成"],
        ["甲类", 4, 1.5, "2021-05-03", "是"], ["乙类", 3, 2.5, "2021-05-04", "否"],
    ),
    "附件3.xlsx": (
        ["附件3"], ["日报登记表"], ["日期", "新增（件）", "占比（%）"],
        ["2021-05-03", 4, 12.5], ["2021-05-04", 3, "85%"], ["2021-05-04", 3, "85%"],
    ),
}  # fmt: skip


@pytest.fixture(scope="module")
def root(tmp_path_factory) -> Path:
    root = tmp_path_factory.mktemp("odd")
    shutil.copytree(Path(__file__).parent / "odd_2024", root / "campaigns" / "odd_2024")
    for unit, times in (("甲县", 1), ("乙区", 3)):
        folder = Paths(root, "odd_2024", "2021-05").raw / unit
        folder.mkdir(parents=True)
        for name, lines in SHEETS.items():
            _write(folder / name, lines, times)
    for code in ("990001", "990002"):
        process_unit("odd_2024", "2021-05", code, str(root))
    join_units("odd_2024", "2021-05", str(root))
    return root


def _write(path: Path, lines: tuple, times: int) -> None:
    book = openpyxl.Workbook()
    for line in lines:
        book.active.append([v * times if isinstance(v, int) and v < 50 else v for v in line])
    book.save(path)


@pytest.fixture(scope="module")
def worked(root) -> totals.Totals:
    declared = campaigns.load("odd_2024", root)
    return totals.work_out(totals.read_history(declared, Paths(root, "odd_2024", "2021-05")))


def test_a_ratio_is_never_added_up_but_worked_out_from_what_it_is_of(worked):
    value = worked.book.value
    assert value("plan.total.planned") == 160 and value("plan.total.done") == 80
    assert value("plan.total.rate") == Decimal("50.00")
    assert value("plan.total.score") is None, "no one knows the average of averages"
    assert value("plan.total.score@990002") == 85


def test_words_in_a_matrix_are_no_figures(worked):
    assert not [ref for ref in worked.book if ".why" in ref or ".ok" in ref or ".on" in ref]


def test_a_matrix_without_total_is_added_up_by_category(worked):
    assert worked.book.value("bare.a.n") == 16 and worked.book.value("bare.b.m") == 5


def test_two_records_of_one_day_are_found_where_the_day_is_the_key(worked):
    f = worked.history.now.findings
    assert set(f.loc[f["rule"] == "daily.twice", "row"]) == {"3"}
    assert set(f.loc[f["severity"] == "error", "rule"]) == set()


def test_a_blank_form_adds_no_ratio_up(root):
    declared = campaigns.load("odd_2024", root)
    made = template_workbook(declared, "2021-05", "990001", timestamp=declared.periods[0].moment)
    sheet = openpyxl.load_workbook(BytesIO(made))["附件1"]
    row = next(r for r in sheet.iter_rows() if r[0].value == "合计")
    assert ["SUM" in str(cell.value) for cell in row[1:6]] == [True, True, False, False, False]


def test_the_consolidated_workbook_adds_no_ratio_up(root, worked):
    declared = worked.history.campaign
    made = forms_workbook(declared, "2021-05", worked.history.now, timestamp=declared.periods[0].moment)
    sheet = openpyxl.load_workbook(BytesIO(made))["附件1"]
    row = next(r for r in sheet.iter_rows() if r[0].value == "合计")
    assert [str(cell.value)[:4] for cell in row[1:5]] == ["=SUM", "=SUM", "50", "None"]

"""A form with subtotal rows, and units that report only some of the forms: declared, never guessed."""

import csv
import io
from dataclasses import replace

import openpyxl
import pytest

from tally import campaigns
from tally.campaigns._skeleton import CAMPAIGN as SKELETON
from tally.campaigns.new import new_campaign
from tally.campaigns.soundness import slips
from tally.check.findings import check_return
from tally.declare import Category
from tally.errors import TallyError
from tally.life.status import status
from tally.paths import Paths
from tally.render.blank_forms import template_workbook
from tally.returns.processing import join_units, process_unit
from tally.store.tables import load_period
from tally.totals import History, work_out
from tests.forms.inline import _return, tables

ROWS = (
    Category("makers", "生产单位"),
    Category("shops", "商店"),
    Category("stalls", "摊位"),
    Category("sellers", "销售单位小计", of=("shops", "stalls")),
    Category("total", "合计"),
)
FORM = replace(SKELETON.form("inspections"), categories=ROWS)
CAMPAIGN = replace(SKELETON, forms=(FORM, SKELETON.form("problems")))
RIGHT = "row | visits\nmakers | 3\nshops | 4\nstalls | 5\nsellers | 9\ntotal | 12"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (RIGHT, []),
        (RIGHT.replace("sellers | 9", "sellers | 8"), [("inspections.total_equals_sum", "sellers", "9")]),
        (RIGHT.replace("total | 12", "total | 21"), [("inspections.total_equals_sum", "total", "12")]),
        (RIGHT.replace("sellers | 9", "sellers | "), []),
    ],
    ids=["right", "a subtotal that is wrong", "a total that counts the subtotal again", "a blank subtotal"],
)
def test_a_subtotal_is_the_sum_of_its_rows_and_in_no_total(text, expected):
    findings = check_return(FORM, _return(FORM, text, "990001"))
    assert [(f.rule, f.row) for f in findings if f.field == "visits"] == [e[:2] for e in expected]
    assert all(sum_of_rows in f.expected for f, (*_, sum_of_rows) in zip(findings, expected, strict=True))


def test_a_subtotal_is_not_added_up_into_a_blank_total():
    ret = _return(FORM, RIGHT.replace("total | 12", "total | "), "990001")
    book = work_out(History(CAMPAIGN, (tables(ret, campaign=CAMPAIGN),))).book
    assert book.value("inspections.total.visits") == 12 and book.value("inspections.sellers.visits") == 9


def test_the_blank_form_adds_a_subtotal_up_itself():
    unit, period = CAMPAIGN.units[0], CAMPAIGN.periods[0]
    sheet = openpyxl.load_workbook(
        io.BytesIO(template_workbook(CAMPAIGN, period.name, unit.code, timestamp=period.moment))
    ).worksheets[0]
    rows = {row[0].value: row[1].value for row in sheet.iter_rows() if row[0].value}
    first = next(cell.row for cell in sheet["A"] if cell.value == "生产单位")
    assert f"SUM(B{first + 1}:B{first + 2})" in rows["销售单位小计"]
    assert f"SUM(B{first}:B{first + 2})" in rows["合计"]


@pytest.mark.parametrize("of", [("nothing",), ("total",), ("sellers",)])
def test_a_subtotal_of_what_is_no_row_is_refused(of):
    rows = tuple(replace(c, of=of) if c.name == "sellers" else c for c in ROWS)
    form = replace(FORM, categories=rows)
    assert any("小计" in s.fact for s in slips(replace(CAMPAIGN, forms=(form, SKELETON.form("problems")))))


@pytest.fixture(scope="module")
def root(tmp_path_factory):
    """甲县 reports both forms, 乙区 only the list; 甲县 sent its matrix, 乙区 nothing."""
    root = tmp_path_factory.mktemp("parts")
    _units(root, "problems")
    paths = Paths(root, "schools", "2021-05")
    (paths.raw / "甲县").mkdir()
    lines = [
        ("监督检查情况统计表",),
        ("单位类型", "检查家数（家次）", "发现问题（个）", "完成整改（个）", "罚没（万元）"),
        ("生产单位", 3, 1, 1, 0),
        ("销售单位", 4, 1, 1, 0),
        ("合计", 7, 2, 2, 0),
    ]
    with (paths.raw / "甲县" / "表.csv").open("w", encoding="utf-8-sig", newline="") as f:
        csv.writer(f).writerows(lines)
    for code in ("990001", "990002"):
        process_unit("schools", "2021-05", code, str(root))
    join_units("schools", "2021-05", str(root))
    return root


def _units(root, forms: str) -> None:
    path = new_campaign("schools", root) / "units.csv"
    head, first, second = path.read_text("utf-8").splitlines()
    path.write_text(f"{head},报表\n{first},\n{second},{forms}\n", "utf-8")


def test_a_form_that_need_not_come_is_not_missing(root):
    declared = campaigns.load("schools", root)
    state = status(declared, Paths(root, "schools", "2021-05"))
    forms = {u.code: {f: s.state for f, s in u.record.items()} for u in state.units}
    assert forms["990001"]["problems"] == "missing" and forms["990001"]["inspections"] in ("on time", "late")
    assert forms["990002"] == {"inspections": "not asked", "problems": "missing"}
    assert state.rates is not None and state.rates.required == 3
    assert state.by_form["inspections"].required == 1


def test_nothing_is_found_wrong_with_what_need_not_come(root):
    declared = campaigns.load("schools", root)
    f = load_period(Paths(root, "schools", "2021-05"), declared).findings
    missing = f[f["rule"] == "returns.missing"]
    assert set(zip(missing["unit"], missing["form"], strict=True)) == {("990001", "problems"), ("990002", "problems")}


def test_a_form_that_is_not_there_is_refused_with_its_line(tmp_path):
    _units(tmp_path, "inspection")
    with pytest.raises(TallyError, match=r"units\.csv 第 3 行.*inspection.*是不是 inspections"):
        campaigns.load("schools", tmp_path)


def test_a_unit_gets_blank_forms_of_what_it_owes_and_no_others(root):
    declared = campaigns.load("schools", root)
    period = declared.periods[0]
    titles = {f.name: f.number for f in declared.forms}
    for code, owed in (("990001", ["inspections", "problems"]), ("990002", ["problems"])):
        book = openpyxl.load_workbook(
            io.BytesIO(template_workbook(declared, period.name, code, timestamp=period.moment))
        )
        assert [s for s in book.sheetnames if s in titles.values()] == [titles[name] for name in owed]


def test_a_unit_that_owes_no_form_counts_as_no_reporter(root):
    declared = campaigns.load("schools", root)
    first, second = declared.units
    lighter = replace(declared, units=(first, replace(second, forms=("summary",))))
    book = work_out(History(lighter, (load_period(Paths(root, "schools", "2021-05"), declared),))).book
    assert book.value("submission.expected") == 1

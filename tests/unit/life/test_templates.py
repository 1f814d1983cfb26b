"""Blank forms: what they look like, that filled in and sent back they raise no finding, and what force does to them."""

from __future__ import annotations

import io
import math
import zipfile
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from openpyxl import load_workbook
from openpyxl.utils import get_column_letter

from tally.campaigns.masks_2021 import CAMPAIGN
from tally.clean.unit_names import unit_of
from tally.declare import Choice
from tally.errors import UsageError
from tally.locate.guidance import beyond_ours, note
from tally.locate.imprint import form_version
from tally.paths import Paths
from tally.readers.convert import converted, converter
from tally.render.blank_forms import VERSION_PROPERTY, template_workbook, write_templates
from tally.returns.unit import read_unit
from tally.totals import History
from tests.campaigns.lifts_2022 import CAMPAIGN as LIFTS
from tests.unit import processed
from tests.unit.life import clerk

UNIT, PERIOD, NEXT = "320902", "2021-05", "2021-06"
WHEN = datetime(2021, 5, 31, tzinfo=UTC)
needs_libreoffice = pytest.mark.skipif(converter() is None, reason="LibreOffice is not installed")


def blank(unit: str = UNIT, period: str = PERIOD, history: History | None = None) -> bytes:
    return template_workbook(CAMPAIGN, period, unit, history, timestamp=WHEN)


def opened(content: bytes):
    return load_workbook(io.BytesIO(content))


@pytest.fixture(scope="module")
def history() -> History:
    """What the sample's April returns say: the figures that May's blank forms show for reference."""
    from tally.store.tables import load_period

    paths = Paths(processed.root(), CAMPAIGN.name, "2021-04")
    return History(CAMPAIGN, (load_period(paths, CAMPAIGN),))


def test_every_form_has_a_sheet_with_number_title_unit_period_and_version():
    book = opened(blank())
    assert book.sheetnames == [f.number for f in CAMPAIGN.forms]
    for form in CAMPAIGN.forms:
        texts = [str(c.value) for row in book[form.number].iter_rows(max_row=3) for c in row if c.value]
        assert texts[0] == form.number and form.title in texts
        assert "填报单位（盖章）：亭湖区市场监督管理局" in texts and "填报时间：" in texts
        assert "报送期：2021年5月（2021-05-01至2021-05-31）" in texts
        assert f"表式版本 {form_version(form)}" in texts


@pytest.mark.parametrize("unit", CAMPAIGN.units, ids=lambda u: u.code)
def test_the_printed_unit_is_told_again_without_doubt(unit):
    line = opened(blank(unit.code))["附件4"]["A3"].value
    assert unit_of(CAMPAIGN, line.partition("：")[2]).codes == {unit.code}


def test_headers_carry_the_unit_of_measure_and_a_note_and_lists_thirty_numbered_rows():
    book = opened(blank())
    heads = {c.value: c.comment.text for c in book["附件4"][4][1:]}
    assert "罚没\n（万元）" in heads and "出动执法人员\n（人次）\n累计" in heads
    assert "只填数字" in heads["罚没\n（万元）"]
    assert [book["附件3"].cell(r, 1).value for r in (5, 34, 35)] == [1, 30, "填表人："]


def test_choices_are_drop_downs_and_numbers_and_dates_are_checked():
    book = opened(blank())
    rules = {str(v.sqref): v for n in ("附件3", "附件4", "附件5") for v in book[n].data_validations.dataValidation}
    lists = {v.formula1 for v in rules.values() if v.type == "list"}
    assert {'"合格,不合格"', '"是,否"', '"在产,停产,转产,注销"', '"大型,中型,小型,微型"'} <= lists
    assert any(v.type == "whole" and v.operator == "greaterThanOrEqual" and v.formula1 == "0" for v in rules.values())
    assert any(v.type == "decimal" and v.formula1 == "0" for v in rules.values())
    assert any(v.type == "date" for v in rules.values())


def test_a_narrow_form_says_all_that_a_wide_one_does_and_cuts_nothing_off():
    period = LIFTS.periods[0].name
    book = opened(template_workbook(LIFTS, period, LIFTS.reporters[0].code, timestamp=WHEN))
    narrow = [f for f in LIFTS.forms if len(f.fields) <= 6]
    assert narrow
    for form in narrow:
        sheet = book[form.number]
        texts = [str(c.value) for row in sheet.iter_rows() for c in row if c.value]
        assert {"填表人：", "审核人：", "联系电话："} <= set(texts)
        assert sum("报送期：" in t for t in texts) == 1
        for span in sheet.merged_cells.ranges:
            text = str(sheet.cell(span.min_row, span.min_col).value or "")
            wide = sum(
                sheet.column_dimensions[get_column_letter(c)].width for c in range(span.min_col, span.max_col + 1)
            )
            assert "报送期" not in text or wide >= 2 * len(text) * 0.75, (form.number, text, wide)


def test_what_a_blank_form_of_an_earlier_program_said_of_its_columns_is_still_ours():
    form = CAMPAIGN.form("cases")
    *lines, last = note(form, form.field("officers_dispatched")).split("\n")
    assert last.startswith("分不开类别的")
    former = "\n".join([*lines, "分不开类别的，可撤销工作表保护（没有密码），把总数直接填在合计行"])
    assert beyond_ours(former, form) == ""
    assert beyond_ours(f"{former}\n以此为准", form) == "以此为准"
    assert beyond_ours("单位：千人", form) == "单位：千人"


def test_only_what_is_to_be_filled_in_is_unlocked_and_the_total_is_a_formula():
    sheet = opened(blank())["附件4"]
    assert sheet.protection.sheet and sheet.protection.password is None
    assert not sheet["B5"].protection.locked and not sheet["J11"].protection.locked
    assert sheet["H12"].protection.locked and "SUM(H5:H11)" in sheet["H12"].value
    assert not sheet["B12"].protection.locked and "SUM(B5:B11)" in sheet["B12"].value  # may be a number of its own
    assert sheet["A5"].protection.locked and sheet["B4"].protection.locked


def test_the_same_declarations_give_the_same_bytes_and_another_choice_another_version():
    assert blank() == blank()
    form = CAMPAIGN.form("sampling")
    fields = tuple(replace(f, choices=(*f.choices, Choice("待定"))) if f.name == "result" else f for f in form.fields)
    assert form_version(replace(form, fields=fields)) != form_version(form)


def test_the_version_is_hidden_in_the_properties_too():
    properties = zipfile.ZipFile(io.BytesIO(blank())).read("docProps/custom.xml").decode()
    assert VERSION_PROPERTY in properties and form_version(CAMPAIGN.form("cases")) in properties


def test_last_figures_stand_beside_the_form_locked_and_grey(history):
    sheet = opened(blank(history=history))["附件4"]
    assert sheet["K4"].value is None
    assert sheet["L4"].value == "上期累计数·出动执法人员（人次）"
    april = history.now.forms["cases"].set_index(["unit", "category"])["officers_dispatched"]
    assert sheet["L6"].value == april[UNIT, "quality"]
    assert sheet["L6"].protection.locked and sheet["L6"].font.color.rgb == "FF808080"


def test_last_figures_are_never_read_as_data(history, tmp_path):
    clerk.send(tmp_path, PERIOD, UNIT, blank(history=history))
    assert clerk.read_back(tmp_path, PERIOD, UNIT).returns["cases"].frame.isna().all(axis=None)


def test_whole_lists_begin_with_last_periods_records_ready_to_be_changed(history, tmp_path):
    sheet = opened(blank(history=history))["附件3"]
    assert not sheet["B5"].protection.locked
    clerk.send(tmp_path, PERIOD, UNIT, blank(history=history))
    read = clerk.read_back(tmp_path, PERIOD, UNIT)
    for form in ("enterprises", "sampling"):
        frame = history.now.forms[form]
        before = frame[frame["unit"] == UNIT].sort_values("row")
        assert len(before) and list(read.returns[form].frame["enterprise"]) == list(before["enterprise"])
        assert list(read.returns[form].frame["established"]) == list(before["established"])


def test_a_list_of_additions_begins_empty(history):
    additions = replace(CAMPAIGN, forms=tuple(replace(f, accumulates="additions") for f in CAMPAIGN.forms))
    sheet = opened(template_workbook(additions, PERIOD, UNIT, history, timestamp=WHEN))["附件3"]
    assert sheet["B5"].value is None


def test_a_form_sent_back_blank_is_an_error_for_each_form(tmp_path):
    clerk.send(tmp_path, PERIOD, UNIT, blank())
    told = [(f.form, f.rule, f.severity) for f in clerk.read_back(tmp_path, PERIOD, UNIT).all_findings]
    assert told == [(f.name, "returns.empty", "error") for f in CAMPAIGN.forms]


@needs_libreoffice
@pytest.mark.parametrize("kind", ["xlsx", "xls", "ods"])
def test_a_filled_form_saved_by_libreoffice_comes_back_without_a_finding(kind, history, tmp_path):
    content = converted(clerk.fill(blank(history=history)), "xlsx", kind)
    clerk.send(tmp_path, PERIOD, UNIT, content, f"报表.{kind}")
    read = clerk.read_back(tmp_path, PERIOD, UNIT)
    assert read.all_findings == ()
    total = read.returns["cases"].frame.loc["total"]
    assert (total["officers_dispatched"], total["fines_confiscations"]) == (161, 17.5)
    assert list(read.returns["enterprises"].frame["credit_code"]) == [f["credit_code"] for f in clerk.FIRMS]
    assert list(read.returns["sampling"].frame["failed_quantity"].fillna(0)) == [0, 1200]
    assert {r.reported for r in read.returns.values()} == {datetime(2021, 6, 3).date()}


def test_a_filled_form_saved_without_results_has_its_totals_worked_out(tmp_path):
    clerk.send(tmp_path, PERIOD, UNIT, clerk.fill(blank()))
    read = clerk.read_back(tmp_path, PERIOD, UNIT)
    assert {f.rule for f in read.all_findings} == {"cell.computed"}
    assert read.returns["cases"].frame.loc["total", "operators_inspected"] == 231


def test_a_zero_return_is_written_into_the_first_line(tmp_path):
    book = opened(clerk.fill(blank(), firms=()))
    book["附件3"]["B5"] = "零报告"
    clerk.send(tmp_path, PERIOD, UNIT, clerk.saved(book))
    read = clerk.read_back(tmp_path, PERIOD, UNIT)
    assert read.returns["enterprises"].state == "zero return"
    assert not [f for f in read.all_findings if f.form == "enterprises" and f.severity == "error"]


def test_rows_inserted_by_force_still_read(tmp_path):
    book = opened(clerk.fill(blank()))
    sheet = book["附件3"]
    sheet.protection.sheet = False
    sheet.insert_rows(6, 3)
    third = {**clerk.FIRMS[0], "enterprise": "示例丙口罩厂", "credit_code": clerk.code(3)}
    clerk.write(sheet, CAMPAIGN.form("enterprises"), 7, third, force=True)
    clerk.send(tmp_path, PERIOD, UNIT, clerk.saved(book))
    frame = clerk.read_back(tmp_path, PERIOD, UNIT).returns["enterprises"].frame
    assert list(frame["enterprise"]) == ["示例甲口罩有限公司", "示例丙口罩厂", "示例乙口罩有限公司"]


@pytest.mark.parametrize(
    ("cell", "text", "rule"),
    [
        ("G4", "罚没款项（元）", "cell.unit_converted"),
        ("H4", "涉案总额", "form.missing_column"),
        ("A6", "打假类案件", "form.missing_row"),
    ],
)
def test_a_changed_header_or_row_name_is_said(cell, text, rule, tmp_path):
    book = opened(clerk.fill(blank()))
    book["附件4"].protection.sheet = False
    book["附件4"][cell] = text
    clerk.send(tmp_path, PERIOD, UNIT, clerk.saved(book))
    told = {f.rule for f in clerk.read_back(tmp_path, PERIOD, UNIT).all_findings}
    assert rule in told or any(r.startswith(("form.", "cell.unit", "cases.")) for r in told - {"cell.computed"}), told


def test_last_periods_blank_form_filled_in_again_is_said(tmp_path):
    clerk.send(tmp_path, PERIOD, UNIT, clerk.fill(blank(period="2021-04")))
    wrong = [f for f in clerk.read_back(tmp_path, PERIOD, UNIT).all_findings if f.severity == "error"]
    assert [(f.form, f.rule, f.found, f.expected) for f in wrong] == [
        (f.name, "returns.other_period", "2021年4月", "2021年5月") for f in CAMPAIGN.forms
    ]


def test_a_total_written_over_by_force_is_compared_with_its_parts(tmp_path):
    book = opened(clerk.fill(blank()))
    book["附件4"]["D12"] = 99
    clerk.send(tmp_path, PERIOD, UNIT, clerk.saved(book))
    wrong = [f for f in clerk.read_back(tmp_path, PERIOD, UNIT).all_findings if f.severity == "error"]
    assert [(f.rule, f.cell, f.found) for f in wrong] == [("cases.total_equals_sum", "D12", "99")]


def test_a_long_list_gets_room_for_more_than_it_had(history):
    tables = history.now
    firms = tables.forms["enterprises"]
    mine = firms[firms["unit"] == UNIT].iloc[:1]
    many = mine.loc[mine.index.repeat(45)].assign(row=range(1, 46))
    longer = History(CAMPAIGN, (replace(tables, forms={**tables.forms, "enterprises": many}),))
    sheet = opened(blank(history=longer))["附件3"]
    assert sheet.cell(4 + 55, 1).value == 55 and sheet.cell(4 + 56, 1).value == "填表人："


def test_all_units_forms_are_written_with_the_latest_processed_figures(tmp_path):
    paths = Paths(processed.root(), CAMPAIGN.name, NEXT)
    written = write_templates(CAMPAIGN, paths)
    assert [p.name for p in written] == [f"{u.name}-2021年6月-统计表.xlsx" for u in CAMPAIGN.units]
    assert all(p.parent == paths.reports / "templates" for p in written)
    assert "2021年5月已报数" in load_workbook(written[0])["附件4"]["L3"].value
    late = load_workbook(paths.reports / "templates" / "响水县-2021年6月-统计表.xlsx")["附件4"][
        "L3"
    ].value  # sent nothing in May
    assert "2021年4月已报数" in late


def test_an_unknown_period_or_unit_is_refused_with_what_there_is(tmp_path):
    with pytest.raises(UsageError, match="2021-13"):
        write_templates(CAMPAIGN, Paths(tmp_path, CAMPAIGN.name, "2021-13"))
    with pytest.raises(UsageError, match="可用"):
        write_templates(CAMPAIGN, Paths(tmp_path, CAMPAIGN.name, "../x"))
    with pytest.raises(UsageError):
        template_workbook(CAMPAIGN, PERIOD, "../x", timestamp=WHEN)
    assert not list(tmp_path.iterdir())


def test_another_campaign_gets_its_own_forms_without_a_change_here(tmp_path):
    period = LIFTS.periods[0].name
    content = template_workbook(LIFTS, period, LIFTS.units[0].code, timestamp=WHEN)
    book = opened(content)
    assert book.sheetnames == [f.number for f in LIFTS.forms]
    target = Paths(tmp_path, LIFTS.name, period).raw / LIFTS.units[0].name / "表.xlsx"
    target.parent.mkdir(parents=True)
    target.write_bytes(content)
    read = read_unit(LIFTS, period, LIFTS.units[0].code, tmp_path)
    assert {(f.form, f.rule) for f in read.all_findings if f.form} == {(f.name, "returns.empty") for f in LIFTS.forms}


def test_what_a_list_begins_with_is_seen_whole(history):
    """A row is as high as its longest text needs in its column: no name is cut off on the paper that is stamped."""
    for number in ("附件3", "附件5"):
        sheet = opened(blank(period=PERIOD, history=history))[number]
        for row in sheet.iter_rows(min_row=5):
            wide = {c: sheet.column_dimensions[get_column_letter(c.column)].width for c in row}
            texts = {c: sum(2 if ord(ch) > 0x2E7F else 1 for ch in c.value) for c in row if isinstance(c.value, str)}
            if not isinstance(row[0].value, int | float) or len(texts) < 3:
                continue
            lines = max(math.ceil(digits / wide[c]) for c, digits in texts.items())
            assert (sheet.row_dimensions[row[0].row].height or 0) >= 14 * lines, (number, row[0].row)

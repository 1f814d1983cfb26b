"""The consolidated forms as Excel: right sums, live formulas, texts that stay texts, the same bytes."""

from __future__ import annotations

import shutil
import subprocess
from datetime import datetime
from io import BytesIO

import openpyxl
import pandas as pd
import pytest
from openpyxl.utils import get_column_letter

from tally import locate, readers
from tally.blocks import DOUBT
from tally.campaigns.masks_2021 import CAMPAIGN
from tally.render.workbook import forms_workbook
from tally.render.workbook.tidy import COLUMNS

AT = datetime(2021, 6, 8, 9, 0)
CASES = CAMPAIGN.form("cases")
MEASURES = [f.name for f in CASES.fields]


@pytest.fixture(scope="module")
def content(tables) -> bytes:
    return forms_workbook(CAMPAIGN, "2021-05", tables, timestamp=AT)


@pytest.fixture(scope="module")
def values(content):
    return openpyxl.load_workbook(BytesIO(content), data_only=True)


@pytest.fixture(scope="module")
def formulas(content):
    return openpyxl.load_workbook(BytesIO(content))


def expected_total(tables, name: str):
    """Worked out apart from the package: tenths added as whole numbers."""
    given = [v for v in tables.forms["cases"].query("category == 'total'")[name].tolist() if v == v and v is not None]
    return sum(round(v * 10) for v in given) / 10


def test_the_city_total_of_every_measure_is_the_sum_of_the_units_total_rows(tables, values):
    row = values["附件4"][12]

    for col, name in enumerate(MEASURES, 1):
        if name != "case_value":
            assert row[col].value == pytest.approx(expected_total(tables, name), abs=0), name


def test_every_figure_of_the_city_sheet_is_a_live_sum_over_the_units_sheets(formulas):
    empty = MEASURES.index("case_value") + 2
    for row in formulas["附件4"].iter_rows(min_row=6, max_row=12, min_col=2, max_col=10):
        for cell in row:
            if cell.column != empty:
                assert cell.value.startswith("=SUM('附件4-") and cell.value.count("附件4-") == 10


def test_a_measure_that_no_unit_gave_stays_empty_and_never_shows_zero(values):
    at = MEASURES.index("case_value") + 2

    assert [values["附件4"].cell(r, at).value for r in range(5, 13)] == [None] * 8
    assert values["附件4-亭湖区"].cell(12, at).value is None
    assert values["附件4分单位"].cell(5, at).value is None


def test_a_unit_that_did_not_report_is_named_and_left_empty(values):
    sheet = values["附件4分单位"]
    names = {sheet.cell(r, 1).value: r for r in range(5, 17)}

    assert [sheet.cell(names["盐南高新区（未报）"], c).value for c in range(2, 11)] == [None] * 9
    assert "附件4-盐南高新区" not in values.sheetnames
    assert "未报：盐南高新区" in values["附件4"].cell(13, 1).value


def test_the_form_has_its_official_top(values):
    sheet = values["附件4"]

    assert [sheet.cell(r, 1).value for r in (1, 2, 3)] == [
        "附件4", "口罩案件查处情况统计表", "填报单位（盖章）：盐城市市场监督管理局",
    ]  # fmt: skip
    assert [c.value for c in sheet[4]][:3] == [
        "查办案件情况",
        "出动执法人员\n（人次）\n累计",
        "检查经营者数\n（户/人）\n累计",
    ]
    assert [sheet.cell(r, 1).value for r in range(5, 13)] == [c.label for c in CASES.categories]


def test_list_forms_hold_all_units_rows_with_the_unit_in_the_campaigns_order(values):
    rows = list(values["附件5"].iter_rows(min_row=5, max_row=10, values_only=True))

    assert [r[:2] for r in rows] == [(i, "亭湖区" if i < 4 else "盐都区") for i in range(1, 7)]
    assert values["附件5"].auto_filter.ref == "A4:P10"
    assert values["附件5"].freeze_panes == "C5"
    assert values["附件5"].cell(11, 2).value == "共6条"


def test_texts_that_begin_like_formulas_stay_texts(formulas):
    cells = [c for sheet in formulas for row in sheet.iter_rows() for c in row]
    hostile = [c for c in cells if isinstance(c.value, str) and c.value.startswith(("=HYPERLINK", "@SUM"))]

    assert len(hostile) == 4  # two firms in two units' rows
    assert all(c.data_type == "s" and c.quotePrefix for c in hostile)


def test_only_our_own_formulas_are_in_the_workbook(formulas):
    written = [c.value for sheet in formulas for row in sheet.iter_rows() for c in row if c.data_type == "f"]

    assert written and all(f.startswith(("=SUM(", "='附件4-")) for f in written)


def test_codes_and_phones_are_texts_and_dates_are_dates(values):
    sheet = values["附件3"]
    labels = {sheet.cell(4, c).value: c for c in range(1, 18)}
    code, phone = (sheet.cell(5, labels[name]) for name in ("统一社会信用代码", "联系电话"))
    established = values["附件5"].cell(5, 15)

    assert (code.value, code.number_format) == ("91320902MA1XXXXX00", "@")
    assert (phone.value, phone.number_format) == ("00000000000", "@")
    assert established.value == datetime(2020, 3, 1)
    assert sheet.cell(5, labels["成立时间"]).value == "1899-05-01"  # before Excel's calendar: a text, not lost


def marks(cell) -> bool:
    """Whether the cell shows ▲ before its value, which stays a number."""
    return f'"{DOUBT}"' in cell.number_format


def test_a_cell_with_an_open_error_bears_the_mark_and_says_why(formulas):
    at = MEASURES.index("fines_confiscations") + 2
    cell = formulas["附件4-亭湖区"].cell(12, at)

    assert marks(cell) and isinstance(cell.value, int | float)
    assert "合计与各类之和不符" in cell.comment.text and "请核对合计" in cell.comment.text
    assert formulas["附件4-盐都区"].cell(12, at).comment is None


def test_the_sums_that_rest_on_a_cell_with_an_open_error_bear_the_mark_too(formulas):
    at = MEASURES.index("fines_confiscations") + 2
    sums = (formulas["附件4"].cell(12, at), formulas["附件4分单位"].cell(5, at), formulas["附件4分单位"].cell(16, at))

    assert all(map(marks, sums)) and not marks(formulas["附件4"].cell(12, at - 1))


def test_the_sheet_of_data_is_one_named_table_with_a_figure_a_row(values):
    sheet = values["附件4数据"]
    (table,) = sheet.tables.values()
    head, *rows = ([c.value for c in row] for row in sheet[table.ref])

    assert table.name == "data_cases" and head == list(COLUMNS) and not sheet.merged_cells.ranges
    assert len(rows) == len(set(map(tuple, (row[:6] for row in rows)))) and sheet.max_row == 5 + len(rows)
    by_place = {tuple(row[2:5]): row for row in rows}
    fines = by_place["亭湖区", "合计", "罚没"]
    assert fines[6:8] == ["万元", values["附件4-亭湖区"].cell(12, MEASURES.index("fines_confiscations") + 2).value]
    assert "合计与各类之和不符" in fines[8] and by_place["盐都区", "合计", "罚没"][8] in ("", None)


def test_every_sheet_of_the_cases_says_which_columns_are_of_the_period_and_which_to_date(values):
    for name, below in (("附件4", 13), ("附件4分单位", 17), ("附件4-亭湖区", 13)):
        notes = "".join(str(values[name].cell(r, 1).value) for r in range(below, below + 4))
        assert "标“累计”的栏为累计数，其余为本期数" in notes, name


def test_the_citys_sheet_and_a_units_can_be_read_as_the_form_again(content, tmp_path):
    path = tmp_path / "forms.xlsx"
    path.write_bytes(content)
    tables = [t for d in readers.read(path, path.name) for t in locate.find_tables(d, CAMPAIGN.forms)]
    found = {t.grid.sheet: [c.field for c in t.columns] for t in tables if t.form == "cases"}

    assert found["附件4"] == found["附件4-亭湖区"] == MEASURES


def test_the_cover_says_who_reported_how_and_tells_no_finding(values):
    sheet = values["封面"]
    text = "\n".join(str(c.value) for row in sheet.iter_rows() for c in row if c.value is not None)
    rows = {r[0]: r[1:7] for r in sheet.iter_rows(values_only=True) if r[0]}

    assert "附件4　口罩案件查处情况统计表：应报 11 个单位，已报 10 个，未报：盐南高新区" in text
    assert not any(word in text for word in ("差错", "疑点", "提示"))
    assert rows["亭湖区"][:3] == ("按时", "按时", "按时")
    assert rows["大丰区"][:3] == ("零报告", "逾期", "逾期")
    assert rows["盐南高新区"][:3] == ("未报", "未报", "未报")


def test_the_lists_are_printed_on_a3_with_texts_of_8_points(content):
    book = openpyxl.load_workbook(BytesIO(content))
    for name in ("附件3", "附件5"):
        sheet = book[name]
        printed = [sheet.column_dimensions[get_column_letter(c)].width for c in range(1, sheet.max_column)]
        across_mm = sum(1.852 * wide + 1.32 for wide in printed)  # of 宋体 10.5

        assert sheet.page_setup.paperSize == "8" or sheet.page_setup.paperSize == 8
        assert 10.5 * min((420 - 25.4) / across_mm, 1) >= 8


def test_a_text_longer_than_a_cell_is_cut_with_a_word_about_it(tables):
    long = tables.forms["sampling"].assign(follow_up=["长" * 40_000, None, None, None, None, None])
    changed = type(tables)(tables.period, {**tables.forms, "sampling": long}, *_rest(tables))

    book = openpyxl.load_workbook(BytesIO(forms_workbook(CAMPAIGN, "2021-05", changed, timestamp=AT)))

    found = [c.value for row in book["附件5"].iter_rows() for c in row if str(c.value).startswith("长长")]
    assert len(found) == 1 and found[0].endswith("截断）") and len(found[0]) == 32_767


def test_the_top_levels_own_return_is_counted_once_and_named_apart(tables):
    own = tables.forms["cases"].query("unit == '320902'").assign(unit="320900")
    cases = pd.concat([own, tables.forms["cases"]], ignore_index=True)
    line = tables.returns.query("unit == '320902' and form == 'cases' and state == 'on time'").assign(unit="320900")
    returns = pd.concat([tables.returns, line], ignore_index=True)
    changed = type(tables)(tables.period, {**tables.forms, "cases": cases}, tables.cells, tables.findings, returns)

    book = openpyxl.load_workbook(BytesIO(forms_workbook(CAMPAIGN, "2021-05", changed, timestamp=AT)), data_only=True)

    names = [book["附件4分单位"].cell(r, 1).value for r in range(5, 17)]
    share = tables.forms["cases"].query("unit == '320902' and category == 'total'")["cases_handled"].item()
    assert names.count("盐城市本级") == 1 and "盐城市" not in names
    assert book["附件4"].cell(12, 4).value == expected_total(tables, "cases_handled") + share


def test_a_cumulative_column_of_a_unit_that_sent_nothing_keeps_its_last_figure(tables):
    own = tables.forms["cases"].query("unit == '320902'").assign(unit="320990")
    line = tables.returns.query("unit == '320902' and form == 'cases' and state == 'on time'").assign(unit="320990")
    before = type(tables)(
        "2021-04", {**tables.forms, "cases": own}, tables.cells.iloc[:0], tables.findings.iloc[:0], line
    )

    made = forms_workbook(CAMPAIGN, "2021-05", tables, timestamp=AT, earlier=(before,))
    book = openpyxl.load_workbook(BytesIO(made), data_only=True)

    sheet = book["附件4-盐南高新区"]
    whole = own.query("category == 'total'")
    assert sheet.cell(12, 2).value == whole["officers_dispatched"].item()
    assert sheet.cell(12, 4).value is None  # 查办案件 is this period's: nothing came
    assert "沿用2021年4月报送数" in sheet.cell(14, 1).value
    at = MEASURES.index("operators_inspected") + 2
    share = whole["operators_inspected"].item()
    assert book["附件4"].cell(12, at).value == expected_total(tables, "operators_inspected") + share
    assert book["附件4"].cell(12, 4).value == expected_total(tables, "cases_handled")


def test_a_total_left_blank_is_added_up_from_the_categories_and_says_so(tables):
    cases = tables.forms["cases"].copy()
    blank = (cases["unit"] == "320902") & (cases["category"] == "total")
    cases.loc[blank, "cases_handled"] = pd.NA
    changed = type(tables)(tables.period, {**tables.forms, "cases": cases}, *_rest(tables))

    content = forms_workbook(CAMPAIGN, "2021-05", changed, timestamp=AT)

    assert openpyxl.load_workbook(BytesIO(content))["附件4-亭湖区"].cell(12, 4).value == "=SUM(D5:D11)"
    sheet = openpyxl.load_workbook(BytesIO(content), data_only=True)["附件4-亭湖区"]
    assert sheet.cell(12, 4).value == sum(sheet.cell(r, 4).value for r in range(5, 12))
    assert "合计栏未填，由各类别相加得出：查办案件" in sheet.cell(14, 1).value


def test_a_period_without_any_return_still_makes_a_workbook(tables):
    empty = {name: frame.iloc[:0] for name, frame in tables.forms.items()}
    nothing = type(tables)(tables.period, empty, *(t.iloc[:0] for t in _rest(tables)))

    book = openpyxl.load_workbook(BytesIO(forms_workbook(CAMPAIGN, "2021-05", nothing, timestamp=AT)))

    assert book.sheetnames == ["封面", "附件3", "附件4", "附件5", "附件4分单位", "附件4数据"]
    assert "已报 0 个" in str(book["附件4"].cell(13, 1).value)


def test_the_same_tables_give_the_same_bytes(tables, content):
    assert forms_workbook(CAMPAIGN, "2021-05", tables, timestamp=AT) == content


@pytest.mark.slow
def test_libreoffice_recalculates_to_the_stored_values(content, values, tmp_path):
    if not (office := shutil.which("soffice")):
        pytest.skip("重新计算需要 LibreOffice（soffice）")
    (tmp_path / "forms.xlsx").write_bytes(content)
    _convert(office, tmp_path, "forms.xlsx", "ods")
    _convert(office, tmp_path, "forms.ods", "xlsx:Calc MS Excel 2007 XML", "--outdir", "again")
    again = openpyxl.load_workbook(tmp_path / "again" / "forms.xlsx", data_only=True)

    for name in ("附件4", "附件4分单位", "附件5", "附件3"):
        for row in values[name].iter_rows():
            for cell in row:
                found = again[name][cell.coordinate].value
                if isinstance(cell.value, float | int):
                    assert found == pytest.approx(cell.value), (name, cell.coordinate)


def _convert(office: str, folder, name: str, kind: str, *more: str) -> None:
    profile = f"-env:UserInstallation=file://{folder}/profile"
    command = [office, profile, "--headless", "--convert-to", kind, *more, name]
    subprocess.run(command, cwd=folder, check=True, capture_output=True, timeout=120)


def _rest(tables):
    return tables.cells, tables.findings, tables.returns

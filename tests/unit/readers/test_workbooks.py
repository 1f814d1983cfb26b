"""Workbooks (.xlsx) as openpyxl and xlsxwriter write them: what a person would see is what is read."""

import base64
import io
from datetime import date, datetime, time

import openpyxl
import pytest
import xlsxwriter
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.comments import Comment
from openpyxl.styles import Font
from PIL import Image

from tally.errors import UnreadableFile
from tally.model import Run, Span
from tally.readers import read_bytes

PIXEL = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)


def saved(book: openpyxl.Workbook) -> bytes:
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def one_grid(fill, **book_facts):
    """The first grid of a workbook that `fill(sheet)` fills."""
    book = openpyxl.Workbook()
    for name, value in book_facts.items():
        setattr(book, name, value)
    fill(book.active)
    return read_bytes(saved(book), "x.xlsx")[0].grids[0]


def test_values_keep_their_type_and_odd_spaces():
    def fill(ws):
        ws.append(["'12", "12", " 1\u00a02 ", "１２", 12, 12.5, 153.13999999999999, 9.13e17, True, None, "/"])

    row = one_grid(fill).rows[0]
    assert row == ["'12", "12", " 1\u00a02 ", "１２", 12, 12.5, 153.13999999999999, 9.13e17, True, None, "/"]
    assert [type(v) for v in row[4:9]] == [int, float, float, float, bool]


def test_addresses_hold_below_blank_rows_and_columns():
    grid = one_grid(lambda ws: ws.__setitem__("C4", "x"))
    assert grid.rows == [[None] * 3] * 3 + [[None, None, "x"]]


def test_a_sheet_formatted_to_its_last_row_and_column_is_trimmed():
    def fill(ws):
        ws["B2"] = 1
        for cell in ("A1048576", "XFD1", "XFD1048576"):
            ws[cell].font = Font(strike=True)
        ws["D2"] = "  "

    grid = one_grid(fill)
    assert grid.rows == [[None, None], [None, 1]]
    assert not grid.marks


def test_one_cell_at_the_far_end_is_too_large_and_named():
    def fill(ws):
        ws["A1"] = ws["XFD1048576"] = 1

    with pytest.raises(Exception, match="too_large.*1048576 行 × 16384 列"):
        one_grid(fill)


def test_only_the_top_left_of_a_merged_range_carries_a_value():
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out)
    ws = book.add_worksheet()
    ws.merge_range("A1:C2", "合计")
    ws.write("B2", "leftover")
    ws.write("D2", 5)
    book.close()
    grid = read_bytes(out.getvalue(), "x")[0].grids[0]
    assert grid.rows == [["合计", None, None, None], [None, None, None, 5]]
    assert grid.merges == (Span(0, 0, 1, 2),)


def test_hidden_rows_columns_and_sheets_are_read_and_marked():
    book = openpyxl.Workbook()
    ws = book.active
    for r in range(1, 5):
        ws.append([r] * 5)
    ws.row_dimensions[2].hidden = True
    ws.column_dimensions.group("B", "C", hidden=True)
    book.create_sheet("上期").sheet_state = "hidden"
    book.create_sheet("底稿").sheet_state = "veryHidden"
    book["上期"]["A1"] = 7
    shown, last, draft = read_bytes(saved(book), "x")[0].grids
    assert (shown.hidden_rows, shown.hidden_cols, shown.hidden) == ({1}, {1, 2}, False)
    assert (last.sheet, last.hidden, last.rows) == ("上期", True, [[7]])
    assert (draft.hidden, draft.rows) == (True, [])


def test_a_struck_font_marks_the_cell_and_struck_runs_mark_whole_or_part():
    def fill(ws):
        ws["A1"], ws["B1"] = 15, "x"
        ws["A1"].font = Font(strike=True)
        struck, plain = InlineFont(strike=True), InlineFont()
        ws["C1"] = CellRichText(TextBlock(struck, "15"), TextBlock(plain, "12"))
        ws["D1"] = CellRichText(TextBlock(struck, "15"), TextBlock(struck, "件"), TextBlock(plain, " "))

    grid = one_grid(fill)
    assert grid.rows == [[15, "x", "12", "15件 "]]
    assert {c: (m.struck, m.runs) for (_, c), m in grid.marks.items()} == {
        0: (True, ()),
        2: (False, (Run("15", "struck"), Run("12"))),
        3: (True, ()),
    }


def test_comments_are_kept_also_on_blank_cells():
    def fill(ws):
        ws["A1"], ws["A1"].comment = 1, Comment("含简易案件3件", "填表人")
        ws["B3"].comment = Comment("待补", "填表人")

    grid = one_grid(fill)
    assert {at: m.comment for at, m in grid.marks.items()} == {(0, 0): "含简易案件3件", (2, 1): "待补"}
    assert len(grid.rows) == 3


def test_plain_sums_without_a_stored_value_are_worked_out_and_others_left_open():
    def fill(ws):
        ws.append([0.1, 0.2, "=SUM(A1:B1)", "=A1+B1*2-(1+2)", "=C1+C1", "=12+3", "=A1/B1", "=IF(A1>0,1,2)"])

    grid = one_grid(fill)
    assert grid.rows[0][2:] == [0.3, -2.5, 0.6, 15, None, None]
    assert [grid.marks[0, c].problem for c in range(2, 8)] == ["computed"] * 4 + ["uncached"] * 2
    assert grid.marks[0, 2].formula == "=SUM(A1:B1)"


def test_a_sum_over_text_that_may_be_a_number_stays_open_but_a_dash_is_nothing():
    def fill(ws):
        ws.append([1, "12件", "=SUM(A1:B1)", "/", "=SUM(A1,D1)"])

    grid = one_grid(fill)
    assert (grid.rows[0][2], grid.marks[0, 2].problem) == (None, "uncached")
    assert (grid.rows[0][4], grid.marks[0, 4].problem) == (1, "computed")


def test_formulas_that_refer_to_each_other_in_a_circle_stay_open():
    grid = one_grid(lambda ws: ws.append(["=B1+1", "=A1+1", "=C1"]))
    assert grid.rows == [[None, None, None]]
    assert {m.problem for m in grid.marks.values()} == {"uncached"}


def test_the_zero_that_a_program_without_calculation_stores_is_not_believed():
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out)
    ws = book.add_worksheet()
    ws.write_row("A1", [3, 4])
    ws.write_formula("C1", "=SUM(A1:B1)")  # xlsxwriter stores 0
    ws.write_formula("D1", "=ROUND(A1,0)")
    ws.write_formula("E1", "=ROUND(A1,0)", None, 3)
    book.close()
    grid = read_bytes(out.getvalue(), "x")[0].grids[0]
    assert grid.rows == [[3, 4, 7, None, 3]]
    assert [grid.marks[0, c].problem for c in (2, 3, 4)] == ["computed", "uncached", ""]


def test_error_values_have_no_value_and_keep_their_name():
    def fill(ws):
        ws.append(["#REF!", "#DIV/0!", "ok"])

    grid = one_grid(fill)
    assert grid.rows == [[None, None, "ok"]]
    assert [grid.marks[0, c].problem for c in (0, 1)] == ["#REF!", "#DIV/0!"]


@pytest.mark.parametrize("epoch", [openpyxl.utils.datetime.WINDOWS_EPOCH, openpyxl.utils.datetime.MAC_EPOCH])
def test_dates_are_right_in_both_date_systems(epoch):
    def fill(ws):
        ws.append([date(2021, 4, 10), datetime(2021, 4, 10, 9, 30), time(9, 30)])

    assert one_grid(fill, epoch=epoch).rows == [[date(2021, 4, 10), datetime(2021, 4, 10, 9, 30), time(9, 30)]]


@pytest.mark.parametrize(
    ("code", "value", "read", "shown"),
    [
        ("0.0%", 0.05, 0.05, "5.0%"),
        ('0"万元"', 12, 12, "12万元"),
        ('0.0,"千"', 12000, 12000, "12.0千"),
        ("#,##0.00", 1234.5, 1234.5, None),
        ("#,##0.00", 1.23456, 1.23456, "1.23"),
        ("0.00_ ;[Red]-0.00 ", 1.5, 1.5, None),
        ("G/通用格式", 12, 12, None),
        ('G/通用格式"件"', 12, 12, "12件"),
        ("0;-0;;@", 0, 0, ""),
        ("0;-0;;@", 3, 3, None),
        ("¥#,##0", 12, 12, "¥12"),
        ("[h]:mm", 1.5, 1.5, "36:00"),
        ('yyyy"年"m"月"', 44287, date(2021, 4, 1), "2021年4月"),
        ("[$-804]aaaa", 44287, date(2021, 4, 1), "星期四"),
        ("e/m/d", 44287, date(2021, 4, 1), None),
        ("0.00E+00", 44287, 44287, "4.43E+04"),
        ("@", 44287, 44287, None),
        ('"共"@', "12", "12", "共12"),
        (";;;", "12", "12", ""),
    ],
)
def test_a_number_format_makes_a_date_and_what_it_shows_is_kept_where_it_says_something_else(code, value, read, shown):
    def fill(ws):
        ws["A1"] = value
        ws["A1"].number_format = code

    grid = one_grid(fill)
    assert grid.rows == [[read]]
    mark = grid.marks.get((0, 0))
    assert (mark.shown, mark.number_format) == (shown, code) if shown is not None else mark is None


def test_control_characters_that_excel_escapes_are_read_as_written():
    assert one_grid(lambda ws: ws.append(["a_x000D_b", "_x005F_x0041_"])).rows == [["a\rb", "_x0041_"]]


def test_text_in_shapes_stands_before_the_table_and_pictures_are_noted():
    out, picture = io.BytesIO(), io.BytesIO(PIXEL)
    book = xlsxwriter.Workbook(out)
    ws = book.add_worksheet()
    ws.write("A1", 1)
    ws.insert_textbox("C3", "填报单位：某某区\n单位：万元")
    ws.insert_image("E3", "p.png", {"image_data": picture})
    book.close()
    grid = read_bytes(out.getvalue(), "x")[0].grids[0]
    assert grid.before == ("填报单位：某某区", "单位：万元")
    assert grid.notes == ("含 1 幅图片，图片内容未读取",)


def test_a_workbook_in_which_nothing_stands_is_refused_by_name():
    out = io.BytesIO()
    openpyxl.Workbook().save(out)
    with pytest.raises(UnreadableFile) as refusal:
        read_bytes(out.getvalue(), "x.xlsx")
    assert refusal.value.problem == "blank"


def test_a_workbook_with_nothing_but_a_picture_is_refused_by_name():
    book, out = xlsxwriter.Workbook(sink := io.BytesIO()), io.BytesIO()
    Image.new("RGB", (40, 20), "white").save(out, "PNG")
    book.add_worksheet().insert_image(2, 2, "a.png", {"image_data": out})
    book.close()
    with pytest.raises(UnreadableFile) as refusal:
        read_bytes(sink.getvalue(), "x.xlsx")
    assert (refusal.value.problem, refusal.value.detail) == ("pictured", "图片")

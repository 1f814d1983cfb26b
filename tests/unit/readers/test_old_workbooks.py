"""BIFF workbooks (.xls, .et) as xlwt writes them."""

import io
from datetime import date, datetime

import pytest
import xlwt
from xlwt import CompoundDoc

from tally.errors import UnreadableFile
from tally.model import Run, Span
from tally.readers import read_bytes


def saved(book) -> bytes:
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def one_grid(fill, date_1904=False):
    book = xlwt.Workbook()
    book.dates_1904 = date_1904
    fill(book.add_sheet("表"))
    return read_bytes(saved(book), "x.et")[0].grids[0]


def row_of(*values, style=None):
    """What is read of one row of values."""

    def fill(ws):
        for c, value in enumerate(values):
            ws.write(0, c, value, xlwt.easyxf(**style) if style else xlwt.Style.default_style)

    return one_grid(fill)


def test_values_keep_their_type():
    row = row_of("'12", " 1\u00a02 ", 12, 12.5, 153.13999999999999, 9.13e17, 13800000000, True, "/").rows[0]
    assert row == ["'12", " 1\u00a02 ", 12, 12.5, 153.13999999999999, 9.13e17, 13800000000, True, "/"]
    assert [type(v) for v in row[2:8]] == [int, float, float, float, int, bool]


def test_merges_hidden_rows_columns_sheets_and_far_blanks():
    book = xlwt.Workbook()
    ws = book.add_sheet("表")
    ws.write_merge(1, 2, 0, 1, "合计")
    ws.write(3, 3, 5)
    ws.write(60000, 200, "", xlwt.easyxf("font: struck_out on"))
    ws.row(3).hidden, ws.col(3).hidden = True, True
    other = book.add_sheet("上期")
    other.write(0, 0, 1)
    other.visibility = 2
    first, second = read_bytes(saved(book), "x")[0].grids
    assert first.rows == [[None] * 4, ["合计", None, None, None], [None] * 4, [None, None, None, 5]]
    assert (first.merges, first.hidden_rows, first.hidden_cols) == ((Span(1, 0, 2, 1),), {3}, {3})
    assert (second.sheet, second.hidden) == ("上期", True)


def test_struck_fonts_and_number_formats():
    grid = row_of(12, style={"strg_to_parse": "font: struck_out on", "num_format_str": '0.0"万元"'})
    assert (grid.marks[0, 0].struck, grid.marks[0, 0].number_format) == (True, '0.0"万元"')


def test_struck_runs():
    def fill(ws):
        struck, plain = xlwt.easyfont("struck_out on"), xlwt.easyfont("")
        ws.write_rich_text(0, 0, (("15", struck), ("12", plain)))
        ws.write_rich_text(0, 1, (("15", struck), ("件", struck)))

    grid = one_grid(fill)
    assert grid.rows == [["12", "15件"]]
    assert (grid.marks[0, 0].runs, grid.marks[0, 1].struck) == ((Run("15", "struck"), Run("12")), True)


@pytest.mark.parametrize("date_1904", [False, True])
def test_dates_in_both_date_systems(date_1904):
    def fill(ws):
        ws.write(0, 0, date(2021, 4, 10), xlwt.easyxf(num_format_str='yyyy"年"m"月"d"日"'))
        ws.write(0, 1, datetime(2021, 4, 10, 9, 30), xlwt.easyxf(num_format_str="yyyy-mm-dd hh:mm"))

    assert one_grid(fill, date_1904).rows == [[date(2021, 4, 10), datetime(2021, 4, 10, 9, 30)]]


def test_formulas_without_a_stored_value():
    def fill(ws):
        ws.write(0, 0, 0.1)
        ws.write(0, 1, 0.2)
        for c, text in enumerate(("SUM(A1:B1)", "A1+B1", "12+3", "IF(A1>0,1,2)"), 2):
            ws.write(0, c, xlwt.Formula(text))

    grid = one_grid(fill)
    assert grid.rows == [[0.1, 0.2, 0.3, 0.3, 15, None]]
    assert [grid.marks[0, c].problem for c in range(2, 6)] == ["computed"] * 3 + ["uncached"]
    assert grid.marks[0, 2].formula == "=SUM(A1:B1)"


def test_error_values():
    def fill(ws):
        ws.row(0).set_cell_error(0, "#REF!")
        ws.write(0, 1, 1)

    grid = one_grid(fill)
    assert (grid.rows, grid.marks[0, 0].problem) == ([[None, 1]], "#REF!")


def with_filepass() -> bytes:
    """A workbook whose stream says right after its first record that the rest is encrypted."""
    book = xlwt.Workbook()
    book.add_sheet("表").write(0, 0, 1)
    stream = book.get_biff_data()
    first = 4 + int.from_bytes(stream[2:4], "little")
    filepass = b"\x2f\x00\x36\x00\x01\x00\x01\x00\x01\x00" + bytes(48)
    out = io.BytesIO()
    CompoundDoc.XlsDoc().save(out, stream[:first] + filepass + stream[first:])
    return out.getvalue()


def test_a_password_is_said():
    with pytest.raises(UnreadableFile) as e:
        read_bytes(with_filepass(), "x.xls")
    assert e.value.problem == "encrypted"

"""A formula's stored result beside the cells that it adds up."""

import io

import xlsxwriter

from tally.model import Grid
from tally.readers import read_bytes


def sheet(stored: float, *cells: object, formula: str = "=SUM(A1:C1)") -> Grid:
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out)
    ws = book.add_worksheet()
    for col, cell in enumerate(cells):
        if cell == "#DIV/0!":
            ws.write_formula(0, col, "=1/0", value="#DIV/0!")
        else:
            ws.write(0, col, cell)
    ws.write_formula(0, len(cells), formula, value=stored)
    book.close()
    return read_bytes(out.getvalue(), "x.xlsx")[0].grids[0]


def test_a_result_that_its_cells_do_not_give_is_marked_and_kept():
    grid = sheet(12, 4, 5, 6)
    assert (grid.rows[0][3], grid.marks[0, 3].problem) == (12, "stale")


def test_a_result_that_its_cells_give_is_none():
    assert sheet(15, 4, 5, 6).marks[0, 3].problem == ""
    assert sheet(0.3, 0.1, 0.2, None).marks[0, 3].problem == ""
    assert sheet(9, 4, 5, "/").marks[0, 3].problem == ""


def test_a_result_over_an_error_is_marked():
    assert sheet(9, 4, "#DIV/0!", 5).marks[0, 3].problem == "stale"


def test_a_sum_over_words_or_another_formula_is_not_judged():
    assert sheet(9, 4, "5件", None).marks[0, 3].problem == ""
    assert sheet(9, 4, 5, 6, formula="=MAX(A1:C1)").marks[0, 3].problem == ""


def test_an_open_sum_over_an_error_is_not_worked_out():
    grid = sheet(0, 4, "#DIV/0!", 5)
    assert grid.marks[0, 3].problem in ("uncached", "stale")

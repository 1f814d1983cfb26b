"""Rows of Word tables that lack a cell: nobody can tell which."""

from tests.unit.readers.test_word import tbl, tc, tr, with_body


def table(*rows: tuple[str, ...]):
    return with_body(tbl(*(tr(*(tc(text) for text in row)) for row in rows))).grids[0]


WHOLE = ("甲", "1", "2", "3"), ("乙", "4", "5", "6"), ("丙", "7", "8", "9")


def test_a_row_that_lacks_a_cell_is_marked_as_a_whole():
    grid = table(*WHOLE, ("丁", "1", "3"))
    assert {at: mark.problem for at, mark in grid.marks.items()} == {(3, col): "ragged" for col in range(4)}


def test_a_short_line_of_words_and_a_table_of_no_usual_width_are_not():
    assert not table(*WHOLE, ("注：无",)).marks
    assert not table(("甲", "1"), ("乙", "1", "2"), ("丙", "1", "2", "3")).marks

"""Characters that no output can hold are put right where a file is read, and said."""

import io
import unicodedata

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tally.readers import read_bytes
from tally.readers.writable import writable


def csv(cell: str) -> bytes:
    return (f"甲,乙,丙\n1,{cell},3\n" + "四,五,六\n" * 400).encode()


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("厂\x0b名", "厂\n名"),
        ("厂\x0c名", "厂\n名"),
        ("厂\u2028名", "厂\n名"),
        ("1\x012", "1\ufffd2"),
        ("\x1b[31m红", "\ufffd[31m红"),
        ("\u202e21", "\ufffd21"),
        ("\uffff", "\ufffd"),
        ("a\tb", "a\tb"),
        ("𠀀\U0001f600\ue000", "𠀀\U0001f600\ue000"),
    ],
)
def test_what_cannot_be_written_is_replaced_and_soft_line_ends_are_line_ends(written, read):
    (document,) = read_bytes(csv(written), "表.csv")
    assert document.grids[0].rows[1][1] == read
    assert any("B2" in note for note in document.grids[0].notes) == ("\ufffd" in read)


def test_halves_of_surrogates_in_a_workbook_and_its_sheet_names_are_replaced():
    book, out = openpyxl.Workbook(), io.BytesIO()
    book.active["A1"], book.active["B1"] = "_xD83D_半", "_x000B_"
    book.save(out)
    (document,) = read_bytes(out.getvalue(), "表.xlsx")
    assert document.grids[0].rows[0] == ["\ufffd半", "\n"] or document.grids[0].rows[0] == ["\ufffd半"]


@given(st.text(st.characters(exclude_categories=())))
def test_whatever_comes_in_can_be_written_and_once_is_enough(text):
    cleaned = writable(text)
    cleaned.encode("utf-8")
    assert writable(cleaned) == cleaned
    assert all(unicodedata.category(c) not in ("Cc", "Cs") or c in "\t\n\r" for c in cleaned)

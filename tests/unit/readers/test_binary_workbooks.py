"""Binary workbooks (.xlsb): what a workbook holds that is written here record by record, and how broken ones are refused."""

import io
import struct
import zipfile
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tally.errors import UnreadableFile
from tally.model import Ink, Span
from tally.readers import read_bytes
from tally.readers.xlsb.formulas import formula_text
from tally.readers.xlsb.records import packed_number, records

RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def record(number: int, content: bytes = b"") -> bytes:
    name = bytes([number]) if number < 0x80 else bytes([number & 0x7F | 0x80, number >> 7])
    size, left = b"", len(content)
    while True:
        size += bytes([left & 0x7F | (0x80 if left > 0x7F else 0)])
        left >>= 7
        if not left:
            return name + size + content


def string(text: str) -> bytes:
    return struct.pack("<I", len(text)) + text.encode("utf-16-le")


def row(number: int, *cells: bytes, hidden: bool = False) -> bytes:
    return record(0, struct.pack("<IIHBBB", number, 0, 300, 0, 0x10 * hidden, 0)) + b"".join(cells)


def cell(number: int, col: int, content: bytes, style: int = 0) -> bytes:
    return record(number, struct.pack("<II", col, style) + content)


def number(col: int, value: float, style: int = 0) -> bytes:
    return cell(5, col, struct.pack("<d", value), style)


def text(col: int, index: int, style: int = 0) -> bytes:
    return cell(7, col, struct.pack("<I", index), style)


def colour(rgb: str) -> bytes:
    return bytes([0x05, 0, 0, 0]) + bytes.fromhex(rgb) + b"\xff"


def font(rgb: str = "000000", flags: int = 0, name: str = "宋体") -> bytes:
    return record(43, struct.pack("<4HBBBB", 220, flags, 400, 0, 0, 0, 0, 0) + colour(rgb) + b"\0" + string(name))


def xf(code: int = 0, font: int = 0) -> bytes:
    return record(47, struct.pack("<5H", 0, code, font, 0, 0) + bytes(6))


STYLES = (
    record(44, struct.pack("<H", 164) + string('0"元"'))
    + font()
    + font("FFFFFF")
    + font(flags=0x08)
    + font(name="Wingdings 2")
    + record(45, struct.pack("<I", 0) + bytes(16))
    + record(617)
    + xf()
    + xf(164)
    + xf(14)
    + xf(font=1)
    + xf(font=2)
    + xf(font=3)
    + record(618)
    + record(507, struct.pack("<HHHH", 0, 1, 5, 12) + colour("FFFFFF"))
)
STRINGS = [
    b"\0" + string("甲"),
    b"\1" + string("121") + struct.pack("<IHHHH", 2, 0, 0, 2, 2),
    b"\0" + string("R"),
]


def workbook(sheet: bytes, state: int = 0, flags: int = 0) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as package:
        links = {
            "_rels/.rels": [("rId1", "officeDocument", "xl/workbook.bin")],
            "xl/_rels/workbook.bin.rels": [
                ("rId1", "worksheet", "worksheets/sheet1.bin"),
                ("rId2", "styles", "styles.bin"),
                ("rId3", "sharedStrings", "sharedStrings.bin"),
            ],
        }
        for part, targets in links.items():
            inner = "".join(f'<Relationship Id="{i}" Type="{RELATIONS}/{k}" Target="{t}"/>' for i, k, t in targets)
            package.writestr(part, f"<Relationships>{inner}</Relationships>")
        bundle = struct.pack("<II", state, 1) + string("rId1") + string("附件4")
        package.writestr("xl/workbook.bin", record(153, struct.pack("<II", flags, 0)) + record(156, bundle))
        package.writestr("xl/styles.bin", STYLES)
        package.writestr("xl/sharedStrings.bin", b"".join(record(19, s) for s in STRINGS))
        package.writestr("xl/worksheets/sheet1.bin", sheet)
    return out.getvalue()


def grid(sheet: bytes, **more: int):
    return read_bytes(workbook(sheet, **more), "x.xlsb")[0].grids[0]


def test_values_of_every_kind_at_their_addresses():
    sheet = row(1, text(1, 0), number(2, 12.5), cell(2, 3, struct.pack("<i", 14 << 2 | 2)), number(4, 44317, 2))
    sheet += row(3, cell(4, 0, b"\1"), cell(3, 1, b"\x17"), record(13, struct.pack("<Ii", 0, 3 << 2 | 2)))
    read = grid(sheet)
    assert read.rows == [[None] * 5, [None, "甲", 12.5, 14, date(2021, 5, 1)], [None] * 5, [True, None, 3, None, None]]
    assert read.marks[3, 1].problem == "#REF!"


def test_a_workbook_of_1904_and_a_hidden_sheet():
    read = grid(row(0, number(0, 42855, 2)), state=1, flags=1)
    assert read.rows == [[date(2021, 5, 1)]] and read.hidden


def test_what_is_shown_and_how_it_looks():
    read = grid(row(0, number(0, 30, 1), number(1, 5, 3), number(2, 6, 4), text(3, 1), text(4, 2, 5)))
    marks = read.marks
    assert (marks[0, 0].shown, marks[0, 1].unseen, marks[0, 2].struck) == ("30元", True, True)
    assert read.rows[0][4] == "☑"
    assert read.rows[0][3] == "12" and [run.look for run in marks[0, 3].runs] == ["", "struck"]


def test_merges_hidden_rows_columns_zeros_and_the_page():
    sheet = record(137, struct.pack("<H", 0x000F) + bytes(20)) + record(60, struct.pack("<4IH", 1, 1, 2000, 0, 1))
    sheet += row(0, text(0, 0)) + row(1, number(0, 0), hidden=True)
    sheet += record(176, struct.pack("<4I", 0, 0, 0, 2)) + row(2, number(2, 1))
    absent = b"\xff" * 4
    sheet += record(479, b"\0\0" + string("&C单位：元") + string("&L注：估计&R&P") + absent * 4)
    read = grid(sheet)
    assert (read.merges, read.hidden_rows, read.hidden_cols) == ((Span(0, 0, 0, 2),), {1}, {1})
    assert (read.before, read.after, read.ink[-1]) == (("单位：元",), ("注：估计",), Ink("", "zeros", "1格"))


AREA = struct.pack("<BIIHH", 0x25, 0, 1, 0xC000, 0xC000)
SUM = AREA + struct.pack("<BBH", 0x22, 1, 4)


def formula(col: int, value: float, tokens: bytes) -> bytes:
    return cell(9, col, struct.pack("<dHI", value, 0, len(tokens)) + tokens + struct.pack("<I", 0))


def test_a_stored_sum_is_checked_and_a_foreign_formula_keeps_its_result():
    read = grid(
        row(0, number(0, 2)) + row(1, number(0, 3)) + row(2, formula(0, 6, SUM), formula(1, 7, b"\x23\1\0\0\0"))
    )
    assert (read.marks[2, 0].formula, read.marks[2, 0].problem) == ("=SUM(A1:A2)", "stale")
    assert (read.rows[2][1], read.marks[2, 1].formula) == (7, "=")


def test_white_by_condition():
    spans = struct.pack("<III4I", 1, 0, 1, 0, 0, 0, 2)
    bound = struct.pack("<BH", 0x1E, 10)
    written = struct.pack("<I", len(bound)) + bound + struct.pack("<I", 0)
    rule = struct.pack("<5I", 1, 0, 0, 1, 5) + bytes(8) + b"\0\0" + struct.pack("<3I", len(written), 0, 0)
    sheet = row(0, number(0, 5), number(1, 10.5), number(2, 20))
    sheet += record(461, spans) + record(463, rule + b"\xff" * 4 + written)
    assert {at for at, mark in grid(sheet).marks.items() if mark.unseen} == {(0, 1), (0, 2)}


@given(st.integers(-(2**29), 2**29 - 1), st.booleans())
def test_packed_numbers_are_read_as_they_are_written(value, hundredth):
    packed = (value << 2 | 2 | hundredth) & 0xFFFFFFFF
    assert packed_number(packed) == (value / 100 if hundredth else value)


@given(st.binary(max_size=60))
def test_tokens_that_mean_nothing_are_no_formula(tokens):
    assert formula_text(tokens).startswith("=")


@given(st.binary(max_size=80))
def test_a_sheet_of_any_bytes_is_read_or_refused(part):
    try:
        read_bytes(workbook(part), "x.xlsb")
    except UnreadableFile as e:
        assert e.problem in ("damaged", "too_large", "blank")


def test_a_record_that_reaches_over_the_end_is_refused():
    with pytest.raises(UnreadableFile):
        list(records(b"\x05\x7f12"))

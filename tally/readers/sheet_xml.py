"""One worksheet part of an .xlsx -> `Sheet`: values, merges, hidden rows and columns, formulas, marks."""

from __future__ import annotations

import io
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time

from lxml import etree

from tally.errors import UnreadableFile
from tally.model import Mark, RawValue, Span
from tally.readers.formats import from_serial, tidy
from tally.readers.rectangle import Sheet
from tally.readers.strings import Text, string_item, unescaped
from tally.readers.styles import PLAIN, Style
from tally.readers.sums import column_index, shifted

MAX_ROWS, MAX_COLS = 1_048_576, 16_384
STRUCK_IN_PART = "struck in part"
_PLACE = re.compile(r"\$?([A-Za-z]{1,3})\$?([0-9]{1,7})")
_ON = ("1", "true")


@dataclass(frozen=True)
class Workbook:
    """What the sheets of a workbook share. `stale`: its writer leaves all calculation to the next program."""

    strings: Sequence[str]
    styles: Sequence[Style]
    epoch_1904: bool
    stale: bool


def place(ref: str) -> tuple[int, int] | None:
    """0-based (row, column) of an A1 reference, None if it is none."""
    match = _PLACE.fullmatch(ref)
    if not match:
        return None
    row, col = int(match[2]) - 1, column_index(match[1])
    return (row, col) if 0 <= row < MAX_ROWS and col < MAX_COLS else None


def read_sheet(data: bytes, book: Workbook) -> Sheet:
    """Raises `UnreadableFile("damaged")` where the XML is broken."""
    scan = _Scan(book)
    try:
        events = etree.iterparse(
            io.BytesIO(data),
            tag=("{*}row", "{*}col", "{*}mergeCell"),
            huge_tree=True,
            resolve_entities=False,
            remove_comments=True,
            remove_pis=True,
        )
        for _, element in events:
            scan.take(element)
            element.clear()
    except etree.XMLSyntaxError as e:
        raise UnreadableFile("damaged", str(e)) from e
    return scan.found


class _Scan:
    """State while one sheet is read."""

    def __init__(self, book: Workbook):
        self.book, self.found = book, Sheet()
        self.columns: dict[str, int] = {}  # letters -> index
        self.masters: dict[str, tuple[str, int, int]] = {}  # shared formula -> text, row, column
        self.row = -1

    def take(self, element) -> None:
        tag = element.tag
        if tag.endswith("}row"):
            self._row(element)
        elif tag.endswith("}col"):
            self._column(element)
        else:
            self._merge(element.get("ref", ""))

    def _column(self, col) -> None:
        if col.get("hidden") in _ON or col.get("width") in ("0", "0.0"):
            first, last = int(col.get("min", 0)), min(int(col.get("max", 0)), MAX_COLS)
            self.found.hidden_cols.update(range(first - 1, last))

    def _merge(self, ref: str) -> None:
        first, _, last = ref.partition(":")
        if (a := place(first)) and (b := place(last)):
            self.found.merges.append(Span(min(a[0], b[0]), min(a[1], b[1]), max(a[0], b[0]), max(a[1], b[1])))

    def _row(self, row) -> None:
        number = row.get("r")
        self.row = int(number) - 1 if number else self.row + 1
        if not 0 <= self.row < MAX_ROWS:
            raise UnreadableFile("damaged", f"row {number}")
        if row.get("hidden") in _ON or row.get("ht") == "0":
            self.found.hidden_rows.add(self.row)
        line: list[RawValue] = []
        col = -1
        for cell in row:
            ref = cell.get("r")
            col = self._col(ref) if ref else col + 1
            if not len(cell):
                continue
            value = self._cell(cell, col)
            if value is None or value == "":
                continue
            gap = col - len(line)
            if gap > 0:
                line.extend([None] * gap)
            if gap < 0:
                line[col] = value
            else:
                line.append(value)
        if line:
            self.found.rows[self.row] = line

    def _col(self, ref: str) -> int:
        letters = ref.rstrip("0123456789")
        col = self.columns.get(letters)
        if col is None:
            col = column_index(letters.replace("$", ""))
            if not letters.isascii() or not 0 <= col < MAX_COLS:
                raise UnreadableFile("damaged", f"cell {ref}")
            self.columns[letters] = col
        return col

    def _cell(self, cell, col: int) -> RawValue:
        """The cell's value; what is special about it goes into the marks."""
        text = formula = inline = None
        for part in cell:
            last = part.tag[-1]
            if last == "v":
                text = part.text
            elif last == "f":
                formula = part
            elif last == "s":
                inline = part
        kind = cell.get("t", "n")
        number = cell.get("s")
        style = self.book.styles[int(number)] if number and int(number) < len(self.book.styles) else PLAIN
        if inline is not None:
            value: RawValue = string_item(inline)
        elif kind == "e":
            self._mark(col, style.text_mark, problem=text or "#N/A")
            value = None
        else:
            value = self._value(kind, text, style)
        mark = style.text_mark if isinstance(value, str) or value is None else style.mark
        if formula is not None:
            zero = value == 0 and not isinstance(value, str | bool)
            self._formula(formula, col, open=zero or (value is None and kind == "n"), mark=mark)
            value = None if zero and self.book.stale else value
        elif mark is not None and value is not None:
            self._mark(col, mark)
        if type(value) is Text:
            facts = {"struck": True} if value.struck == "whole" else {"problem": STRUCK_IN_PART}
            self._mark(col, mark, **facts)
            value = str(value)
        return value

    def _value(self, kind: str, text: str | None, style: Style) -> RawValue:
        if text is None:
            return None
        if kind == "s":
            return self.book.strings[int(text)]
        if kind == "n":
            value = tidy(float(text))
            return from_serial(value, self.book.epoch_1904) if style.is_date else value
        if kind == "b":
            return text.strip() in _ON
        if kind == "d":
            return iso_moment(text)
        return unescaped(text)

    def _formula(self, formula, col: int, *, open: bool, mark: Mark | None) -> None:
        text, shared = formula.text or "", formula.get("si") if formula.get("t") == "shared" else None
        if shared is not None and text:
            self.masters[shared] = (text, self.row, col)
        elif shared in self.masters:
            master, row, left = self.masters[shared]
            text = shifted(master, self.row - row, col - left)
        if open:
            self.found.open_formulas[self.row, col] = f"={text}"
        self._mark(col, mark, formula=f"={text}")

    def _mark(self, col: int, mark: Mark | None, **facts) -> None:
        at = (self.row, col)
        mark = self.found.marks.get(at) or mark or Mark()
        self.found.marks[at] = replace(mark, **facts) if facts else mark


def iso_moment(text: str) -> date | datetime | time | str:
    """A date, datetime or time of ISO 8601 text (midnight is a date); the text itself if it is none."""
    try:
        if "T" not in text and ":" in text:
            return time.fromisoformat(text)
        moment = datetime.fromisoformat(text.removesuffix("Z"))
    except ValueError:
        return text
    return moment if moment.time() != time.min else moment.date()

"""One worksheet part of an .xlsx -> `Sheet`: values, merges, hidden rows and columns, formulas, marks."""

from __future__ import annotations

import io
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time
from typing import Any

from lxml import etree

from tally.errors import UnreadableFile
from tally.model import Ink, Mark, RawValue, Span
from tally.readers.conditional import Condition, Effect, apply
from tally.readers.format_dates import from_serial
from tally.readers.formats import tidy
from tally.readers.limits import FLAT_ROW, LONGEST_FORMULA, NARROW_COLUMN
from tally.readers.package import Element
from tally.readers.rectangle import Sheet, fill
from tally.readers.sheet_conditions import conditions
from tally.readers.sheet_drawings import page_words
from tally.readers.strings import Text, string_item, unescaped
from tally.readers.styles import PLAIN, Style
from tally.readers.sums import column_index, shifted

MAX_ROWS, MAX_COLS = 1_048_576, 16_384
_PLACE = re.compile(r"\$?([A-Za-z]{1,3})\$?([0-9]{1,7})")
_ON, _OFF = ("1", "true"), ("0", "false")
_TAKEN = (
    "row", "col", "mergeCell", "oddHeader", "oddFooter", "evenHeader", "evenFooter", "firstHeader", "firstFooter",
    "sheetView", "conditionalFormatting", "dataValidation",
)  # fmt: skip


@dataclass(frozen=True)
class Workbook:
    """What the sheets of a workbook share. `stale`: its writer leaves all calculation to the next program."""

    strings: Sequence[str]
    styles: Sequence[Style]
    epoch_1904: bool
    stale: bool
    effects: Sequence[Effect] = ()  # of the formats that conditions name


def place(ref: str) -> tuple[int, int] | None:
    """0-based (row, column) of an A1 reference, None if it is none."""
    match = _PLACE.fullmatch(ref)
    if not match:
        return None
    row, col = int(match[2]) - 1, column_index(match[1])
    return (row, col) if 0 <= row < MAX_ROWS and col < MAX_COLS else None


def read_sheet(data: bytes, book: Workbook) -> Sheet:
    """Raises `UnreadableFile("damaged")` where the XML is broken."""
    scan = Scan(book)
    scan.parse(data)
    return scan.finished()


class Scan:
    """State while one sheet is read."""

    def __init__(self, book: Workbook):
        self.book, self.content = book, Sheet()
        self.columns: dict[str, int] = {}  # letters -> index
        self.masters: dict[str, tuple[str, int, int]] = {}  # shared formula -> text, row, column
        self.conditions: list[Condition] = []
        self.row = -1

    def finished(self) -> Sheet:
        """What was gathered, once all of the sheet is parsed."""
        apply(self.content, self.conditions)
        return self.content

    def parse(self, data: bytes) -> None:
        """Take all rows, columns and merges of a worksheet element."""
        settings = {"huge_tree": True, "resolve_entities": False, "remove_comments": True, "remove_pis": True}
        tags = [f"{{*}}{name}" for name in _TAKEN]
        try:
            for _, element in etree.iterparse(io.BytesIO(data), tag=tags, **settings):
                self._take(element)
                element.clear()
        except etree.XMLSyntaxError as e:
            raise UnreadableFile("damaged", str(e)) from e

    def _take(self, element: Element) -> None:
        tag = element.tag
        if tag.endswith("}row"):
            hidden = element.get("hidden") in _ON or float(element.get("ht", FLAT_ROW)) < FLAT_ROW
            self.begin_row(element.get("r"), hidden)
            self._cells(element)
        elif tag.endswith("}col"):
            self._column(element)
        elif tag.endswith("}sheetView"):
            self.content.zeros_hidden |= element.get("showZeros") in _OFF
        elif tag.endswith("}conditionalFormatting"):
            self.conditions += conditions(element, self.book.effects)
        elif tag.endswith("}dataValidation"):
            self._prompt(element)
        elif tag.endswith(("Header", "Footer")):
            kind = "page header" if tag.endswith("Header") else "page footer"
            if words := page_words(element.text or ""):
                self.content.ink.append(Ink("", kind, words))
        else:
            self._merge(element.get("ref", ""))

    def _prompt(self, rule: Element) -> None:
        """The words that are shown beside a cell while it is filled in: on the first cell of those that have them."""
        words = unescaped(rule.get("prompt", "")).strip()
        cells = (rule.get("sqref") or rule.findtext("{*}sqref") or "").split()
        if words and cells and rule.get("showInputMessage") in _ON:
            self.content.ink.append(Ink(cells[0].partition(":")[0], "prompt", words))

    def _column(self, col: Element) -> None:
        if col.get("hidden") in _ON or float(col.get("width", NARROW_COLUMN)) < NARROW_COLUMN:
            first, last = int(col.get("min", 0)), min(int(col.get("max", 0)), MAX_COLS)
            self.content.hide_cols(max(first - 1, 0), last)

    def _merge(self, ref: str) -> None:
        first, _, last = ref.partition(":")
        if (a := place(first)) and (b := place(last)):
            self.content.merges.append(Span(min(a[0], b[0]), min(a[1], b[1]), max(a[0], b[0]), max(a[1], b[1])))

    def begin_row(self, number: str | None, hidden: bool) -> None:
        """The row that the next cells belong to; without a number it is the one after the last."""
        self.row = int(number) - 1 if number else self.row + 1
        if not 0 <= self.row < MAX_ROWS:
            raise UnreadableFile("damaged", f"row {number}")
        if hidden:
            self.content.hidden_rows.add(self.row)

    def _cells(self, row: Element) -> None:
        line: list[RawValue] = []
        col = -1
        for cell in row:
            ref = cell.get("r")
            col = self.col(ref.rstrip("0123456789")) if ref else col + 1
            if len(cell):
                place_value(line, col, self._cell(cell, col))
        if line:
            self.content.rows[self.row] = line

    def col(self, letters: str) -> int:
        """0-based index of a column's letters."""
        col = self.columns.get(letters)
        if col is None:
            col = column_index(letters.replace("$", ""))
            if not letters.isascii() or not 0 <= col < MAX_COLS:
                raise UnreadableFile("damaged", f"cell {letters}")
            self.columns[letters] = col
        return col

    def style(self, number: str | None) -> Style:
        """The style that a cell's `s` names: the first where it names none."""
        index = int(number or 0)
        return self.book.styles[index] if index < len(self.book.styles) else PLAIN

    def _cell(self, cell: Element, col: int) -> RawValue:
        text = formula = inline = None
        for part in cell:
            last = part.tag[-1]
            if last == "v":
                text = part.text
            elif last == "f":
                formula = self._formula(part, col)
            elif last == "s":
                inline = string_item(part)
        return self.value(col, cell.get("t", "n"), text, self.style(cell.get("s")), formula, inline)

    def _formula(self, formula: Element, col: int) -> str:
        """The formula's text as it stands in this cell."""
        text, shared = formula.text or "", formula.get("si") if formula.get("t") == "shared" else None
        if shared is not None and text and len(text) <= LONGEST_FORMULA:
            self.masters[shared] = (text, self.row, col)
        elif shared in self.masters:
            master, row, left = self.masters[shared]
            text = shifted(master, self.row - row, col - left)
        return f"={text}"

    def value(
        self, col: int, kind: str, text: str | None, style: Style, formula: str | None = None, inline: str | None = None
    ) -> RawValue:
        """A cell's value; what is special about it goes into the marks."""
        value: RawValue = None
        if kind == "e":
            self._mark(col, style.mark, problem=text or "#N/A")
        elif inline is not None:
            value = inline
        else:
            value = self._typed(kind, text)
        return self.shown_as(col, kind, value, style, formula)

    def shown_as(self, col: int, kind: str, value: RawValue, style: Style, formula: str | None) -> RawValue:
        """A stored value as a cell of this style shows it; `kind` is "n" for numbers."""
        mark = style.mark
        if type(value) is Text:
            value, mark = style.read_pieces(value.pieces)
        elif isinstance(value, str):
            value, mark = style.read_text(value)
        elif kind == "n" and isinstance(value, int | float):
            mark = style.number_mark(value, self.book.epoch_1904)
            value = from_serial(value, self.book.epoch_1904) if style.is_date else value
        if formula is not None:
            value = self._with_formula(col, kind, value, formula, mark)
        elif mark is not None and value is not None:
            self._mark(col, mark)
        return value or None if isinstance(value, str) else value

    def _typed(self, kind: str, text: str | None) -> RawValue:
        if text is None:
            return None
        if kind == "s":
            return self.book.strings[int(text)]
        if kind == "n":
            return tidy(float(text))
        if kind == "b":
            return text.strip() in _ON
        if kind == "d":
            return iso_moment(text)
        return unescaped(text)

    def _with_formula(self, col: int, kind: str, value: RawValue, formula: str, mark: Mark | None) -> RawValue:
        """The value to keep: a 0 stored by a writer that leaves calculation to others is none."""
        zero = value == 0 and not isinstance(value, str | bool)
        if zero or (value is None and kind == "n"):
            self.content.open_formulas[self.row, col] = formula
        self._mark(col, mark, formula=formula)
        return None if zero and self.book.stale else value

    def _mark(self, col: int, mark: Mark | None, **facts: Any) -> None:
        at = (self.row, col)
        mark = self.content.marks.get(at) or mark or Mark()
        self.content.marks[at] = replace(mark, **facts) if facts else mark


def place_value(line: list[RawValue], col: int, value: RawValue) -> None:
    """Put a value at its column, which is nearly always the next one."""
    if value is None or value == "":
        return
    gap = col - len(line)
    if gap < 0:
        line[col] = value
        return
    if gap:
        fill(line, col)
    line.append(value)


def iso_moment(text: str) -> date | datetime | time | str:
    """A date, datetime or time of ISO 8601 text (midnight is a date); the text itself if it is none."""
    try:
        if "T" not in text and ":" in text:
            return time.fromisoformat(text)
        moment = datetime.fromisoformat(text.removesuffix("Z"))
    except ValueError:
        return text
    return moment if moment.time() != time.min else moment.date()

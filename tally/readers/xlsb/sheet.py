"""One worksheet part of a binary workbook -> `Sheet`. Record numbers and layouts are those of [MS-XLSB] 2.4."""

from __future__ import annotations

import struct
from collections.abc import Sequence
from typing import Any

from tally.errors import UnreadableFile
from tally.model import Ink, RawValue, Span
from tally.readers.conditional import OPERATORS, Condition, Effect
from tally.readers.formats import tidy
from tally.readers.limits import FLAT_ROW, NARROW_COLUMN
from tally.readers.rectangle import Sheet
from tally.readers.runs import Font, Piece
from tally.readers.sheet_drawings import page_words
from tally.readers.sheet_xml import MAX_COLS, Scan, Workbook, place_value
from tally.readers.strings import Text
from tally.readers.xlsb.formulas import formula_text
from tally.readers.xlsb.records import packed_number, records, string

_ROW, _COLUMN, _MERGED, _VIEW, _PAGE, _CONDITIONAL, _RULE = 0, 60, 176, 137, 479, 461, 463
_RICH = 62
_ERRORS = {
    0x00: "#NULL!", 0x07: "#DIV/0!", 0x0F: "#VALUE!", 0x17: "#REF!", 0x1D: "#NAME?", 0x24: "#NUM!", 0x2A: "#N/A",
    0x2B: "#GETTING_DATA",
}  # fmt: skip
# record -> kind of value; short ones leave their column out: it is the one after the last
_CELLS = {1: "", 2: "rk", 3: "e", 4: "b", 5: "n", 6: "str", 7: "s", 8: "str", 9: "n", 10: "b", 11: "e", _RICH: "rich"}
_SHORT = {12: "", 13: "rk", 14: "e", 15: "b", 16: "n", 17: "str", 18: "s"}
_FORMULAS = (8, 9, 10, 11)
_SIGNS = ("", "between", "notbetween", "equal", "notequal", "greater", "less", "greaterorequal", "lessorequal")
_TESTS = {2: "formula", 3: "colorScale", 4: "dataBar", 5: "top10", 6: "iconSet"}
_COMPARISON = 1


def rich_string(content: bytes, at: int, fonts: Sequence[Font]) -> str:
    """A string that may have runs of fonts of their own, and a phonetic guide, which is left out."""
    flags = content[at]
    text, at = string(content, at + 1)
    if not flags & 1:
        return text
    count = struct.unpack_from("<I", content, at)[0]
    starts = [struct.unpack_from("<HH", content, at + 4 + 4 * n) for n in range(min(count, len(text)))]
    marked = Text(text)
    pieces = [Piece(text[: starts[0][0]])] if starts else [Piece(text)]
    for n, (start, font) in enumerate(starts):
        end = starts[n + 1][0] if n + 1 < len(starts) else len(text)
        pieces.append(Piece(text[start:end], fonts[font] if font < len(fonts) else None))
    marked.pieces = tuple(piece for piece in pieces if piece.text)
    return marked


def read_sheet(part: bytes, book: Workbook, fonts: Sequence[Font]) -> Sheet:
    """Raises `UnreadableFile("damaged")` where a record is broken off."""
    scan = _Scan(book, fonts)
    try:
        for number, content in records(part):
            scan.take(number, content)
    except (struct.error, IndexError) as e:
        raise UnreadableFile("damaged", str(e)) from e
    return scan.finished()


class _Scan(Scan):
    def __init__(self, book: Workbook, fonts: Sequence[Font]):
        super().__init__(book)
        self.fonts = fonts
        self.line: list[RawValue] = []
        self.last = -1  # column of the cell before
        self.spans: tuple[Span, ...] = ()  # of the conditional format whose rules follow

    def take(self, number: int, content: bytes) -> None:
        kind = _CELLS.get(number)
        if kind is not None:
            self.last = struct.unpack_from("<I", content)[0]
            self._take_cell(number, kind, content, 4)
        elif number in _SHORT:
            self.last += 1
            self._take_cell(number, _SHORT[number], content, 0)
        elif number == _ROW:
            self._begin_row(content)
        elif number in _OTHERS:
            _OTHERS[number](self, content)

    def _begin_row(self, content: bytes) -> None:
        number, _, height = struct.unpack_from("<IIH", content)
        self.begin_row(str(number + 1), bool(content[11] & 0x10) or height < FLAT_ROW * 20)
        self.line, self.last = [], -1
        self.content.rows[self.row] = self.line

    def _take_cell(self, number: int, kind: str, content: bytes, at: int) -> None:
        """`at` is the place of the style's number; the value follows it."""
        if not kind:
            return
        col = self.last
        if col >= MAX_COLS:
            raise UnreadableFile("damaged", f"column {col}")
        index = int.from_bytes(content[at : at + 3], "little")
        style = self.book.styles[index] if index < len(self.book.styles) else self.style(None)
        value, behind = self._value(kind, content, at + 4)
        formula = None
        if number in _FORMULAS:
            size = struct.unpack_from("<I", content, behind + 2)[0]
            formula = formula_text(content[behind + 6 : behind + 6 + size])
        elif type(value) is int and style.quick:
            place_value(self.line, col, value)
            return
        if kind == "e":
            value = self.value(col, "e", str(value), style, formula)
        else:
            value = self.shown_as(col, "n" if kind == "rk" else kind, value, style, formula)
        place_value(self.line, col, value)

    def _value(self, kind: str, content: bytes, at: int) -> tuple[RawValue, int]:
        if kind == "rk":
            return tidy(packed_number(struct.unpack_from("<I", content, at)[0])), at + 4
        if kind == "n":
            return tidy(struct.unpack_from("<d", content, at)[0]), at + 8
        if kind == "s":
            return self.book.strings[struct.unpack_from("<I", content, at)[0]], at + 4
        if kind == "str":
            return string(content, at)
        if kind == "rich":
            return rich_string(content, at, self.fonts), len(content)
        if kind == "b":
            return bool(content[at]), at + 1
        return _ERRORS.get(content[at], "#N/A"), at + 1

    def _column(self, content: bytes) -> None:
        first, last, width, _, flags = struct.unpack_from("<IIIIH", content)
        if flags & 1 or width < NARROW_COLUMN * 256:
            self.content.hide_cols(first, min(last, MAX_COLS - 1) + 1)

    def _merged(self, content: bytes) -> None:
        top, bottom, left, right = struct.unpack_from("<4I", content)
        self.content.merges.append(Span(top, left, bottom, right))

    def _view(self, content: bytes) -> None:
        self.content.zeros_hidden |= not struct.unpack_from("<H", content)[0] & 0x10

    def _page(self, content: bytes) -> None:
        at = 2
        for n in range(6):
            text, at = string(content, at)
            if words := page_words(text):
                self.content.ink.append(Ink("", "page footer" if n % 2 else "page header", words))

    def _conditional(self, content: bytes) -> None:
        spans: list[Span] = []
        for n in range(min(struct.unpack_from("<I", content, 8)[0], 8_192)):
            top, bottom, left, right = struct.unpack_from("<4I", content, 12 + 16 * n)
            spans.append(Span(top, left, bottom, right))
        self.spans = tuple(spans)

    def _rule(self, content: bytes) -> None:
        kind, template, number = struct.unpack_from("<3I", content)
        sign, sizes = struct.unpack_from("<I", content, 16)[0], struct.unpack_from("<3I", content, 30)
        effect = self.book.effects[number] if number < len(self.book.effects) else Effect()
        if not self.spans or not effect:
            return
        _, at = string(content, 42)
        base, bounds = (self.spans[0].top, self.spans[0].left), []
        for size in filter(None, sizes):
            length = struct.unpack_from("<I", content, at)[0]
            bounds.append(formula_text(content[at + 4 : at + 4 + length], base).lstrip("="))
            at += size
        name = _TESTS.get(kind, f"{kind}/{template}")
        if kind == _COMPARISON:
            name = OPERATORS[_SIGNS[sign]] if 0 < sign < len(_SIGNS) else name
        self.conditions.append(Condition(self.spans, name, tuple(bounds), effect))


_OTHERS: dict[int, Any] = {
    _COLUMN: _Scan._column, _MERGED: _Scan._merged, _VIEW: _Scan._view, _PAGE: _Scan._page,
    _CONDITIONAL: _Scan._conditional, _RULE: _Scan._rule,
}  # fmt: skip

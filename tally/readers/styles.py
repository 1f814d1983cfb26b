"""Cell styles of a SpreadsheetML workbook, cut down to what a reader of values needs."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from tally.model import Mark
from tally.readers.formats import BUILTIN, adds, is_date
from tally.readers.strings import is_on


@dataclass(frozen=True, slots=True)
class Style:
    """`mark` is what every number of this style carries, `text_mark` every text; None for nothing special."""

    is_date: bool
    mark: Mark | None
    text_mark: Mark | None


PLAIN = Style(False, None, None)


def styles(root) -> tuple[Style, ...]:
    """The style of each index that a cell's `s` may hold."""
    codes = {int(f.get("numFmtId", -1)): f.get("formatCode", "") for f in root.iterfind("{*}numFmts/{*}numFmt")}
    struck = [is_on(font.find("{*}strike")) for font in root.iterfind("{*}fonts/{*}font")]
    found = []
    for xf in root.iterfind("{*}cellXfs/{*}xf"):
        number, font = int(xf.get("numFmtId") or 0), int(xf.get("fontId") or 0)
        found.append(style(codes.get(number, BUILTIN.get(number, "General")), font < len(struck) and struck[font]))
    return tuple(found)


@lru_cache(maxsize=4096)
def style(code: str, struck: bool) -> Style:
    """The `Style` of a number format and a font that is struck through or not."""
    shown = code if adds(code) else ""
    text_mark = Mark(struck=True) if struck else None
    mark = Mark(struck=struck, number_format=shown) if shown or struck else None
    return Style(is_date(code), mark, text_mark) if mark or is_date(code) else PLAIN

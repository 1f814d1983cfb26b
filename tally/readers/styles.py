"""Cell styles of a workbook, cut down to what a reader of values needs: what a number shows, what a text looks like."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TypeVar

from tally.model import Mark
from tally.readers.colours import sheet_colour
from tally.readers.formats import BUILTIN
from tally.readers.number_format import Format, number_format, shown
from tally.readers.package import Element
from tally.readers.runs import PLAIN_FONT, UNKNOWN, WHITE, Font, Piece, cell_text, unseen
from tally.readers.strings import font
from tally.readers.symbols import drawn

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Style:
    """`mark` is what every value of this style carries, None for nothing special; `font` and `ground` are the cell's own.

    `quick`: a number of this style is always read as it is stored; one with `decimals` as long as it has no more
    places than that.
    """

    format: Format
    mark: Mark | None = None
    font: Font = PLAIN_FONT
    ground: str = WHITE

    @property
    def is_date(self) -> bool:
        return self.format.is_date

    @property
    def quick(self) -> bool:
        return self.format.plain and self.format.plain_zero and self.mark is None

    def number_mark(self, value: int | float, epoch_1904: bool = False) -> Mark | None:
        """What the stored number `value` carries: the text it is shown as, where that says something else."""
        form = self.format
        if form.whole_date or (form.plain and (value or form.plain_zero) and _fits(value, form.decimals)):
            return self.mark
        return _showing(self.mark, form.code, drawn(_shown(form.code, value, epoch_1904), self.font.face))

    def read_pieces(self, pieces: Sequence[Piece]) -> tuple[str, Mark | None]:
        """A text of several runs in a cell of this style: what counts of it, and its mark."""
        text, facts = cell_text(pieces, self.font, self.ground)
        if self.mark is not None and self.mark.crossed:
            facts |= {"crossed": self.mark.crossed}
        return text, Mark(**facts) if facts else None

    def read_text(self, text: str) -> tuple[str, Mark | None]:
        """A stored text of one look as its font draws it, and what it carries."""
        if self.format.plain_text:
            return text, self.mark
        text, seen = drawn(text, self.font.face), drawn(shown(self.format.code, text), self.font.face)
        return text, self.mark if seen == text else _showing(self.mark, self.format.code, seen)


PLAIN = Style(number_format(""))


def _fits(value: int | float, decimals: int | None) -> bool:
    """Whether so many places show all of `value`."""
    return decimals is None or isinstance(value, int) or round(value, decimals) == value


def _showing(mark: Mark | None, code: str, text: str) -> Mark:
    return replace(mark or Mark(), shown=text, number_format=code)


@lru_cache(maxsize=65_536)
def _shown(code: str, value: int | float, epoch_1904: bool) -> str:
    return shown(code, value, epoch_1904)


def styles(root: Element) -> tuple[Style, ...]:
    """The style of each index that a cell's `s` may hold."""
    codes = {int(f.get("numFmtId", -1)): f.get("formatCode", "") for f in root.iterfind("{*}numFmts/{*}numFmt")}
    fonts = [font(element) for element in root.iterfind("{*}fonts/{*}font")]
    grounds = [ground_of(element) for element in root.iterfind("{*}fills/{*}fill")]
    diagonals = [_diagonals(element) for element in root.iterfind("{*}borders/{*}border")]
    cell_styles = []
    for xf in root.iterfind("{*}cellXfs/{*}xf"):
        number = int(xf.get("numFmtId") or 0)
        of_cell = _nth(fonts, xf.get("fontId"), PLAIN_FONT)
        ground = _nth(grounds, xf.get("fillId"), WHITE)
        crossed = _nth(diagonals, xf.get("borderId"), 0)
        cell_styles.append(style(codes.get(number, BUILTIN.get(number, "General")), of_cell, ground, crossed))
    return tuple(cell_styles)


def _nth(items: list[T], number: str | None, otherwise: T) -> T:
    at = int(number or 0)
    return items[at] if at < len(items) else otherwise


def _diagonals(border: Element) -> int:
    """How many lines it draws from corner to corner."""
    line = border.find("{*}diagonal")
    if line is None or line.get("style", "none") == "none":
        return 0
    return sum(border.get(way) in ("1", "true") for way in ("diagonalUp", "diagonalDown"))


def ground_of(fill: Element, differential: bool = False) -> str:
    """The colour behind a cell's text; what is no plain colour is unlike any ink.

    A `differential` format writes a plain colour as the pattern's ground, and may leave its kind out.
    """
    pattern = fill.find("{*}patternFill")
    if pattern is None:
        return UNKNOWN
    kind = pattern.get("patternType", "solid" if differential else "none")
    if kind == "solid":
        return sheet_colour(pattern.find("{*}bgColor" if differential else "{*}fgColor")) or UNKNOWN
    return WHITE if kind == "none" else UNKNOWN


@lru_cache(maxsize=4096)
def style(code: str, of_cell: Font = PLAIN_FONT, ground: str = WHITE, crossed: int = 0) -> Style:
    """The `Style` of a number format, a font, the colour behind it and the number of lines across the cell."""
    mark = Mark(crossed=crossed) if crossed else None
    if unseen(of_cell, ground):
        mark = Mark(unseen=True)
    elif of_cell.struck:
        mark = Mark(struck=True)
    form = number_format(code)
    if of_cell.face:  # nothing is seen as it is stored
        form = replace(form, whole_date=False, plain=False, plain_zero=False, plain_text=False)
    return Style(form, mark, of_cell._replace(position=""), ground)

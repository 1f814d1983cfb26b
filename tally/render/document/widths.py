"""How wide each column of a table is and how large its text: one answer for PDF and Word."""

from __future__ import annotations

import math
from dataclasses import dataclass

from tally.blocks import Entry, Table
from tally.render.document.grid import column_count
from tally.render.document.measure import (
    MM_PER_PT,
    PADDING_MM,
    PADDING_TIGHT_MM,
    PHRASE,
    UNBROKEN,
    UNBROKEN_TIGHT,
    Needs,
    ems,
    is_phrase,
    line_counts,
    needs,
    row_heights,
)
from tally.render.document.text import drawn

PORTRAIT_MM, LANDSCAPE_MM = 156.0, 225.0  # the text's width
HIGHEST_MM, HIGHEST_LANDSCAPE_MM = 190.0, 120.0  # a chart; higher ones are made smaller
SIZES = (10.5, 9.0, 8.0, 7.5)  # pt: 五号, 小五, between, 六号
FEW_LINES = 2.0  # a row on average: reads well at any size
MORE_LINES = 1.3  # where even the smallest text takes more, larger text may take so much more
CROWDED = 2.6  # lines of a row on average: then the texts of many columns stand closer and codes may be broken
MANY = 12  # columns
WORTH_IT = 0.9  # our widths replace those asked for if the rows get this much lower
MOST_PHRASED = 8  # columns of a table that is small enough to keep phrases whole
LONGEST_PHRASED = 16.0  # em; longer texts need the room more than phrases do
MOST_ROWS = 15  # a table with more, or higher than these, may be torn apart by a page's end
SHORT_MM, SHORT_LANDSCAPE_MM = 125.0, 95.0  # more than half of a page, but no more than an annex's title leaves of it
SHORT_ALONE_MM = 138.0  # of a landscape page that bears no annex's title
_ROUNDING_MM = 0.01  # of a column's width
USUAL = 0.97  # the share of a column's cells that are measured; the longest may take more lines


@dataclass(frozen=True, slots=True)
class Fit:
    """`widths` in mm, one a column, together the width asked for; `size` of the text in pt; `short` if the
    table should not be torn apart by a page's end; `heights` in mm of every row, `head` of the header, estimated.
    `tight` if the table is so crowded that texts stand closer to the rules than elsewhere.
    """

    widths: tuple[float, ...]
    size: float
    short: bool = True
    heights: tuple[float, ...] = ()
    head: float = 0.0
    tight: bool = False

    @property
    def unbroken(self) -> int:
        """Characters of the longest Latin run that is kept on one line."""
        return UNBROKEN_TIGHT if self.tight else UNBROKEN

    def holds(self, cell: Entry, column: int) -> bool:
        """Whether a cell is a phrase that its column has room for on one line."""
        room = self.widths[column] - (PADDING_TIGHT_MM if self.tight else PADDING_MM)
        longest = max(map(ems, drawn(cell).split("\n")))
        return is_phrase(cell) and longest * self.size * MM_PER_PT <= room + _ROUNDING_MM


def fit(table: Table, width_mm: float, *, alone: bool = False) -> Fit:
    """Columns that keep numbers, codes and two-character words whole, at the largest size that reads well.

    What is left goes where `table.widths` (proportions) ask for it, unless rows would get much lower otherwise.
    `alone`: no annex's title has to stand above it on its page.
    """
    columns = column_count(table)
    if not columns:
        return Fit((), SIZES[0])
    most = SHORT_MM if width_mm <= PORTRAIT_MM else SHORT_ALONE_MM if alone else SHORT_LANDSCAPE_MM
    if phrased := _phrased(table, columns, width_mm):
        return _fit(table, phrased, most)
    made = _fitted(table, needs(table, columns), SIZES, width_mm, most)
    if width_mm > PORTRAIT_MM and not made.short and made.size == SIZES[0]:  # a list of several pages: 小五
        made = _fitted(table, needs(table, columns), SIZES[1:], width_mm, most)
    return made


def _phrased(table: Table, columns: int, width_mm: float) -> _Shape | None:
    """A small table at a large size, its short phrases whole; None where that makes it higher than breaking them."""
    if columns > MOST_PHRASED or len(table.body) > MOST_ROWS:
        return None
    usual = needs(table, columns)
    if max(map(max, usual.rows), default=0.0) > LONGEST_PHRASED:
        return None
    need = needs(table, columns, word=PHRASE)
    for size in SIZES[:2]:
        shape, broken = _at(table, need, size, width_mm), _at(table, usual, size, width_mm)
        if shape.whole and _height(table, shape) <= _height(table, broken):
            return shape
    return None


def _height(table: Table, shape: _Shape) -> float:
    return sum(row_heights(table.body, shape.widths, shape.size))


def _fitted(table: Table, need: Needs, sizes: tuple[float, ...], width_mm: float, most: float) -> Fit:
    shape = _shape(table, need, sizes, width_mm)
    if tight := len(need.least) >= MANY and sum(shape.lines) > CROWDED * len(need.rows):
        need = needs(table, len(need.least), tight=True)
        shape = _shape(table, need, sizes, width_mm)
    return _fit(table, shape, most, need.padding, tight=tight)


def _fit(table: Table, shape: _Shape, most: float, padding: float = PADDING_MM, *, tight: bool = False) -> Fit:
    heights = row_heights(table.body, shape.widths, shape.size, padding)
    head = sum(row_heights(table.head, shape.widths, shape.size, padding))
    short = len(heights) <= MOST_ROWS and head + sum(heights) <= most
    return Fit(tuple(round(w, 2) for w in shape.widths), shape.size, short, heights, head, tight)


@dataclass(frozen=True, slots=True)
class _Shape:
    """A table at one size: `whole` if no word has to be broken, `lines` of each row of the sample."""

    size: float
    widths: tuple[float, ...]
    lines: list[int]
    whole: bool


def _shape(table: Table, need: Needs, sizes: tuple[float, ...], width_mm: float) -> _Shape:
    shapes = [_at(table, need, size, width_mm) for size in sizes]
    enough = max(FEW_LINES * len(need.rows), MORE_LINES * sum(shapes[-1].lines))
    return next((s for s in shapes if s.whole and sum(s.lines) <= enough), shapes[-1])


def _at(table: Table, need: Needs, size: float, width_mm: float) -> _Shape:
    floor = [math.ceil(100 * (em * size * MM_PER_PT + need.padding)) / 100 for em in need.least]  # widths are rounded
    widths = _even(need, floor, size, width_mm)
    lines = line_counts(need, widths, size)
    if len(table.widths) == len(floor):
        asked = _asked(width_mm, floor, table.widths)
        asked_lines = line_counts(need, asked, size)
        if sum(lines) >= WORTH_IT * sum(asked_lines):
            widths, lines = asked, asked_lines
    return _Shape(size, widths, lines, sum(floor) <= width_mm)


def _asked(width: float, floor: list[float], shares: tuple[float, ...]) -> tuple[float, ...]:
    """Every column its floor; the rest in the measure in which floors fall short of the proportions asked for."""
    aims = [share / sum(shares) * width for share in shares]
    short = [max(aim - f, 0.0) for aim, f in zip(aims, floor, strict=True)]
    return _spread(width, floor, short)


def _even(need: Needs, floor: list[float], size: float, width: float) -> tuple[float, ...]:
    """Widths at which the usual cell of every column takes about the same number of lines, as few as can be."""
    em = size * MM_PER_PT
    usual = [sorted(need.column(c))[int(len(need.rows) * USUAL)] if need.rows else 0.0 for c in range(len(floor))]

    def at(lines: float) -> list[float]:
        return [max(f, u / lines * em * 1.05 + need.padding) for f, u in zip(floor, usual, strict=True)]

    few, many = 1.0, 60.0
    if sum(at(few)) > width:
        for _ in range(20):
            middle = (few + many) / 2
            few, many = (few, middle) if sum(at(middle)) <= width else (middle, many)
        few = many
    reached = at(few)
    return _spread(width, reached, reached)


def _spread(width: float, floor: list[float], shares: list[float]) -> tuple[float, ...]:
    """The floors, and what they leave of `width` by `shares`; floors that are too much are all made narrower."""
    left = width - sum(floor)
    if left <= 0 or not sum(shares):
        return tuple(f * width / sum(floor) for f in floor)
    return tuple(f + left * s / sum(shares) for f, s in zip(floor, shares, strict=True))

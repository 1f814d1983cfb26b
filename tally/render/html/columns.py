"""The columns of a table in a page: the share of its width that each takes, and how narrow the table may get."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass, replace

from tally.blocks import Head, Table
from tally.render.document.grid import column_count, placed
from tally.render.document.measure import MM_PER_PT, needs
from tally.render.document.widths import even

ROOM = 58.0  # em; a table's column of the page at 1360 px
_SIZE = 10.5  # pt; any will do, all is in em in the end
_EM = _SIZE * MM_PER_PT
_PADDING = 1.3 * _EM  # left and right of a text
_ARROW = 1.3  # em; of the sign that a column can be sorted
_CROWDED = 1.3  # the room that a table gets whose columns' least widths do not fit, in least widths
_HALF = 2  # shares are rounded to half a percent, so that tables of a kind share rules
_PRINT_SIZES = (9.0, 8.0, 7.0, 6.5)  # pt
_PAPER_MM, _LANDSCAPE_MM = 163.0, 257.0  # between the margins of the page in print


@dataclass(frozen=True, slots=True)
class Columns:
    """`shares` in half percents, one a column; `wide` and `narrow` in em, the least width on a desk's screen and on a
    phone's; `paper` in pt, the size of text at which the table fits a printed page."""

    shares: tuple[int, ...]
    wide: int
    narrow: int
    paper: float


def columns_of(block: Table) -> Columns:
    """Columns in which numbers, codes and short words stay whole, and long texts get the room that the others leave."""
    count = column_count(block)
    if not count:
        return Columns((), 0, 0, _PRINT_SIZES[0])
    found = replace(needs(block, count), padding=_PADDING)
    least = [(em + _arrow(block)) * _EM + _PADDING for em in found.least]
    room = max(ROOM * _EM, sum(least) * _CROWDED if sum(least) > ROOM * _EM else 0.0)
    widths = even(found, least, _SIZE, room)
    total = sum(widths)
    narrow = max(smallest * total / width for smallest, width in zip(least, widths, strict=True))
    shares = tuple(max(1, round(_HALF * 100 * width / total)) for width in widths)
    enough = min(room, sum(least) * _CROWDED)
    return Columns(shares, math.ceil(max(narrow, enough) / _EM), math.ceil(narrow / _EM), _paper(block, narrow / _EM))


def _arrow(block: Table) -> float:
    return _ARROW if block.sortable and len(block.body) > 1 and len(block.head) == 1 else 0.0


def _paper(block: Table, least_em: float) -> float:
    paper = _LANDSCAPE_MM if block.landscape else _PAPER_MM
    fitting = (size for size in _PRINT_SIZES if least_em * size * MM_PER_PT <= paper)
    return next(fitting, _PRINT_SIZES[-1])


def leaves(block: Table) -> Iterator[tuple[int, int, Head]]:
    """(row, column, cell) of the header cells that stand right above the body, each over one column."""
    for r, c, head in placed(block.head):
        if head.colspan == 1 and r + head.rowspan >= len(block.head):
            yield r, c, head


def naming(block: Table) -> int:
    """The column that names a row: the first whose texts are no mere running numbers."""
    for c in range(2):
        texts = [cell.text.strip() for _, at, cell in placed(block.body) if at == c]
        if texts and not all(text.isdigit() or not text for text in texts):
            return c
    return 0

"""The columns of a table in a page: the share of its width that each takes, and how narrow the table may get."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import chain

from tally.blocks import Entry, Head, Table
from tally.render.document.grid import column_count, placed
from tally.render.document.measure import MM_PER_PT, Needs, needs

ROOM = 72.0  # em; what a page of 1360 px has for a table, its scroll bar taken off
ROOM_CROWDED = 84.0  # the same in the smaller text of a list with more columns than that has room for
_CROWDED = 1.1  # the room that a table gets whose columns' least widths do not fit, in least widths
_HALF = 2  # shares are rounded to half a percent, so that tables of a kind share rules
_PRINT_SIZES = (9.0, 8.0, 7.0, 6.5)  # pt
_PAPER_MM, _LANDSCAPE_MM = 163.0, 257.0  # between the margins of the page in print
_STEPS = 30  # of halving, until columns fill the room


@dataclass(frozen=True, slots=True)
class _Air:
    """What stands around texts, in em: left and right in a cell and in a header, and the sign of a column that sorts."""

    cell: float
    head: float
    arrow: float


_USUAL, _TIGHT = _Air(1.3, 0.8, 0.9), _Air(0.75, 0.5, 0.6)


@dataclass(frozen=True, slots=True)
class Columns:
    """`shares` in half percents, one a column; `wide` and `narrow` in em, the least width on a desk's screen and on a
    phone's; `paper` in pt, the size of text at which the table fits a printed page; `crowded` if its text is smaller."""

    shares: tuple[int, ...]
    wide: int
    narrow: int
    paper: float
    crowded: bool = False


def columns_of(block: Table) -> Columns:
    """Columns in which numbers, codes and short words stay whole, and long texts get the room that the others leave."""
    count = column_count(block)
    if not count:
        return Columns((), 0, 0, _PRINT_SIZES[0])
    shown = _with_arrows(block)
    wanted = needs(shown, count, tight=True)
    least, room = _least(shown, count, _USUAL), ROOM
    if crowded := sum(least) > ROOM:
        least = _least(shown, count, _TIGHT)
        room = max(ROOM_CROWDED, sum(least))
    widths = _balanced(wanted, least, room)
    total = sum(widths)
    narrow = max(smallest * total / width for smallest, width in zip(least, widths, strict=True))
    shares = tuple(max(1, round(_HALF * 100 * width / total)) for width in widths)
    wide = max(narrow, min(total, ROOM_CROWDED if crowded else sum(least) * _CROWDED))
    return Columns(shares, math.ceil(wide), math.ceil(narrow), _paper(block, narrow), crowded)


def _least(block: Table, count: int, air: _Air) -> list[float]:
    """The least width of each column: what its cells hold in one piece, and its header with the sign beside it."""
    body = needs(replace(block, head=()), count, tight=True).least
    head = needs(replace(block, body=()), count, tight=True).least
    arrow = air.arrow if block.sortable and len(block.body) > 1 else 0.0
    return [max(cells + air.cell, title + arrow + air.head) for cells, title in zip(body, head, strict=True)]


def _balanced(wanted: Needs, least: Sequence[float], room: float) -> list[float]:
    """Widths in em that fill `room` with few lines: where the squares of all cells' lines add up to least.

    That is where widths go with the cube root of the squares of the lengths in a column; none below `least`, none
    above what its longest text takes.
    """
    columns = range(len(least))
    weights, most = [], []
    for c in columns:
        lengths = wanted.column(c)
        weights.append(sum(length * length for length in lengths) ** (1 / 3) or 0.1)
        most.append(max(least[c], max(lengths, default=0.0) + _USUAL.cell))

    def at(scale: float) -> list[float]:
        return [min(max(scale * weights[c], least[c]), most[c]) for c in columns]

    low, high = 0.0, room / min(weights)
    for _ in range(_STEPS):
        middle = (low + high) / 2
        low, high = (middle, high) if sum(at(middle)) <= room else (low, middle)
    return at(low)


def _with_arrows(block: Table) -> Table:
    """The table with room for the arrow beside a figure that also leads elsewhere."""
    if not any(entry.ref and entry.link for entry in chain.from_iterable(block.body)):
        return block
    rows = (map(_with_arrow, row) for row in block.body)
    return replace(block, body=tuple(map(tuple, rows)))


def _with_arrow(entry: Entry) -> Entry:
    return replace(entry, text=f"{entry.text}——") if entry.ref and entry.link else entry


def _paper(block: Table, least_em: float) -> float:
    paper = _LANDSCAPE_MM if block.landscape else _PAPER_MM
    fitting = (size for size in _PRINT_SIZES if least_em * size * MM_PER_PT <= paper)
    return next(fitting, _PRINT_SIZES[-1])


def leaves(block: Table) -> Iterator[tuple[int, int, Head]]:
    """(row, column, cell) of the header cells that stand right above the body, each over one column."""
    for r, c, head in placed(block.head):
        if isinstance(head, Head) and head.colspan == 1 and r + head.rowspan >= len(block.head):
            yield r, c, head


def naming(block: Table) -> int:
    """The column that names a row: the first whose texts are no mere running numbers."""
    for c in range(2):
        texts = [cell.text.strip() for _, at, cell in placed(block.body) if at == c]
        if texts and not all(text.isdigit() or not text for text in texts):
            return c
    return 0

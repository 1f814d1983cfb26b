"""The columns of a table in a page: where each cell stands, and how wide a column must be to be read."""

from __future__ import annotations

import math
import unicodedata
from collections.abc import Iterator, Sequence

from tally.blocks import Entry, Head, Table

Cell = Head | Entry
_MANY_COLUMNS = 8
NARROWEST, _WIDEST = 4, 19  # em: no column of one character a line, none wider than a long firm name
_LINES, _WIDEST_OF_TEXT = 4, 28  # a long text takes about so many lines, and no wider a column


def column_widths(block: Table) -> list[int]:
    """Least widths in em: the longest text that a column has to show, its header on up to three lines."""
    widths = [NARROWEST] * len(block.align)
    widest = _WIDEST if len(widths) < _MANY_COLUMNS else _WIDEST * 2 // 3
    for _, c, head in leaves(block):
        if c < len(widths):
            widths[c] = max(widths[c], 3 + (_ems(head.text) + 2) // 3)
    wanted: list[list[int]] = [[] for _ in widths]
    for row in block.body:
        for c, entry in placed([row])[0]:
            if entry.colspan == 1 and c < len(widths):
                wanted[c].append(_wanted(entry.text, widest))
    for c, column in enumerate(wanted):
        usual = sorted(column)[max(-len(column), -1 - len(column) // 20) :][:1]  # of many cells, not the very longest
        widths[c] = max(widths[c], *usual, NARROWEST)
    return widths


def _wanted(text: str, widest: int) -> int:
    wanted = _ems(text) + 2
    return wanted if len(text) > _LINES * widest else min(wanted, widest)


def _ems(text: str) -> int:
    """How wide a column should be for `text`, in em: its longest line, or for a long text a few lines of it."""
    wide = sum(1.0 if unicodedata.east_asian_width(ch) in "WF" else 0.6 for ch in max(text.split("\n"), key=len)[:200])
    if wide < _WIDEST - 2:
        return math.ceil(wide)
    return max(_WIDEST * 2 // 3, min(round(wide / _LINES), _WIDEST_OF_TEXT))


def leaves(block: Table) -> Iterator[tuple[int, int, Head]]:
    """(row, column, cell) of the header cells that stand right above the body, each over one column."""
    for r, row in enumerate(placed(block.head)):
        for c, head in row:
            if head.colspan == 1 and r + head.rowspan >= len(block.head):
                yield r, c, head


def placed(rows: Sequence[Sequence[Cell]]) -> list[list[tuple[int, Cell]]]:
    """Every cell of `rows` with the column it begins in, spans from above and from the left counted."""
    taken: set[tuple[int, int]] = set()
    placed = []
    for r, row in enumerate(rows):
        c, line = 0, []
        for cell in row:
            while (r, c) in taken:
                c += 1
            taken.update((r + dr, c + dc) for dr in range(cell.rowspan) for dc in range(cell.colspan))
            line.append((c, cell))
        placed.append(line)
    return placed

"""The columns of a table in a page: where each cell stands, and how wide a column must be to be read."""

from __future__ import annotations

import math
import unicodedata
from collections.abc import Iterator, Sequence

from tally.blocks import Entry, Head, Table

Cell = Head | Entry
_MANY_COLUMNS = 8
NARROWEST, _WIDEST = 4, 19  # em: no column of one character a line, none wider than a long firm name


def column_widths(block: Table) -> list[int]:
    """Least widths in em: the longest text that a column has to show, its header on up to three lines."""
    widths = [NARROWEST] * len(block.align)
    widest = _WIDEST if len(widths) < _MANY_COLUMNS else _WIDEST * 2 // 3
    for _, c, head in leaves(block):
        if c < len(widths):
            widths[c] = max(widths[c], 3 + (_ems(head.text) + 2) // 3)
    for row in block.body:
        for c, entry in placed([row])[0]:
            if entry.colspan == 1 and c < len(widths):
                widths[c] = max(widths[c], min(_ems(entry.text) + 2, widest))
    return widths


def _ems(text: str) -> int:
    """How wide the longest line of `text` is, in em; what is longer than a column may be wraps earlier."""
    longest = max(text.split("\n"), key=len)[:60]
    wide = sum(1.0 if unicodedata.east_asian_width(ch) in "WF" else 0.6 for ch in longest)
    return math.ceil(wide) if wide < _WIDEST - 2 else _WIDEST * 2 // 3


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

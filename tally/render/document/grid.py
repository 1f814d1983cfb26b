"""The rectangle behind a table's rows of cells, whatever spans and gaps they have."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from tally.blocks import Entry, Head, Table

Rows = Sequence[Sequence[Head | Entry]]


def placed(rows: Rows) -> Iterator[tuple[int, int, Head | Entry]]:
    """(row, column, cell) of every cell; the places that rowspans from above take are passed over."""
    taken: dict[int, int] = {}  # column -> first row that is free again
    for r, row in enumerate(rows):
        c = 0
        for cell in row:
            while taken.get(c, 0) > r:
                c += 1
            yield r, c, cell
            if cell.rowspan > 1:
                taken.update(dict.fromkeys(range(c, c + cell.colspan), r + cell.rowspan))
            c += cell.colspan


def column_count(table: Table) -> int:
    """The number of columns that the header or any row reaches."""
    return max((c + cell.colspan for rows in (table.head, table.body) for _, c, cell in placed(rows)), default=0)


def filled(rows: Rows, columns: int) -> list[list[Head | Entry]]:
    """The rows with an empty cell wherever a row ends early, and no span that runs past the last row.

    Without this the next row's cells would move up into the gap.
    """
    full: list[list[Head | Entry]] = [[] for _ in rows]
    room = [columns] * len(rows)
    for r, _, cell in placed(rows):
        height = min(cell.rowspan, len(rows) - r)
        full[r].append(cell if height == cell.rowspan else replace(cell, rowspan=height))
        for at in range(r, r + height):
            room[at] -= cell.colspan
    for row, left in zip(full, room, strict=True):
        row.extend(Entry("") for _ in range(left))
    return full

"""A sheet too wide for its paper, printed column by column: pages whose rows stand at the same heights are one table.

Spreadsheets print down, then over: the first columns of all rows on pages 1 to k, the next columns on pages k + 1 to 2k, and so on.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from tally.model import Span
from tally.readers.pdf.table import Table

_SAME = 1.0  # points by which the rows of two pages may differ
NOTE = "表格较宽，右边的列另印在第 {} 页，已按行对齐拼接，请核对"

Pages = Sequence[Sequence[Table]]


def side_by_side(pages: Pages, above: Sequence[Sequence[float]]) -> list[list[Table]]:
    """The tables of each page, those that go on to the right put together on the page where their rows begin.

    `above`: the heights of the lines over the first table of each page. Only where every page holds one table and all of them fit.
    """
    tables = [page[0] for page in pages if len(page) == 1]
    if len(tables) < 2 or len(tables) < len(pages):
        return [list(page) for page in pages]
    tall = next((n for n in range(1, len(tables)) if _beside_lines(above, n) and _goes_on(tables[0], tables[n])), 0)
    if not tall or len(tables) % tall or not _fits(tables, tall):
        return [list(page) for page in pages]
    left = tables[:tall]
    for at in range(tall, len(tables), tall):
        left = [_beside(one, other) for one, other in zip(left, tables[at : at + tall], strict=True)]
    return [[left[n]] if n < tall else [] for n in range(len(pages))]


def _beside_lines(above: Sequence[Sequence[float]], n: int) -> bool:
    """Whether all lines over the table of page `n` go on lines over the first: they stand at their heights."""
    return all(any(abs(y - first) <= _SAME for first in above[0]) for y in above[n])


def _fits(tables: Sequence[Table], tall: int) -> bool:
    """Whether each page after the first `tall` has the rows of the one that many pages before."""
    return all(_same_rows(tables[n - tall], tables[n]) for n in range(tall, len(tables)))


def _same_rows(one: Table, other: Table) -> bool:
    pairs = zip(one.heights, other.heights, strict=False)
    return len(one.heights) == len(other.heights) > 2 and all(abs(a - b) <= _SAME for a, b in pairs)


def _goes_on(first: Table, other: Table) -> bool:
    """Whether `other` holds further columns of the same rows: headings of its own above figures, at the same heights."""
    if not _same_rows(first, other):
        return False
    heading = other.rows[0][_repeated(first, other) :]
    labels = [text for text in heading if text]
    return bool(labels) and not any(text.strip().isdigit() for text in labels) and other.rows[0] != first.rows[0]


def _repeated(first: Table, other: Table) -> int:
    """How many columns at the left are those of the first page again, printed on each."""
    n = 0
    while n < min(len(first.rows[0]), len(other.rows[0]) - 1) and _column(first, n) == _column(other, n):
        n += 1
    return n if any(any(_column(other, c)) for c in range(n)) else 0


def _column(table: Table, col: int) -> list[str]:
    return [row[col] for row in table.rows]


def _beside(left: Table, right: Table) -> Table:
    """One table of the columns of both."""
    skip = _repeated(left, right)
    at = len(left.rows[0]) - skip
    shift = left.edges[-1] - right.edges[skip]
    merges = [Span(m.top, m.left + at, m.bottom, m.right + at) for m in right.merges if m.left >= skip]

    def further(cells: set[tuple[int, int]]) -> set[tuple[int, int]]:
        return {(row, col + at) for row, col in cells if col >= skip}

    return replace(
        left,
        rows=[[*one, *other[skip:]] for one, other in zip(left.rows, right.rows, strict=True)],
        edges=(*left.edges, *(edge + shift for edge in right.edges[skip + 1 :])),
        merges=[*left.merges, *merges],
        marks=left.marks | {(row, col + at): facts for (row, col), facts in right.marks.items() if col >= skip},
        cut=left.cut | further(right.cut),
        drawn=left.drawn | {(row, col + at): what for (row, col), what in right.drawn.items() if col >= skip},
        pictures=left.pictures | further(right.pictures),
        notes=(*left.notes, NOTE.format(right.page)),
    )

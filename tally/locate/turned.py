"""A form lying on its side, its headings in a column and a record or category in each: turned, it is read as any other."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from tally.declare import Form
from tally.locate.labels import names_of, parse
from tally.locate.view import View
from tally.model import Grid, RawValue, Span

_ENOUGH = 4  # headings below one another that make a form on its side


def turned(grid: Grid, forms: Sequence[Form]) -> Grid | None:
    """The part of `grid` that holds a form on its side, rows for columns; None if there is none.

    `Grid.turned` says where the part began; a view of it gives addresses as they are on the sheet.
    """
    view = View(grid)
    for col in range(min(view.width, 4)):
        rows = _headings(view, col, forms)
        if rows is not None:
            return _part(grid, view, rows[0], rows[1], col)
    return None


def _headings(view: View, col: int, forms: Sequence[Form]) -> tuple[int, int] | None:
    """The first and last grid row of a run of headings in a column, the row of names above it included."""
    vocabulary = {core for f in forms for core in names_of(f).fields}
    categories = {core for f in forms for core in names_of(f).categories}
    known = [
        r
        for r in range(view.height)
        if isinstance(view.own(r, col), str) and parse(view.text(r, col)).core in vocabulary
    ]
    if len(known) < _ENOUGH or known[-1] - known[0] + 1 > len(known) * 2:
        return None
    first, last = known[0], known[-1]
    names = [parse(view.text(first - 1, c)).core in categories for c in range(view.width)] if first else []
    first -= sum(names) >= 2
    while last + 1 < view.height and view.text(last + 1, col) and view.filled(last + 1, range(col + 1, view.width)):
        last += 1
    return first, last


def _part(grid: Grid, view: View, first: int, last: int, left: int) -> Grid:
    height, width = last - first + 1, view.width - left
    rows = [_column(view, range(first, first + height), col) for col in range(left, left + width)]
    while rows and not any(v is not None for v in rows[-1]):
        rows.pop()
    inside = [s for s in grid.merges if s.top >= first and s.bottom <= last and s.left >= left]
    above = _texts(view, range(first))
    below = _texts(view, range(last + 1, view.height))
    return replace(
        grid,
        rows=rows,
        merges=tuple(Span(s.left - left, s.top - first, s.right - left, s.bottom - first) for s in inside),
        marks={(c - left, r - first): m for (r, c), m in grid.marks.items() if first <= r <= last and c >= left},
        hidden_rows=frozenset(c - left for c in grid.hidden_cols if c >= left),
        hidden_cols=frozenset(r - first for r in grid.hidden_rows if first <= r <= last),
        before=(*grid.before, *above),
        after=(*below, *grid.after),
        turned=(first, left),
    )


def _column(view: View, rows: range, col: int) -> list[RawValue]:
    return [view.own(row, col) for row in rows]


def _texts(view: View, rows: range) -> list[str]:
    """What stands in whole lines, cell by cell."""
    texts: list[str] = []
    for row in rows:
        texts += view.texts(row)
    return texts

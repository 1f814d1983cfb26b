"""A heading in a table of its own and its figures in the next one: how web pages keep a heading in sight while figures scroll,
and what a page break makes of a table in Word. The two are read as the one table that a person sees."""

from __future__ import annotations

from collections.abc import Sequence

from tally.model import Ink, RawValue, Span
from tally.readers.rectangle import Sheet
from tally.readers.sheet_xml import place
from tally.readers.sums import column_letters

_MOST_HEADING = 4  # rows
_MOST_FOOT = 2  # rows: the line of totals, in a table of its own
_FEWEST = 4  # columns: what is narrower may be layout


def put_together(items: Sequence[str | Sheet]) -> list[str | Sheet]:
    """Tables and lines in order, each heading with the figures right behind it as one table; blank lines are left out."""
    whole: list[str | Sheet] = []
    with_foot = False  # the last table was put together, and its totals may follow
    for item in items:
        last = whole[-1] if whole else ""
        if isinstance(item, Sheet) and isinstance(last, Sheet) and _belongs(last, item, with_foot):
            _append(last, item)
            with_foot = True
        elif isinstance(item, Sheet) or item.strip():
            with_foot = False
            whole.append(item)
    return whole


def _belongs(above: Sheet, below: Sheet, with_foot: bool) -> bool:
    if not above.rows or not below.rows:
        return False
    if not _FEWEST <= _width(above) == _width(below) or not _figures(below):
        return False
    if with_foot:
        return len(below.rows) <= _MOST_FOOT
    last = above.rows.get(max(above.rows), [])
    labelled = sum(value is not None for value in last) + sum(s.bottom >= max(above.rows) > s.top for s in above.merges)
    return len(above.rows) <= _MOST_HEADING and not _figures(above) and labelled * 2 > _width(above)


def _width(sheet: Sheet) -> int:
    cells = max((len(row) for row in sheet.rows.values()), default=0)
    return max([cells, *(span.right + 1 for span in sheet.merges)])


def _figures(sheet: Sheet) -> bool:
    return any(_is_figure(value) for row in sheet.rows.values() for value in row)


def _is_figure(value: RawValue) -> bool:
    return isinstance(value, int | float) or isinstance(value, str) and value.strip()[:1].isdigit()


def _append(above: Sheet, below: Sheet) -> None:
    """Puts the rows of `below` under those of `above`."""
    down = max(above.rows) + 1
    above.rows.update({row + down: values for row, values in below.rows.items()})
    above.merges += [Span(top + down, left, bottom + down, right) for top, left, bottom, right in below.merges]
    above.marks.update({(row + down, col): mark for (row, col), mark in below.marks.items()})
    above.hidden_rows |= {row + down for row in below.hidden_rows}
    above.hidden_cols |= below.hidden_cols
    above.ink += [_moved(ink, down) for ink in below.ink]


def _moved(ink: Ink, down: int) -> Ink:
    at = place(ink.cell)
    return ink if at is None else ink._replace(cell=f"{column_letters(at[1])}{at[0] + down + 1}")

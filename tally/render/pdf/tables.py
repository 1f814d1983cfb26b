"""A Table block -> the values from which the Typst template draws it.

Rows and groups of rows stay on one page, but never at the price of text that would run off it: whatever
may be too high for a page is marked as breakable.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from tally.blocks import Entry, Head, Table
from tally.render.document.grid import filled, placed
from tally.render.document.heads import head_rows
from tally.render.document.text import breakable
from tally.render.document.widths import Fit, fit

WHOLE_ROW_MM = 60.0  # estimated; a higher row may go on on the next page
WHOLE_GROUP_MM = 80.0  # the same for the rows that one cell spans
REPEATED_HEAD_MM = 80.0  # a higher header is not repeated: it would leave no room

Show = Callable[[str], str]


def table_payload(table: Table, show: Show, width: float, *, alone: bool = False) -> dict[str, Any]:
    """The table as the template reads it: cells in order, each text, spans, kind and whether it may be broken."""
    shape = fit(table, width, alone=alone)
    columns = len(shape.widths)
    head = [
        [show(breakable(c.text, shape.unbroken)), c.colspan, c.rowspan] for row in head_rows(table, shape) for c in row
    ]
    body = _body(table, shape, show)
    if shape.head > REPEATED_HEAD_MM:
        head, body = [], [[*cell, "total", True] for cell in head] + body
    return {
        "kind": "table",
        "caption": show(table.caption),
        "unit": show(table.unit),
        "note": show(table.note),
        "size": shape.size,
        "short": shape.short,
        "tight": shape.tight,
        "widths": shape.widths,
        "align": [*table.align, *["left"] * columns][:columns],
        "head": head,
        "body": body,
    }


def _body(table: Table, shape: Fit, show: Show) -> list[list[Any]]:
    totals = set(table.totals)
    rows = filled(table.body, len(shape.widths))
    return [
        [show(breakable(c.text, shape.unbroken)), c.colspan, c.rowspan, _kind(c, r in totals), _loose(c, r, shape)]
        for r, _, c in placed(rows)
    ]


def _kind(cell: Head | Entry, total: bool) -> str:
    kind = cell.kind if isinstance(cell, Entry) else ""
    return kind or ("total" if total else "")


def _loose(cell: Head | Entry, row: int, shape: Fit) -> bool:
    spanned = shape.heights[row : row + cell.rowspan]
    return max(spanned) > WHOLE_ROW_MM or (cell.rowspan > 1 and sum(spanned) > WHOLE_GROUP_MM)

"""A matrix of several units in one table, its categories again for each in a column 单位: a grid for each unit."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from tally.clean.unit_names import unit_of
from tally.declare import Campaign, Form
from tally.locate.extra_columns import UNIT_COLUMN
from tally.locate.labels import names_of, parse
from tally.locate.view import View
from tally.model import Document, Grid

_TOTAL = frozenset(("合计", "总计", "全市", "全市合计", "市合计", "累计"))
_HEADER = 15  # rows among which a header stands
_FEWEST = 3  # categories of each unit


def apart(campaign: Campaign, document: Document) -> Document:
    """The document with a grid for each unit of such a table, the others' rows left blank; addresses stay as they are."""
    forms = [form for form in campaign.forms if form.layout == "matrix"]
    grids = [part for grid in document.grids for part in _parts(campaign, forms, grid)]
    return document if len(grids) == len(document.grids) else replace(document, grids=tuple(grids))


def _parts(campaign: Campaign, forms: list[Form], grid: Grid) -> Iterator[Grid]:
    view = View(grid)
    for row in range(min(_HEADER, view.height)):
        for col in range(view.width):
            if UNIT_COLUMN.fullmatch(view.label(row, col).core) and (
                parts := _by_unit(campaign, forms, view, row, col)
            ):
                yield from parts
                return
    yield grid


def _by_unit(campaign: Campaign, forms: list[Form], view: View, header: int, col: int) -> list[Grid]:
    """A grid for each unit named below a heading, none where that is no column of units with the categories of each."""
    rows: dict[str, list[int]] = {}
    for row in range(header + 1, view.height):
        if text := view.text(row, col):
            rows.setdefault(text, []).append(row)
    named = {text: unit_of(campaign, text).codes for text in rows if text not in _TOTAL}
    several = {text: of for text, of in rows.items() if len(named.get(text, ())) == 1}
    if len(several) < 2 or not all(_has_categories(forms, view, of, col) for of in several.values()):
        return []
    if any(len(codes) != 1 and _has_categories(forms, view, rows[text], col) for text, codes in named.items()):
        return []  # who else is meant, nobody knows
    body = {row for of in rows.values() for row in of}
    return [_of_one(view.grid, col, header, text, body - set(of)) for text, of in several.items()]


def _has_categories(forms: list[Form], view: View, rows: list[int], col: int) -> bool:
    texts = [v for row in rows for c, v in enumerate(view.grid.rows[row]) if c != col and isinstance(v, str)]
    return any(len({n for t in texts if (n := names_of(f).category(parse(t).core))}) >= _FEWEST for f in forms)


def _of_one(grid: Grid, col: int, header: int, text: str, others: set[int]) -> Grid:
    """The grid without the others' rows and without the column, of which the unit's name is said above."""
    rows: list[list] = []
    for at, line in enumerate(grid.rows):
        kept = [] if at in others else line
        rows.append([None if c == col and at >= header else value for c, value in enumerate(kept)])
    return replace(
        grid,
        rows=rows,
        merges=tuple(m for m in grid.merges if m.left != col and m.top not in others),
        marks={at: mark for at, mark in grid.marks.items() if at[0] not in others and at[1] != col},
        before=(*grid.before, f"填报单位：{text}"),
    )

"""Totals of rebuilt sheets add up their rows again, so that who mends a row need not mend the total as well.

A formula stands only where the total that came is the sum of its rows, all of them numbers in one unbroken column.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal

import pandas as pd
from openpyxl.utils import get_column_letter
from openpyxl.utils.cell import column_index_from_string, coordinate_from_string

from tally.declare import Campaign, Field, Form
from tally.model import Grid, RawValue
from tally.render.feedback.sheets import Page

Place = tuple[int, int]  # row and column, from 1


def add_up_again(campaign: Campaign, pages: Sequence[Page], cells: pd.DataFrame) -> None:
    """Puts =SUM(…) into the totals of `pages` that were rebuilt; `cells`: the unit's cells, as read."""
    for page in (page for page in pages if page.rebuilt):
        here = cells[(cells["file"] == page.grid.file) & (cells["sheet"].fillna("") == page.grid.sheet)]
        for form in (form for form in campaign.forms if form.layout == "matrix" and form.total):
            _of_form(page, form, here[here["form"] == form.name])


def _of_form(page: Page, form: Form, cells: pd.DataFrame) -> None:
    named = cells[cells["cell"].fillna("").str.fullmatch("[A-Z]{1,3}[0-9]{1,7}")]
    places = {
        (row, field): _place(cell) for row, field, cell in zip(named["row"], named["field"], named["cell"], strict=True)
    }
    for field in (f for f in form.measures if f.summed):
        total, rows = places.get((form.total, field.name)), _rows(form, field, places)
        if total and rows and _adds_up(page.grid, total, rows):
            column = get_column_letter(total[1])
            page.sheet.cell(*total).value = f"=SUM({column}{rows[0][0]}:{column}{rows[-1][0]})"


def _rows(form: Form, field: Field, places: Mapping[tuple[str, str], Place]) -> list[Place]:
    """Where the column's rows stand, from above; [] unless each is there, one right below the other."""
    rows = sorted(places[part.name, field.name] for part in form.parts if (part.name, field.name) in places)
    first = rows[0] if rows else (0, 0)
    unbroken = rows == [(first[0] + at, first[1]) for at in range(len(form.parts))]
    return rows if unbroken else []


def _adds_up(grid: Grid, total: Place, rows: Sequence[Place]) -> bool:
    """Whether the total stands in the rows' column, outside them, and is their sum to the last digit."""
    if total[1] != rows[0][1] or rows[0][0] <= total[0] <= rows[-1][0]:
        return False
    written = _value(grid, total)
    given = [_value(grid, place) for place in rows]
    if not _number(written) or not all(value is None or _number(value) for value in given):
        return False
    return _sum(given) == Decimal(str(written))


def _sum(values: Iterable[RawValue]) -> Decimal:
    return sum((Decimal(str(value)) for value in values if value is not None), Decimal(0))


def _number(value: RawValue) -> bool:
    return isinstance(value, int | float | Decimal) and not isinstance(value, bool)


def _value(grid: Grid, place: Place) -> RawValue:
    row, column = place[0] - 1, place[1] - 1
    return grid.rows[row][column] if row < len(grid.rows) and column < len(grid.rows[row]) else None


def _place(cell: str) -> Place:
    letters, row = coordinate_from_string(cell)
    return row, column_index_from_string(letters)

"""Every cell of a history under a name that outlives its address: unit, form, record, field. Two histories compared.

A list's records are known by the form's key fields, so that a line put in above moves nobody; a matrix's by category.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from tally.declare import Form
from tally.model import PeriodTables
from tally.report.tables.lists import shown
from tally.totals import Book, Figure, History


class Name(NamedTuple):
    """What a cell is, whatever its address. `record` is the category, or a list record's key and its occurrence."""

    period: str
    unit: str
    form: str
    record: tuple[str, ...]
    field: str


@dataclass(frozen=True, slots=True)
class Written:
    """A cell as read. `row` as in cells.parquet."""

    file: str
    sheet: str
    cell: str
    raw: str
    value: str
    state: str
    row: str

    @property
    def told(self) -> tuple[str, str, str]:
        return self.raw, self.value, self.state


class Cells:
    """All cells of a history, by name and by address."""

    def __init__(self, history: History):
        self.history = history
        self.by_name: dict[Name, Written] = {}
        self._at: dict[tuple[str, str, str, str], Name] = {}
        for tables in history.periods:
            for name, written in _named(history, tables):
                self.by_name[name] = written
                self._at[tables.period, written.file, written.sheet, written.cell] = name

    def received(self, period: str, unit: str, form: str) -> bool:
        tables = next((t for t in self.history.periods if t.period == period), None)
        return tables is not None and unit in self.history.reported(tables, form)

    def names(self, figure: Figure, book: Book, seen: set[str] | None = None) -> Iterator[Name]:
        """The cells a figure rests on, through all the figures it is made of."""
        seen = set() if seen is None else seen
        seen.add(figure.ref)
        for part in figure.parts:
            if part.ref in book and part.ref not in seen:
                yield from self.names(book[part.ref], book, seen)
            for place in part.cells:
                for cell in _addresses(place.cell):
                    key = (part.period or self.history.now.period, place.file, place.sheet, cell)
                    if key in self._at:
                        yield self._at[key]

    @cached_property
    def forms(self) -> dict[str, Form]:
        return {f.name: f for f in self.history.campaign.forms}


def _named(history: History, tables: PeriodTables) -> Iterator[tuple[Name, Written]]:
    records = {f.name: _records(f, tables) for f in history.campaign.forms if f.layout == "list"}
    c = tables.cells.astype(object)
    c = c.where(c.notna(), "")
    columns = ("unit", "form", "row", "field", "file", "sheet", "cell", "raw", "value", "state")
    for unit, form, row, field, file, sheet, cell, raw, value, state in c[list(columns)].itertuples(index=False):
        record = records[form].get((unit, row), (row,)) if form in records else (row,)
        yield Name(tables.period, unit, form, record, field), Written(file, sheet, cell, raw, value, state, row)


def _records(form: Form, tables: PeriodTables) -> dict[tuple[str, str], tuple[str, ...]]:
    """(unit, row) -> the record's key fields and how often they have occurred before."""
    frame = tables.forms[form.name]
    keys = [frame[name].astype(object).map(shown).map(form.field(name).key) for name in form.key]
    seen: Counter = Counter()
    named = {}
    for unit, row, *key in zip(frame["unit"], frame["row"], *keys, strict=True):
        seen[unit, *key] += 1
        named[unit, str(row)] = (*key, str(seen[unit, *key])) if key else (str(row),)
    return named


def _addresses(cell: str) -> list[str]:
    first, _, last = cell.partition(":")
    if not last:
        return [first]
    column = first.rstrip("0123456789")
    return [f"{column}{row}" for row in range(int(first[len(column) :]), int(last[len(column) :]) + 1)]

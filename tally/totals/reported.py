"""What units reported in a matrix form (cases), period by period, with what follows from it where a total is blank.

A unit's 合计 that is blank while its categories have values is worked out from them and marked `derived`; never for a
column whose category cells all repeat one number (people copy 出动 and 检查 into every row).
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from tally.declare import Category, Field, Form
from tally.model import PeriodTables
from tally.totals.doubted import Doubt
from tally.totals.history import History
from tally.writing.numbers import exact

VISITS = ("人次", "户/人", "户次", "户")  # units of measure of columns that count visits, not cases


@dataclass(frozen=True, slots=True)
class Reported:
    """What one unit's return of one period says for one category and measure."""

    period: str
    value: Decimal
    derived: bool = False
    zero: bool = False  # a zero return: nothing happened, whatever its cells leave blank


class Matrix:
    """The values of one matrix form, unit by unit and period by period."""

    def __init__(self, history: History, form: Form):
        self.history, self.form = history, form
        self._values: dict[str, dict[tuple[str, str, str], Reported]] = {}
        for tables in history.periods:
            self._values[tables.period] = self._read(tables)

    def _read(self, tables: PeriodTables) -> dict[tuple[str, str, str], Reported]:
        frame, names = tables.forms[self.form.name], [f.name for f in self.form.measures]
        there = self.history.reported(tables, self.form.name)
        columns = zip(frame["unit"], frame["category"], *(frame[n].astype(object) for n in names), strict=True)
        values = {}
        for unit, category, *row in columns:
            if unit in there:
                for name, value in zip(names, row, strict=True):
                    if (amount := exact(value)) is not None:
                        values[unit, category, name] = Reported(tables.period, amount)
        for unit in there:
            self._derive(values, unit, tables.period)
        for unit in self.history.zero(tables, self.form.name):
            self._zero(values, unit, tables.period)
        return values

    def _zero(self, values: dict, unit: str, period: str) -> None:
        """Nothing to add: 0 in a per-period column, as before in a cumulative one."""
        for field in self.form.fields:
            for category in self.form.categories if field.summed else ():
                before = self.to_date(unit, category.name, field) if field.cumulative else ()
                value = before[-1].value if before else Decimal(0)
                values.setdefault((unit, category.name, field.name), Reported(period, value, zero=True))

    def _derive(self, values: dict, unit: str, period: str) -> None:
        for field in self.form.fields:
            if not field.summed or not self.form.total or (unit, self.form.total, field.name) in values:
                continue
            reported = [values.get((unit, c.name, field.name)) for c in self.form.parts]
            parts = [p.value for p in reported if p]
            if parts and not self._copied(values, unit, field):
                values[unit, self.form.total, field.name] = Reported(period, sum(parts, Decimal(0)), derived=True)

    def _copied(self, values: dict, unit: str, field: Field) -> bool:
        """Whether one number of visits stands in every category: it belongs to none of them."""
        if not _visits(field):
            return False
        parts = [p.value for c in self.form.parts if (p := values.get((unit, c.name, field.name)))]
        return len(parts) > 1 and len(set(parts)) == 1 and parts[0] != 0

    def copied(self, returns: tuple[Reported, ...], unit: str, field: Field) -> bool:
        """`_copied` for any of the returns that make up a figure."""
        return any(self._copied(self._values[r.period], unit, field) for r in returns)

    def get(self, period: str, unit: str, category: str, field: str) -> Reported | None:
        return self._values.get(period, {}).get((unit, category, field))

    def this_period(self, unit: str, category: str, field: Field) -> tuple[Reported, ...]:
        return self._found(self.history.periods[-1:], unit, category, field)

    def to_date(self, unit: str, category: str, field: Field) -> tuple[Reported, ...]:
        """The returns that make up the figure to date: the latest of a cumulative column, else all."""
        returns = self._found(self.history.periods, unit, category, field)
        return returns[-1:] if field.cumulative or not field.summed else returns

    def _found(self, periods, unit, category, field) -> tuple[Reported, ...]:
        returns = (self.get(t.period, unit, category, field.name) for t in periods)
        return tuple(r for r in returns if r is not None)

    def places(self, r: Reported, unit: str, category: str, field: str):
        """The cells a reported value was read from; for a derived total, its categories' cells."""
        rows = [c.name for c in self.form.parts] if r.derived else [category]
        cells = self.history.cells
        return tuple(
            p
            for row in rows
            for p in cells.at(r.period, unit, self.form.name, row, field)
            if not r.derived or (r.period, unit, row, field) in self
        )

    def doubt(self, r: Reported, unit: str, category: Category, field: Field) -> Doubt | None:
        """What is in doubt in the cells that a reported value was read from; None for sound ones."""
        rows = [*(c.name for c in self.form.parts if r.derived), category.name]
        cells = self.history.doubts.get(r.period, {})
        doubts = [d for row in rows if (d := cells.get((unit, self.form.name, row, field.name)))]
        if not doubts:
            return None
        words: dict[str, None] = {}
        moves: dict[str, Decimal] = {}
        for number, doubt in enumerate(doubts):
            words |= doubt.words
            moves |= {f"{number} {sheet}": move for sheet, move in doubt.moves.items()}
        return Doubt(words, moves)

    def __contains__(self, key: tuple[str, str, str, str]) -> bool:
        return self.get(*key) is not None


def _visits(field: Field) -> bool:
    """Whether a column counts visits, not cases: people copy its total into every row."""
    return field.kind == "count" and field.unit in VISITS

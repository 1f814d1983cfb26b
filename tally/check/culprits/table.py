"""A matrix form as exact numbers with the arithmetic rules over it, for trying out repairs."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from functools import cached_property
from itertools import product

from tally.clean.numbers import LIMIT
from tally.rules.cases import AtMost
from tally.rules.matrix import NotNegative, TotalIsSum, column_sum, summed_fields
from tally.rules.view import FormView
from tally.writing.numbers import addend

Cell = tuple[int, str]  # record position, field
Broken = tuple[str, int, str]  # rule id, record position, field: as the rule's own fault says it
Values = Mapping[Cell, Decimal | None]
_FINEST = 12  # decimals


@dataclass(frozen=True)
class Table:
    """The numbers of one return, and which arithmetic rules fail for any values in their place."""

    view: FormView

    @cached_property
    def columns(self) -> list[str]:
        return summed_fields(self.view)

    @cached_property
    def rows(self) -> list[int]:
        return [*self.view.parts, *([] if self.view.total is None else [self.view.total])]

    @cached_property
    def values(self) -> dict[Cell, Decimal | None]:
        """What stands in each cell of the form, None where its row did not come.

        A cell that cannot be read counts by its raw text where that is a number that a form may hold.
        """
        rows = frozenset(self.rows)
        every = product(self.view.index.values(), self.columns)
        return {(r, c): self._value(r, c) if r in rows else None for r, c in every}

    def _value(self, row: int, column: str) -> Decimal | None:
        if (value := self.view.value(row, column)) is not None:
            return addend(value)
        if self.view.lost(row, column):
            try:
                number = Decimal(self.view.raw(row, column).strip())
                return number if _can_stand(number) else None
            except InvalidOperation:
                return None
        return None

    @cached_property
    def sums(self) -> dict[str, Decimal]:
        """The columns whose total is to be checked, with the tolerance of their sum."""
        if self.sum_rule is None:
            return {}
        sums = {c: column_sum(self.view, c) for c in self.columns if self.sum_rule.judged(self.view, c)}
        return {c: s.tolerance for c, s in sums.items() if s is not None}

    @cached_property
    def sum_rule(self) -> TotalIsSum | None:
        return next((r for r in self.view.form.rules if isinstance(r, TotalIsSum)), None)

    @cached_property
    def limits(self) -> list[AtMost]:
        return [r for r in self.view.form.rules if isinstance(r, AtMost) and r.severity == "error"]

    @cached_property
    def sign_rule(self) -> NotNegative | None:
        return next((r for r in self.view.form.rules if isinstance(r, NotNegative)), None)

    def part_sum(self, column: str, values: Values, without: int | None = None) -> Decimal:
        return sum((values[r, column] or Decimal(0) for r in self.view.parts if r != without), Decimal(0))

    def needed(self, row: int, column: str) -> Decimal:
        """What the cell must say for its column's sum to hold, all else as it stands."""
        if row == self.view.total:
            return self.part_sum(column, self.values)
        return (self.values[self.view.total_at, column] or Decimal(0)) - self.part_sum(column, self.values, row)

    def summable(self, column: str) -> bool:
        """Whether `needed` means something: the total is there and no cell of the column is past reading."""
        total = self.view.total
        known = all(self.values[r, column] is not None or not self.view.lost(r, column) for r in self.rows)
        return total is not None and known and len(self.view.parts) == len(self.view.form.parts)

    def tolerance(self, column: str) -> Decimal:
        return self.sums.get(column, Decimal(0))

    def broken(self, values: Values, columns: Iterable[str] | None = None) -> frozenset[Broken]:
        """The arithmetic rules that fail, of those that touch one of `columns` (all by default)."""
        touched = set(self.columns if columns is None else columns)
        return frozenset((*self._sums(values, touched), *self._limits(values, touched), *self._signs(values, touched)))

    def _sums(self, values: Values, touched: set[str]) -> Iterable[Broken]:
        rule = self.sum_rule
        if rule is None:
            return
        for column, tolerance in self.sums.items():
            if column in touched:
                total, parts = values[self.view.total_at, column], self.part_sum(column, values)
                if abs((total or Decimal(0)) - parts) > tolerance or (total is None and parts):
                    yield rule.id, self.view.total_at, column

    def _limits(self, values: Values, touched: set[str]) -> Iterable[Broken]:
        for rule in self.limits:
            if rule.lower in touched or rule.upper in touched:
                for row in self.rows:
                    low, high = values[row, rule.lower], values[row, rule.upper]
                    carried = addend(self.view.carried(row, rule.lower, rule.upper))
                    if low is not None and high is not None and low - carried > high:
                        yield rule.id, row, rule.lower

    def _signs(self, values: Values, touched: set[str]) -> Iterable[Broken]:
        if self.sign_rule is not None:
            for (row, column), value in values.items():
                if column in touched and value is not None and value < 0:
                    yield self.sign_rule.id, row, column

    def before(self, row: int, column: str) -> Decimal | None:
        """The same cell of the period before."""
        previous = self.view.previous
        if previous is None:
            return None
        value = previous.value(previous.index.get(self.view.keys[row]), column)
        return None if value is None else addend(value)

    def whole(self, column: str) -> bool:
        return self.view.field(column).kind == "count"


def _can_stand(number: Decimal) -> bool:
    """Whether a form could say it: neither monstrous nor of more decimals than anybody writes."""
    exponent = number.as_tuple().exponent
    return isinstance(exponent, int) and exponent >= -_FINEST and abs(number) < LIMIT

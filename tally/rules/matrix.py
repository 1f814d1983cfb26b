"""Rules of a matrix form: its rows and its sums."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from tally.rules.base import Fault, FormRule, fault
from tally.rules.figures import decimals_shown
from tally.rules.view import FormView
from tally.writing.numbers import MONEY, addend, plain


def numeric_fields(view: FormView) -> list[str]:
    return [f.name for f in view.form.fields if f.numeric]


def summed_fields(view: FormView) -> list[str]:
    """The columns that a total adds up: no ratios."""
    return [f.name for f in view.form.fields if f.summed]


@dataclass(frozen=True, kw_only=True)
class RowsPresent(FormRule):
    """Every row of the form is there."""

    about = "类别表的每一行都要有。"
    layouts = ("matrix",)

    def faults(self, view: FormView) -> Iterable[Fault]:
        reported = {f.row for f in view.ret.findings if f.row and not f.field and f.severity == "error"}
        for category in view.form.categories:
            if not view.received(category.name) and category.name not in reported:
                words: dict[str, Any] = {"label": category.label, "title": view.form.title}
                yield fault("RowsPresent", row=category.name, found="缺行", **words)


@dataclass(frozen=True, kw_only=True)
class NotNegative(FormRule):
    """No count or quantity is below zero; for lists as well."""

    about = "数字不为负。"
    arithmetic = True

    def faults(self, view: FormView) -> Iterable[Fault]:
        for name in numeric_fields(view):
            for at, value in enumerate(view.column(name)):
                if value is not None and value < 0:
                    yield fault("NotNegative", name, at, **view.words(at, name), value=plain(value))


_FRACTION = re.compile(r"\s*+-?\d++\.0*+[1-9]\d*+\s*+")


@dataclass(frozen=True, kw_only=True)
class WholeNumbers(FormRule):
    """A count of persons, firms, cases or pieces is a whole number; for lists as well."""

    about = "计数的栏目填整数。"

    def faults(self, view: FormView) -> Iterable[Fault]:
        for name in (f.name for f in view.form.fields if f.kind == "count"):
            for at, value in enumerate(view.column(name)):
                fraction = (
                    value % 1 != 0 if value is not None else view.blank(at, name) and self.written(view, at, name)
                )
                if fraction:
                    measure = view.field(name).unit or "个"
                    yield fault("WholeNumbers", name, at, **view.words(at, name) | {"measure": measure})

    @staticmethod
    def written(view: FormView, at: int, name: str) -> bool:
        return bool(_FRACTION.fullmatch(view.raw(at, name)))


@dataclass(frozen=True, kw_only=True)
class SharedColumn(FormRule):
    """People who worked on every kind of case are given in the total row only, or repeated in every row.

    Both are legitimate but say nothing by category: one warning for the column, at its total's cell.
    """

    about = "不能按类别拆分的栏目（如出动人员）只填在合计行，或在每行重复同一个数：提醒一次，不相加。"
    asks = {"fields": "number"}
    layouts = ("matrix",)
    fields: tuple[str, ...]

    def faults(self, view: FormView) -> Iterable[Fault]:
        for name in self.fields:
            at = view.total if view.total is not None else next(iter(view.parts), None)
            if at is None:
                continue
            label = view.label(name)
            if given_in_total_only(view, name):
                yield fault("SharedColumn", name, at, label=label, value=plain(view.value(view.total, name)))
            elif repeated(view, name) and not _counted_again(view, name):  # that is `RepeatedSum`'s to say
                yield fault("SharedColumn/repeated", name, at, label=label, value=plain(_once(view, name)))


@dataclass(frozen=True, kw_only=True)
class RepeatedSum(FormRule):
    """No total adds up a number that stands in every row because it cannot be told apart by category."""

    about = "不能按类别拆分的栏目在每行重复同一个数的，合计不是它们之和。"
    asks = {"fields": "number"}
    layouts = ("matrix",)
    doubts_value = True
    fields: tuple[str, ...]

    def faults(self, view: FormView) -> Iterable[Fault]:
        for name in self.fields:
            if (s := _counted_again(view, name)) is not None:
                words: dict[str, Any] = {"label": view.label(name), "value": plain(_once(view, name))}
                yield fault("RepeatedSum", name, view.total, **words, rows=s.filled, total=plain(s.parts))


def given_in_total_only(view: FormView, name: str) -> bool:
    """Whether the total alone is above zero."""
    return bool(view.value(view.total, name)) and all(view.zero(i, name) for i in view.parts)


def repeated(view: FormView, name: str) -> bool:
    """Whether three or more part rows, and all that are filled in, say the same number above zero."""
    values = [v for i in view.parts if (v := view.value(i, name)) is not None]
    return len(values) >= 3 and values[0] > 0 and len(set(values)) == 1


def _once(view: FormView, name: str) -> Decimal:
    """The number that a column repeats."""
    return next(addend(v) for i in view.parts if (v := view.value(i, name)))


_TELLING = 10  # a few persons may well be as many in every row


def _counted_again(view: FormView, name: str) -> Sum | None:
    """The sum of a column whose total adds one number up that every row repeats; None where it does not."""
    if not repeated(view, name) or _once(view, name) < _TELLING:
        return None
    s = column_sum(view, name)
    return s if s is not None and s.total and not s.difference else None


@dataclass(frozen=True)
class Sum:
    """One column's total against the sum of its parts. `tolerance`: half the last digit shown × rows, or `coarse`, half the
    last digit of a total that is written to fewer decimals than its parts, but to those of money."""

    total: Decimal | None
    parts: Decimal
    filled: int  # part rows with a number above zero
    half: Decimal
    rows: int
    coarse: Decimal = Decimal(0)

    @property
    def difference(self) -> Decimal:
        return (self.total or Decimal(0)) - self.parts

    @property
    def tolerance(self) -> Decimal:
        return max(self.half * self.rows, self.coarse)

    @property
    def likely(self) -> bool:
        """Whether rounding explains the difference, not only allows it."""
        return abs(self.difference) <= max(self.half * self.filled, self.coarse)

    @property
    def holds(self) -> bool:
        return abs(self.difference) <= self.tolerance


def column_sum(view: FormView, name: str) -> Sum | None:
    """The column's sum; None if a row is not there or a cell in the column is unreadable (said elsewhere)."""
    if view.total is None or len(view.parts) != len(view.form.parts):
        return None
    return sum_at(view, name, view.total, view.parts)


def sum_at(view: FormView, name: str, total_at: int, parts: list[int]) -> Sum | None:
    """The sum of some rows against the row that adds them up; None if a cell of the column is unreadable."""
    rows = [*parts, total_at]
    if any(view.lost(i, name) for i in rows):
        return None
    values = [view.value(i, name) for i in parts]
    half = coarse = Decimal(0)
    if view.field(name).kind == "quantity":
        digits = [decimals_shown(view.raw(i, name), view.value(i, name)) for i in rows]
        half = Decimal(5).scaleb(-max(digits) - 1)
        coarse = Decimal(5).scaleb(-digits[-1] - 1) if digits[-1] >= MONEY else coarse
    total = view.value(total_at, name)
    return Sum(
        None if total is None else addend(total),
        sum((addend(v) for v in values), Decimal(0)),
        sum(1 for v in values if v),
        half,
        len(values),
        coarse,
    )


@dataclass(frozen=True, kw_only=True)
class TotalIsSum(FormRule):
    """The total row is the sum of the others, a subtotal of the rows it names, blanks counting nothing; money within rounding.

    `shared` names the columns that `SharedColumn` judges: given once or repeated, they have no sum.
    """

    about = "合计等于各类之和，小计等于所含各行之和；金额按所写的小数位数允许四舍五入。"
    relates = True
    asks = {"shared": "number"}
    layouts = ("matrix",)
    shared: tuple[str, ...] = ()
    arithmetic = True

    def faults(self, view: FormView) -> Iterable[Fault]:
        for name in summed_fields(view):
            if (s := column_sum(view, name)) is None or not self.judged(view, name):
                continue
            if s.total is None:
                if s.filled:
                    yield self.blank_total(view, name, s)
            elif s.difference:
                yield self.difference(view, name, s, view.total_at)
        yield from self.subtotals(view)

    def subtotals(self, view: FormView) -> Iterable[Fault]:
        """Subtotals that disagree with their rows; one left blank adds nothing up."""
        for category in view.form.subtotals:
            at, parts = view.index.get(category.name), [view.index[n] for n in category.of if view.received(n)]
            if at is None or len(parts) != len(category.of):
                continue
            for name in summed_fields(view):
                s = sum_at(view, name, at, parts)
                if s is not None and s.total is not None and s.difference:
                    yield self.difference(view, name, s, at)

    def judged(self, view: FormView, name: str) -> bool:
        """Whether the column has a sum to check."""
        if name not in self.shared or view.value(view.total, name) is None:
            return True
        return not (given_in_total_only(view, name) or repeated(view, name))

    def blank_total(self, view: FormView, name: str, s: Sum) -> Fault:
        words: dict[str, Any] = {"label": view.label(name), "parts": plain(s.parts)}
        return fault("TotalIsSum/blank", name, view.total, found="空白", **words)

    def difference(self, view: FormView, name: str, s: Sum, at: int) -> Fault:
        words: dict[str, Any] = view.words(at, name) | {
            "sum_row": "合计" if at == view.total else view.row_label(at),
            "total": plain(s.total or Decimal(0)),
            "parts": plain(s.parts),
        }
        kind = "TotalIsSum"
        if s.holds:
            kind = "TotalIsSum/rounded" if s.likely else "TotalIsSum/hardly_rounded"
        return fault(kind, name, at, **words, gap=plain(abs(s.difference)))

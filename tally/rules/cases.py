"""Rules between the measures of one row of a matrix form: what cannot exceed what, and what needs what."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from tally.rules.base import Fault, FormRule, fault
from tally.rules.matrix import given_in_total_only
from tally.rules.view import FormView
from tally.writing.numbers import addend, plain


class RowRule(FormRule):
    """Judges each row; a matrix's total row only where no part row fails, since it would repeat the part's fault."""

    def faults(self, view: FormView) -> Iterable[Fault]:
        faults = list(self.among(view, view.parts if view.form.layout == "matrix" else range(view.size)))
        if not faults and view.total is not None:
            faults = list(self.among(view, (view.total,)))
        return faults

    def among(self, view: FormView, rows: Iterable[int]) -> Iterator[Fault]:
        for at in rows:
            if fault := self.fault(view, at):
                yield fault

    def fault(self, view: FormView, at: int) -> Fault | None:
        raise NotImplementedError


@dataclass(frozen=True, kw_only=True)
class AtMost(RowRule):
    """`lower` does not exceed `upper`; a missing number is no violation.

    Of a cumulative `lower` over an `upper` of this period only this period's growth counts, if the last is known.
    """

    relates = True
    about = "`lower` 不大于 `upper`；累计栏对本期栏只看本期新增。"
    asks = {"lower": "number", "upper": "number", "within": "number"}
    lower: str
    upper: str
    unless: str = ""  # what may explain it, asked of who reports it as a doubt
    within: str = ""  # a column that holds `upper` and its like: where it is filled in, `lower` may come from those
    arithmetic = True

    def fault(self, view: FormView, at: int) -> Fault | None:
        low, high = view.value(at, self.lower), view.value(at, self.upper)
        if self.within and view.value(at, self.within) is not None:
            return None
        if (
            low
            and low > 0
            and view.blank(at, self.upper)
            and not (at == view.total or view.carried(at, self.lower, self.upper))
        ):
            blank: dict[str, Any] = {"who": view.row_label(at), "lower": view.label(self.lower), "low": plain(low)}
            return fault("AtMost/blank", self.upper, at, upper=view.label(self.upper), **blank)
        if low is None or high is None or low - view.carried(at, self.lower, self.upper) <= high:
            return None
        a, b = view.label(self.lower), view.label(self.upper)
        why = "" if self.severity == "error" else f"；{self.unless or '如属实'}，请说明"
        words: dict[str, Any] = {
            "who": view.row_label(at),
            "lower": a,
            "upper": b,
            "low": plain(low),
            "high": plain(high),
        }
        return fault("AtMost", self.lower, at, **words, why=why)


@dataclass(frozen=True, kw_only=True)
class Without(RowRule):
    """A figure above zero although all figures it rests on are zero or blank.

    A cumulative figure that did not grow since the last period needs nothing of this period, and gives nothing to it.
    A row of fewer than `few` may rest on what was done in an earlier period while the total grew: a note.
    Columns in `shared` that are filled in the total row only say nothing of a single row.
    """

    relates = True
    about = "`field` 大于 0，而它所依据的 `basis` 都是 0 或未填。"
    asks = {"field": "number", "basis": "number", "shared": "number"}
    field: str
    basis: tuple[str, ...]
    shared: tuple[str, ...] = ()
    few: int = 5

    def fault(self, view: FormView, at: int) -> Fault | None:
        value = view.value(at, self.field)
        if not value or value < 0 or not all(self.none(view, at, b) for b in self.basis):
            return None
        if value <= view.carried(at, self.field, self.basis[0]):
            return None
        if at != view.total and any(b in self.shared and given_in_total_only(view, b) for b in self.basis):
            return None
        basis = "、".join(view.label(b) for b in self.basis)
        return fault(
            self._key(view, at, value), self.field, at, **view.words(at, self.field), value=plain(value), basis=basis
        )

    def _key(self, view: FormView, at: int, value: object) -> str:
        if not any(self.unchanged(view, at, b) for b in self.basis):
            return "Without"
        more = addend(value) - addend(view.carried(at, self.field, self.basis[0]))
        grew = view.total not in (None, at) and not any(self.unchanged(view, view.total, b) for b in self.basis)
        return "Without/unchanged_few" if grew and more < self.few else "Without/unchanged"

    def none(self, view: FormView, at: int, name: str) -> bool:
        """Whether there is none of it; a total left blank over filled rows is the sum rule's to tell."""
        if at == view.total and view.value(at, name) is None:
            return not view.lost(at, name) and all(view.zero(i, name) for i in view.parts)
        return view.zero(at, name) or self.unchanged(view, at, name)

    def unchanged(self, view: FormView, at: int, name: str) -> bool:
        """Whether a figure to date says what it said last time, so that nothing came of it in this period."""
        was = view.carried(at, name, self.field)
        return was > 0 and view.value(at, name) == was


@dataclass(frozen=True, kw_only=True)
class SimpleCasesCap(RowRule):
    """Where every case is a simple one (`filed` is 0) a fine is at most `cap` a case."""

    relates = True
    about = "全部为简易案件时，平均每件的金额不超过 `cap`。"
    asks = {"amount": "number", "cases": "number", "filed": "number"}
    amount: str
    cases: str
    filed: str
    cap: Decimal

    def fault(self, view: FormView, at: int) -> Fault | None:
        amount, cases, filed = (view.value(at, n) for n in (self.amount, self.cases, self.filed))
        if not amount or not cases or filed != 0:
            return None
        limit = self.cap * cases
        if addend(amount) <= limit:
            return None
        words: dict[str, Any] = {"cases": cases, "filed": view.label(self.filed), "value": plain(amount)}
        words |= {"cap": plain(self.cap), "limit": plain(limit)}
        return fault("SimpleCasesCap", self.amount, at, **view.words(at, self.amount), **words)


@dataclass(frozen=True, kw_only=True)
class Scale(RowRule):
    """`amount` per `base` lies far from `usual`: about `factor` away means a wrong unit of measure.

    `least` and `most` bound the ratio to `usual`, as powers of ten: halfway to the factor, save where small figures are common. `small` is the unit that people write by mistake
    (元 for 万元); "" if there is none, then nothing is suspected.
    """

    about = "`amount` 与 `base` 之比和通常的 `usual` 相差悬殊，多半是计量单位用错。"
    asks = {"amount": "number", "base": "number"}
    doubts_value = True
    amount: str
    base: str
    usual: Decimal
    least: float = -3
    most: float = 2
    over_many: float = (
        0  # what `most` comes down to for the average of many: by the square root of `base`; 0: it does not
    )
    factor: int = 10_000
    small: str = ""

    def power(self, amount: float | Decimal, base: float | Decimal) -> float:
        """How many powers of ten `amount` per `base` lies from the usual; both above zero."""
        return _log10(amount) - _log10(base) - _log10(self.usual)

    def bound(self, base: float | Decimal) -> float:
        """How many powers of ten the average over `base` may lie above the usual."""
        return max(self.over_many, self.most / math.sqrt(base)) if self.over_many and base > 1 else self.most

    def suspected(self, amount: Decimal, base: Decimal) -> Decimal | None:
        """The value that was perhaps meant; None where the scale is usual or no unit is mistaken for another."""
        power = self.power(amount, base) if amount > 0 and base > 0 else 0.0
        if not base or self.least < power < self.bound(base) or not self.small:
            return None
        return amount / self.factor if power > 0 else amount * self.factor

    def fault(self, view: FormView, at: int) -> Fault | None:
        amount, base = view.value(at, self.amount), view.value(at, self.base)
        if amount is None or base is None or amount <= 0 or base <= 0:
            return None
        grown = amount - view.carried(at, self.amount, self.base)
        if grown <= 0 or self.power(grown, base) < self.bound(base) and grown < amount:
            return None
        if self.least < self.power(amount, base) < self.bound(base):
            return None
        each = Decimal(f"{amount / base:.3g}")  # said to give an idea: three digits do
        words: dict[str, Any] = {
            "value": plain(amount),
            "by": view.label(self.base),
            "base": plain(base),
            "each": plain(each),
        }
        words |= {"usual": plain(self.usual)}
        suspicion = self.suspicion(addend(amount), addend(base), view.field(self.amount).unit)
        return fault("Scale", self.amount, at, **view.words(at, self.amount), **words, suspicion=suspicion)

    def suspicion(self, amount: Decimal, base: Decimal, unit: str) -> str:
        value = self.suspected(amount, base)
        if value is None:
            return "请核对两个数是否填错；如属实，请说明"
        reason = f"把{self.small}当成了{unit}" if value < amount else "多除了一次一万"
        return f"疑似{reason}，应为 {plain(value)}{unit}；请核实，系统未作改动"


def _log10(figure: float | Decimal) -> float:
    """Of a figure above zero, also of one that is too small for a binary number."""
    return math.log10(figure) if float(figure) > 0 else float(Decimal(figure).log10())

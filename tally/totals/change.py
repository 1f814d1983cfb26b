"""Comparison with the last period, like with like: only units that reported in both.

A per-period column and a list compare the two returns; a cumulative column's change is what was added. What is printed
adds up by hand: the difference is that of the two numbers as they are printed.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from math import sqrt

import pandas as pd

from tally.declare import Field
from tally.totals.figures import Book, Figure, Part, doubts_of, printed, rounded_to
from tally.totals.reported import Matrix, Reported
from tally.totals.sampling import FAILING, Sampling
from tally.writing.periods import month

CHANGE = ".change"
COMPARED = ("now", "last")  # the two rates of which a change is the difference
RATE_DECIMALS = 2
CERTAIN = 1.959964  # standard errors: a difference below is within chance (5 %)


@dataclass(frozen=True, slots=True)
class Change:
    """What a figure was and is for the `units` that gave it in both periods; `absent` are left out.

    `chance`: the two are shares of so few that their difference may be chance. `doubts`: whether each of the two, this
    period's first, rests on a cell in doubt.
    """

    ref: str
    now: Decimal
    last: Decimal
    units: tuple[str, ...]
    absent: tuple[str, ...]
    cumulative: bool = False
    decimals: int | None = None
    chance: bool = False
    doubts: tuple[bool, bool] = (False, False)

    @property
    def difference(self) -> Decimal:
        """Of the two numbers as they are printed."""
        return rounded_to(self.now, self.decimals) - rounded_to(self.last, self.decimals)

    @property
    def printed(self) -> tuple[str, str]:
        """Both numbers as they are printed, this period's first."""
        return printed(self.now, self.decimals), printed(self.last, self.decimals)


def matrix_change(book: Book, matrix: Matrix, field: Field) -> Change | None:
    """The change of a measure's total; None without a last period or units in common."""
    history, last = matrix.history, matrix.history.last
    if last is None or not field.summed:
        return None
    pairs = {code: _pair(matrix, code, field, last.period) for code in history.units}
    both = dict(_known(pairs))
    if not both:
        return None
    ref = f"{matrix.form.name}.{matrix.form.total}.{field.name}"
    now = sum((a.value for a, _ in both.values()), Decimal(0))
    before = sum((b.value for _, b in both.values()), Decimal(0))
    absent = tuple(code for code in history.units if code not in both)
    doubts = _in_doubt(matrix, field, both)
    change = Change(ref + CHANGE, now, before, tuple(both), absent, field.cumulative, field.places, doubts=doubts)
    parts = tuple(_difference(matrix, field, code, *pair) for code, pair in both.items())
    rule = f"本期数减上期数，只比较两期都填报的{len(both)}个单位"
    book.add(
        Figure(
            change.ref,
            f"{field.label} 比上期增减",
            change.difference,
            field.unit,
            rule,
            parts,
            n_units=len(both),
            decimals=field.places,
            doubt=_doubt(matrix, field, both),
        )
    )
    return change


def falls(matrix: Matrix, field: Field, change: Change) -> dict[str, Decimal]:
    """Units whose figure to date is less than the last period's, to how much less: restated, and so hidden in the sum of what is new."""
    last = matrix.history.last
    if last is None or not field.cumulative:
        return {}
    pairs = {code: _pair(matrix, code, field, last.period) for code in change.units}
    return {code: before.value - now.value for code, (now, before) in _known(pairs) if now.value < before.value}


def _known(pairs: dict[str, tuple[Reported, Reported] | None]) -> list[tuple[str, tuple[Reported, Reported]]]:
    return [(code, pair) for code, pair in pairs.items() if pair is not None]


def _pair(matrix: Matrix, code: str, field: Field, last: str) -> tuple[Reported, Reported] | None:
    """A unit's totals of this period and the last; None where one is missing."""
    category = matrix.form.total
    now = matrix.get(matrix.history.now.period, code, category, field.name)
    before = matrix.get(last, code, category, field.name)
    return (now, before) if now and before else None


def _difference(matrix: Matrix, field: Field, code: str, now: Reported, before: Reported) -> Part:
    a, b = (printed(x.value, field.places) for x in (now, before))
    change = rounded_to(now.value, field.places) - rounded_to(before.value, field.places)
    ref = f"{matrix.form.name}.{matrix.form.total}.{field.name}@{code}"
    value = f"{printed(change, field.places)}{field.unit}（本期{a}，上期{b}）"
    return Part(matrix.history.units[code], value, ref)


def _in_doubt(matrix: Matrix, field: Field, both: dict[str, tuple[Reported, Reported]]) -> tuple[bool, bool]:
    """Whether any unit's number of this period is in doubt, and of the last."""
    category = matrix.form.category(matrix.form.total)

    def any_of(side: int) -> bool:
        return any(matrix.doubt(pair[side], code, category, field) for code, pair in both.items())

    return any_of(0), any_of(1)


def _doubt(matrix: Matrix, field: Field, both: dict[str, tuple[Reported, Reported]]) -> str:
    """Which units' numbers, of this period or the last, are in doubt."""
    category, named = matrix.form.category(matrix.form.total), []
    for code, pair in both.items():
        periods = [r.period for r in pair if matrix.doubt(r, code, category, field)]
        if periods:
            named.append(f"{matrix.history.units[code]}（{'、'.join(map(month, periods))}）")
    return f"{'、'.join(named)}的填报数待核实" if named else ""


def rate_change(book: Book, s: Sampling) -> Change | None:
    """The failing rate's change in percentage points, with the two rates; None if it cannot be compared."""
    history, last = s.history, s.history.last
    if last is None:
        return None
    name = s.form.name
    both = history.reported(history.now, name) & history.reported(last, name)
    counts = [_counts(t.forms[name], both) for t in (history.now, last)]
    if not all(batches for batches, _ in counts):
        return None
    now, before = (_ratio(Fraction(100 * failing, batches)) for batches, failing in counts)
    ordered = tuple(c for c in history.units if c in both)
    absent = tuple(c for c in history.units if c not in both)
    ref = f"sampling.failing_rate{CHANGE}"
    change = Change(ref, now, before, ordered, absent, decimals=RATE_DECIMALS, chance=_by_chance(*counts))
    _rate_figures(book, change, counts, s.form.counted)
    return change


def _rate_figures(book: Book, change: Change, counts: list[tuple[int, int]], counted: str) -> None:
    """The two rates and their difference."""
    labels, n = ("本期", "上期"), len(change.units)
    sums = [f"{failing}{counted}不合格÷{batches}{counted}" for batches, failing in counts]
    parts = tuple(Part(f"{label}同口径", quotient) for label, quotient in zip(labels, sums, strict=True))
    sides = ("sampling.failing", "sampling.batches")
    doubt = doubts_of(book[ref] for ref in sides if ref in book)
    rule = f"本期不合格发现率减上期，只比较两期都报送的{n}个单位"
    book.add(
        Figure(
            change.ref,
            "不合格发现率 比上期升降",
            change.difference,
            "个百分点",
            rule,
            parts,
            n_units=n,
            decimals=RATE_DECIMALS,
            doubt=doubt,
        )
    )
    rates = (change.now, change.last)
    for which, label, rate, part in zip(COMPARED, labels, rates, parts, strict=True):
        ref = f"sampling.failing_rate.{which}{CHANGE}"
        rule = f"{label}的不合格发现率，只算两期都报送的{n}个单位"
        value = rounded_to(rate, RATE_DECIMALS)
        book.add(
            Figure(ref, f"{label}不合格发现率（同口径）", value, "%", rule, (part,), n_units=n, decimals=RATE_DECIMALS)
        )


def _counts(frame: pd.DataFrame, units: Collection[str]) -> tuple[int, int]:
    """Batches and failing batches of some units."""
    mine = frame[frame["unit"].isin(units)]
    return len(mine), int((mine["result"].fillna("") == FAILING).sum())


def _by_chance(now: tuple[int, int], last: tuple[int, int]) -> bool:
    """Whether two shares differ by no more than chance would have it (two-sided test of two proportions, 5 %)."""
    (n, k), (m, j) = now, last
    pooled = (k + j) / (n + m)
    error = sqrt(pooled * (1 - pooled) * (1 / n + 1 / m))
    return error == 0 or abs(k / n - j / m) < CERTAIN * error


def _ratio(x: Fraction) -> Decimal:
    return Decimal(x.numerator) / Decimal(x.denominator)

"""Comparison with the last period, like with like: only units that reported in both.

A per-period column and a list compare the two returns; a cumulative column's change is what was added.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

from tally.declare import Field
from tally.totals.figures import Book, Figure, Part
from tally.totals.matrix import Matrix
from tally.totals.sampling import FAILING, Sampling
from tally.writing.numbers import plain

CHANGE = ".change"
COMPARED = ("now", "last")  # the two rates of which a change is the difference


@dataclass(frozen=True, slots=True)
class Change:
    """What a figure was and is for the `units` that gave it in both periods; `absent` are left out."""

    ref: str
    now: Decimal
    last: Decimal
    units: tuple[str, ...]
    absent: tuple[str, ...]
    cumulative: bool = False

    @property
    def difference(self) -> Decimal:
        return self.now - self.last


def matrix_change(book: Book, matrix: Matrix, field: Field) -> Change | None:
    """The change of a measure's total; None without a last period or units in common."""
    history, last = matrix.history, matrix.history.last
    if last is None or not field.summed:
        return None
    category = matrix.form.total
    pairs = {c: tuple(matrix.get(p, c, category, field.name) for p in (history.now.period, last.period)) for c in history.units}  # fmt: skip
    both = {c: (a.value, b.value) for c, (a, b) in pairs.items() if a and b}
    if not both:
        return None
    ref = f"{matrix.form.name}.{category}.{field.name}"
    now, before = (sum((v[i] for v in both.values()), Decimal(0)) for i in (0, 1))
    absent = tuple(c for c in history.units if c not in both)
    change = Change(ref + CHANGE, now, before, tuple(both), absent, field.cumulative)
    parts = tuple(
        Part(history.units[c], f"{plain(a - b)}{field.unit}（本期{plain(a)}，上期{plain(b)}）", f"{ref}@{c}")
        for c, (a, b) in both.items()
    )
    rule = f"本期数减上期数，只比较两期都填报的{len(both)}个单位"
    book.add(Figure(change.ref, f"{field.label} 比上期增减", change.difference, field.unit, rule, parts, n_units=len(both)))  # fmt: skip
    return change


def rate_change(book: Book, s: Sampling) -> Change | None:
    """The failing rate's change in percentage points (two decimals), with the two rates; None if it cannot be compared."""
    history, last = s.history, s.history.last
    if last is None:
        return None
    name = s.form.name
    both = history.reported(history.now, name) & history.reported(last, name)
    counts = [_counts(t.forms[name], both) for t in (history.now, last)]
    if not all(batches for batches, _ in counts):
        return None
    now, before = (Fraction(100 * failing, batches) for batches, failing in counts)
    ordered = tuple(c for c in history.units if c in both)
    absent = tuple(c for c in history.units if c not in both)
    ref = f"sampling.failing_rate{CHANGE}"
    labels = ("本期", "上期")
    parts = tuple(Part(f"{t}同口径", f"{failing}批次不合格÷{batches}批次") for t, (batches, failing) in zip(labels, counts, strict=True))  # fmt: skip
    rule = f"本期不合格发现率减上期，只比较两期都报送的{len(both)}个单位"
    book.add(Figure(ref, "不合格发现率 比上期升降", _two(now - before), "个百分点", rule, parts, n_units=len(both)))
    for which, label, rate, part in zip(COMPARED, labels, (now, before), parts, strict=True):
        said = f"{label}的不合格发现率，只算两期都报送的{len(both)}个单位"
        book.add(Figure(f"sampling.failing_rate.{which}{CHANGE}", f"{label}不合格发现率（同口径）", _two(rate), "%", said, (part,), n_units=len(both)))  # fmt: skip
    ratios = (Decimal(x.numerator) / Decimal(x.denominator) for x in (now, before))
    return Change(ref, *ratios, ordered, absent)


def _counts(frame, units) -> tuple[int, int]:
    mine = frame[frame["unit"].isin(units)]
    return len(mine), int((mine["result"].fillna("") == FAILING).sum())


def _two(x: Fraction) -> Decimal:
    return (Decimal(x.numerator) / Decimal(x.denominator)).quantize(Decimal("0.01"), ROUND_HALF_UP)

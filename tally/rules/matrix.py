"""Rules of a matrix form: its rows and its sums."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from tally.rules.base import Fault, FormRule
from tally.rules.figures import decimals_shown, exact, shown
from tally.rules.view import FormView


def numeric_fields(view: FormView) -> list[str]:
    return [f.name for f in view.form.fields if f.numeric]


@dataclass(frozen=True, kw_only=True)
class RowsPresent(FormRule):
    """Every row of the form is there."""

    def faults(self, view: FormView) -> Iterable[Fault]:
        said = {f.row for f in view.ret.findings if f.row and not f.field and f.severity == "error"}
        for category in view.form.categories:
            if not view.received(category.name) and category.name not in said:
                yield Fault(
                    f"表中没有“{category.label}”这一行",
                    row=category.name,
                    found="缺行",
                    expected=f"{view.form.title}的每一行都要有，没有发生的填 0",
                    suggestion=f"请补上“{category.label}”行后重新报送",
                )


@dataclass(frozen=True, kw_only=True)
class NotNegative(FormRule):
    """No count or quantity is below zero; for lists as well."""

    arithmetic = True

    def faults(self, view: FormView) -> Iterable[Fault]:
        for name in numeric_fields(view):
            for at, value in enumerate(view.column(name)):
                if value is not None and value < 0:
                    yield Fault(
                        f"{view.row_label(at)}的“{view.label(name)}”是负数（{shown(value)}）",
                        name,
                        at,
                        expected="0 或正数",
                        suggestion="请核对原始台账；如为冲减数，请填更正后的实际数并说明",
                    )


_FRACTION = re.compile(r"\s*-?\d+\.\d*[1-9]\d*\s*")


@dataclass(frozen=True, kw_only=True)
class WholeNumbers(FormRule):
    """A count of persons, firms, cases or pieces is a whole number; for lists as well."""

    def faults(self, view: FormView) -> Iterable[Fault]:
        for name in (f.name for f in view.form.fields if f.kind == "count"):
            for at, value in enumerate(view.column(name)):
                fraction = (
                    value % 1 != 0 if value is not None else view.blank(at, name) and self.written(view, at, name)
                )
                if fraction:
                    yield Fault(
                        f"{view.row_label(at)}的“{view.label(name)}”不是整数",
                        name,
                        at,
                        expected=f"整数（{view.field(name).unit or '个'}）",
                        suggestion="请核对是否小数点错位，或把按万计的数填进了本栏",
                    )

    @staticmethod
    def written(view: FormView, at: int, name: str) -> bool:
        return bool(_FRACTION.fullmatch(view.raw(at, name)))


@dataclass(frozen=True, kw_only=True)
class SharedColumn(FormRule):
    """People who worked on every kind of case are given in the total row only, or repeated in every row.

    Both are legitimate but say nothing by category: one warning for the column, at its total's cell.
    """

    fields: tuple[str, ...]

    def faults(self, view: FormView) -> Iterable[Fault]:
        for name in self.fields:
            at = view.total if view.total is not None else next(iter(view.parts), None)
            if at is None:
                continue
            label = view.label(name)
            if given_in_total_only(view, name):
                yield Fault(
                    f"“{label}”只填了合计（{shown(view.value(view.total, name))}），各类案件行未填",
                    name,
                    at,
                    expected="各类分别填写，合计为各类之和；无法分类的请说明",
                    suggestion="如人员、检查不能按案件类别拆分，请在备注中说明，无需修改数字",
                )
            elif repeated(view, name):
                value = shown(view.value(next(i for i in view.parts if view.value(i, name)), name))
                yield Fault(
                    f"“{label}”在各类案件行中重复填写同一个数（{value}），未按类别拆分",
                    name,
                    at,
                    expected="各类分别填写；全局共用的总数只填在合计行",
                    suggestion="请把总数只填在合计行，或按类别拆分；系统不会把重复的数相加",
                )


def given_in_total_only(view: FormView, name: str) -> bool:
    """Whether the total alone is above zero."""
    return bool(view.value(view.total, name)) and all(view.zero(i, name) for i in view.parts)


def repeated(view: FormView, name: str) -> bool:
    """Whether three or more part rows, and all that are filled in, say the same number above zero."""
    values = [v for i in view.parts if (v := view.value(i, name)) is not None]
    return len(values) >= 3 and values[0] > 0 and len(set(values)) == 1


@dataclass(frozen=True)
class Sum:
    """One column's total against the sum of its parts. `tolerance`: half the last digit shown × rows."""

    total: Decimal | None
    parts: Decimal
    filled: int  # part rows with a number above zero
    half: Decimal
    rows: int

    @property
    def difference(self) -> Decimal:
        return (self.total or Decimal(0)) - self.parts

    @property
    def tolerance(self) -> Decimal:
        return self.half * self.rows

    @property
    def holds(self) -> bool:
        return abs(self.difference) <= self.tolerance


def column_sum(view: FormView, name: str) -> Sum | None:
    """The column's sum; None if a row is not there or a cell in the column is unreadable (said elsewhere)."""
    rows = [*view.parts, view.total]
    if view.total is None or len(rows) != len(view.form.categories) or any(view.lost(i, name) for i in rows):
        return None
    values = [view.value(i, name) for i in view.parts]
    half = Decimal(0)
    if view.field(name).kind == "quantity":
        digits = max(decimals_shown(view.raw(i, name), view.value(i, name)) for i in rows)
        half = Decimal(5).scaleb(-digits - 1)
    total = view.value(view.total, name)
    return Sum(
        None if total is None else exact(total),
        sum((exact(v) for v in values), Decimal(0)),
        sum(1 for v in values if v),
        half,
        len(values),
    )


@dataclass(frozen=True, kw_only=True)
class TotalIsSum(FormRule):
    """The total row is the sum of the others, blanks counting nothing; money within rounding.

    `shared` names the columns that `SharedColumn` judges: given once or repeated, they have no sum.
    """

    shared: tuple[str, ...] = ()
    arithmetic = True

    def faults(self, view: FormView) -> Iterable[Fault]:
        for name in numeric_fields(view):
            if (s := column_sum(view, name)) is None or not self.judged(view, name):
                continue
            if s.total is None:
                if s.filled:
                    yield self.blank_total(view, name, s)
            elif s.difference:
                yield from self.difference(view, name, s)

    def judged(self, view: FormView, name: str) -> bool:
        """Whether the column has a sum to check."""
        if name not in self.shared or view.value(view.total, name) is None:
            return True
        return not (given_in_total_only(view, name) or repeated(view, name))

    def blank_total(self, view: FormView, name: str, s: Sum) -> Fault:
        return Fault(
            f"“{view.label(name)}”合计未填，而各类之和为 {shown(s.parts)}",
            name,
            view.total,
            found="空白",
            expected=shown(s.parts),
            suggestion=f"请核对各类数字后填写合计，各类之和为 {shown(s.parts)}",
        )

    def difference(self, view: FormView, name: str, s: Sum) -> Iterable[Fault]:
        unit, label = view.field(name).unit, view.label(name)
        gap = f"“{label}”合计 {shown(s.total)}{unit}，各类之和 {shown(s.parts)}{unit}，相差 {shown(abs(s.difference))}{unit}"
        if not s.holds:
            yield Fault(
                gap, name, view.total, expected=shown(s.parts), suggestion="请核对合计和各类数字，改正填错的一处"
            )
            return
        likely = abs(s.difference) <= s.half * s.filled
        yield Fault(
            gap + ("，在四舍五入范围内" if likely else "，难以用四舍五入解释"),
            name,
            view.total,
            expected=shown(s.parts),
            suggestion="如为四舍五入所致，无需修改" if likely else "请核对合计和各类数字",
            severity="note" if likely else "warning",
        )

"""Rules of a list form that look at one column or one record."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from tally.rules import credit_code
from tally.rules.base import Fault, FormRule
from tally.rules.figures import exact, shown
from tally.rules.view import FormView
from tally.rules.words import filled


@dataclass(frozen=True, kw_only=True)
class Filled(FormRule):
    """The columns named say something in every record (`fields` empty: those the form declares required).

    A column empty throughout is one fault, at its first record; one that is not in the file and already has a
    finding of its own is none.
    """

    fields: tuple[str, ...] = ()

    def faults(self, view: FormView) -> Iterable[Fault]:
        for name in self.fields or tuple(f.name for f in view.form.fields if f.required):
            empty = [i for i, v in enumerate(view.column(name)) if not filled(v) and self.untold(view, i, name)]
            if len(empty) == view.size and view.size >= 3:
                yield self.whole_column(view, name)
            else:
                yield from (
                    Fault(
                        f"{view.row_label(at)}没有填写“{view.label(name)}”",
                        name,
                        at,
                        found=None if view.raw(at, name) else "空白",
                        expected="应当填写",
                        suggestion=f"请补填“{view.label(name)}”",
                    )
                    for at in empty
                )

    @staticmethod
    def untold(view: FormView, at: int, name: str) -> bool:
        return not view.lost(at, name) and (view.keys[at], name) not in view.faulty

    def whole_column(self, view: FormView, name: str) -> Fault:
        return Fault(
            f"全表 {view.size} 条记录都没有填写“{view.label(name)}”",
            name,
            found="整栏空白",
            expected="每条记录都应填写",
            suggestion=f"请补填“{view.label(name)}”一栏",
        )


@dataclass(frozen=True, kw_only=True)
class CreditCode(FormRule):
    """A unified social credit code has 18 characters and the right check digit (GB 32100)."""

    field: str

    def faults(self, view: FormView) -> Iterable[Fault]:
        given = [(i, v.strip().upper()) for i, v in enumerate(view.column(self.field)) if filled(v)]
        for (at, code), ok in zip(given, credit_code.right([c for _, c in given]), strict=True):
            if not ok:
                yield self.wrong(view, at, code)

    def wrong(self, view: FormView, at: int, code: str) -> Fault:
        label = view.label(self.field)
        if len(code) != 18:
            message = f"{view.row_label(at)}的“{label}”有 {len(code)} 位，应为 18 位"
            suggestion = "请对照营业执照填写 18 位代码" + ("（15 位为旧注册号）" if len(code) == 15 else "")
        else:
            message = f"{view.row_label(at)}的“{label}”校验位不符，代码中至少有一位填错"
            guess = credit_code.likely(code)
            suggestion = f"请对照营业执照核对；可能是 {guess}" if guess else "请对照营业执照逐位核对"
        return Fault(message, self.field, at, found=code, expected="符合 GB 32100 的 18 位代码", suggestion=suggestion)


@dataclass(frozen=True, kw_only=True)
class OneOf(FormRule):
    """A choice is one of its form's list."""

    fields: tuple[str, ...]

    def faults(self, view: FormView) -> Iterable[Fault]:
        for name in self.fields:
            names = [c.name for c in view.field(name).choices]
            allowed = {*names, None}
            for at, value in enumerate(view.column(name)):
                if value not in allowed and filled(value):
                    yield Fault(
                        f"{view.row_label(at)}的“{view.label(name)}”填的是“{value}”，不在可选项中",
                        name,
                        at,
                        expected="、".join(names),
                        suggestion=f"请从 {'、'.join(names)} 中选一项填写",
                    )


@dataclass(frozen=True, kw_only=True)
class NotAfterReport(FormRule):
    """A date is not later than the day of the return, nor earlier than `earliest` (then a warning)."""

    field: str
    earliest: date = date(1949, 10, 1)

    def faults(self, view: FormView) -> Iterable[Fault]:
        last = view.as_of or date.max
        for at, day in enumerate(view.column(self.field)):
            if day is None or self.earliest <= day <= last:
                continue
            late = day > last
            yield Fault(
                f"{view.row_label(at)}的“{view.label(self.field)}”（{day.year}年{day.month}月{day.day}日）"
                + (f"晚于填报时间（{last.year}年{last.month}月{last.day}日）" if late else "过早"),
                self.field,
                at,
                expected=f"不晚于 {last.year}年{last.month}月{last.day}日"
                if late
                else f"不早于 {self.earliest.year} 年",
                suggestion="请核对年份和月日",
                severity=None if late else "warning",
            )


@dataclass(frozen=True, kw_only=True)
class WithinScale(FormRule):
    """A quantity of one record is below `most`; above it a smaller unit of measure was probably used."""

    field: str
    most: Decimal
    small: str
    factor: int = 10_000

    def faults(self, view: FormView) -> Iterable[Fault]:
        unit, most = view.field(self.field).unit, float(self.most)
        for at, value in enumerate(view.column(self.field)):
            if value is not None and value >= most:
                yield Fault(
                    f"{view.row_label(at)}的“{view.label(self.field)}”为 {shown(value)}{unit}，数量级异常",
                    self.field,
                    at,
                    expected=f"一般小于 {shown(self.most)}{unit}",
                    suggestion=f"疑似把{self.small}当成了{unit}，应为 {shown(exact(value) / self.factor)}{unit}；"
                    "请核实，系统未作改动",
                )


@dataclass(frozen=True, kw_only=True)
class NotBatches(FormRule):
    """A quantity of pieces is above `least`: so few pieces are rather batches, or 万只."""

    field: str
    least: int

    def faults(self, view: FormView) -> Iterable[Fault]:
        for at, value in enumerate(view.column(self.field)):
            if value is not None and 0 < value <= self.least:
                yield Fault(
                    f"{view.row_label(at)}的“{view.label(self.field)}”只有 {value} 只，疑似按批次或万只填写",
                    self.field,
                    at,
                    expected="该批次不合格产品的只数",
                    suggestion="本栏按“只”填写；如确为这个数量，请说明",
                )

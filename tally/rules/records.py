"""Rules of a list form that look at one column or one record."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from tally.rules import credit_code
from tally.rules.base import Fault, FormRule, fault
from tally.rules.figures import day_shown
from tally.rules.view import FormView
from tally.rules.words import filled
from tally.writing.firms import ends_as_firm
from tally.writing.numbers import addend, plain


@dataclass(frozen=True, kw_only=True)
class Filled(FormRule):
    """The columns named say something in every record (`fields` empty: those the form declares required).

    A column empty throughout is one fault, at its first record; one that is not in the file and already has a
    finding of its own is none. `where` and `among` ask only of records whose column `where` says one of `among`.
    """

    about = "`fields` 各栏每条都要填（不写则为表中声明必填的栏目）；写了 `where` 的，只问该栏为 `among` 之一的记录。"
    asks = {"fields": "any", "where": "any"}
    layouts = ("list",)
    fields: tuple[str, ...] = ()
    where: str = ""
    among: tuple[str, ...] = ()

    def faults(self, view: FormView) -> Iterable[Fault]:
        for name in self.fields or tuple(f.name for f in view.form.fields if f.required):
            asked = self.asked(view)
            values = view.column(name)
            empty = [i for i in asked if not filled(values[i]) and self.untold(view, i, name)]
            if len(empty) == len(asked) >= 3:
                yield self.whole_column(view, name)
            else:
                yield from (
                    fault("Filled", name, at, found=None if view.raw(at, name) else "空白", **view.words(at, name))
                    for at in empty
                )

    def asked(self, view: FormView) -> list[int]:
        """The records that must say something."""
        status = view.column(self.where) if self.where else ()
        return [at for at in range(view.size) if not self.where or status[at] in self.among]

    @staticmethod
    def untold(view: FormView, at: int, name: str) -> bool:
        return not view.lost(at, name) and (view.keys[at], name) not in view.faulty

    def whole_column(self, view: FormView, name: str) -> Fault:
        return fault("Filled/column", name, found="整栏空白", count=view.size, label=view.label(name))


@dataclass(frozen=True, kw_only=True)
class CreditCode(FormRule):
    """A unified social credit code has 18 characters and the right check digit (GB 32100)."""

    about = "统一社会信用代码为 18 位且校验位正确（GB 32100）。"
    asks = {"field": "words"}
    layouts = ("list",)
    field: str

    def faults(self, view: FormView) -> Iterable[Fault]:
        given = [(i, v.strip().upper()) for i, v in enumerate(view.column(self.field)) if filled(v)]
        for (at, code), ok in zip(given, credit_code.right([c for _, c in given]), strict=True):
            if not ok:
                yield self.wrong(view, at, code)

    def wrong(self, view: FormView, at: int, code: str) -> Fault:
        words: dict[str, Any] = view.words(at, self.field)
        if len(code) != 18:
            old = "（15 位为旧注册号）" if len(code) == 15 else ""
            return fault("CreditCode/length", self.field, at, found=code, **words, length=len(code), old=old)
        likely = credit_code.likely(code)
        guess = f"核对；可能是 {likely}" if likely else "逐位核对"
        return fault("CreditCode", self.field, at, found=code, **words, guess=guess)


@dataclass(frozen=True, kw_only=True)
class OneOf(FormRule):
    """A choice is one of its form's list."""

    about = "只能填表中列出的选项。"
    asks = {"fields": "choice"}
    layouts = ("list",)
    fields: tuple[str, ...]

    def faults(self, view: FormView) -> Iterable[Fault]:
        for name in self.fields:
            names = [c.name for c in view.field(name).choices] or ["是", "否"]
            allowed = {*names, None}
            for at, value in enumerate(view.column(name)):
                if value not in allowed and filled(value):
                    yield fault("OneOf", name, at, **view.words(at, name), value=value, expected="、".join(names))


@dataclass(frozen=True, kw_only=True)
class NotAfterReport(FormRule):
    """A date is not later than the day of the return, nor earlier than `earliest` (then a warning)."""

    about = "日期不晚于填报时间，也不早于 `earliest`。"
    asks = {"field": "date"}
    layouts = ("list",)
    field: str
    earliest: date = date(1949, 10, 1)

    def faults(self, view: FormView) -> Iterable[Fault]:
        last = view.as_of or date.max
        for at, day in enumerate(view.column(self.field)):
            if day is None or self.earliest <= day <= last:
                continue
            kind = "NotAfterReport" if day > last else "NotAfterReport/early"
            words: dict[str, Any] = {"day": day_shown(day), "last": day_shown(last), "year": self.earliest.year}
            yield fault(kind, self.field, at, **view.words(at, self.field), **words)


@dataclass(frozen=True, kw_only=True)
class WithinScale(FormRule):
    """A quantity of one record is below `most`; above it a smaller unit of measure was probably used."""

    about = "单条记录的数小于 `most`，否则多半是计量单位用错。"
    asks = {"field": "number"}
    field: str
    most: Decimal
    small: str
    factor: int = 10_000

    def faults(self, view: FormView) -> Iterable[Fault]:
        most = float(self.most)
        for at, value in enumerate(view.column(self.field)):
            if value is not None and value >= most:
                meant = plain(addend(value) / self.factor)
                words: dict[str, Any] = {
                    "value": plain(value),
                    "most": plain(self.most),
                    "small": self.small,
                    "meant": meant,
                }
                yield fault("WithinScale", self.field, at, **view.words(at, self.field), **words)


@dataclass(frozen=True, kw_only=True)
class NotBatches(FormRule):
    """A quantity of pieces is above `least`: so few pieces are rather batches, or 万只."""

    about = "以只计的数大于 `least`，否则多半填成了批次或万只。"
    asks = {"field": "number"}
    field: str
    least: int

    def faults(self, view: FormView) -> Iterable[Fault]:
        for at, value in enumerate(view.column(self.field)):
            if value is not None and 0 < value <= self.least:
                yield fault("NotBatches", self.field, at, **view.words(at, self.field), value=value)


@dataclass(frozen=True, kw_only=True)
class NotAFirm(FormRule):
    """A column of things names no firm: where it does, two columns of the record were likely exchanged."""

    about = "本栏写的是物品，不是企业名称；以公司、厂等结尾的，多半与企业名称一栏写颠倒了。"
    asks = {"field": "words"}
    layouts = ("list",)
    field: str

    def faults(self, view: FormView) -> Iterable[Fault]:
        for at, value in enumerate(view.column(self.field)):
            if value and ends_as_firm(value):
                yield fault("NotAFirm", self.field, at, found=value, **view.words(at, self.field))

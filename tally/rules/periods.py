"""Rules between a unit's return and its return of the period before."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from tally.rules.base import Fault, UnitRule, UnitScope
from tally.rules.figures import shown
from tally.rules.matrix import numeric_fields
from tally.rules.view import FormView
from tally.rules.words import firm_key

MANY = 3  # so many rows of a column that fall have one cause, said once


@dataclass(frozen=True, kw_only=True)
class NeverFalls(UnitRule):
    """A cumulative column never falls: a fall is a correction, or a unit that reports per period."""

    form: str

    def faults(self, scope: UnitScope) -> Iterable[Fault]:
        now, before = scope.forms.get(self.form), scope.previous.get(self.form)
        if not (now and before):
            return
        for field in scope.campaign.form(self.form).fields:
            if field.cumulative:
                yield from self.column(now, before, field.name)

    def column(self, now: FormView, before: FormView, name: str) -> Iterable[Fault]:
        fallen = [at for at in now.parts if self.falls(now, before, at, name)]
        if len(fallen) >= MANY and now.total is not None:
            yield self.fault(now, before, now.total, name, f"，{len(fallen)} 类案件都比上期少")
        elif fallen:
            yield from (self.fault(now, before, at, name) for at in fallen)
        elif now.total is not None and self.falls(now, before, now.total, name):
            yield self.fault(now, before, now.total, name)

    def falls(self, now: FormView, before: FormView, at: int, name: str) -> bool:
        was = before.value(before.index.get(now.keys[at]), name)
        return was is not None and not now.lost(at, name) and (now.value(at, name) or 0) < was

    def fault(self, now: FormView, before: FormView, at: int, name: str, more: str = "") -> Fault:
        was, value = before.value(before.index.get(now.keys[at]), name), now.value(at, name)
        told = "未填" if value is None else shown(value)
        return Fault(
            f"{now.row_label(at)}的“{now.label(name)}”是累计数，本期（{told}）小于上期（{'未填' if was is None else shown(was)}）{more}",
            name,
            at,
            expected="累计数不小于上期" + (f" {shown(was)}" if was is not None else ""),
            suggestion="请核对是否误按本期数填报；如为更正上期，请说明",
            form=self.form,
        )


@dataclass(frozen=True, kw_only=True)
class NotStale(UnitRule):
    """A return that says the same as the last period's was perhaps not brought up to date."""

    form: str

    def faults(self, scope: UnitScope) -> Iterable[Fault]:
        now, before = scope.forms.get(self.form), scope.previous.get(self.form)
        if now and before and now.keys and figures(now) == figures(before) and any(figures(now).values()):
            yield Fault(
                f"本期{now.form.title}与上期完全相同",
                found="与上期相同",
                expected="本期的新数字",
                suggestion="请核对是否误报了上期的表；如本期确无变化，请说明",
                form=self.form,
            )


def figures(view: FormView) -> dict[tuple[str, str], float | int | None]:
    """A matrix's figures by row and field, blank as 0."""
    return {(k, n): view.value(i, n) or 0 for k, i in view.index.items() for n in numeric_fields(view)}


def records(view: FormView, ignored: tuple[str, ...] = ("seq",)) -> list[tuple]:
    """The records of a list for comparison, without their running number."""
    columns = [view.column(f.name) for f in view.form.fields if f.name not in ignored]
    return [tuple(firm_key(v) if isinstance(v, str) else v for v in record) for record in zip(*columns, strict=True)]


@dataclass(frozen=True, kw_only=True)
class NoOverlap(UnitRule):
    """In a list of additions no record stands that was in the last period's already."""

    form: str

    def faults(self, scope: UnitScope) -> Iterable[Fault]:
        now, before = scope.forms.get(self.form), scope.previous.get(self.form)
        if not (now and before) or now.form.accumulates != "additions":
            return
        earlier = {r: i for i, r in reversed(list(enumerate(records(before))))}
        for at, record in enumerate(records(now)):
            if (there := earlier.get(record)) is not None:
                yield Fault(
                    f"{now.row_label(at)}与上期{before.row_label(there)}相同，疑似重复报送",
                    now.form.key[0],
                    at,
                    expected="本表只报本期新增的记录",
                    suggestion="请删去上期已报过的记录；如为新的批次，请说明",
                    form=self.form,
                )


@dataclass(frozen=True, kw_only=True)
class NothingVanishes(UnitRule):
    """A list to date still holds what it held the period before; said once, with the names."""

    form: str

    def faults(self, scope: UnitScope) -> Iterable[Fault]:
        now, before = scope.forms.get(self.form), scope.previous.get(self.form)
        if not (now and before) or now.form.accumulates != "whole" or now.ret.state == "missing":
            return
        key = now.form.key
        here = set(zip(*(map(firm_key, now.column(k)) for k in key), strict=True))
        gone: dict[str, None] = {}
        for record in zip(*(before.column(k) for k in key), strict=True):
            if any(record) and tuple(map(firm_key, record)) not in here:
                gone["／".join(v for v in record if v)] = None
        if gone:
            yield Fault(
                f"上期表中有 {len(gone)} 条记录本期没有：{'、'.join(gone)}",
                found=f"少 {len(gone)} 条",
                expected="本表为截至本期的全部记录，上期的记录仍应保留",
                suggestion="请核对是否漏行，或只报了本期新增；如确应删除，请说明",
                form=self.form,
            )

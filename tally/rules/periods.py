"""Rules between a unit's return and its return of the period before."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from tally.model import ABSENT
from tally.rules.base import Fault, UnitRule, UnitScope, fault
from tally.rules.matrix import column_sum, numeric_fields, repeated
from tally.rules.view import FormView
from tally.writing.numbers import addend, plain

MANY = 3  # so many rows of a column that fall have one cause, said once


@dataclass(frozen=True, kw_only=True)
class NeverFalls(UnitRule):
    """A cumulative column never falls: a fall is a correction, or a unit that reports per period."""

    about = "累计栏不小于上期。"
    layouts = ("matrix",)
    form: str

    def faults(self, scope: UnitScope) -> Iterable[Fault]:
        now, before = scope.forms.get(self.form), scope.previous.get(self.form)
        if not (now and before):
            return
        for field in scope.campaign.form(self.form).fields:
            if field.cumulative:
                yield from self.column(now, before, field.name, scope.last(self.form))

    def column(self, now: FormView, before: FormView, name: str, last: str) -> Iterable[Fault]:
        parts = [] if repeated(before, name) else now.parts  # one number in every row says nothing of any row
        fallen = [at for at in parts if self.falls(now, before, at, name)]
        total = now.total if now.total is not None and self.falls(now, before, now.total, name) else None
        if len(fallen) >= MANY and total is not None:
            yield self.fall(now, before, total, name, last, f"，{len(fallen)} 类案件都比{last}少")
        elif fallen:
            yield from (self.fall(now, before, at, name, last) for at in fallen)
        elif total is not None and (parts_were := self.sound_before(now, before, total, name)) is not None:
            yield self.fall(now, before, total, name, last, kind="NeverFalls/last_was_wrong", parts=plain(parts_were))
        elif total is not None:
            yield self.fall(now, before, total, name, last)

    def falls(self, now: FormView, before: FormView, at: int, name: str) -> bool:
        was = before.value(before.index.get(now.keys[at]), name)
        return was is not None and not now.lost(at, name) and (now.value(at, name) or 0) < was

    def sound_before(self, now: FormView, before: FormView, at: int, name: str) -> Decimal | None:
        """What the parts of the last return came to, where its total contradicts them and nothing fell against them."""
        s = column_sum(before, name)
        value = now.value(at, name)
        if s is None or not s.difference or s.holds or value is None or addend(value) < s.parts:
            return None
        return s.parts

    def fall(
        self,
        now: FormView,
        before: FormView,
        at: int,
        name: str,
        last: str,
        more: str = "",
        *,
        kind: str = "NeverFalls",
        **beside: Any,
    ) -> Fault:
        was, value = before.value(before.index.get(now.keys[at]), name), now.value(at, name)
        words: dict[str, Any] = {"value": _or_blank(value), "before": _or_blank(was), "more": more, "last": last}
        words["least"] = "" if was is None else f" {plain(was)}"
        return fault(kind, name, at, form=self.form, **now.words(at, name), **words, **beside)


def _or_blank(value: int | float | None) -> str:
    return "未填" if value is None else plain(value)


@dataclass(frozen=True, kw_only=True)
class NotStale(UnitRule):
    """A return that says the same as the last period's was perhaps not brought up to date."""

    about = "本期的表与上期完全相同。"
    layouts = ("matrix",)
    form: str

    def faults(self, scope: UnitScope) -> Iterable[Fault]:
        now, before = scope.forms.get(self.form), scope.previous.get(self.form)
        if now and before and now.keys and figures(now) == figures(before) and any(figures(now).values()):
            last = scope.last(self.form)
            key = (
                "NotStale" if any(v for (_, n), v in figures(now).items() if n in _of_period(now)) else "NotStale/quiet"
            )
            yield fault(key, found=f"与{last}相同", form=self.form, title=now.form.title, last=last)


def _of_period(view: FormView) -> set[str]:
    """The columns that say what happened in the period itself."""
    return {f.name for f in view.form.fields if f.numeric and not f.cumulative}


def figures(view: FormView) -> dict[tuple[str, str], float | int | None]:
    """A matrix's figures by row and field, blank as 0."""
    return {(k, n): view.value(i, n) or 0 for k, i in view.index.items() for n in numeric_fields(view)}


def records(view: FormView, ignored: tuple[str, ...] = ("seq",)) -> list[tuple[Any, ...]]:
    """The records of a list for comparison, without their running number."""
    columns = []
    for field in view.form.fields:
        if field.name not in ignored:
            values = view.column(field.name)
            columns.append([field.key(v) if isinstance(v, str) else v for v in values])
    return list(zip(*columns, strict=True))


@dataclass(frozen=True, kw_only=True)
class NoOverlap(UnitRule):
    """In a list of additions no record stands that was in the last period's already, be it with another state by now."""

    about = "只报新增的清单里没有上期已报的记录，`key` 各栏相同、别的栏变了的也算。"
    doubts_records = "{}条记录上期已报"
    layouts = ("list",)
    form: str

    def faults(self, scope: UnitScope) -> Iterable[Fault]:
        now, before = scope.forms.get(self.form), scope.previous.get(self.form)
        if not (now and before) or now.form.accumulates != "additions":
            return
        earlier = {r: i for i, r in reversed(list(enumerate(records(before))))}
        by_key = {k: i for i, k in reversed(list(enumerate(_keys(before)))) if all(k)}
        for at, (record, key) in enumerate(zip(records(now), _keys(now), strict=True)):
            there = earlier.get(record, by_key.get(key))
            if there is None:
                continue
            words: dict[str, Any] = {"who": now.row_label(at), "there": before.row_label(there)} | now.names
            words |= {"last": scope.last(self.form), "labels": _differing(now, at, before, there)}
            kind = "NoOverlap" if record in earlier else "NoOverlap/changed"
            yield fault(kind, now.form.key[0], at, form=self.form, **words)


def _keys(view: FormView) -> list[tuple[str, ...]]:
    """What tells each record of a list from the others, () for a form that declares no key."""
    names = view.form.key
    return [view.form.record_key(values) for values in zip(*map(view.column, names), strict=True)] or [()] * view.size


def _differing(now: FormView, at: int, before: FormView, there: int) -> str:
    """The columns, but the running number, in which two records say something else: “整改状态”“备注”."""
    fields = [f for f in now.form.fields if f.kind != "seq"]
    return "".join(f"“{f.label}”" for f in fields if now.value(at, f.name) != before.value(there, f.name))


@dataclass(frozen=True, kw_only=True)
class NothingVanishes(UnitRule):
    """A list to date still holds what it held the period before; said once, with the names."""

    about = "报全部的清单里上期的记录仍在。"
    doubts_records = "上期的{}条记录本期没有"
    layouts = ("list",)
    form: str

    def faults(self, scope: UnitScope) -> Iterable[Fault]:
        now, before = scope.forms.get(self.form), scope.previous.get(self.form)
        if not (now and before) or now.form.accumulates != "whole" or now.ret.state in ABSENT:
            return
        key = now.form.key
        here = {now.form.record_key(record) for record in zip(*map(now.column, key), strict=True)}
        gone: dict[str, None] = {}
        for record in zip(*(before.column(k) for k in key), strict=True):
            if any(record) and now.form.record_key(record) not in here:
                gone["／".join(str(v) for v in record if v)] = None
        if gone:
            words: dict[str, Any] = {"count": len(gone), "names": "、".join(gone), "last": scope.last(self.form)}
            yield fault("NothingVanishes", found=f"少 {len(gone)} 条", form=self.form, **words)

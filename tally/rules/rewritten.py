"""A list to date says of a record what it said the period before: what was found and when is not found otherwise later."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from tally.model import ABSENT
from tally.rules.base import Fault, UnitRule, UnitScope, fault
from tally.rules.view import FormView
from tally.writing.numbers import plain

MANY = 3  # so many records of a column that say something else have one cause, said once
Key = tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class NotRewritten(UnitRule):
    """What stood in `fields` of a record stands there still; a state among `final` is left by none."""

    about = "上期已报的记录没有改写。报全部的清单里，`fields` 各栏照旧，`final` 中的状态没有退回。"
    layouts = ("list",)
    asks = {"fields": "any"}
    form: str
    fields: tuple[str, ...]
    final: tuple[str, ...] = ()

    def faults(self, scope: UnitScope) -> Iterable[Fault]:
        now, before = scope.forms.get(self.form), scope.previous.get(self.form)
        if not (now and before) or now.form.accumulates != "whole" or now.ret.state in ABSENT:
            return
        here, there = _by_key(now), _by_key(before)
        for field in now.form.fields:
            if field.name in self.fields or field.kind in ("choice", "yesno"):
                pairs = list(self.rewritten(now, before, here, there, field.name))
                yield from self.told(now, before, pairs, field.name, scope.last(self.form))

    def rewritten(
        self, now: FormView, before: FormView, here: dict[Key, list[int]], there: dict[Key, list[int]], name: str
    ) -> Iterator[tuple[int, int]]:
        """(record of now, record of before) of one key where the value of before is gone."""
        for key, old in there.items():
            places = here.get(key, [])
            if len(places) < len(old) or any(now.lost(at, name) or now.settled(at, name) for at in places):
                continue  # a record that vanished has its own rule, a value that cannot be read its own finding
            values = Counter(_value(now, at, name) for at in places)
            left = []
            for at in old:
                value = _value(before, at, name)
                if values[value] > 0:
                    values[value] -= 1
                elif value is not None and (name in self.fields or value in self.final):
                    left.append(at)
            other = iter([at for at in places if _other(now, at, name, values)])
            yield from ((at, was) for was, at in zip(left, other, strict=False))

    def told(
        self, now: FormView, before: FormView, pairs: list[tuple[int, int]], name: str, last: str
    ) -> Iterator[Fault]:
        for at, was in pairs[:1] if len(pairs) > MANY else pairs:
            words: dict[str, Any] = now.words(at, name) | {"there": before.row_label(was), "last": last}
            old, new = (_text(view.value(i, name)) for view, i in ((before, was), (now, at)))
            more = f"；这一栏共有 {len(pairs)} 条改写" if len(pairs) > MANY else ""
            yield fault("NotRewritten", name, at, form=self.form, before=old, value=new, more=more, **words)


def _by_key(view: FormView) -> dict[Key, list[int]]:
    """The records of each key, in their order; those that lack a part of it tell of nothing."""
    places: dict[Key, list[int]] = {}
    for at, values in enumerate(zip(*map(view.column, view.form.key), strict=True)):
        key = view.form.record_key(values)
        if any(key):
            places.setdefault(key, []).append(at)
    return places


def _value(view: FormView, at: int, name: str) -> Any:
    value = view.value(at, name)
    return view.field(name).key(value) if isinstance(value, str) else value


def _text(value: Any) -> str:
    return "未填" if value is None else plain(value) if isinstance(value, (int, float)) else str(value)


def _other(view: FormView, at: int, name: str, surplus: Counter[Any]) -> bool:
    """True for a record whose value none of before accounts for; each is taken once."""
    value = _value(view, at, name)
    if surplus[value] <= 0:
        return False
    surplus[value] -= 1
    return True

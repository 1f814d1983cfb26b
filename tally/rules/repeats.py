"""Rules of a list form that compare its records: the same thing twice, and the running number."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from tally.rules.base import Fault, FormRule, fault
from tally.rules.view import FormView
from tally.rules.words import filled


@dataclass(frozen=True, kw_only=True)
class Unique(FormRule):
    """No two records say the same in `field`; said at the later one.

    `unless_same`: silent where the two records agree in that field as well (another rule says it there).
    """

    about = "`field` 在表内不重复。"
    asks = {"field": "any", "unless_same": "any"}
    layouts = ("list",)
    field: str
    unless_same: str = ""

    def faults(self, view: FormView) -> Iterable[Fault]:
        first: dict[str, int] = {}
        same = view.field(self.field).key
        for at, value in enumerate(view.column(self.field)):
            if not filled(value):
                continue
            earlier = first.setdefault(same(value), at)
            if earlier == at or self.told_elsewhere(view, at, earlier):
                continue
            words: dict[str, Any] = {"earlier": view.row_label(earlier), "value": value}
            yield fault("Unique", self.field, at, **view.words(at, self.field), **words)

    def told_elsewhere(self, view: FormView, at: int, earlier: int) -> bool:
        """Whether the two records agree in `unless_same` as well."""
        if not self.unless_same:
            return False
        key = view.field(self.unless_same).key
        here, there = (key(view.value(i, self.unless_same)) for i in (at, earlier))
        return bool(here) and here == there


@dataclass(frozen=True, kw_only=True)
class Duplicate(FormRule):
    """Two records agree in the form's key: several batches are legitimate, the same line twice is not."""

    about = "两条记录在表的 `key` 各栏都相同。"
    doubts_records = "{}条记录疑为重复"
    layouts = ("list",)
    ignored: tuple[str, ...] = ("seq",)

    def faults(self, view: FormView) -> Iterable[Fault]:
        if view.missing_columns & set(view.form.key):
            return
        columns = [view.column(k) for k in view.form.key]
        first: dict[tuple[str, ...], int] = {}
        rest = [f.name for f in view.form.fields if f.name not in self.ignored]
        for at, key in enumerate(zip(*columns, strict=True)):
            if not key[0] or any(v is None and view.lost(at, k) for k, v in zip(view.form.key, key, strict=True)):
                continue
            earlier = first.setdefault(view.form.record_key(key), at)
            if earlier == at:
                continue
            whole = all(view.value(at, n) == view.value(earlier, n) for n in rest)
            kind = "Duplicate/whole" if whole else "Duplicate"
            what = "、".join(view.label(k) for k in view.form.key)
            words: dict[str, Any] = {
                "who": view.row_label(at),
                "earlier": view.row_label(earlier),
                "what": what,
            } | view.names
            yield fault(kind, view.form.key[0], at, **words)


@dataclass(frozen=True, kw_only=True)
class Consecutive(FormRule):
    """The running number rises by one from record to record.

    Blank numbers are passed over; a firm's batches may share one number (merged cells). One wrong number is
    one fault, and so is one gap.
    """

    about = "序号逐条加一。"
    asks = {"field": "order"}
    layouts = ("list",)
    field: str = "seq"
    shared_by: str = "enterprise"

    def faults(self, view: FormView) -> Iterable[Fault]:
        numbers, firms = view.column(self.field), view.column(self.shared_by)
        given: list[tuple[int, int]] = []
        for at, n in enumerate(numbers):
            if n is None or (given and n == numbers[given[-1][0]] and firms[at] == firms[given[-1][0]]):
                continue
            given.append((at, n))
        offsets = [n - k for k, (_, n) in enumerate(given)]
        usual = offsets[0] if offsets else 0
        if offsets and len(offsets) > 1 and offsets[0] != offsets[1]:
            usual = Counter(offsets).most_common(1)[0][0]  # the first number itself may be the wrong one
        restarted = any(f.rule == "returns.parts" for f in view.ret.findings)  # which is said there
        for k, (at, n) in enumerate(given):
            if offsets[k] == usual:
                continue
            if k and n == given[0][1]:
                usual = offsets[k]  # numbered from the beginning again: one thing to say, however often
                if restarted:
                    continue
                restarted = True
            yield fault("Consecutive", self.field, at, who=view.row_label(at), value=n, expected=k + usual)
            if k + 1 < len(offsets) and offsets[k + 1] == offsets[k]:
                usual = offsets[k]  # a gap: the records after it go on from here

"""Rules across units: what two of them claim, and what looks copied."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from itertools import combinations
from typing import Any

from tally.model import PeriodTables
from tally.rules.base import CityRule, CityScope, Fault, fault
from tally.rules.view import values_of
from tally.rules.words import filled
from tally.writing.numbers import addend

TELLING = 3  # so many different figures above zero do not agree by chance

Figures = dict[tuple[str, str], Decimal]


def figures_by_unit(scope: CityScope, form: str, tables: PeriodTables | None = None) -> dict[str, Figures]:
    """Each unit's figures of a matrix form, by category and field; blanks and zeros left out."""
    frame = (tables or scope.tables).forms[form]
    result: dict[str, Figures] = {}
    units, categories = values_of(frame["unit"]), values_of(frame["category"])
    for field in scope.campaign.form(form).measures:
        for unit, category, value in zip(units, categories, values_of(frame[field.name]), strict=True):
            figures = result.setdefault(unit, {})
            if value:
                figures[category, field.name] = addend(value)
    return result


def telling(figures: Figures) -> bool:
    return len(set(figures.values())) >= TELLING


@dataclass(frozen=True, kw_only=True)
class NotCopied(CityRule):
    """No two units have the same figures throughout, or in some rows that tell anything: said for both."""

    about = "两个单位的数字完全相同，或有几行完全相同。"
    layouts = ("matrix",)
    form: str

    def faults(self, scope: CityScope) -> Iterable[Fault]:
        title = scope.campaign.form(self.form).title
        by_unit = figures_by_unit(scope, self.form)
        same: dict[frozenset[tuple[tuple[str, str], Decimal]], list[str]] = {}
        for unit, figures in by_unit.items():
            if telling(figures):
                same.setdefault(frozenset(figures.items()), []).append(unit)
        whole = dict.fromkeys((pair for units in same.values() for pair in combinations(units, 2)), 0)
        shared = _rows_shared(by_unit, scope.campaign.form(self.form).total)
        rows = {pair: n for pair, n in shared.items() if n >= TELLING and pair not in whole}
        for (a, b), count in {**whole, **rows}.items():
            for unit, other in ((a, b), (b, a)):
                name = scope.campaign.unit(other).name
                words: dict[str, Any] = {"title": title, "other": name, "found": f"与{name}相同", "count": count}
                yield fault("NotCopied/rows" if count else "NotCopied", form=self.form, unit=unit, **words)


def _rows_shared(by_unit: Mapping[str, Figures], total: str) -> Counter[tuple[str, str]]:
    """Pairs of units -> in how many rows that tell anything (without the total's) they have the same figures."""
    alike: dict[frozenset[tuple[tuple[str, str], Decimal]], list[str]] = {}
    for unit, figures in by_unit.items():
        rows: dict[str, Figures] = {}
        for (category, field), value in figures.items():
            rows.setdefault(category, {})[category, field] = value
        for category, row in rows.items():
            if category != total and telling(row):
                alike.setdefault(frozenset(row.items()), []).append(unit)
    return Counter(pair for units in alike.values() for pair in combinations(units, 2))


@dataclass(frozen=True, kw_only=True)
class NotShared(CityRule):
    """No two units list the same record word for word: said for each of them once, at the first such record.

    A few records that say little may be the same by chance; `most` filled cells of one, or half of a list, are no chance.
    """

    about = "两个单位不填报同样的记录（各栏全部相同）。"
    layouts = ("list",)
    form: str
    most: int = 8

    def faults(self, scope: CityScope) -> Iterable[Fault]:
        shared: dict[tuple[str, str], list[tuple[int, int]]] = {}
        for (_, filled_in), places in self.records(scope).items():
            for (a, at), (b, there) in combinations(places, 2):
                if a != b:
                    shared.setdefault((a, b), []).append((at, filled_in))
                    shared.setdefault((b, a), []).append((there, filled_in))
        form, sizes = scope.campaign.form(self.form), Counter(values_of(scope.tables.forms[self.form]["unit"]))
        for (unit, other), rows in shared.items():
            half = len(rows) > 1 and len(rows) * 2 >= min(sizes[unit], sizes[other])
            if half or max(count for _, count in rows) >= self.most:
                name = scope.campaign.unit(other).name
                first = str(min(rows)[0])
                words: dict[str, Any] = {"row_name": first, "count": len(rows), "other": name, "record": form.record}
                yield fault("NotShared", row=first, found=f"与{name}相同", form=self.form, unit=unit, **words)

    def records(self, scope: CityScope) -> dict[tuple[tuple[str, ...], int], list[tuple[str, int]]]:
        """What a record says and in how many cells -> the units and rows that say it; records that name nothing left out."""
        frame, form = scope.tables.forms[self.form], scope.campaign.form(self.form)
        fields = [f for f in form.fields if f.kind != "seq"]
        columns = [values_of(frame[f.name]) for f in fields]
        same: dict[tuple[tuple[str, ...], int], list[tuple[str, int]]] = {}
        places = zip(values_of(frame["unit"]), values_of(frame["row"]), strict=True)
        for at, (unit, row) in enumerate(places):
            said = tuple(str(column[at]) if filled(column[at]) else "" for column in columns)
            count = sum(map(bool, said))
            if count >= TELLING:
                same.setdefault((said, count), []).append((unit, int(row)))
        return same


@dataclass(frozen=True, kw_only=True)
class NotCityTotal(CityRule):
    """No unit's totals are the sum of all others' (this period's or the last's): it would count the city twice."""

    about = "单位的合计等于其他单位之和，多半误报了汇总表。"
    layouts = ("matrix",)
    form: str

    def faults(self, scope: CityScope) -> Iterable[Fault]:
        now = self.totals(scope)
        last = self.totals(scope, scope.previous) if scope.previous else {}
        whole, before = added(now.values()), added(last.values())
        for unit, theirs in now.items():
            others = {k: rest for k, v in whole.items() if (rest := v - theirs.get(k, Decimal(0)))}
            city = {"本期其他单位之和": others if len(now) > 2 else {}, "上期全市合计": before}
            for what, total in city.items():
                if telling(theirs) and theirs == total:
                    row = scope.campaign.form(self.form).total
                    same = f"与{what}相同"
                    yield fault("NotCityTotal", row=row, found=same, form=self.form, unit=unit, what=what)
                    break

    def totals(self, scope: CityScope, tables: PeriodTables | None = None) -> dict[str, Figures]:
        """Each unit's total row."""
        total = scope.campaign.form(self.form).total
        added = {f.name for f in scope.campaign.form(self.form).fields if f.summed}
        result = {}
        for unit, figures in figures_by_unit(scope, self.form, tables).items():
            result[unit] = {key: v for key, v in figures.items() if key[0] == total and key[1] in added}
        return result


def added(many: Iterable[Figures]) -> Figures:
    result: Figures = {}
    for figures in many:
        for key, value in figures.items():
            result[key] = result.get(key, Decimal(0)) + value
    return result


@dataclass(frozen=True, slots=True)
class Claim:
    """A unit's record of something that another unit may list too."""

    row: int
    value: str  # as the unit wrote it
    other: str  # the key of what stands in `unless_same`


@dataclass(frozen=True, kw_only=True)
class ClaimedOnce(CityRule):
    """No two units list the same value in `field`: said for each of them, at its first record.

    `unless_same`: silent where the two records agree in that field as well (another rule says it there).
    """

    about = "同一企业不由两个单位填报。"
    asks = {"field": "any", "unless_same": "any"}
    layouts = ("list",)
    doubts_records = "{}条记录另有单位也填报，或重复计算"
    form: str
    field: str
    unless_same: str = ""

    def faults(self, scope: CityScope) -> Iterable[Fault]:
        form = scope.campaign.form(self.form)
        label = form.field(self.field).label
        for claims in self.claims(scope).values():
            others = {claim.other for claim in claims.values()}
            if len(claims) < 2 or (self.unless_same and len(others) == 1 and others != {""}):
                continue
            for unit, claim in claims.items():
                names = "、".join(scope.campaign.unit(u).name for u in claims if u != unit)
                words: dict[str, Any] = {"row_name": claim.row, "label": label, "value": claim.value, "names": names}
                words["record"] = form.record
                yield fault("ClaimedOnce", self.field, row=str(claim.row), form=self.form, unit=unit, **words)

    def claims(self, scope: CityScope) -> dict[str, dict[str, Claim]]:
        """For each value (by its key), what each unit that lists it says at its first record of it."""
        frame, form = scope.tables.forms[self.form], scope.campaign.form(self.form)
        same, also_same = form.field(self.field).key, form.field(self.unless_same or self.field).key
        other = values_of(frame[self.unless_same]) if self.unless_same else [None] * len(frame)
        result: dict[str, dict[str, Claim]] = {}
        rows = zip(values_of(frame["unit"]), values_of(frame["row"]), values_of(frame[self.field]), other, strict=True)
        for unit, row, value, also in rows:
            if filled(value):
                result.setdefault(same(value), {}).setdefault(unit, Claim(row, value, also_same(also)))
        return result

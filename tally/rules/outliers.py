"""Figures that agree with one another and are wrong all the same: told by the unit's own past and by its peers.

A unit that multiplies a row by ten adds it up rightly; nothing within its return contradicts. What does is the figure's own
history, the growth of the other units, and what a case usually brings.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from statistics import median
from typing import Any

from tally.declare import Field, Form
from tally.model import PeriodTables
from tally.rules.base import CityRule, CityScope, Fault, fault
from tally.rules.spread import deviation, hidiroglou_berthelot, log_change, meant, surprise
from tally.rules.view import values_of
from tally.writing.numbers import addend, plain

Key = tuple[str, str, str]  # unit, row, field
Flow = Mapping[Key, float]  # what one period added: of a cumulative column its growth
TELLING = 3  # so many different figures above nought do not repeat by chance


@dataclass(frozen=True)
class Suspect:
    """One figure that surprises. `suspicion` is in standard deviations; `expected` what its past and peers let expect."""

    unit: str
    row: str
    field: str
    suspicion: float
    value: float
    expected: float
    retyped: bool = False


@dataclass(frozen=True)
class Months:
    """The flows of a matrix form over the periods, oldest first, and what they let expect of the last."""

    form: Form
    tables: Sequence[PeriodTables]
    pairs: tuple[tuple[str, str], ...]

    @cached_property
    def written(self) -> list[Flow]:
        """The figures as reported, by period."""
        return [self._figures(tables) for tables in self.tables]

    @cached_property
    def flows(self) -> list[Flow]:
        """What each period added; a cumulative figure whose last value is not known has no flow but in the first period."""
        cumulative = {f.name for f in self.form.fields if f.cumulative}
        flows: list[Flow] = []
        for at, now in enumerate(self.written):
            before = self.written[at - 1] if at else {}
            flow: dict[Key, float] = {}
            for key, value in now.items():
                if key[2] not in cumulative or not at:
                    flow[key] = value
                elif key in before and value >= before[key]:
                    flow[key] = value - before[key]
            flows.append(flow)
        return flows

    def _figures(self, tables: PeriodTables) -> Flow:
        frame = tables.forms[self.form.name]
        units, rows = values_of(frame["unit"]), values_of(frame["category"])
        figures: dict[Key, float] = {}
        for column in self.form.fields:
            if column.summed:
                for unit, row, value in zip(units, rows, values_of(frame[column.name]), strict=True):
                    if value is not None:
                        figures[unit, row, column.name] = float(addend(value))
        return self._without_repeats(figures)

    def _without_repeats(self, figures: dict[Key, float]) -> dict[Key, float]:
        """Without the rows of a column in which a unit repeats one number: they say nothing by row (`SharedColumn`)."""
        parts = [category.name for category in self.form.parts]
        for unit, name in dict.fromkeys((unit, name) for unit, _, name in figures):
            given = [figures[unit, row, name] for row in parts if (unit, row, name) in figures]
            if len(given) >= TELLING and given[0] > 0 and len(set(given)) == 1:
                for row in parts:
                    figures.pop((unit, row, name), None)
        return figures

    @cached_property
    def doubted(self) -> list[frozenset[Key]]:
        """By earlier period the figures, and the totals that hold them, that were themselves told to be wrong or doubtful."""
        periods = []
        for tables in self.tables[:-1]:
            f = tables.findings
            keys: set[Key] = set()
            if len(f):
                some = f[f["severity"].isin(("error", "warning")) & (f["form"] == self.form.name)]
                for unit, row, name in zip(some["unit"], some["row"], some["field"], strict=True):
                    keys |= {(unit, row, name), (unit, self.form.total, name)}
            periods.append(frozenset(keys))
        return periods

    @cached_property
    def past(self) -> Mapping[Key, tuple[float, int]]:
        """Mean and number of a figure's own flows of the periods before, of those that nothing was said against."""
        sums: dict[Key, tuple[float, int]] = {}
        for flow, doubted in zip(self.flows[:-1], self.doubted, strict=True):
            for key, value in flow.items():
                if key not in doubted:
                    total, count = sums.get(key, (0.0, 0))
                    sums[key] = (total + value, count + 1)
        return {key: (total / count, count) for key, (total, count) in sums.items()}

    @cached_property
    def growth(self) -> Mapping[str, float]:
        """By column, by how much (as a logarithm) the units' totals usually changed against their own past."""
        changes: dict[str, list[float]] = {}
        for key, value in self.flows[-1].items():
            if key[1] == self.form.total and key in self.past:
                changes.setdefault(key[2], []).append(log_change(value, self.past[key][0]))
        return {name: median(some) for name, some in changes.items()}

    @cached_property
    def spread(self) -> Mapping[str, float]:
        """By column, how widely changes usually scatter beyond the noise of small counts."""
        changes: dict[str, list[float]] = {}
        for key, value in self.flows[-1].items():
            before = self.past[key][0] if key in self.past else 0.0
            if min(value, before) >= 5:
                changes.setdefault(key[2], []).append(log_change(value, before) - self.growth.get(key[2], 0.0))
        return {
            f.name: deviation(changes.get(f.name, []), 0.25 if f.kind == "count" else 0.45) for f in self.form.fields
        }

    def expected(self, key: Key) -> float | None:
        """What the unit's own past, grown as its peers grew, lets expect; None without a past."""
        if key not in self.past:
            return None
        return self.past[key][0] * math.exp(min(max(self.growth.get(key[2], 0.0), -1.0), 1.0))

    @cached_property
    def usual(self) -> Mapping[tuple[str, str], tuple[float, float]]:
        """By pair of columns, the usual logarithm of their ratio over all rows and periods, and its spread."""
        ratios: dict[tuple[str, str], tuple[float, float]] = {}
        for above, below in self.pairs:
            logs = []
            for flow in self.flows:
                for (unit, row, name), value in flow.items():
                    base = flow.get((unit, row, below), 0.0)
                    if name == above and row != self.form.total and value > 0 and base >= 3:
                        logs.append(log_change(value, base))
            ratios[above, below] = (median(logs), deviation(logs, 0.3)) if logs else (0.0, 9.0)
        return ratios


@dataclass(frozen=True, kw_only=True)
class Outlier(CityRule):
    """A figure far from the unit's own past and from its peers, or typed again from the last return.

    Changes of less than `jump` (a share) ask for nothing; `least` is the surprise, in standard deviations, from which a figure
    is told. `pairs`: columns of which the first usually keeps a ratio to the second.
    """

    about = "与本单位以往、与其他单位相比明显异常的数，或照抄上期的数。"
    layouts = ("matrix",)
    doubts_value = True
    form: str
    pairs: tuple[tuple[str, str], ...] = ()
    jump: float = 0.3
    least: float = 2.8

    def faults(self, scope: CityScope) -> Iterable[Fault]:
        form = scope.campaign.form(self.form)
        months = Months(form, (*scope.earlier, scope.tables), self.pairs)
        if len(months.tables) < 2:
            return
        for suspect in self.suspects(months):
            yield self.fault(form, suspect, months)

    def suspects(self, months: Months) -> list[Suspect]:
        """The figures to ask about: of a row and its total, and of several columns of a row, the most surprising."""
        worst: dict[tuple[str, str], Suspect] = {}
        for suspect in (*self._surprising(months), *self._retyped(months)):
            at = (suspect.unit, suspect.row)
            if at not in worst or suspect.suspicion > worst[at].suspicion:
                worst[at] = suspect
        total = months.form.total
        rows = {(s.unit, s.field) for s in worst.values() if s.row != total}
        return [s for s in worst.values() if s.row != total or (s.unit, s.field) not in rows]

    def _surprising(self, months: Months) -> Iterator[Suspect]:
        outside = self._outside(months)
        for key, value in months.flows[-1].items():
            expected = months.expected(key)
            if expected is None or abs(value - expected) <= self.jump * max(expected, 1e-9):
                continue
            surprising = surprise(value, expected, months.spread[key[2]], months.past[key][1])
            ratio = self._against(months, key, value)
            suspicion = max(abs(surprising), abs(surprising + ratio) / 2**0.5) + (0.5 if key in outside else 0.0)
            if suspicion >= self.least:
                yield Suspect(*key, suspicion, value, expected)

    def _against(self, months: Months, key: Key, value: float) -> float:
        """How far the figure's ratio to the column it goes with lies from the usual; 0 where there is none."""
        unit, row, name = key
        for above, below in self.pairs:
            base = months.flows[-1].get((unit, row, below), 0.0)
            if name == above and value > 0 and base > 0:
                middle, spread = months.usual[above, below]
                return float((log_change(value, base) - middle) / (spread**2 + 1 / (base + 0.5)) ** 0.5)
        return 0.0

    def _outside(self, months: Months) -> set[Key]:
        """The units' totals that lie out of the peers' bounds, column by column."""
        columns: dict[str, dict[Key, tuple[float, float]]] = {}
        for key, value in months.flows[-1].items():
            before = months.past[key][0] if key in months.past else 0.0
            if key[1] == months.form.total and value > 0 and before > 0:
                columns.setdefault(key[2], {})[key] = (value, before)
        totals: set[Key] = set()
        for pairs in columns.values():
            outside = hidiroglou_berthelot(list(pairs.values()))
            totals |= {key for key, is_out in zip(pairs, outside, strict=True) if is_out}
        return totals

    def _retyped(self, months: Months) -> Iterator[Suspect]:
        """Rows of which every per-period figure, or an amount to its last digit, is the last return's."""
        now, before = months.written[-1], months.written[-2]
        fresh = [f for f in months.form.fields if f.summed and not f.cumulative]
        units = dict.fromkeys(unit for unit, _, _ in now)
        for unit in units:
            for category in months.form.parts:
                yield from self._row_retyped(unit, category.name, fresh, now, before)

    def _row_retyped(self, unit: str, row: str, fresh: list[Field], now: Flow, before: Flow) -> Iterator[Suspect]:
        same = [
            f
            for f in fresh
            if now.get((unit, row, f.name)) and now.get((unit, row, f.name)) == before.get((unit, row, f.name))
        ]
        figures = {now[unit, row, f.name] for f in same}
        filled = [f for f in fresh if now.get((unit, row, f.name))]
        exact = [f for f in same if f.kind == "quantity" and len(plain(now[unit, row, f.name]).replace(".", "")) >= 3]
        if exact or (len(figures) >= TELLING and len(same) == len(filled)):
            column = (exact or same)[0].name
            value = now[unit, row, column]
            yield Suspect(unit, row, column, self.least, value, value, retyped=True)

    def fault(self, form: Form, suspect: Suspect, months: Months) -> Fault:
        column, category = form.field(suspect.field), form.category(suspect.row)
        words: dict[str, Any] = {
            "who": category.label,
            "label": column.noun,
            "measure": column.unit,
            "value": plain(suspect.value),
            "usual": plain(round(suspect.expected, 0 if column.kind == "count" else 2)),
            "flow": "本期新增" if column.cumulative else "本期",
        }
        words["expects"] = _in_the_cell(column, suspect, months, words)
        at: dict[str, Any] = {"row": suspect.row, "form": form.name, "unit": suspect.unit}
        if suspect.retyped:
            return fault("Outlier/retyped", suspect.field, **at, **words)
        other, slip = meant(suspect.value, suspect.expected, column.kind == "count")
        if slip:
            return fault("Outlier/slip", suspect.field, **at, **words, meant=plain(round(other, 4)), slip=slip)
        return fault("Outlier", suspect.field, **at, **words)


def _in_the_cell(column: Field, suspect: Suspect, months: Months, words: Mapping[str, Any]) -> str:
    """What the cell itself would say: of a figure to date, with what it said before."""
    now = months.written[-1].get((suspect.unit, suspect.row, suspect.field), suspect.value)
    before = round(now - suspect.value, 4)
    usual, measure = words["usual"], words["measure"]
    if not column.cumulative or before <= 0:
        return f"约 {usual}{measure}"
    return f"累计约 {plain(round(before + float(usual), 4))}{measure}（以前 {plain(before)}，本期新增约 {usual}）"

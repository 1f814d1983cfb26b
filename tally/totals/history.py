"""Who reported which form in which period, and which return counts.

A list form's return is the whole list to date or this period's additions (`Form.accumulates`); a matrix
form's column is cumulative or per period (`Field.cumulative`). Everything that depends on it starts here.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import pandas as pd

from tally.check.standing import RECEIVED, Standing
from tally.declare import Campaign, Form
from tally.model import PeriodTables
from tally.totals.doubted import Cell, Doubt, doubted, doubts, lists_in_doubt, records_in_doubt
from tally.totals.figures import Cells
from tally.writing.periods import month


@dataclass(frozen=True)
class History:
    """A campaign's processed periods, oldest first; the last is the one reported on.

    `rolled`: the units are areas (cities, provinces) and the tables their consolidated forms (`tally.totals.levels`).
    """

    campaign: Campaign
    periods: tuple[PeriodTables, ...]
    rolled: bool = False

    @property
    def now(self) -> PeriodTables:
        return self.periods[-1]

    @property
    def last(self) -> PeriodTables | None:
        """The period directly before in the campaign's calendar, None if it is not processed."""
        before = self.campaign.before(self.now.period)
        return next((t for t in self.periods if before and t.period == before.name), None)

    @cached_property
    def units(self) -> dict[str, str]:
        """Code and name of every reporting unit; the top level's own bureau only if it sent something."""
        top = self.campaign.top
        bureau = (
            {top.code: f"{top.name}本级"}
            if any(self.reported(t, f.name) & {top.code} for t in self.periods for f in self.campaign.forms)
            else {}
        )
        return bureau | {u.code: u.name for u in self.campaign.units}

    @property
    def whole(self) -> str:
        """How a text calls all units together: 全市, 全省, 全国."""
        return f"全{self.campaign.top.name[-1]}"

    @cached_property
    def cells(self) -> Cells:
        return Cells({t.period: t.cells for t in self.periods})

    @cached_property
    def doubted(self) -> Mapping[Cell, tuple[str, ...]]:
        """This period's cells that are in doubt, to what is said of them."""
        return {cell: tuple(doubt.words) for cell, doubt in self.doubts[self.now.period].items()}

    @cached_property
    def doubts(self) -> Mapping[str, Mapping[Cell, Doubt]]:
        """Every period's cells that are in doubt: a figure to date rests on earlier returns too."""
        return {t.period: doubts(self.campaign, t.findings) for t in self.periods}

    @cached_property
    def records_in_doubt(self) -> Mapping[str, Mapping[tuple[str, str, str], int]]:
        """By period, then unit, form and field: in how many records of a list the field is in doubt."""
        return {period: records_in_doubt(cells) for period, cells in self.doubts.items()}

    @cached_property
    def lists_in_doubt(self) -> Mapping[str, Mapping[tuple[str, str], str]]:
        """By period, then unit and form: what is said of a list that probably has too many records or too few."""
        return {t.period: lists_in_doubt(self.campaign, t.findings) for t in self.periods}

    @cached_property
    def carried_doubts(self) -> Mapping[Cell, tuple[str, ...]]:
        """The cells of earlier periods that are in doubt still and that a figure to date rests on, to what is said of them."""
        standing = Standing(self.campaign, self.periods)
        doubts: dict[Cell, tuple[str, ...]] = {}
        for tables in () if self.rolled else self.periods[:-1]:
            for cell, words in doubted(self.campaign, standing.doubts(tables)).items():
                doubts[cell] = (*doubts.get(cell, ()), *(f"{month(tables.period)}：{sentence}" for sentence in words))
        return doubts

    @cached_property
    def official_doubts(self) -> Mapping[Cell, tuple[str, ...]]:
        """What is in doubt on the official form: this period's cells, and of cumulative columns what was carried over."""
        cumulative = {(form.name, f.name) for form in self.campaign.forms for f in form.fields if f.cumulative}
        carried = {cell: words for cell, words in self.carried_doubts.items() if (cell[1], cell[3]) in cumulative}
        return {**carried, **self.doubted}

    def reported(self, tables: PeriodTables, form: str) -> frozenset[str]:
        """Units whose return of a form counts in a period."""
        return self._received.get((tables.period, form), frozenset())

    def zero(self, tables: PeriodTables, form: str) -> frozenset[str]:
        """Units that filed a zero return."""
        r = tables.returns
        return frozenset(r.loc[(r["form"] == form) & (r["state"] == "zero return"), "unit"])

    @cached_property
    def _received(self) -> dict[tuple[str, str], frozenset[str]]:
        received = ((t.period, t.returns[t.returns["state"].isin(RECEIVED)]) for t in self.periods)
        return {(p, form): frozenset(r["unit"]) for p, some in received for form, r in some.groupby("form")}

    @cached_property
    def failed(self) -> frozenset[str]:
        """Units whose notebook failed in this period: what they sent could not be counted."""
        f = self.now.findings
        return frozenset(f.loc[f["rule"] == "run.notebook_failed", "unit"])

    def missing(self, form: str) -> tuple[str, ...]:
        """Codes of the units whose return of this period has not come, in the campaign's order."""
        there = self.reported(self.now, form)
        return tuple(u.code for u in self.campaign.units if u.must(form) and u.code not in there)

    def latest(self, form: str, unit: str) -> PeriodTables | None:
        """The newest period with this unit's return of a form."""
        return self._latest.get((form, unit))

    @cached_property
    def _latest(self) -> dict[tuple[str, str], PeriodTables]:
        by_name = {t.period: t for t in self.periods}  # oldest first: a later return replaces an earlier one
        return {
            (form, u): by_name[p]
            for p in by_name
            for (at, form), units in self._received.items()
            if at == p
            for u in units
        }

    def carried(self, form: str) -> dict[str, str]:
        """Units missing this period whose earlier return still counts, and that return's period."""
        latest = {code: self.latest(form, code) for code in self.missing(form)}
        return {code: t.period for code, t in latest.items() if t is not None}

    def rows(self, form: Form, *, to_date: bool) -> pd.DataFrame:
        """A list form's records that count, with their `period`; units in the campaign's order."""
        pieces = [self._of(t, form.name, code) for code in self.units for t in self._sources(form, code, to_date)]
        pieces = [p for p in pieces if len(p)]
        empty = self.now.forms[form.name].iloc[:0].assign(period=pd.Series(dtype=object))
        return pd.concat(pieces, ignore_index=True) if pieces else empty

    def _sources(self, form: Form, code: str, to_date: bool) -> Sequence[PeriodTables]:
        if not to_date:
            return (self.now,)
        if form.accumulates == "additions":
            return self.periods
        latest = self.latest(form.name, code)
        return (latest,) if latest else ()

    def _of(self, tables: PeriodTables, form: str, code: str) -> pd.DataFrame:
        frame = self._grouped(tables, form).get(code)
        return tables.forms[form].iloc[:0] if frame is None else frame

    def _grouped(self, tables: PeriodTables, form: str) -> dict[str, pd.DataFrame]:
        key = (tables.period, form)
        if key not in self._groups:
            frame = tables.forms[form].assign(period=tables.period)
            if waiting := self.waiting(tables, form):
                places = zip(frame["unit"], frame["row"].astype(str), strict=True)
                frame = frame[[place not in waiting for place in places]]
            self._groups[key] = dict(iter(frame.groupby("unit", sort=False)))
        return self._groups[key]

    def waiting(self, tables: PeriodTables, form: str) -> frozenset[tuple[str, str]]:
        """Unit and number of a list's records that count nowhere yet: a cell that must be filled was read from a picture."""
        key = (tables.period, form)
        if key not in self._waiting:
            required = [f.name for f in self.campaign.form(form).fields if f.required]
            c = tables.cells[tables.cells["state"] == "scanned"]
            c = c[(c["form"] == form) & c["field"].isin(required)]
            self._waiting[key] = frozenset(zip(c["unit"], c["row"].astype(str), strict=True))
        return self._waiting[key]

    @cached_property
    def _waiting(self) -> dict[tuple[str, str], frozenset[tuple[str, str]]]:
        return {}

    @cached_property
    def _groups(self) -> dict[tuple[str, str], dict[str, pd.DataFrame]]:
        return {}


def reporter(rows: pd.DataFrame) -> str:
    """The column that says who listed a record: the unit, or below a rolled-up area the unit it came from."""
    return "reporter" if "reporter" in rows else "unit"

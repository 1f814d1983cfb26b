"""A period as the desk has it before it: the tables of the last check, and what depends on them, worked out once."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from tally.catalogue.audience import addressee
from tally.check.culprits import Suggestion
from tally.check.verdicts import Verdict, verdicts
from tally.declare import Campaign, Form
from tally.desk.readings import Readings
from tally.model import Finding, Return
from tally.paths import Paths
from tally.returns.stored import load_unit
from tally.rules.view import FormView
from tally.store.digests import mark_of
from tally.store.tables import PeriodTables, is_processed, load_period
from tally.totals.views import OF_READING, Views, findings_of

if TYPE_CHECKING:
    from tally.render.feedback.answers import Answer

Key = tuple[str, str, str, str, str]  # unit, form, row, field, rule: how explanations and queries name a finding


def key_of(finding: Finding) -> Key:
    return finding.unit, finding.form, finding.row, finding.field, finding.rule


def name_of(finding: Finding) -> str:
    """A short name of a finding, the same at every check as long as it says the same of the same place."""
    place = (*key_of(finding), finding.file, finding.sheet, finding.cell)
    return hashlib.sha1("\0".join(place).encode()).hexdigest()[:12]


@dataclass(frozen=True, eq=False)
class Snapshot:
    """One checked period. Nothing in it changes: after another check the desk takes another."""

    campaign: Campaign
    paths: Paths
    tables: PeriodTables
    mark: tuple[int, ...] = ()  # of the tables' file when they were read

    @property
    def current(self) -> bool:
        """Whether nobody has checked the period since: these are still its tables."""
        return self.mark == _mark(self.paths)

    @cached_property
    def findings(self) -> dict[str, Finding]:
        """By their short names, in the order of the check."""
        return {name_of(f): f for f in findings_of(self.tables.findings)}

    @cached_property
    def answers(self) -> dict[str, Answer]:
        """Short name of each finding that its unit has answered in a returned list -> the answer."""
        from tally.render.feedback.answers import (  # here: the queue need not wait for what writes lists
            answered,
            answers,
        )

        names = list(self.findings)
        frame = self.tables.findings
        every = [name_of(f) for f in findings_of(frame)]
        given = answered(self.campaign, frame, answers(self.paths.raw, frame))
        return {every[at]: answer for at, answer in given.items() if every[at] in names}

    @cached_property
    def verdicts(self) -> Mapping[str, Verdict]:
        """Rule -> how often its findings proved true, in this and earlier periods."""
        return verdicts(self.campaign, self.paths)

    @cached_property
    def earlier(self) -> tuple[PeriodTables, ...]:
        """Every processed period before this one, oldest first."""
        names = [p.name for p in self.campaign.periods]
        places = (self.paths.beside(n) for n in names[: names.index(self.paths.period)])
        return tuple(load_period(p, self.campaign) for p in places if is_processed(p, self.campaign))

    @cached_property
    def _beside(self) -> dict[str, Snapshot]:
        return {}

    def beside(self, period: str) -> Snapshot:
        """Another period as last checked. TallyError if it never was."""
        known = self._beside.get(period)
        if known is None or not known.current:
            known = self._beside[period] = snapshot(self.campaign, self.paths.beside(period))
        return known

    @cached_property
    def readings(self) -> Readings:
        """Units read anew, with corrections as they would stand."""
        return Readings(self.campaign, self.paths)

    @cached_property
    def written(self) -> dict[tuple[object, ...], Snapshot]:
        """What `tally.desk.pending` made of this snapshot last."""
        return {}

    @cached_property
    def _returns(self) -> dict[tuple[str, str], dict[str, Return]]:
        return {}

    def returns(self, unit: str, period: str = "") -> dict[str, Return]:
        """The unit's returns of this period or another, each with what reading and cleaning said of its cells."""
        period = period or self.paths.period
        if (unit, period) not in self._returns:
            current = period == self.paths.period
            stored = self._stored(unit, period)
            self._returns[unit, period] = {n: self._with_findings(r) if current else r for n, r in stored.items()}
        return self._returns[unit, period]

    def _stored(self, unit: str, period: str) -> Mapping[str, Return]:
        return load_unit(self.paths.beside(period), self.campaign, unit)

    def _with_findings(self, ret: Return) -> Return:
        mine = [
            f
            for f in findings_of(self.tables.findings[self.tables.findings["unit"] == ret.unit])
            if f.form == ret.form and f.rule.startswith(OF_READING)
        ]
        return Return(ret.unit, ret.form, ret.state, ret.frame, ret.cells, tuple(mine))

    @cached_property
    def views(self) -> Views:
        """The returns as rules see them, and the culprits in them."""
        return Views(self.campaign, self.tables, self.earlier)

    def view(self, unit: str, form: Form) -> FormView | None:
        """A unit's form as rules see it, with the period before; None if it did not come."""
        return self.views.view(unit, form)

    def view_before(self, unit: str, form: Form) -> FormView | None:
        view = self.view(unit, form)
        return view.previous if view else None

    def suspects(self, view: FormView) -> list[Suggestion]:
        """The culprits of one return's failed arithmetic."""
        return self.views.suspects(view)

    def form(self, finding: Finding) -> Form | None:
        """The form a finding is about, None for a file's, a summary's or a whole period's."""
        return self.views.form(finding)

    def unit_name(self, code: str) -> str:
        return self.campaign.unit(code).name if code else "未归属单位"

    def whose(self, finding: Finding) -> str:
        """The unit that a finding concerns, or whose matter it is where it names none."""
        return self.unit_name(finding.unit) if finding.unit else addressee(finding.rule)


def snapshot(campaign: Campaign, paths: Paths) -> Snapshot:
    """The period as last checked. TallyError if it never was."""
    mark = _mark(paths)  # before reading: what changes meanwhile is noticed
    return Snapshot(campaign, paths, load_period(paths, campaign), mark)


def _mark(paths: Paths) -> tuple[int, ...]:
    tables = paths.processed / "findings.parquet"
    return mark_of(tables.stat()) if tables.exists() else ()

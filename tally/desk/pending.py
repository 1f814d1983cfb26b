"""A checked period with what was written since: the units whose corrections changed are read again, all else is as it was.

Findings stay those of the last check, by their names; figures, cells and what reading said of them are those of now.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING

import pandas as pd

from tally.check.corrections import load_corrections
from tally.check.culprits import Suggestion
from tally.check.verdicts import Verdict
from tally.declare import Campaign, Form
from tally.desk.readings import Readings
from tally.desk.snapshot import Snapshot
from tally.desk.states import changed_cells
from tally.model import Finding, PeriodTables, Return
from tally.returns.stored import cells_table, form_table
from tally.returns.unit import UnitReturn
from tally.rules.view import FormView
from tally.store.tables import as_frame, findings_table

if TYPE_CHECKING:
    from tally.render.feedback.answers import Answer


@dataclass(frozen=True, eq=False)
class Pending(Snapshot):
    """`checked` is the snapshot it stands on, `units` those that were read anew."""

    checked: Snapshot | None = None
    units: frozenset[str] = frozenset()

    @property
    def _base(self) -> Snapshot:
        assert self.checked is not None
        return self.checked

    @cached_property
    def findings(self) -> dict[str, Finding]:
        return self._base.findings

    @cached_property
    def answers(self) -> dict[str, Answer]:
        return self._base.answers

    @cached_property
    def verdicts(self) -> Mapping[str, Verdict]:
        return self._base.verdicts

    @cached_property
    def earlier(self) -> tuple[PeriodTables, ...]:
        return self._base.earlier

    @cached_property
    def readings(self) -> Readings:
        return self._base.readings

    @property
    def current(self) -> bool:
        return self._base.current

    def beside(self, period: str) -> Snapshot:
        return as_written(self._base.beside(period))

    def view(self, unit: str, form: Form) -> FormView | None:
        return super().view(unit, form) if unit in self.units else self._base.view(unit, form)

    def _stored(self, unit: str, period: str) -> Mapping[str, Return]:
        own = period == self.paths.period and unit in self.units
        return self.readings.now(unit).returns if own else super()._stored(unit, period)

    def suspects(self, view: FormView) -> list[Suggestion]:
        return super().suspects(view) if view.ret.unit in self.units else self._base.suspects(view)


def as_written(snapshot: Snapshot) -> Snapshot:
    """The snapshot as its files say now; itself where nothing was written since the check."""
    if isinstance(snapshot, Pending):
        return snapshot
    lines = load_corrections(snapshot.paths.corrections, snapshot.campaign).entries
    units = {unit for unit, *_ in changed_cells(snapshot, lines)} & {u.code for u in snapshot.campaign.units}
    key = (snapshot.readings.words, tuple(line for line in lines if line.unit in units), *sorted(units))
    if key not in snapshot.written:
        snapshot.written.clear()
        snapshot.written[key] = _pending(snapshot, frozenset(units)) if units else snapshot
    return snapshot.written[key]


def _pending(snapshot: Snapshot, units: frozenset[str]) -> Pending:
    reads = [snapshot.readings.now(unit) for unit in sorted(units)]
    tables = _patched(snapshot.campaign, snapshot.tables, reads)
    return Pending(snapshot.campaign, snapshot.paths, tables, snapshot.mark, checked=snapshot, units=units)


def _patched(campaign: Campaign, tables: PeriodTables, reads: list[UnitReturn]) -> PeriodTables:
    """The tables with the rows of these units as they were read now."""
    units = [read.unit.code for read in reads]

    def with_rows(frame: pd.DataFrame, more: list[pd.DataFrame]) -> pd.DataFrame:
        return pd.concat([frame[~frame["unit"].isin(units)], *more], ignore_index=True)

    forms = {}
    for form in campaign.forms:
        rows = [as_frame(form_table(form, read.returns[form.name])) for read in reads]
        forms[form.name] = with_rows(tables.forms[form.name], rows)
    cells = [as_frame(cells_table(campaign, read.returns.values())) for read in reads]
    findings = [as_frame(findings_table(read.all_findings)) for read in reads]
    return replace(
        tables, forms=forms, cells=with_rows(tables.cells, cells), findings=with_rows(tables.findings, findings)
    )

"""One period's joined tables as rules see them: each unit's forms, with those of the period before, made when asked for."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import pandas as pd

from tally.check.culprits import Suggestion, suspects
from tally.declare import Campaign, Form
from tally.model import ABSENT, Finding, PeriodTables, Return, ReturnState
from tally.rules.view import FormView, values_of

OF_READING = ("cell.", "form.")  # how the rules begin of what reading and cleaning said of a cell
Frames = dict[tuple[str, str], pd.DataFrame]  # by unit and form


@dataclass(frozen=True, eq=False)
class Views:
    """`earlier`: the tables of the periods before that were processed, oldest first."""

    campaign: Campaign
    tables: PeriodTables
    earlier: tuple[PeriodTables, ...] = ()

    def form(self, finding: Finding) -> Form | None:
        """The form a finding is about, None for a file's, a summary's or a whole period's."""
        return next((f for f in self.campaign.forms if f.name == finding.form), None)

    def view(self, unit: str, form: Form) -> FormView | None:
        """A unit's form with the return that the unit sent before; None if it did not come."""
        at = (unit, form.name)
        if at not in self._views:
            before = self._before.last(unit, form) if self._before else None
            ret = self._return(unit, form)
            self._views[at] = None if ret is None else FormView(form, ret, before)
        return self._views[at]

    def last(self, unit: str, form: Form) -> FormView | None:
        """What the unit sent in this period, or the last before it; None if it never did."""
        return self.view(unit, form) or (self._before.last(unit, form) if self._before else None)

    def suspects(self, view: FormView) -> list[Suggestion]:
        """The culprits of one return's failed arithmetic."""
        at = (view.ret.unit, view.form.name)
        if at not in self._suspects:
            self._suspects[at] = suspects(view) if view.form.layout == "matrix" else []
        return self._suspects[at]

    @cached_property
    def _before(self) -> Views | None:
        return Views(self.campaign, self.earlier[-1], self.earlier[:-1]) if self.earlier else None

    @cached_property
    def _views(self) -> dict[tuple[str, str], FormView | None]:
        return {}

    @cached_property
    def _suspects(self) -> dict[tuple[str, str], list[Suggestion]]:
        return {}

    def _return(self, unit: str, form: Form) -> Return | None:
        state = self._states.get((unit, form.name), "missing")
        if state in ABSENT:
            return None
        rows = self._rows[form.name].get(unit)
        frame = (self.tables.forms[form.name].iloc[:0] if rows is None else rows).drop(columns="unit")
        frame = frame.set_index("category" if form.layout == "matrix" else "row")
        cells = self._cells.get((unit, form.name), self.tables.cells.iloc[:0]).reset_index(drop=True)
        mine = tuple(f for f in self._findings.get((unit, form.name), ()) if f.rule.startswith(OF_READING))
        return Return(unit, form.name, state, frame, cells, mine, period=self.tables.period)

    @cached_property
    def _states(self) -> dict[tuple[str, str], ReturnState]:
        counted = self.tables.returns.drop_duplicates(["unit", "form"])  # below it stand those that it replaced
        return dict(zip(zip(counted["unit"], counted["form"], strict=True), counted["state"], strict=True))

    @cached_property
    def _rows(self) -> dict[str, dict[str, pd.DataFrame]]:
        return {name: dict(list(frame.groupby("unit", sort=False))) for name, frame in self.tables.forms.items()}

    @cached_property
    def _cells(self) -> Frames:
        return dict(list(self.tables.cells.groupby(["unit", "form"], sort=False)))

    @cached_property
    def _findings(self) -> dict[tuple[str, str], list[Finding]]:
        by_form: dict[tuple[str, str], list[Finding]] = {}
        for finding in findings_of(self.tables.findings):
            by_form.setdefault((finding.unit, finding.form), []).append(finding)
        return by_form


def findings_of(frame: pd.DataFrame) -> list[Finding]:
    """The rows of a table of findings, nulls as ""."""
    names = list(frame.columns)
    rows = zip(*(values_of(frame[c]) for c in names), strict=True)
    return [Finding(**dict(zip(names, (text or "" for text in row), strict=True))) for row in rows]

"""Where one period stands, as the overview shows it: its tables, its releases, and which of its files are there."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import pandas as pd

from tally.catalogue import SEVERITIES
from tally.declare import Campaign, Period, Unit
from tally.errors import TallyError
from tally.paths import Paths
from tally.render.pages.unit import standing
from tally.report.amendments.record import Release, latest, sha256
from tally.store.seals import read_record
from tally.store.tables import read_table

SUMMARY = "summary"
_STATE = "report.state.json"  # what an edition was made from
_DATA = ("units", "corrections", "register", "narrative", "acceptances")


@dataclass(frozen=True)
class Stand:
    """One processed period. `release` is the last one; `broken` why it cannot be read, "" if it can."""

    campaign: Campaign
    period: Period
    paths: Paths
    returns: pd.DataFrame
    findings: pd.DataFrame
    release: Release | None = None
    broken: str = ""

    def counts(self, unit: str = "") -> Counter[str]:
        """Findings by severity, of all units or of one."""
        return self._counts.get(unit, Counter()) if unit else Counter(self.findings["severity"])

    @cached_property
    def _counts(self) -> dict[str, Counter[str]]:
        counts: dict[str, Counter[str]] = {}
        for unit, severity in zip(self.findings["unit"].fillna(""), self.findings["severity"], strict=True):
            counts.setdefault(unit, Counter())[severity] += 1
        return counts

    def states(self, unit: str) -> list[str]:
        return [state for _, state in self._lines.get(unit, ())]

    @cached_property
    def _lines(self) -> dict[str, list[tuple[str, str]]]:
        """Each unit's return lines: form and state."""
        lines: dict[str, list[tuple[str, str]]] = {}
        for unit, form, state in zip(*(self.returns[c] for c in ("unit", "form", "state")), strict=True):
            lines.setdefault(unit, []).append((form, state))
        return lines

    @cached_property
    def due(self) -> tuple[str, ...]:
        """What units send: the forms, and the summary where the period's returns tell of any."""
        forms = tuple(form.name for form in self.campaign.forms)
        return (*forms, SUMMARY) if SUMMARY in set(self.returns["form"]) else forms

    def missing(self, unit: str) -> list[str]:
        """What of it did not come; a unit that no line speaks of sent nothing."""
        there = {form for form, state in self._lines.get(unit, ()) if state != "missing"}
        return [form for form in self.due_of(unit) if form not in there]

    def due_of(self, unit: str) -> list[str]:
        """What one unit must send."""
        return list(filter(self.campaign.unit(unit).must, self.due))

    @property
    def all_due(self) -> int:
        return sum(len(self.due_of(unit.code)) for unit in self.campaign.units)

    @property
    def all_missing(self) -> int:
        return sum(len(self.missing(unit.code)) for unit in self.campaign.units)

    def has(self, name: str) -> bool:
        """Whether a file of the period's reports is there."""
        return (self.paths.reports / name).exists()

    @property
    def amended(self) -> bool:
        """Whether the report that lies there is another than the one released last."""
        report = self.paths.reports / "report.html"
        return self.release is not None and report.exists() and sha256(report) != self.release.files.get(report.name)

    @property
    def public_behind(self) -> bool:
        """Whether the public edition was made from other data than the report beside it."""
        if not self.has("public/report.html"):
            return False
        inside, public = (read_record(self.paths.runs / name) or {} for name in (_STATE, f"public/{_STATE}"))
        return any(inside.get(what) != public.get(what) for what in _DATA)

    @property
    def state(self) -> str:
        """How far the report is, in words."""
        if self.broken:
            return "发布记录已损坏，请核对"
        if not self.has("report.html"):
            return "尚无报告"
        if self.release is None:
            return "送审稿，未发布"
        issued = f"第{self.release.number}次发布，{self.release.when}，{self.release.by}"
        return f"{issued}；其后有改动，未再次发布" if self.amended else issued

    def word_on(self, unit: Unit) -> str:
        """How a unit's return came and what is wrong with it, in a few words."""
        counts = self.counts(unit.code)
        faults = [f"{SEVERITIES[name]}{counts[name]}" for name in ("error", "warning") if counts[name]]
        return "，".join([standing(self.states(unit.code), len(self.due)), *faults])


def stands(campaign: Campaign, root: Path) -> list[Stand]:
    """The processed periods, newest first."""
    return list(filter(None, (_stand(campaign, period, root) for period in reversed(campaign.periods))))


def _stand(campaign: Campaign, period: Period, root: Path) -> Stand | None:
    paths = Paths(root, campaign.name, period.name)
    files = [paths.processed / f"{name}.parquet" for name in ("returns", "findings")]
    if not all(file.exists() for file in files):
        return None
    returns, findings = map(read_table, files)
    try:
        return Stand(campaign, period, paths, returns, findings, latest(paths))
    except TallyError as e:
        return Stand(campaign, period, paths, returns, findings, broken=str(e))

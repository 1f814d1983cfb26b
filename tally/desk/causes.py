"""Findings gathered by what caused them: one slip, one guessed header, one habit of a unit is one thing to decide."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from tally.check.culprits import explains
from tally.check.verdicts import QUESTIONS
from tally.desk.as_seen import record_seen
from tally.desk.home import carried_from, home_of
from tally.desk.snapshot import Snapshot
from tally.model import Finding

SEVERITIES = ("error", "warning")  # notes are not decided; a unit's answers are shown beside what they answer


@dataclass(frozen=True)
class Cause:
    """`name` is that of the finding that leads; `findings` are short names, the leading one first."""

    name: str
    findings: tuple[str, ...]


def causes(snapshot: Snapshot) -> list[Cause]:
    """Every open finding in exactly one cause, in the order of the check."""
    gathered: dict[tuple, list[str]] = {}
    for name, finding in snapshot.findings.items():
        if finding.severity in SEVERITIES:
            gathered.setdefault(cause_of(snapshot, finding), []).append(name)
    return [_led(snapshot.findings, names) for names in gathered.values()]


def _led(findings: Mapping[str, Finding], names: list[str]) -> Cause:
    """Errors lead before warnings, and of those the first."""
    ordered = sorted(names, key=lambda n: SEVERITIES.index(findings[n].severity))
    return Cause(ordered[0], tuple(ordered))


def cause_of(snapshot: Snapshot, finding: Finding) -> tuple:
    """What two findings must have in common to be decided together."""
    home, name = home_of(snapshot, finding)
    if home is not snapshot:
        return ("carried", home.paths.period, *cause_of(home, home.findings[name]))
    if finding.rule in QUESTIONS:
        form = "" if finding.rule.startswith("intake.") else finding.form
        return ("guess", finding.rule, form, finding.field, finding.found)
    if record := record_seen(snapshot, finding):
        return record
    if cell := culprit(snapshot, finding):
        return ("cell", *cell)
    if finding.row and finding.field and finding.severity == "error":
        return ("cell", finding.unit, finding.form, finding.row, finding.field)
    if finding.form and finding.severity == "warning" and finding.form != "summary":
        return ("habit", finding.unit, finding.form, finding.rule, finding.field, finding.file)
    return ("one", *vars_of(finding))


def vars_of(finding: Finding) -> tuple[str, ...]:
    place = (finding.file, finding.sheet, finding.cell)
    return (finding.unit, finding.form, finding.row, finding.field, finding.rule, *place)


def culprit(snapshot: Snapshot, finding: Finding) -> tuple[str, str, str, str] | None:
    """Unit, form, row and field of the cell whose slip explains a finding in a matrix, or in the summary about it."""
    for form in snapshot.campaign.forms if not carried_from(finding) else ():
        about_total = finding.form == "summary" and any(f.name == finding.field for f in form.fields)
        if form.layout != "matrix" or not finding.unit or not (finding.form == form.name or about_total):
            continue
        view = snapshot.view(finding.unit, form)
        if view is None:
            continue
        at = (form.total, finding.field) if about_total else (finding.row, finding.field)
        for suggestion in snapshot.suspects(view):
            if about_total:
                hit = any((r, f) == at for r, f, _ in suggestion.changes)
            else:
                hit = explains(view, suggestion, finding)
            if hit:
                row, field, _ = suggestion.changes[0]
                return finding.unit, form.name, row, field
    return None

"""Records that only a picture shows: one thing to decide, all its cells beside their cut-outs, confirmed as they were read."""

from __future__ import annotations

from collections.abc import Iterator

from tally.clean import clean_cell
from tally.desk.cut_outs import cut_out
from tally.desk.readings import Change
from tally.desk.repairs import Proposal, change, label
from tally.desk.snapshot import Snapshot
from tally.model import Finding
from tally.rules.view import FormView

UNCONFIRMED = "scan.unconfirmed"  # read alike twice; what was not is decided cell by cell
_WHY = "按识别结果确认，请先对照截图逐格核对"


def record_seen(snapshot: Snapshot, finding: Finding) -> tuple[str, ...] | None:
    """What the waiting cells of one record of a list have in common; None for any other finding."""
    form = snapshot.form(finding)
    if finding.rule != UNCONFIRMED or form is None or form.layout != "list":
        return None
    return ("record", finding.unit, finding.form, finding.row)


def as_seen(snapshot: Snapshot, view: FormView, finding: Finding) -> Iterator[Proposal]:
    """The cell, or the record's waiting cells together, as they were read; of cells that mean something as they stand."""
    if finding.rule == UNCONFIRMED:
        changes = [c for f in _together(snapshot, finding) if (c := _confirmed(view, f)) is not None]
        if changes:
            yield Proposal(tuple(changes), _WHY, 1.0)


def cut_outs(snapshot: Snapshot, finding: Finding) -> list[dict[str, str]]:
    """The pictures of the record's waiting cells, each with what it is and how it was read."""
    form = snapshot.form(finding)
    if form is None or record_seen(snapshot, finding) is None:
        return []
    shown = []
    for f in _together(snapshot, finding):
        if picture := cut_out(snapshot.paths, f):
            shown.append({"label": label(form, f.row, f.field), "text": f.found, "src": picture})
    return shown


def _together(snapshot: Snapshot, finding: Finding) -> list[Finding]:
    record = record_seen(snapshot, finding)
    if record is None:
        return [finding]
    return [f for f in snapshot.findings.values() if record_seen(snapshot, f) == record]


def _confirmed(view: FormView, finding: Finding) -> Change | None:
    """The change that says what was read; None where that is no value as it stands."""
    if finding.row not in view.index:
        return None
    change_as_read = change(view, finding.row, finding.field, finding.found)
    reading = clean_cell(finding.found, view.field(finding.field))
    plain = reading.remark is None or reading.remark.severity == "note"
    return change_as_read if plain and reading.state != "unreadable" else None

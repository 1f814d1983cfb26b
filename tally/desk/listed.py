"""The queue's entries as the page lists them: plain data, each with the state of what it gathers."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from tally.desk.queue import Item
from tally.desk.repairs import label
from tally.desk.snapshot import Snapshot
from tally.desk.states import STATES

Answer = dict[str, Any]


def item(snapshot: Snapshot, entry: Item, stand: Mapping[str, str]) -> Answer:
    """One cause as the list shows it; its state is the least settled of its findings'."""
    findings = [snapshot.findings[n] for n in entry.cause.findings]
    lead, state = findings[0], least_settled(entry, stand)
    form = snapshot.form(lead)
    members = []
    for name, f in zip(entry.cause.findings, findings, strict=True):
        facts = {k: getattr(f, k) for k in ("unit", "row", "field", "rule", "severity", "message", "suggestion")}
        where = label(form, f.row, f.field) if form is not None and f.form == form.name else ""
        place = [p for p in (f.file, f.sheet, f.cell) if p]
        members.append(facts | {"name": name, "where": where, "place": place, "found": f.found, "expected": f.expected})
    figure = entry.figure
    return {
        "name": entry.cause.name, "unit": lead.unit, "unitName": snapshot.whose(lead), "form": lead.form,
        "rule": lead.rule, "severity": lead.severity, "state": state, "members": members, "score": entry.score,
        "share": entry.share, "figure": _figure(snapshot, figure) if figure else "",
    }  # fmt: skip


def _figure(snapshot: Snapshot, figure: tuple[str, str, str]) -> str:
    form = snapshot.campaign.form(figure[0])
    known = {f.name for f in form.fields}
    counted = figure[2] in known and not form.field(figure[2]).numeric  # records with one answer or the other
    named = label(form, figure[1], figure[2] if figure[2] in known else "")
    return f"全{snapshot.campaign.top.name[-1]}{named}{'各项的条数' if counted else ''}"


def least_settled(entry: Item, stand: Mapping[str, str]) -> str:
    """The state of a cause: that of its finding that needs most to be done."""
    return min((stand.get(n, "open") for n in entry.cause.findings), key=list(STATES).index)

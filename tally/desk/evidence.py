"""The evidence for one finding: the sheet, what was read, the same cell in other periods and units, what the text says."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import Any

from tally.catalogue import CELL_STATES
from tally.check.queries import load_queries
from tally.clean.stored import value_text
from tally.declare import Form
from tally.desk.as_seen import as_seen, cut_outs
from tally.desk.columns import column
from tally.desk.cut_outs import cut_out
from tally.desk.home import home_of
from tally.desk.own_lines import bearing, own_line
from tally.desk.repairs import Proposal, changed, guard, label, proposals
from tally.desk.sheet import beginning, documents, position, sheet
from tally.desk.snapshot import Snapshot, key_of
from tally.desk.teaching import lesson
from tally.desk.versions import in_versions
from tally.model import ABSENT, NOT_AS_WRITTEN, Finding
from tally.report.amendments.record import latest
from tally.returns.summaries.measures import measures_of
from tally.returns.summaries.stating import figures
from tally.rules.view import FormView, values_of
from tally.writing.numbers import addend
from tally.writing.numbers import plain as number
from tally.writing.periods import month


def evidence(snapshot: Snapshot, name: str) -> dict[str, Any]:
    """Everything the page shows beside the finding called `name`, as plain data."""
    finding = snapshot.findings[name]
    home, at_home = home_of(snapshot, finding)
    if home is not snapshot:
        return evidence(home, at_home) | {"name": name, "home": _home(home)}
    form = snapshot.form(finding)
    view = snapshot.view(finding.unit, form) if form is not None and finding.unit else None
    seen = list(as_seen(snapshot, view, finding)) if view is not None else []
    proposed = [*seen, *proposals(snapshot, finding)]
    row, field = place_of(finding, proposed)
    taught = lesson(snapshot, finding)
    shown = _sheet(snapshot, finding, view, row, field, proposed)
    return {
        "name": name,
        "home": None,
        "proposals": [_proposal(snapshot, p) for p in proposed],
        "cell": reading(view, row, field) if view is not None else None,
        "sheet": shown,
        "targets": targets(snapshot, finding, shown) if shown else {},
        "text": _text(snapshot, finding),
        "beginning": _beginning(snapshot, finding),
        "periods": list(in_periods(snapshot, finding.unit, form, row, field)) if form is not None else [],
        "versions": in_versions(snapshot, finding.unit, form, row, field),
        "units": list(in_units(snapshot, form, row, field)) if form is not None else [],
        "stated": list(stated(snapshot, finding.unit, form, row, field)) if form is not None else [],
        "column": column(view, row, field) if view is not None else None,
        "cut": cut_out(snapshot.paths, finding),
        "cuts": cut_outs(snapshot, finding),
        "verdict": _verdict(snapshot, finding),
        "lesson": asdict(taught) | {"alike": _alike(snapshot, finding)} if taught else None,
        "ours": own_line(snapshot, finding) is not None,
        "lines": [line.shown() for line in bearing(snapshot, [finding], _cells(form, proposed, row, field))],
        "answers": _answers(snapshot, name),
        "log": [asdict(q) for q in load_queries(snapshot.paths.queries) if q.key == key_of(finding)],
    }


def _alike(snapshot: Snapshot, finding: Finding) -> list[int]:
    """How many places say the same: the unit's own, all units'. Once it is remembered they are read so at the next check."""
    same = [
        f
        for f in snapshot.findings.values()
        if (f.rule, f.form, f.found) == (finding.rule, finding.form, finding.found)
    ]
    return [sum(f.unit == finding.unit for f in same), len(same)]


def _home(home: Snapshot) -> dict[str, Any]:
    """The earlier period whose file and data the page shows, and whether it has been released."""
    release = latest(home.paths)
    return {"period": month(home.paths.period), "release": release.number if release else 0}


def place_of(finding: Finding, proposed: list[Proposal]) -> tuple[str, str]:
    """Row and field to look at: the likeliest culprit's, else the finding's own."""
    if proposed:
        return proposed[0].changes[0].row, proposed[0].changes[0].field
    return finding.row, finding.field


def _cells(form: Form | None, proposed: list[Proposal], row: str, field: str) -> list[tuple[str, str, str]]:
    """The cells looked at: the likeliest culprit, and every one that a proposal would change."""
    offered = [(c.form, c.row, c.field) for p in proposed for c in p.changes]
    return [*([(form.name, row, field)] if form is not None and row and field else []), *offered]


def _verdict(snapshot: Snapshot, finding: Finding) -> list[int]:
    """[true faults, answered] of the rule's findings so far; [] before any was answered."""
    verdict = snapshot.verdicts.get(finding.rule)
    return [verdict.true, verdict.answered] if verdict else []


def _answers(snapshot: Snapshot, name: str) -> list[dict[str, str]]:
    answer = snapshot.answers.get(name)
    return [{"text": answer.text, "where": f"{answer.file} {answer.cell}"}] if answer else []


def _proposal(snapshot: Snapshot, proposal: Proposal) -> dict[str, Any]:
    return {"changes": [changed(snapshot.campaign, c) for c in proposal.changes], "why": proposal.why}


def reading(view: FormView, row: str, field: str) -> dict[str, Any] | None:
    """What one cell says and what was made of it; None where there is no such cell."""
    at = view.index.get(row)
    if at is None or not any(f.name == field for f in view.form.fields):
        return None
    p = view.position(at, field)
    state = "blank" if p is None else str(view.ret.cells["state"].iloc[p])
    spec, value = view.field(field), view.value(at, field)
    remarks = [f.message for f in view.ret.findings if (f.row, f.field) == (row, field)]
    return {
        "form": view.form.name, "row": row, "field": field, "label": label(view.form, row, field),
        "raw": view.raw(at, field), "guard": guard(view, at, field), "value": _shown(value), "unit": spec.unit,
        "state": CELL_STATES[state], "repaired": state not in ("read", "blank"), "remarks": remarks,
        "kind": spec.kind, "choices": [c.name for c in spec.choices], "address": _address(view, at, field),
    }  # fmt: skip


def targets(snapshot: Snapshot, finding: Finding, shown: dict[str, Any]) -> dict[str, dict[str, Any]]:
    """ "row,column" of each shown cell that a form was read from -> what `reading` says of it, as far as a correction needs."""
    cells = snapshot.tables.cells
    here = cells[
        (cells["unit"] == finding.unit) & (cells["file"] == shown["file"]) & (cells["sheet"] == shown["sheet"])
    ]
    rows = {row["n"] for row in shown["rows"]}
    columns = (values_of(here[c]) for c in ("form", "row", "field", "cell", "raw", "value", "state"))
    places = {}
    for form, row, field, cell, raw, value, state in zip(*columns, strict=True):
        at = position(cell or "")
        if at is not None and at[0] in rows:
            spec = snapshot.campaign.form(form).field(field)
            places[f"{at[0]},{at[1]}"] = {
                "form": form, "row": row, "field": field, "guard": raw or value or "", "value": value or "",
                "label": label(snapshot.campaign.form(form), row, field), "choices": [c.name for c in spec.choices],
                "repaired": state in NOT_AS_WRITTEN,
            }  # fmt: skip
    return places


def _shown(value: object) -> str:
    if isinstance(value, int | float):
        return number(addend(value))
    return "" if value is None else str(value_text(value))


def _address(view: FormView, at: int, field: str) -> str:
    place = view.place(at, field)
    return " ".join(p for p in (place.file, place.sheet, place.cell) if p)


def _sheet(
    snapshot: Snapshot, finding: Finding, view: FormView | None, row: str, field: str, proposed: list[Proposal]
) -> dict[str, Any] | None:
    """The sheet of the cell to look at, that cell lit first, then the finding's own and the others proposed."""
    file, name, cells = finding.file, finding.sheet, [finding.cell]
    if view is not None:
        wanted = [(row, field), *((c.row, c.field) for p in proposed[:1] for c in p.changes)]
        known = {f.name for f in view.form.fields}
        places = [view.place(view.index[r], f) for r, f in wanted if r in view.index and f in known]
        if places and places[0].file:
            file, name = places[0].file, places[0].sheet
            cells = [*(p.cell for p in places if (p.file, p.sheet) == (file, name)), finding.cell]
    if not file:
        return None
    return sheet(snapshot.paths.raw, file, name, tuple(dict.fromkeys(c for c in cells if c)))


def _text(snapshot: Snapshot, finding: Finding) -> dict[str, Any] | None:
    """The summary's paragraphs, for a finding about the summary; the sentence to be marked."""
    if finding.form != "summary" or not finding.file:
        return None
    here = [d for d in documents(snapshot.paths.raw, finding.file) if d.file == finding.file]
    paragraphs = [line for d in here for line in d.text.splitlines() if line.strip()]
    return {"file": finding.file, "paragraphs": paragraphs[:200], "marked": finding.found}


def _beginning(snapshot: Snapshot, finding: Finding) -> list[str]:
    """The first lines of a file that has no place yet."""
    if finding.form or not finding.file or finding.sheet:
        return []
    return beginning(snapshot.paths.raw, finding.file)


def in_periods(snapshot: Snapshot, unit: str, form: Form | None, row: str, field: str) -> Iterator[dict[str, Any]]:
    """The same cell in every processed period, oldest first; of a list, of the record with the same key."""
    if form is None or not unit or not row or not any(f.name == field for f in form.fields):
        return
    now = snapshot.view(unit, form)
    for tables in (*snapshot.earlier, snapshot.tables):
        ret = snapshot.returns(unit, tables.period).get(form.name)
        if ret is None or ret.state in ABSENT:
            yield {"period": tables.period, "value": "", "missing": True}
            continue
        view = FormView(form, ret)
        own = tables.period == snapshot.paths.period
        alike = [view.index.get(row)] if own or form.layout == "matrix" else _same_records(now, row, view)
        value = view.value(alike[0], field) if alike else None
        unsure = len(alike) > 1  # which of them it is, nobody can tell
        yield {"period": tables.period, "value": "" if unsure else _shown(value), "now": own, "unsure": unsure}


def _same_records(now: FormView | None, row: str, then: FormView) -> list[int | None]:
    """The records of another period that say the same in the form's key, or its first required column."""
    if now is None or row not in now.index:
        return []
    keys = now.form.key or tuple(f.name for f in now.form.fields if f.required)[:1]
    wanted = [now.value(now.index[row], k) for k in keys]
    return [at for at in range(then.size) if wanted and [then.value(at, k) for k in keys] == wanted]


def in_units(snapshot: Snapshot, form: Form | None, row: str, field: str) -> Iterator[dict[str, Any]]:
    """The same cell of a matrix in every unit, in the campaign's order."""
    if form is None or form.layout != "matrix" or not row or not any(f.name == field for f in form.fields):
        return
    frame = snapshot.tables.forms[form.name]
    some = frame[frame["category"] == row]
    values = dict(zip(values_of(some["unit"]), values_of(some[field]), strict=True))
    for unit in snapshot.campaign.units[:60]:
        if unit.code in values:
            yield {"unit": unit.code, "name": unit.name, "value": _shown(values[unit.code])}


def stated(snapshot: Snapshot, unit: str, form: Form | None, row: str, field: str) -> Iterator[dict[str, str]]:
    """The sentences of the unit's summary that state the column's total."""
    if form is None or not unit or (form.layout == "matrix" and row != form.total):
        return
    returns = snapshot.tables.returns
    mine = returns[(returns["unit"] == unit) & (returns["form"] == "summary")]
    files = [f for f in values_of(mine["file"]) if f]
    if not files:
        return
    measures = tuple(m for m in measures_of(snapshot.campaign) if (m.form, m.field) == (form.name, field))
    text = summary_text(snapshot.paths.raw, files[0].splitlines()[0])
    for one in figures(text, snapshot.unit_name(unit), measures):
        yield {"sentence": one.sentence, "written": one.amount.written}


def summary_text(raw: Path, file: str) -> str:
    return "\n".join(d.text for d in documents(raw, file))

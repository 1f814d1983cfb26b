"""Where each open finding stands: decided and not yet checked again, explained, asked, answered, new, or simply open."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from tally.campaigns.words import Word, words
from tally.check.corrections import AT_THE_CELL, Correction, load_corrections
from tally.check.explanations import Explanation, load_explanations
from tally.check.queries import ASKED, Query, load_queries
from tally.desk.causes import culprit
from tally.desk.home import home_of
from tally.desk.own_lines import dropped, own_line
from tally.desk.snapshot import Key, Snapshot, key_of
from tally.desk.teaching import lesson
from tally.model import Finding
from tally.returns.stored import unit_findings

STATES = {
    "new": "新发现", "open": "待处理", "answered": "有答复", "asked": "已询问", "decided": "已处理，待核对",
    "explained": "已说明",
}  # fmt: skip
DONE = ("decided", "explained")
Cell = tuple[str, str, str, str]  # unit, form, row, field


@dataclass(frozen=True)
class Written:
    """What people wrote about the period so far."""

    corrections: tuple[Correction, ...]
    explanations: tuple[Explanation, ...]
    queries: tuple[Query, ...]
    words: tuple[Word, ...] = ()


def written(snapshot: Snapshot) -> Written:
    """As the files say now. TallyError, naming the line, if one of them cannot be meant."""
    paths, campaign = snapshot.paths, snapshot.campaign
    corrections = load_corrections(paths.corrections, campaign).entries
    explanations, _ = load_explanations(paths.explanations, campaign)
    return Written(corrections, explanations, load_queries(paths.queries), words(paths.mappings, campaign))


def states(snapshot: Snapshot, record: Written, fresh: Iterable[str] = ()) -> dict[str, str]:
    """Short name of every finding -> its state. `fresh`: those that came up with the last check."""
    pending = changed_cells(snapshot, record.corrections)
    last = {q.key: q for q in record.queries}
    new = frozenset(fresh)
    gone = _gone(snapshot, {unit for unit, *_ in pending})
    stand = {
        name: "decided" if name in gone else _state(snapshot, name, finding, pending, record, last, new)
        for name, finding in snapshot.findings.items()
        if finding.severity != "note"
    }
    return stand | _decided_at_home(snapshot, stand)


def _gone(snapshot: Snapshot, units: Iterable[str]) -> set[str]:
    """The findings of these units' own returns that a check would no longer make; of units that were read anew already."""
    gone: set[str] = set()
    for unit in (u for u in units if snapshot.readings.known(u)):
        now = snapshot.readings.now(unit)
        left = {(f.form, f.row, f.field, f.rule) for f in now.all_findings if f.severity != "note"}
        then = unit_findings(snapshot.paths, unit)
        for name, f in snapshot.findings.items():
            place = (f.form, f.row, f.field, f.rule)
            if f.unit == unit and place in then and place not in left:
                gone.add(name)
    return gone


def changed_cells(snapshot: Snapshot, corrections: Iterable[Correction]) -> set[Cell]:
    """Unit, form, row and field of the cells that a check would now read otherwise than the last one did: a line came,
    went or says something else. A line that the last check could not apply changes nothing."""
    found = snapshot.findings.values()
    known = {(f.unit, f.form, f.row, f.field, f.found, f.expected) for f in found if f.rule in AT_THE_CELL}
    kept_out = {own_line(snapshot, f) for f in found if f.rule.startswith("corrections.") and f.rule not in AT_THE_CELL}
    lines = (c for c in corrections if ("corrections", c.line) not in kept_out)
    now = {(c.unit, c.form, c.row, c.field, c.old, c.new) for c in lines}
    return {(unit, form, row, field) for unit, form, row, field, *_ in known ^ now}


def _decided_at_home(snapshot: Snapshot, stand: Mapping[str, str]) -> dict[str, str]:
    """What stands from earlier periods and was decided there since this period's check."""
    decided, homes = {}, dict[str, dict[str, str]]()
    for name in stand:
        home, there = home_of(snapshot, snapshot.findings[name])
        if home is snapshot:
            continue
        if home.paths.period not in homes:
            homes[home.paths.period] = states(home, written(home))
        if homes[home.paths.period].get(there) in DONE:
            decided[name] = homes[home.paths.period][there]
    return decided


def _state(
    snapshot: Snapshot,
    name: str,
    finding: Finding,
    pending: set[Cell],
    record: Written,
    last: Mapping[Key, Query],
    new: frozenset[str],
) -> str:
    cells = {(finding.unit, finding.form, finding.row, finding.field), culprit(snapshot, finding) if pending else None}
    if cells & pending:
        return "decided"
    if not finding.unit and dropped(snapshot, finding):
        return "decided"
    if _learnt(snapshot, finding, record.words):
        return "decided"
    if any(e.answers(key_of(finding), finding.severity) for e in record.explanations):
        return "explained"
    if (query := last.get(key_of(finding))) is not None:
        return "asked" if query.what == ASKED else "answered"
    if name in snapshot.answers:
        return "answered"
    return "new" if name in new else "open"


def _learnt(snapshot: Snapshot, finding: Finding, known: Iterable[Word]) -> bool:
    """Whether the finding's writing was confirmed since the check."""
    candidate = lesson(snapshot, finding) if known else None
    if candidate is None:
        return False
    same = (candidate.kind, candidate.form, candidate.field, candidate.written)
    return any((w.kind, w.form, w.field, w.written) == same and w.unit in ("", finding.unit) for w in known)

"""What a change would do, worked out before anything is written: figures that move, findings that go or come."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from tally.check.explanations import Explanation, load_explanations
from tally.declare import Form
from tally.desk.decisions import refuse_unreadable
from tally.desk.readings import Change, lines_with
from tally.desk.repairs import label
from tally.desk.snapshot import Snapshot, key_of
from tally.model import Finding, Return
from tally.returns.unit import UnitReturn
from tally.rules.matrix import TotalIsSum
from tally.rules.view import FormView, values_of
from tally.writing.numbers import addend, exact, plain

ZERO = Decimal(0)


@dataclass(frozen=True, slots=True)
class Moved:
    """One figure before and after, as printed."""

    label: str
    before: str
    after: str
    unit: str


@dataclass(frozen=True, slots=True)
class Sums:
    """A column of a matrix after the change: its parts added up, its total, and what they differ by."""

    label: str
    parts: str
    total: str
    gap: str
    fault: bool  # whether the form's rules then ask for an equal total


@dataclass(frozen=True)
class Standing:
    """A finding that the changes leave, as it would then read."""

    row: str
    field: str
    rule: str
    message: str


@dataclass(frozen=True)
class Effect:
    moved: tuple[Moved, ...]
    sums: tuple[Sums, ...]
    solved: tuple[str, ...]  # messages of findings that would be gone
    raised: tuple[str, ...]  # and of those that would come up
    stays: tuple[Standing, ...] = ()  # what would still be wrong in the form


def effect(snapshot: Snapshot, unit: str, changes: Sequence[Change]) -> Effect:
    """The effect of changing cells of one unit's form, beside the corrections that the file holds now, whether the last
    check knew of them or not. Refusal for a value that cannot be read."""
    for change in changes:
        refuse_unreadable(snapshot, change)
    form, readings = snapshot.campaign.form(changes[0].form), snapshot.readings
    before = readings.now(unit)
    after = readings.judged(unit, lines_with(readings.lines(unit), unit, changes))
    old, new = before.returns[form.name], after.returns[form.name]
    explanations, _ = load_explanations(snapshot.paths.explanations, snapshot.campaign)
    gone, come, stays = _findings(_faults(before, explanations), _faults(after, explanations))
    fields = list(dict.fromkeys(c.field for c in changes))
    moved, sums = [], []
    if form.layout == "matrix":
        moved = [m for f in fields for m in _moved(snapshot, form, old, new, f)]
        sums = [_sums(FormView(form, new), f) for f in fields if form.field(f).numeric]
    return Effect(tuple(moved), tuple(sums), gone, come, stays)


def _moved(snapshot: Snapshot, form: Form, before: Return, after: Return, field: str) -> list[Moved]:
    """The column's figures that differ: the unit's cells and total, the city's of the same rows."""
    spec, figures = form.field(field), []
    views = [FormView(form, ret) for ret in (before, after)]
    for category in form.categories:
        old, new = (_number(view, category.name, field) for view in views)
        if old == new:
            continue
        city = _city(snapshot, form, category.name, field)
        where = label(form, category.name, field)
        figures.append(Moved(f"{snapshot.unit_name(before.unit)}{where}", _shown(old), _shown(new), spec.unit))
        after_city = city + (new or ZERO) - (old or ZERO)
        figures.append(Moved(f"全{snapshot.campaign.top.name[-1]}{where}", plain(city), plain(after_city), spec.unit))
    return figures


def _number(view: FormView, row: str, field: str) -> Decimal | None:
    value = view.value(view.index.get(row), field)
    return None if value is None else exact(value)


def _shown(value: Decimal | None) -> str:
    return "—" if value is None else plain(value)


def _city(snapshot: Snapshot, form: Form, row: str, field: str) -> Decimal:
    frame = snapshot.tables.forms[form.name]
    column = values_of(frame.loc[frame["category"] == row, field])
    return sum((addend(v) for v in column), ZERO)


def _sums(view: FormView, field: str) -> Sums:
    parts = sum((addend(view.value(p, field)) for p in view.parts), ZERO)
    at = view.total
    total = None if at is None else exact(view.value(at, field))
    gap = "" if total is None else plain(total - parts)
    adding = {rule.id for rule in view.form.rules if isinstance(rule, TotalIsSum)}
    fault = any(f.rule in adding and f.field == field for f in view.ret.findings)
    return Sums(view.label(field), plain(parts), _shown(total), gap, fault)


def _findings(
    old: Sequence[Finding], new: Sequence[Finding]
) -> tuple[tuple[str, ...], tuple[str, ...], tuple[Standing, ...]]:
    """Messages that would go and come, and what stays, of all that one unit's return and summary are held against."""
    before_all, after_all = set(map(_same, old)), set(map(_same, new))
    gone = [f.message for f in old if _same(f) not in after_all]
    come = [f.message for f in new if _same(f) not in before_all]
    stays = [Standing(f.row, f.field, f.rule, f.message) for f in new if _same(f) in before_all]
    return tuple(dict.fromkeys(gone)), tuple(dict.fromkeys(come)), tuple(stays)


def _faults(read: UnitReturn, explanations: Sequence[Explanation]) -> list[Finding]:
    """What is open in a return: no notes, no doubts that are explained."""
    doubts = [f for f in read.all_findings if f.severity == "warning"]
    answered = {f for f in doubts if any(e.answers(key_of(f), f.severity) for e in explanations)}
    return [f for f in read.all_findings if f.severity != "note" and f not in answered]


def _same(finding: Finding) -> tuple[str, ...]:
    return finding.form, finding.row, finding.field, finding.rule

"""What a finding's cell, or another that is the likelier culprit, was perhaps meant to say: proposals, never applied.

The analyst agrees to one or types another; only then a line is written.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from decimal import Decimal

from tally.check.culprits import explains
from tally.clean import clean_cell
from tally.clean.stored import value_text
from tally.declare import Campaign, Field, Form
from tally.desk.readings import Change
from tally.desk.snapshot import Snapshot
from tally.model import Finding
from tally.rules.cases import Scale
from tally.rules.view import FormView
from tally.writing.numbers import addend, exact, plain

_IN_BRACKETS = re.compile(r"（([^（）]+)）")
_PERHAPS = re.compile(r"疑为 ?([0-9.]+)")
_SLIP = re.compile(r"为 (-?[0-9][0-9,.]*?)[^0-9.,]*，与以往.*疑似.*应为 ([0-9][0-9,.]*)")
WHY = {"returns.changed_unasked": "恢复再次报送以前的数"}  # of what is expected, where no rule of the form tells it
_TOLD = ("count", "quantity", "date", "choice", "yesno")  # kinds in which a value is told from a sentence about it
LEAVE_EMPTY = ("本栏不填", "不应填写")


@dataclass(frozen=True, slots=True)
class Proposal:
    """Cells to change together, and why; `where` and `says` are for people."""

    changes: tuple[Change, ...]
    why: str
    cost: float = 5.0  # as the culprits count it; lower is likelier


def proposals(snapshot: Snapshot, finding: Finding) -> list[Proposal]:
    """What could mend the finding, likeliest first, none twice; [] where nothing can be proposed."""
    form = snapshot.form(finding)
    view = snapshot.view(finding.unit, form) if form and finding.unit else None
    if form is None or view is None:
        return []
    every = sorted([*_culprits(snapshot, view, finding), *_own(view, finding)], key=lambda p: p.cost)
    once: dict[tuple, Proposal] = {}
    for proposal in (_with_totals(view, p) for p in every):
        shape = tuple(sorted((c.row, c.field, c.new) for c in proposal.changes))
        once.setdefault(shape, proposal)
    return list(once.values())


def _with_totals(view: FormView, proposal: Proposal) -> Proposal:
    """The proposal with the totals that it would leave wrong."""
    return replace(proposal, changes=(*proposal.changes, *totals_of(view, proposal.changes)))


def totals_of(view: FormView, changes: Sequence[Change]) -> list[Change]:
    """The changes of the totals that are right now and that `changes` of their parts would leave wrong.

    A sheet adds its total up itself once the unit mends a part; in our corrections it is a cell like any other.
    """
    total = view.form.total if view.form.layout == "matrix" else ""
    if total not in view.index or any(c.row == total for c in changes):
        return []
    more: list[Change] = []
    for name in dict.fromkeys(c.field for c in changes if view.form.field(c.field).summed):
        typed = {c.row: c.new for c in changes if c.field == name}
        before, after = exact(view.value(view.index[total], name)), _sum(view, name, typed)
        if before is not None and before == _sum(view, name, {}) != after:
            more.append(change(view, total, name, plain(after)))
    return more


def _sum(view: FormView, field: str, typed: Mapping[str, str]) -> Decimal:
    """The parts' sum, some of them as typed."""
    rows = [c.name for c in view.form.parts if c.name in view.index]
    values = [typed[row] if row in typed else view.value(view.index[row], field) for row in rows]
    return sum(map(addend, values), Decimal(0))


def _culprits(snapshot: Snapshot, view: FormView, finding: Finding) -> Iterator[Proposal]:
    for suggestion in snapshot.suspects(view):
        if explains(view, suggestion, finding):
            changes = tuple(change(view, row, field, _typed(value)) for row, field, value in suggestion.changes)
            yield Proposal(changes, suggestion.evidence, suggestion.cost)


def _own(view: FormView, finding: Finding) -> Iterator[Proposal]:
    """What the finding itself says of its own cell."""
    at = view.index.get(finding.row)
    field = next((f for f in view.form.fields if f.name == finding.field), None)
    if at is None or field is None:
        return
    for value, why, cost in _values(view, finding, field, at):
        if value != view.raw(at, field.name):
            yield Proposal((change(view, finding.row, field.name, value),), why, cost)


def _values(view: FormView, finding: Finding, field: Field, at: int) -> Iterator[tuple[str, str, float]]:
    rule = next((r for r in view.form.rules if r.id == finding.rule), None)
    if isinstance(rule, Scale) and (meant := _suspected(view, rule, at)) is not None:
        yield plain(meant), f"疑似把{rule.small}当成了{field.unit}", 3.0
    if (meant_instead := _without_slip(view, finding, field, at)) is not None:
        yield plain(meant_instead), "位数写错", 3.0
    if guessed := _PERHAPS.search(finding.suggestion):
        yield guessed[1], "把数字误写成字母", 3.0
    if _fits(finding.expected, field):
        yield finding.expected, WHY.get(finding.rule, "按核对关系应为"), 5.0
    for word in _IN_BRACKETS.findall(finding.expected):
        if word in [c.name for c in field.choices]:
            yield word, "与另一张表一致", 5.0
    if any(words in finding.expected for words in LEAVE_EMPTY):
        yield "", "按规定本栏不填", 6.0


def _without_slip(view: FormView, finding: Finding, field: Field, at: int) -> Decimal | None:
    """The cell without the slip that the finding names; of a cumulative column it tells what is new in the period."""
    slip, here = _SLIP.search(finding.message), exact(view.value(at, field.name))
    if slip is None or here is None:
        return None
    was, meant = (Decimal(n.replace(",", "")) for n in slip.groups())
    return here - was + meant


def _suspected(view: FormView, rule: Scale, at: int) -> Decimal | None:
    amount, base = view.value(at, rule.amount), view.value(at, rule.base)
    return None if amount is None or base is None else rule.suspected(addend(amount), addend(base))


def _fits(text: str, field: Field) -> bool:
    """Whether a text is itself a value of the column, not a sentence about it."""
    return bool(text) and field.kind in _TOLD and clean_cell(text, field).state == "read"


def change(view: FormView, row: str, field: str, new: str) -> Change:
    """The change of one cell with what it says now, as a correction must quote it."""
    at = view.index[row]
    return Change(view.form.name, row, field, guard(view, at, field), new)


def guard(view: FormView, at: int, field: str) -> str:
    """What a correction quotes of a cell: the text as written, else the value read; "" of an empty one."""
    value = view.value(at, field)
    return view.raw(at, field) or ("" if value is None else str(value_text(value)))


def _typed(value: Decimal | None) -> str:
    return "" if value is None else plain(value)


def changed(campaign: Campaign, c: Change) -> dict[str, str]:
    """A change as the page has it."""
    return asdict(c) | {"label": label(campaign.form(c.form), c.row, c.field)}


def label(form: Form, row: str, field: str) -> str:
    """How people call a cell: 质量类案件“罚没”, 第3条“抽查结果”."""
    where = form.category(row).label if form.layout == "matrix" and row else f"第{row}条" if row else form.title
    named = next((f.noun for f in form.fields if f.name == field), field)
    return f"{where}“{named}”" if named else where

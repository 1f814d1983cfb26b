"""Where the mistake probably is: suspects for failed arithmetic, with the smallest repair. Suggested, never applied."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from tally.check.culprits.edits import Edit
from tally.check.culprits.search import ranked, repair
from tally.check.culprits.slips import KINDS
from tally.check.culprits.table import Broken, Table
from tally.model import Finding
from tally.rules.view import FormView
from tally.writing.numbers import plain

CLOSE = 0.6  # how much less likely (as a difference of costs) a second suspect may be and still be named

__all__ = ["Suggestion", "explains", "suspects", "worded"]


@dataclass(frozen=True)
class Suggestion:
    """One cause that would explain failed rules: the cell to look at, and what all its cells would say.

    `mends` are the failed rules (id, record position, field) that hold once it is undone. A lower `cost` is likelier.
    """

    row: str
    field: str
    cell: str
    found: str
    proposed: str
    kind: str
    evidence: str
    mends: tuple[Broken, ...]
    changes: tuple[tuple[str, str, Decimal | None], ...]  # row, field, proposed value
    cost: float


def suspects(view: FormView) -> list[Suggestion]:
    """Causes of the form's failed arithmetic: those of the best repair first, then the alternatives by likelihood."""
    table = Table(view)
    broken = table.broken(table.values)
    if not broken:
        return []
    priced = ranked(table, broken)
    best = repair(table, broken, priced)
    costs = {edit: cost for cost, edit in priced}
    suggestions = [described(table, e, broken, costs[e]) for e in best]
    chosen = {(s.kind, s.changes) for s in suggestions}
    for cost, edit in priced:
        other = described(table, edit, broken, cost)
        if other.mends and (other.kind, other.changes) not in chosen and clean(table, edit, broken):
            chosen.add((other.kind, other.changes))
            suggestions.append(other)
    return suggestions


def clean(table: Table, edit: Edit, broken: frozenset[Broken]) -> bool:
    """Whether an edit breaks no rule that held."""
    return table.broken({**table.values, **dict(edit.changes)}) <= broken


def described(table: Table, edit: Edit, broken: frozenset[Broken], cost: float) -> Suggestion:
    (row, column), value = edit.changes[0]
    view = table.view
    mends = broken - table.broken({**table.values, **dict(edit.changes)})
    was = table.values[row, column]
    return Suggestion(
        row=view.keys[row],
        field=column,
        cell=view.place(row, column).cell,
        found="空白" if was is None else plain(was),
        proposed="空白" if value is None else plain(value),
        kind=edit.kind,
        evidence=reasons(table, edit, mends),
        mends=tuple(sorted(mends)),
        changes=tuple((view.keys[r], c, v) for (r, c), v in edit.changes),
        cost=cost,
    )


def reasons(table: Table, edit: Edit, mends: frozenset[Broken]) -> str:
    """Why it is suspected, in a clerk's words."""
    words = KINDS[edit.kind].words + (f"（{edit.detail}）" if edit.detail else "")
    sums = sorted({c for rule, _, c in mends if table.sum_rule and rule == table.sum_rule.id}, key=table.columns.index)
    clauses = [words]
    if sums:
        clauses.append(f"更正后{'、'.join(table.view.label(c) for c in sums)}的合计与各类之和一致")
    if len(mends) > len(sums):
        clauses.append("其他不符的关系也一并消除")
    return "，".join(clauses)


def worded(view: FormView, suggestions: list[Suggestion]) -> str:
    """The first suggestion as a sentence for a clerk, with the second where it is about as likely."""
    first, others = (
        suggestions[0],
        [s for s in suggestions[1:] if (s.row, s.field) != (suggestions[0].row, suggestions[0].field)],
    )
    also = f"；也可能是{in_a_sentence(view, others[0])}" if others and others[0].cost < first.cost + CLOSE else ""
    reason = "" if len(first.changes) > 1 else f"，{first.evidence}"
    lead = f"最可能的原因：{first.evidence}。应为：" if len(first.changes) > 1 else "最可能填错的是"
    return f"{lead}{in_a_sentence(view, first)}{reason}{also}。请核实，系统未作改动"


def in_a_sentence(view: FormView, suggestion: Suggestion) -> str:
    """The cells of a suggestion with what they say and what they perhaps should."""
    if len(suggestion.changes) > 1:
        return "；".join(
            f"{view.row_label(view.index[r])}“{view.label(f)}”{'空白' if v is None else plain(v)}"
            for r, f, v in suggestion.changes
        )
    place = f"（单元格 {suggestion.cell}）" if suggestion.cell else ""
    row, label = view.row_label(view.index[suggestion.row]), view.label(suggestion.field)
    return f"{row}“{label}”{place}：{suggestion.found} 应为 {suggestion.proposed}"


def explains(view: FormView, suggestion: Suggestion, finding: Finding) -> bool:
    """Whether undoing the suspected slip would mend the finding, or the finding stands at that very cell."""
    at = view.index.get(finding.row)
    if any(m == (finding.rule, at, finding.field) for m in suggestion.mends):
        return True
    return any((row, field) == (finding.row, finding.field) for row, field, _ in suggestion.changes)

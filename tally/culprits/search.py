"""The smallest set of causes that mends every failed rule (Fellegi and Holt), ranked by how likely the causes are.

Every column's sum fails or holds by itself and rows are tied by a few inequalities, so the search is exact on tables
of this size: fewest causes first, and among those the likeliest. Beyond `NODES` tries the best found so far stands.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from decimal import Decimal

from tally.culprits.edits import Edit, candidates, within_row
from tally.culprits.table import Broken, Table, Values
from tally.rules.cases import AtMost, Scale, Without

NODES = 4000
Repair = tuple[Edit, ...]


def repairs(table: Table, broken: frozenset[Broken], edits: list[tuple[float, Edit]]) -> list[tuple[float, Repair]]:
    """The smallest repairs made of `edits` with their cost, likeliest first; empty if none is known."""
    for size in range(1, len(broken) + 1):
        found = list(mending(table, edits, broken, size))
        if found:
            return sorted(found, key=lambda r: r[0])
    return []


def ranked(table: Table, broken: frozenset[Broken]) -> list[tuple[float, Edit]]:
    """All candidate edits with their cost after the evidence, likeliest first."""
    order = table.columns.index
    columns = sorted({c for rule, _, c in broken if table.sum_rule and rule == table.sum_rule.id}, key=order)
    limits = {r.id: r for r in table.limits}
    edits = candidates(table, columns) if columns else []
    for rule, row, _ in broken:
        if rule in limits and not {limits[rule].lower, limits[rule].upper} & set(columns):
            edits += within_row(table, row, limits[rule].lower, limits[rule].upper)
    return sorted(((e.cost + evidence(table, e), e) for e in edits), key=lambda pair: pair[0])


def mending(
    table: Table, edits: list[tuple[float, Edit]], broken: frozenset[Broken], size: int
) -> Iterator[tuple[float, Repair]]:
    """Sets of `size` edits that leave no rule broken, depth first in order of cost."""
    nodes = 0
    best = math.inf
    widest = max((len(e.columns) for _, e in edits), default=1)

    def descend(values: Values, left: frozenset[Broken], chosen: Repair, cost: float) -> Iterator[tuple[float, Repair]]:
        nonlocal nodes, best
        if not left:
            best = min(best, cost)
            yield cost, chosen
            return
        room = size - len(chosen)
        if room == 0 or nodes > NODES or len({c for _, _, c in left}) > room * 3 * widest:
            return
        target = min(left, key=lambda b: (table.columns.index(b[2]), b[1], b[0]))
        for price, edit in edits:
            if not touches(table, edit, target) or (size > 1 and cost + price > best + 2):
                continue
            nodes += 1
            after = {**values, **dict(edit.changes)}
            still = table.broken(after, edit.columns) | {b for b in left if not concerns(table, b, edit.columns)}
            if still < left:
                yield from descend(after, still, (*chosen, edit), cost + price)

    yield from descend(table.values, broken, (), 0.0)


def touched_by(table: Table, broken: Broken) -> set[str]:
    """The columns a failed rule looks at."""
    rule = next((r for r in table.limits if r.id == broken[0]), None)
    return {rule.lower, rule.upper} if rule else {broken[2]}


def touches(table: Table, edit: Edit, broken: Broken) -> bool:
    return bool(touched_by(table, broken) & edit.columns)


def concerns(table: Table, broken: Broken, columns: frozenset[str]) -> bool:
    return bool(touched_by(table, broken) & columns)


def evidence(table: Table, edit: Edit) -> float:
    """What the rest of the table and the last period say of an edit: below 0 for, above 0 against."""
    after = {**table.values, **dict(edit.changes)}
    rows = {r for (r, _), _ in edit.changes}
    score = 0.6 * (oddities(table, after, rows) - oddities(table, table.values, rows))
    for (row, column), value in edit.changes:
        score += since_last(table, row, column, value)
        if row != table.view.total and len(edit.changes) == 1:
            score -= 0.5 * max(-2.0, min(2.0, closer(table, row, column, value)))
    return score


def oddities(table: Table, values: Values, rows: set[int]) -> int:
    """How many of the form's warnings between two columns these rows would get."""
    count = 0
    for rule in table.view.form.rules:
        for row in rows:
            if isinstance(rule, AtMost):
                low, high = values[row, rule.lower], values[row, rule.upper]
                count += low is not None and high is not None and low > high
            elif isinstance(rule, Without) and not rule.shared:
                count += bool(values[row, rule.field]) and not any(values[row, b] for b in rule.basis)
            elif isinstance(rule, Scale):
                count += odd_scale(rule, values[row, rule.amount], values[row, rule.base])
    return count


def odd_scale(rule: Scale, amount: Decimal | None, base: Decimal | None) -> bool:
    if not amount or not base or amount < 0 or base < 0:
        return False
    return not rule.least < rule.power(amount, base) < rule.most


def since_last(table: Table, row: int, column: str, value: Decimal | None) -> float:
    """A cumulative figure that no longer falls speaks for an edit, one that begins to fall against it."""
    before = table.before(row, column)
    if before is None or not table.view.field(column).cumulative:
        return 0.0
    was, now = (table.values[row, column] or 0) >= before, (value or 0) >= before
    return 0.0 if was == now else (-1.0 if now else 1.0)


def closer(table: Table, row: int, column: str, value: Decimal | None) -> float:
    """By how much (natural logarithm) an edit brings a cell closer to the ratio that the other rows show."""
    base = neighbour(table, column)
    here = table.values[row, base]
    others = [r for r in table.view.parts if r != row]
    amount = sum((table.values[r, column] or Decimal(0) for r in others), Decimal(0))
    against = sum((table.values[r, base] or Decimal(0) for r in others), Decimal(0))
    if not here or here < 0 or amount <= 0 or against <= 0:
        return 0.0
    usual = math.log(amount / against)

    def distance(number: Decimal | None) -> float:
        return abs(math.log((float(max(number or 0, 0)) + 0.3) / (float(here) + 0.3)) - usual)

    return distance(table.values[row, column]) - distance(value)


def neighbour(table: Table, column: str) -> str:
    """The column against which another is measured: the one an inequality or a scale ties it to."""
    for rule in table.view.form.rules:
        if isinstance(rule, Scale) and column in (rule.amount, rule.base):
            return rule.base if column == rule.amount else rule.amount
        if isinstance(rule, AtMost) and column in (rule.lower, rule.upper):
            return rule.upper if column == rule.lower else rule.lower
    return next(c for c in table.columns if c != column)

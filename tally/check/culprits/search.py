"""The smallest set of causes that mends every failed rule (Fellegi and Holt), the likeliest of its size.

Failed rules fall into groups that share no column; each group is searched by itself, fewest causes first, so the
answer is exact. A group so broken that `NODES` tries do not exhaust it is mended rule by rule instead.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from decimal import Decimal

from tally.check.culprits.edits import Edit, candidates, within_row
from tally.check.culprits.table import Broken, Table, Values
from tally.rules.cases import AtMost, Scale, Without

NODES = 400
Repair = tuple[Edit, ...]
Priced = list[tuple[float, Edit]]


def repair(table: Table, broken: frozenset[Broken], edits: Priced) -> Repair:
    """The smallest and likeliest set of `edits` that mends what is broken, as far as any does."""
    steps: Repair = ()
    for group in groups(table, broken, edits):
        columns = {c for b in group for c in touched_by(table, b)}
        steps += mended(table, [(cost, e) for cost, e in edits if e.columns & columns], group)
    return steps


def groups(table: Table, broken: frozenset[Broken], edits: Priced) -> list[frozenset[Broken]]:
    """Failed rules that share a column, directly or through an edit of several columns, stand together."""
    links = [set(touched_by(table, b)) for b in broken] + [set(e.columns) for _, e in edits if len(e.columns) > 1]
    joined: list[set[str]] = []
    for link in links:
        apart = [g for g in joined if not g & link]
        joined = [*apart, link.union(*(g for g in joined if g & link))]
    joined.sort(key=lambda g: min(map(table.columns.index, g)))
    joint = [_touching(table, broken, g) for g in joined]
    return [g for g in joint if g]


def _touching(table: Table, broken: frozenset[Broken], columns: set[str]) -> frozenset[Broken]:
    return frozenset(b for b in broken if touched_by(table, b) & columns)


def mended(table: Table, edits: Priced, broken: frozenset[Broken]) -> Repair:
    """The best repair of one group."""
    search = Search(table, edits)
    widest = max((len(e.columns) for _, e in edits), default=1)
    fewest = math.ceil(len({b[2] for b in broken if table.sum_rule and b[0] == table.sum_rule.id}) / widest)
    for size in range(max(1, fewest), len(broken) + 1):
        repairs = list(search.of_size(size, broken))
        if repairs:
            return min(repairs, key=lambda r: r[0])[1]
        if search.nodes > NODES:
            break
    return one_by_one(table, edits, broken)


def one_by_one(table: Table, edits: Priced, broken: frozenset[Broken]) -> Repair:
    """The likeliest edits in turn, each mending something more and breaking nothing."""
    values, left = table.values, broken
    chosen: tuple[Edit, ...] = ()
    for _, edit in edits:
        after = {**values, **dict(edit.changes)}
        still = remaining(table, after, left, edit)
        if still < left:
            values, left, chosen = after, still, (*chosen, edit)
    return chosen


def remaining(table: Table, after: Values, left: frozenset[Broken], edit: Edit) -> frozenset[Broken]:
    """What is broken after an edit, of what was broken before it and of what it touches."""
    untouched = {b for b in left if not touched_by(table, b) & edit.columns}
    return table.broken(after, edit.columns) | untouched


def ranked(table: Table, broken: frozenset[Broken]) -> Priced:
    """All candidate edits with their cost after the evidence, likeliest first; none of a cell that a person has settled."""
    order = table.columns.index
    columns = sorted({c for rule, _, c in broken if table.sum_rule and rule == table.sum_rule.id}, key=order)
    limits = {r.id: r for r in table.limits}
    edits = candidates(table, columns) if columns else []
    for rule, row, _ in broken:
        if rule in limits and not {limits[rule].lower, limits[rule].upper} & set(columns):
            edits += within_row(table, row, limits[rule].lower, limits[rule].upper)
    open_ones = [e for e in edits if not any(table.view.settled(r, c) for (r, c), _ in e.changes)]
    return sorted(((e.cost + evidence(table, e), e) for e in open_ones), key=lambda pair: pair[0])


class Search:
    """Tries sets of edits depth first, likeliest first, and counts its tries."""

    def __init__(self, table: Table, edits: Priced):
        self.table, self.edits = table, edits
        self.nodes = 0
        self.best = math.inf

    def of_size(self, size: int, broken: frozenset[Broken]) -> Iterator[tuple[float, Repair]]:
        """Sets of `size` edits that leave nothing broken, with their cost."""
        yield from self._descend(size, self.table.values, broken, (), 0.0)

    def _descend(self, room: int, values: Values, left: frozenset[Broken], chosen: Repair, cost: float):
        if not left:
            self.best = min(self.best, cost)
            yield cost, chosen
        elif room and self.nodes <= NODES:
            target = min(left, key=lambda b: (self.table.columns.index(b[2]), b[1], b[0]))
            for price, edit in self.edits:
                if cost + price >= self.best or not touched_by(self.table, target) & edit.columns:
                    continue
                self.nodes += 1
                after = {**values, **dict(edit.changes)}
                still = remaining(self.table, after, left, edit)
                if still < left:
                    yield from self._descend(room - 1, after, still, (*chosen, edit), cost + price)


def touched_by(table: Table, broken: Broken) -> set[str]:
    """The columns a failed rule looks at."""
    rule = next((r for r in table.limits if r.id == broken[0]), None)
    return {rule.lower, rule.upper} if rule else {broken[2]}


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

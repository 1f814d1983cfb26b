"""Candidate repairs: every single cause that could have broken a sum, and what it would take to undo it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from itertools import combinations

from tally.check.culprits.slips import KINDS, meant
from tally.check.culprits.table import Cell, Table
from tally.rules.figures import decimals
from tally.writing.numbers import plain

# Rows whose figures agree by chance: one digit says little.
_TELLING = 10


@dataclass(frozen=True)
class Edit:
    """One cause undone: the cells it changes, the first of them the one to look at."""

    changes: tuple[tuple[Cell, Decimal | None], ...]
    kind: str
    extra: float = 0.0  # added to the kind's cost
    detail: str = ""  # which row or column is concerned, for the wording

    @property
    def columns(self) -> frozenset[str]:
        return frozenset(column for (_, column), _ in self.changes)

    @property
    def cost(self) -> float:
        return KINDS[self.kind].cost + self.extra


def candidates(table: Table, columns: list[str]) -> list[Edit]:
    """All edits that could mend the failing `columns`, alone or together with others."""
    edits = [e for c in columns for e in in_column(table, c)]
    if len(columns) > 1:
        edits += [*swaps_in_row(table, columns), *whole_rows(table, columns)]
    edits += shifts(table, columns)
    return edits


def in_column(table: Table, column: str) -> Iterator[Edit]:
    """Repairs of one cell (or of a part and the total) of a column whose sum fails."""
    view = table.view
    for row in view.parts:
        if (edit := cell_edit(table, row, column)) is not None:
            yield edit
        yield from swap_with_total(table, row, column)
    yield total_edit(table, column)


def cell_edit(table: Table, row: int, column: str) -> Edit | None:
    """The likeliest slip that turned the needed value into what stands in a part row."""
    value_there, needed = table.values[row, column], table.needed(row, column)
    tolerance = table.tolerance(column)
    if needed < 0 or (needed == 0 and not value_there):
        return None
    if not value_there:
        others = any(table.values[row, c] for c in table.columns if c != column)
        return Edit((((row, column), needed),), "cell left blank", 0.0 if others else 1.0)
    options = [
        Edit((((row, column), value),), kind, small(value_there, kind))
        for kind, value in slips(table, value_there, needed, tolerance, column)
    ]
    if copied(table, row, column):
        options.append(Edit((((row, column), needed),), "copied from the next cell"))
    options.append(Edit((((row, column), needed),), "another number"))
    return min(options, key=lambda e: e.cost)


def slips(table: Table, written: Decimal, needed: Decimal, tolerance: Decimal, column: str):
    """Kinds of slip from `needed` to `found`, and the value meant, which the rounding of the sum may leave open.

    A value lost in the rounding is as good as none, and is not proposed.
    """
    digits = 0 if table.whole(column) else max(decimals(written), decimals(needed)) + 4
    for kind, value in meant(written, whole=table.whole(column)):
        near = abs(value - needed) <= tolerance < value
        if near and value != written and decimals(value) <= digits:
            yield kind, value


def small(written: Decimal, kind: str) -> float:
    """Figures of one digit are reached by chance."""
    single = len(plain(written).replace(".", "").strip("0")) < 2
    return 0.8 if kind in ("decimal point", "digit doubled or dropped") and single else 0.0


def copied(table: Table, row: int, column: str) -> bool:
    """Whether the cell says the same as the one above, below or beside it, in two digits or more."""
    at, nth = table.rows.index(row), table.columns.index(column)
    beside = [(r, column) for r in table.rows[max(0, at - 1) : at + 2] if r not in (row, table.view.total)]
    beside += [(row, c) for c in table.columns[max(0, nth - 1) : nth + 2] if c != column]
    written = table.values[row, column]
    return written is not None and written >= _TELLING and any(table.values[b] == written for b in beside)


def total_edit(table: Table, column: str) -> Edit:
    """The likeliest way in which the total came to differ from the sum of its parts."""
    view, total = table.view, table.view.total_at
    written, needed = table.values[total, column], table.needed(total, column)
    change = (((total, column), needed),)
    if written is None:
        return Edit(change, "blank total")
    options = [Edit(change, "total typed over")]
    for kind, value in slips(table, written, needed, table.tolerance(column), column):
        name = "digit of the total" if kind == "one digit" else kind
        options.append(Edit((((total, column), value),), name, small(written, kind)))
    for row in view.parts:
        part, label = table.values[row, column], view.row_label(row)
        chance = 0.0 if part and part >= _TELLING else 1.6
        if part and written == needed - part:
            options.append(Edit(change, "total misses a row", chance, label))
        elif part and written == needed + part:
            options.append(Edit(change, "total counts a row twice", chance, label))
        elif part and written == part:
            options.append(Edit(change, "total of one row", chance, label))
    if written and written == table.before(total, column):
        options.append(Edit(change, "total of another period"))
    for other in table.columns:
        if other != column and written >= _TELLING and table.values[total, other] == written:
            options.append(Edit(change, "total of another column", 0.0, view.label(other)))
    return min(options, key=lambda e: e.cost)


def swap_with_total(table: Table, row: int, column: str) -> Iterator[Edit]:
    part, total = table.values[row, column], table.values[table.view.total_at, column]
    if part is not None and total is not None and part > total:
        others = table.part_sum(column, table.values, row)
        if abs(part - total - others) <= table.tolerance(column):
            yield Edit((((row, column), total), ((table.view.total_at, column), part)), "total and part swapped")


def swaps_in_row(table: Table, columns: list[str]) -> Iterator[Edit]:
    """Two cells of one row in each other's place."""
    for a, b in combinations([c for c in columns if table.summable(c)], 2):
        for row in table.rows:
            x, y = table.values[row, a], table.values[row, b]
            if x != y and fits(table, row, a, y) and fits(table, row, b, x):
                yield Edit(
                    (((row, a), y), ((row, b), x)),
                    "cells swapped",
                    0.0,
                    f"{table.view.label(a)}、{table.view.label(b)}",
                )


def fits(table: Table, row: int, column: str, value: Decimal | None) -> bool:
    """Whether `value` in that cell makes the column's sum hold."""
    value = value or Decimal(0)
    if table.whole(column) and value % 1:
        return False
    return value >= 0 and abs(value - table.needed(row, column)) <= table.tolerance(column)


def shifts(table: Table, columns: list[str]) -> Iterator[Edit]:
    """A run of one row's cells moved by one to the right or left; the cell that fell off follows from its sum."""
    order = table.columns
    first, last = (order.index(c) for c in (min(columns, key=order.index), max(columns, key=order.index)))
    good = [table.summable(c) for c in order]
    for row in table.rows:
        for start in range(first + 1):
            for end in range(max(last, start + 1), len(order)):
                if not all(good[start : end + 1]):
                    continue
                for step in (1, -1):
                    yield from shift(table, row, order[start : end + 1], step)


def shift(table: Table, row: int, run: list[str], step: int) -> Iterator[Edit]:
    """`step` 1: the cells stand one too far right, -1: one too far left."""
    targets = run[:-1] if step == 1 else run[1:]
    sources = run[1:] if step == 1 else run[:-1]
    lost = run[-1] if step == 1 else run[0]
    emptied = run[0] if step == 1 else run[-1]
    if not all(fits(table, row, t, table.values[row, s]) for t, s in zip(targets, sources, strict=True)):
        return
    proven = sum(1 for t, s in zip(targets, sources, strict=True) if table.values[row, t] != table.values[row, s])
    left = table.needed(row, lost)
    if proven < 1 or left < 0 or (table.whole(lost) and left % 1):
        return
    changes = [((row, t), table.values[row, s]) for t, s in zip(targets, sources, strict=True)]
    blank = 0.0 if not table.values[row, emptied] else 0.8
    unread = sum(table.view.lost(row, c) for c in run)  # money among counts: the shift explains what cannot be read
    extra = blank + (2.4 if proven == 1 else 0.0) + 0.01 * len(run) - 0.5 * unread
    yield Edit((*changes, ((row, lost), left)), "row shifted", extra, "右" if step == 1 else "左")


def whole_rows(table: Table, columns: list[str]) -> Iterator[Edit]:
    """One cause in the whole row: a part row left blank, or a total row that misses or doubles a row, or is old."""
    view, total = table.view, table.view.total_at
    needs = {c: table.needed(total, c) for c in columns}
    for row in view.parts:
        if not any(table.values[row, c] for c in table.columns):
            filled = [((row, c), table.needed(row, c)) for c in columns]
            if all(v >= 0 for _, v in filled):
                yield Edit(tuple(filled), "row left out")
        for kind, sign in (("total misses a row", 1), ("total counts a row twice", -1)):
            parts = {c: table.values[row, c] or Decimal(0) for c in columns}
            if all(p and (table.values[total, c] or 0) + sign * p == needs[c] for c, p in parts.items()):
                yield Edit(tuple(((total, c), needs[c]) for c in columns), kind, -1.4, view.row_label(row))
    if all(table.values[total, c] and table.values[total, c] == table.before(total, c) for c in columns):
        yield Edit(tuple(((total, c), needs[c]) for c in columns), "total of another period", -1.0)


def within_row(table: Table, row: int, low: str, high: str) -> Iterator[Edit]:
    """Repairs of `low` > `high` where both columns add up: the total was worked out from the mistaken part."""
    view, total = table.view, table.view.total_at
    if row == total or total is None:
        return
    x, y = table.values[row, low], table.values[row, high]
    if x is None or y is None:
        return
    carried = [((total, c), carry(table, row, c, v)) for c, v in ((low, y), (high, x))]
    yield Edit(
        (((row, low), y), ((row, high), x), *carried), "cells swapped", 0.4, f"{view.label(low)}、{view.label(high)}"
    )
    for column, written in ((low, x), (high, y)):
        best: dict[str, Edit] = {}
        for kind, value in meant(written, whole=table.whole(column)):
            good = value <= y if column == low else value >= x
            if good and kind != "extra or missing digit" and (not table.whole(column) or value % 1 == 0):
                edit = Edit((((row, column), value), ((total, column), carry(table, row, column, value))), kind, 1.0)
                best.setdefault(kind, edit)
        yield from best.values()


def carry(table: Table, row: int, column: str, value: Decimal) -> Decimal:
    """The column's total once `value` stands in a part row."""
    return table.part_sum(column, table.values, row) + value

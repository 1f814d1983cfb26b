"""Which cells of a table may not be published, because fewer than so many firms stand behind them.

A cell is unsafe by what it shows, by what it takes away from what any edition before showed in its place, or by what is
left of a total when the other cells are taken away. Cells are left out until none of the three tells of fewer than
`smallest`. Editions are held against each other in the order in which they were issued: those of earlier periods, and of
the same period where one was amended. What they showed is worked out again, because it follows from the same rule.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

Counts = Mapping[str, int]  # how many firms or cases stand behind each cell of a column


@dataclass(frozen=True)
class Column:
    """One measure by units or categories, an edition after the other, the oldest first.

    `dominated[t]`: the cells of an edition of which few firms make up nearly all.
    """

    counts: tuple[Counts, ...]
    dominated: tuple[frozenset[str], ...] = ()


def small(count: int, smallest: int) -> bool:
    """Whether a number of firms is one that could name them; nobody stands behind nothing."""
    return 0 < abs(count) < smallest


def hidden(column: Column, smallest: int) -> tuple[frozenset[str], ...]:
    """The cells that each edition leaves out."""
    chosen: list[frozenset[str]] = []
    for at in range(len(column.counts)):
        chosen.append(_hidden_in(column, at, chosen, smallest))
    return tuple(chosen)


def _hidden_in(column: Column, at: int, before: list[frozenset[str]], smallest: int) -> frozenset[str]:
    counts = column.counts[at]
    dominated = column.dominated[at] if column.dominated else frozenset()
    chosen = {key for key in counts if small(counts[key], smallest) or key in dominated}
    chosen |= {key for key in counts if _gives_away(column, key, before, counts[key], smallest)}
    others = sorted(set(counts) - chosen, key=lambda key: (counts[key] == 0, counts[key], key))
    while chosen and others and not _enough(column, at, chosen, before, smallest):
        chosen.add(others.pop(0))
    return frozenset(chosen)


def _gives_away(column: Column, key: str, before: list[frozenset[str]], now: int, smallest: int) -> bool:
    """Whether a cell differs by few from what any edition before showed in its place."""
    shown = [c[key] for c, without in zip(column.counts, before, strict=False) if key in c and key not in without]
    return any(small(now - earlier, smallest) for earlier in shown)


def _enough(column: Column, at: int, chosen: set[str], before: list[frozenset[str]], smallest: int) -> bool:
    """Whether what the total gives away of the cells left out, now and since any edition before, is of enough firms."""
    counts = column.counts[at]
    if len([key for key in chosen if counts[key]]) < 2 or small(sum(counts[key] for key in chosen), smallest):
        return False
    return all(_apart(column, at, chosen | set(without), e, smallest) for e, without in enumerate(before))


def _apart(column: Column, at: int, group: set[str], earlier: int, smallest: int) -> bool:
    """Whether what two editions together tell of a group's changes is of enough firms."""
    now, then = column.counts[at], column.counts[earlier]
    moves = [now.get(key, 0) - then.get(key, 0) for key in group]
    changed = [move for move in moves if move]
    return not small(sum(map(abs, moves)), smallest) and not (len(changed) == 1 and small(changed[0], smallest))

"""Which cells of a table may not be published, because fewer than so many firms stand behind them.

A cell is unsafe by what it shows, by what a later cell takes away from an earlier one, or by what is left of a total
when the other cells are taken away. Cells are left out until none of the three tells of fewer than `smallest`.
What earlier periods' public editions showed is worked out again, because it follows from the same rule.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

Counts = Mapping[str, int]  # how many firms or cases stand behind each cell of a column


@dataclass(frozen=True)
class Column:
    """One measure by units or categories, a period after the other, the oldest first.

    `dominated[t]`: the cells of a period of which few firms make up nearly all.
    """

    counts: tuple[Counts, ...]
    dominated: tuple[frozenset[str], ...] = ()


def small(count: int, smallest: int) -> bool:
    """Whether a number of firms is one that could name them; nobody stands behind nothing."""
    return 0 < abs(count) < smallest


def hidden(column: Column, smallest: int) -> tuple[frozenset[str], ...]:
    """The cells that each period's public edition leaves out."""
    chosen: list[frozenset[str]] = []
    for at in range(len(column.counts)):
        chosen.append(_hidden_in(column, at, chosen, smallest))
    return tuple(chosen)


def _hidden_in(column: Column, at: int, before: list[frozenset[str]], smallest: int) -> frozenset[str]:
    counts = column.counts[at]
    dominated = column.dominated[at] if column.dominated else frozenset()
    came = {key: _since_published(column, key, before, counts[key]) for key in counts}
    chosen = {key for key in counts if small(counts[key], smallest) or key in dominated}
    chosen |= {key for key in counts if small(came[key], smallest)}
    others = sorted(set(counts) - chosen, key=lambda key: (counts[key] == 0, counts[key], key))
    while chosen and others and not _enough(column, at, chosen, before, smallest):
        chosen.add(others.pop(0))
    return frozenset(chosen)


def _since_published(column: Column, key: str, before: list[frozenset[str]], now: int) -> int:
    """What came to a cell since a reader last saw it; 0 where nobody ever did."""
    for counts, without in zip(reversed(column.counts[: len(before)]), reversed(before), strict=True):
        if key in counts and key not in without:
            return now - counts[key]
    return 0


def _enough(column: Column, at: int, chosen: set[str], before: list[frozenset[str]], smallest: int) -> bool:
    """Whether what the total gives away of the cells left out, now and since the period before, is of enough firms."""
    counts = column.counts[at]
    if len([key for key in chosen if counts[key]]) < 2 or small(sum(counts[key] for key in chosen), smallest):
        return False
    if not before:
        return True
    earlier = column.counts[at - 1]
    group = chosen | set(before[-1])
    moved = sum(abs(counts.get(key, 0) - earlier.get(key, 0)) for key in group)
    return not small(moved, smallest)

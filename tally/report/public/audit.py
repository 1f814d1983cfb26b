"""An attack on what is published: which cells follow from the others, the totals and other periods' editions.

It knows nothing of how cells were chosen (`tally.report.public.guard`): all published numbers and totals are equations,
and a number that they determine is found by rank.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from tally.report.public.guard import Column, small

_LEAST = 1e-9  # what is smaller is nothing, of numbers that are 0, 1 and -1


@dataclass(frozen=True, slots=True)
class Exposed:
    """A number about fewer firms than may be told: of a cell, or of what came to it since an earlier period."""

    key: str
    period: int
    since: int | None = None


def exposed(column: Column, left_out: Sequence[frozenset[str]], smallest: int) -> tuple[Exposed, ...]:
    """The small numbers that a reader of all periods' public editions can work out."""
    places = [(at, key) for at, counts in enumerate(column.counts) for key in counts]
    at_place = {place: n for n, place in enumerate(places)}
    known = _equations(column, left_out, at_place)
    rank = np.linalg.matrix_rank(known, tol=_LEAST) if len(known) else 0
    findable = []
    for target, vector in _targets(column, at_place, smallest):
        if len(known) and np.linalg.matrix_rank(np.vstack([known, vector]), tol=_LEAST) == rank:
            findable.append(target)
    return tuple(findable)


def _equations(column: Column, left_out: Sequence[frozenset[str]], at_place: dict[tuple[int, str], int]) -> np.ndarray:
    """A row for each published cell and each total."""
    rows = []
    for at, counts in enumerate(column.counts):
        total = np.zeros(len(at_place))
        for key in counts:
            total[at_place[at, key]] = 1
            if key not in left_out[at]:
                cell = np.zeros(len(at_place))
                cell[at_place[at, key]] = 1
                rows.append(cell)
        rows.append(total)
    return np.array(rows)


def _targets(
    column: Column, at_place: dict[tuple[int, str], int], smallest: int
) -> Iterator[tuple[Exposed, np.ndarray]]:
    """What nobody should be able to work out, each as the sum of cells that it is."""
    for (at, key), place in at_place.items():
        vector = np.zeros(len(at_place))
        vector[place] = 1
        if small(column.counts[at][key], smallest):
            yield Exposed(key, at), vector
        for since in range(at):
            if key in column.counts[since] and small(column.counts[at][key] - column.counts[since][key], smallest):
                difference = vector.copy()
                difference[at_place[since, key]] = -1
                yield Exposed(key, at, since), difference

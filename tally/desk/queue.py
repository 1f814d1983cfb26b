"""The queue: causes in the order of deciding them, and the line after which deciding no longer moves the report."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from tally.desk.causes import Cause, causes
from tally.desk.reach import Figure, Reach, Scales, reach
from tally.desk.snapshot import Snapshot

STILL = Decimal("0.01")  # of any figure: what may still move after the stop line
SUSPICION = {"error": 0.9, "warning": 0.4}  # how often a finding of the severity is a fault, before anything is known


@dataclass(frozen=True)
class Item:
    """One cause in the queue. `share` is the largest part of a city figure it could move (1.0 = all), of `figure`."""

    cause: Cause
    score: float
    share: float
    figure: Figure | None
    amount: Decimal
    reach: Reach


@dataclass(frozen=True)
class Queue:
    """`stop`: after so many items from the front no figure can move by more than `STILL`."""

    items: tuple[Item, ...]
    stop: int


def queue(snapshot: Snapshot, rates: Mapping[str, float] | None = None) -> Queue:
    """The open findings by cause, the weightiest first. `rates`: rule -> how often its findings proved true."""
    scales = Scales(snapshot)
    items = [item(scales, cause, rates or {}) for cause in causes(snapshot)]
    items.sort(key=lambda i: (-i.score, i.cause.name))
    return Queue(tuple(items), stop_line(items, scales.city))


def item(scales: Scales, cause: Cause, rates: Mapping[str, float]) -> Item:
    """A cause with its score: suspicion times the largest share of a figure, with a little for every fault."""
    findings = [scales.snapshot.findings[name] for name in cause.findings]
    moved = _together([reach(scales, f) for f in findings])
    figure, share = _largest(moved, scales.city)
    suspicion = max(rates.get(f.rule, SUSPICION[f.severity]) for f in findings)
    weight = {"error": 1e-3, "warning": 1e-4}[findings[0].severity]
    amount = moved[figure] if figure else Decimal(0)
    return Item(cause, suspicion * (min(share, 10.0) + weight), share, figure, amount, moved)


def _together(reaches: Sequence[Reach]) -> dict[Figure, Decimal]:
    """Of findings with one cause the largest movement counts, not their sum."""
    moved: dict[Figure, Decimal] = {}
    for each in reaches:
        for figure, amount in each.items():
            moved[figure] = max(moved.get(figure, Decimal(0)), amount)
    return moved


def _largest(moved: Reach, city: Mapping[Figure, Decimal]) -> tuple[Figure | None, float]:
    """The figure that moves most, as a share of what it would be without the movement."""
    best: tuple[Figure | None, float] = (None, 0.0)
    for figure, amount in moved.items():
        rest = max(abs(city.get(figure, Decimal(0))) - amount, Decimal(1))
        share = float(amount / rest)
        if share > best[1]:
            best = (figure, share)
    return best


def stop_line(items: Sequence[Item], city: Mapping[Figure, Decimal]) -> int:
    """The fewest items from the front after which what is left, all added up, moves no figure by more than `STILL`.

    A figure is taken at the least it can come to, so that a wrong large number in it hides nothing.
    """
    left: dict[Figure, Decimal] = {}
    every: dict[Figure, Decimal] = {}
    for each in items:
        for figure, amount in each.reach.items():
            every[figure] = every.get(figure, Decimal(0)) + amount
    least = {f: max(abs(city.get(f, Decimal(0))) - amount, Decimal(0)) for f, amount in every.items()}
    for at in range(len(items), 0, -1):
        for figure, amount in items[at - 1].reach.items():
            left[figure] = left.get(figure, Decimal(0)) + amount
            if left[figure] > STILL * least[figure]:
                return at
    return 0

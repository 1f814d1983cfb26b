"""The queue: causes in the order of deciding them, and the line after which deciding no longer moves the report."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from tally.desk.causes import Cause, causes
from tally.desk.snapshot import Snapshot
from tally.totals.reach import Figure, Reach, Scales
from tally.totals.score import SUSPICION, score

STILL = Decimal("0.01")  # of any figure: what may still move after the stop line


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


def queue(snapshot: Snapshot) -> Queue:
    """The open findings by cause, the weightiest first."""
    scales, rates = Scales(snapshot.views), proved(snapshot)
    items = [item(snapshot, scales, cause, rates) for cause in causes(snapshot)]
    items.sort(key=lambda i: (-i.score, i.cause.name))
    return Queue(tuple(items), stop_line(items, scales.city))


def proved(snapshot: Snapshot) -> dict[str, float]:
    """Rule -> how often its findings proved true so far, as far as few answers can tell; of rules with any answer."""
    rates: dict[str, float] = {}
    for finding in snapshot.findings.values():
        verdict = snapshot.verdicts.get(finding.rule)
        if verdict is not None and finding.severity in SUSPICION:
            rates.setdefault(finding.rule, verdict.weighed(SUSPICION[finding.severity]))
    return rates


def item(snapshot: Snapshot, scales: Scales, cause: Cause, rates: Mapping[str, float]) -> Item:
    """A cause with the score of its findings."""
    s = score(scales, [snapshot.findings[name] for name in cause.findings], rates)
    return Item(cause, s.value, s.share, s.figure, s.amount, s.reach)


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

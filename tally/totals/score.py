"""The one score of what is open: suspicion times effect. It orders the desk's queue and the report's list of what matters.

Suspicion is how often such a finding proves to be a fault; effect the largest share of a figure that it could move
(`tally.totals.reach`). Findings with one cause are scored together: the largest movement counts, not their sum.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from tally.model import Finding
from tally.totals.reach import Figure, Reach, Scales, reach

SUSPICION = {"error": 0.9, "warning": 0.4}  # how often a finding of the severity is a fault, before anything is known
_LEAST = {"error": 1e-3, "warning": 1e-4}  # a little for every fault, whatever it moves
_MOST = 10.0  # beyond ten times the figure, more says nothing


@dataclass(frozen=True, slots=True)
class Score:
    """`share` is the largest part of a city figure that could move (1.0 = all of the rest), of `figure`, by `amount`."""

    value: float
    share: float
    figure: Figure | None
    amount: Decimal
    reach: Reach


def score(scales: Scales, findings: Sequence[Finding], rates: Mapping[str, float] | None = None) -> Score:
    """Of open findings with one cause, the leading one first. `rates`: rule -> how often its findings proved true."""
    moved = _together([reach(scales, f) for f in findings])
    figure, share = _largest(moved, scales.city)
    suspicion = max((rates or {}).get(f.rule, SUSPICION[f.severity]) for f in findings)
    value = suspicion * (min(share, _MOST) + _LEAST[findings[0].severity])
    return Score(value, share, figure, moved[figure] if figure else Decimal(0), moved)


def _together(reaches: Sequence[Reach]) -> dict[Figure, Decimal]:
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

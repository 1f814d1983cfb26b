"""Which units must be left out for a step over all units to succeed: one unit's tables never cost the others their report.

A step that fails is tried without halves of the units until as few as possible are left out (after QuickXplain). Where it
fails without any unit too, the units are not the cause, and the failure stands as it was.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cache

from tally.errors import TallyError


class StepFailed(TallyError):
    """A step over all units could not be done with the tables as they are."""


NO_UNITS_FAULT = (OSError, MemoryError)  # a full disk, say: without any unit there might be room

Works = Callable[[frozenset[str]], bool]  # whether the step succeeds with these units left out


def is_perhaps_a_units(failure: Exception) -> bool:
    """Whether what a unit sent may be why a step failed."""
    if isinstance(failure, TallyError):
        return isinstance(failure, StepFailed)
    return not isinstance(failure, NO_UNITS_FAULT)


def must_be_left_out(units: Sequence[str], works: Works) -> frozenset[str]:
    """The fewest of `units` (in their order, as far as halving finds them) without which the step succeeds; none if it never does."""
    known = cache(works)
    everyone = frozenset(units)
    if not units or not known(everyone):
        return frozenset()
    return _fewest(list(units), frozenset(), known)


def _fewest(suspects: list[str], others: frozenset[str], works: Works) -> frozenset[str]:
    """Of `suspects`, without all of which and `others` the step succeeds, those that matter."""
    if len(suspects) == 1:
        return frozenset(suspects)
    half = len(suspects) // 2
    first, second = suspects[:half], suspects[half:]
    for part in (first, second):
        if works(others | frozenset(part)):
            return _fewest(part, others, works)
    breaking = _fewest(first, others | frozenset(second), works)
    return breaking | _fewest(second, others | breaking, works)

"""What cleaning makes of one cell: a value, its state, and what has to be said about it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from tally.catalogue import Remark, remark
from tally.model import CellState

__all__ = ["BLANK", "Reading", "Remark", "blank_but", "doubtful", "read", "repaired", "unreadable"]


@dataclass(frozen=True, slots=True)
class Reading:
    """`value` is None exactly when `state` is blank or unreadable."""

    value: Any
    state: CellState
    remark: Remark | None = None


BLANK = Reading(None, "blank")


def read(value: Any) -> Reading:
    return Reading(value, "read")


def repaired(value: Any, what: str, /, **words: object) -> Reading:
    """A repair that keeps the meaning; `what` is a kind of the catalogue without its "cell.", `words` fill its text."""
    return Reading(value, "repaired", remark(f"cell.{what}", **words))


def doubtful(value: Any, what: str, /, **words: object) -> Reading:
    """A repair that a person should look at."""
    return Reading(value, "repaired", remark(f"cell.{what}", **words))


def unreadable(what: str, /, **words: object) -> Reading:
    return Reading(None, "unreadable", remark(f"cell.{what}", **words))


def blank_but(what: str, /, **words: object) -> Reading:
    """Nothing usable is written, and that should be said: 不详, 未开展."""
    return Reading(None, "blank", remark(f"cell.{what}", **words))

"""What cleaning makes of one cell: a value, its state, and what has to be said about it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from tally.model import CellState, Severity


@dataclass(frozen=True, slots=True)
class Remark:
    """Becomes a finding at the cell. `rule` is "cell.<what>"; texts are Chinese."""

    rule: str
    severity: Severity
    message: str
    expected: str = ""
    suggestion: str = ""


@dataclass(frozen=True, slots=True)
class Reading:
    """`value` is None exactly when `state` is blank or unreadable."""

    value: Any
    state: CellState
    remark: Remark | None = None


BLANK = Reading(None, "blank")


def read(value: Any) -> Reading:
    return Reading(value, "read")


def repaired(value: Any, what: str, message: str) -> Reading:
    """A repair that keeps the meaning."""
    return Reading(value, "repaired", Remark(f"cell.{what}", "note", message))


def doubtful(value: Any, what: str, message: str, suggestion: str = "请核实，必要时重新填写") -> Reading:
    """A repair that a person should look at."""
    return Reading(value, "repaired", Remark(f"cell.{what}", "warning", message, suggestion=suggestion))


def unreadable(what: str, message: str, expected: str = "", suggestion: str = "") -> Reading:
    return Reading(None, "unreadable", Remark(f"cell.{what}", "error", message, expected, suggestion))


def blank_but(what: str, message: str, severity: Severity = "warning", suggestion: str = "") -> Reading:
    """Nothing usable is written, and that should be said: 不详, 未开展."""
    return Reading(None, "blank", Remark(f"cell.{what}", severity, message, suggestion=suggestion))

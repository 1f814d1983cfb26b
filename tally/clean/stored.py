"""Numbers stored as numbers: what was meant, without the tail of binary arithmetic."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from tally.clean.reading import Reading, read, repaired, unreadable
from tally.writing.numbers import plain


def stored(raw: int | float | Decimal) -> Reading:
    """A number stored as one, which its cell shows as it is."""
    value = meant(raw)
    if value is None:
        return unreadable("not_number/not_finite", seen=raw)
    if isinstance(raw, float) and Decimal(repr(raw)) != value:
        return repaired(value, "float_tail", seen=repr(raw), value=plain(value))
    return read(value)


def meant(raw: int | float | Decimal) -> Decimal | None:
    """A stored number as the decimal that was meant, None if it is not finite.

    A double carries 15 significant digits; what stands behind them is an artefact of arithmetic.
    """
    if isinstance(raw, Decimal):
        return raw if raw.is_finite() else None
    if isinstance(raw, int):
        return Decimal(raw)
    if raw != raw or raw in (float("inf"), float("-inf")):
        return None
    if raw.is_integer() and abs(raw) < 1e15:
        return Decimal(int(raw))
    shortest = Decimal(repr(raw))
    if len(shortest.as_tuple().digits) < 15:
        return shortest
    rounded = Decimal(f"{raw:.12g}")
    return rounded if len(rounded.normalize().as_tuple().digits) <= 10 else shortest


def value_text(value: Any) -> str | None:
    """A clean value as the cell list keeps it: plain decimals, ISO dates."""
    if value is None:
        return None
    if isinstance(value, Decimal):
        return plain(value)
    return value.isoformat() if isinstance(value, date) else str(value)

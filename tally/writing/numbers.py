"""Stored numbers as exact decimals, and the one way they are written."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation

from tally.writing.nothing import is_null

MONEY = 2  # decimals to which amounts are reported: what lies behind them is nobody's loss


def exact(value: object) -> Decimal | None:
    """The number as it was written, from a table's value (float64, Int64, text): 0.1 is 0.1. None for null and for no number."""
    if is_null(value):
        return None
    try:
        return Decimal(repr(float(value))) if isinstance(value, float) else Decimal(str(value))
    except InvalidOperation:
        return None


def addend(value: object) -> Decimal:
    """The number as it was written, null as 0: what a blank adds to a sum."""
    return exact(value) or Decimal(0)


def exponent(value: Decimal) -> int:
    """The place of the last digit of a finite number: -2 for 0.01, 0 for 12."""
    power = value.as_tuple().exponent
    return power if isinstance(power, int) else 0


def plain(value: Decimal | int | float) -> str:
    """Digits without exponent, trailing zeros or a minus before zero: 153.14, 1200, 0."""
    number = value if isinstance(value, Decimal) else exact(value)
    text = f"{number:f}"
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return "0" if text in ("-0", "") else text

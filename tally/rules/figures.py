"""Exact figures: decimals for money and quantities, how many digits were shown, and how figures are written."""

from __future__ import annotations

import re
import unicodedata
from datetime import date
from decimal import Decimal

_NUMBER = re.compile(r"\d[\d,]*(?:\.(\d+))?")
_SMALL_UNIT = re.compile(r"(?<![万亿])(元|只|个)")
_NOISE = 9  # more decimals than this are binary noise of a spreadsheet, not digits that someone wrote


def exact(value: int | float | None) -> Decimal:
    """The number as written, null as 0: 0.1 + 0.2 is 0.3."""
    return Decimal(0) if value is None else Decimal(repr(value))


def shown(value: Decimal | int | float) -> str:
    """Without exponent and trailing zeros."""
    number = value if isinstance(value, Decimal) else exact(value)
    text = f"{number:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def day_shown(day: date) -> str:
    """A day as an official writes it, without leading noughts."""
    return f"{day.year}年{day.month}月{day.day}日"


def decimals(value: Decimal) -> int:
    """How many digits after the point the number needs."""
    return max(0, -value.normalize().as_tuple().exponent)


def decimals_shown(raw: str, value: float | None) -> int:
    """Digits after the point that a cell shows, in the form's unit (5000元 in a 万元 column shows four)."""
    if value is None:
        return 0
    text = unicodedata.normalize("NFKC", raw).replace("，", ",")
    match = _NUMBER.search(text)
    own = decimals(exact(value))
    if not match:
        return own
    written = len(match.group(1) or "")
    if _SMALL_UNIT.search(text):
        written += 4
    return own if written > _NOISE else max(written, own)

"""How many digits of a figure were shown, and how a day is written."""

from __future__ import annotations

import re
import unicodedata
from datetime import date
from decimal import Decimal

from tally.writing.numbers import addend

_NUMBER = re.compile(r"\d[\d,]*(?:\.(\d+))?")
_SMALL_UNIT = re.compile(r"(?<![万亿])(元|只|个)")
_NOISE = 9  # more decimals than this are binary noise of a spreadsheet, not digits that someone wrote


def day_shown(day: date) -> str:
    """A day as an official writes it, without leading noughts."""
    return f"{day.year}年{day.month}月{day.day}日"


def decimals(value: Decimal) -> int:
    """How many digits after the point the number needs."""
    exponent = value.normalize().as_tuple().exponent
    return max(0, -exponent) if isinstance(exponent, int) else 0


def decimals_shown(raw: str, value: float | None) -> int:
    """Digits after the point that a cell shows, in the form's unit (5000元 in a 万元 column shows four)."""
    if value is None:
        return 0
    text = unicodedata.normalize("NFKC", raw).replace("，", ",")
    match = _NUMBER.search(text)
    stored = decimals(addend(value))
    if not match:
        return stored
    written = len(match.group(1) or "")
    if _SMALL_UNIT.search(text):
        written += 4
    return stored if written > _NOISE else max(written, stored)

"""Stored values beside the text that a file says they are shown as (OpenDocument, Excel's HTML): whether the two say the same."""

from __future__ import annotations

import re
from datetime import date, datetime
from decimal import Decimal, InvalidOperation

from tally.model import RawValue

_NUMBERS = re.compile(r"\d+")


def says_otherwise(value: RawValue, text: str) -> bool:
    """True where a person who sees `text` reads something else than `value`, or less of it."""
    if not text or value is None or isinstance(value, str | bool):
        return False
    if isinstance(value, int | float | Decimal):
        return _number(text) != _decimal(value)
    if isinstance(value, datetime | date):
        numbers = {int(n) for n in _NUMBERS.findall(text)}
        year = {value.year, value.year % 100} & numbers
        return not (year and {value.month, value.day} <= numbers)
    return False


def _decimal(value: int | float | Decimal) -> Decimal:
    return value if isinstance(value, Decimal) else Decimal(repr(value))


def _number(text: str) -> Decimal | None:
    try:
        number = Decimal(text.strip().replace(",", ""))
    except InvalidOperation:
        return None
    return number if number.is_finite() else None

"""Cells that show something else than they store: what is shown is what is read, and a person is told.

A number format makes `30元` of a stored 30, `约500` of 500, nothing of 14. The shown text is cleaned as if it had been
typed; where that reads as the stored value does, the cell is simply read.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, time
from decimal import Decimal

from tally.clean.reading import Reading, doubtful, repaired, unreadable
from tally.clean.stored import meant
from tally.clean.writings import decimal
from tally.model import RawValue
from tally.writing.numbers import MONEY, exponent, plain

Clean = Callable[[RawValue], Reading]
SLIGHT = Decimal("0.005")  # a number that its display rounds by no more than this part of it is only noted
_DASHES = frozenset("-－—–/")


def clean_shown(raw: RawValue, shown: str, kind: str, clean: Clean) -> Reading:
    """What a cell of a column of `kind` means that stores `raw` and shows `shown`; `clean` reads a value as if typed."""
    seen = shown.strip().strip("_")
    if kind in ("count", "quantity"):
        return _number(raw, seen, kind, clean)
    stored = clean(raw)
    if not seen:
        return _hidden(raw) if stored.value is not None else stored
    if kind == "date":
        return _date(stored, seen, clean)
    if kind == "seq" or isinstance(raw, date | datetime | time):
        return stored
    return _words(raw, seen, clean)


def _number(raw: RawValue, seen: str, kind: str, clean: Clean) -> Reading:
    if isinstance(raw, date | datetime | time | bool):
        return clean(raw)
    value = meant(raw) if isinstance(raw, int | float | Decimal) else None
    if value == 0 and not set(seen) - _DASHES:
        return repaired(Decimal(0), "shown/zero", seen=seen)
    if not set(seen) - _DASHES:
        return _hidden(raw)
    if value is not None and (places := _rounded(value, seen)) is not None:
        return _rounding(raw, value, places, kind, clean)
    return _compared(raw, value, seen, clean)


def _compared(raw: RawValue, value: Decimal | None, seen: str, clean: Clean) -> Reading:
    """The shown text's reading, beside that of the stored value."""
    typed, stored = clean(seen), clean(raw)
    what = {"stored": plain(value) if value is not None else raw, "seen": seen}
    if typed.value is None:
        if "%" in seen and value is not None:
            return unreadable("percent/format", value=plain(value * 100))
        reason = typed.remark.message if typed.remark else ""
        return unreadable("shown/refused", **what, said=reason)
    if typed.value != stored.value:
        return doubtful(typed.value, "shown", **what, value=plain(typed.value))
    return typed if typed.remark and typed.remark.severity != "note" else stored


def _rounded(value: Decimal, seen: str) -> Decimal | None:
    """The number that `seen` writes, if it is `value` rounded to fewer places."""
    text = seen.replace("(", "-").rstrip(")") if seen.startswith("(") else seen
    number = decimal(text.replace(" ", ""))
    if number is None:
        return None
    unit = Decimal(1).scaleb(exponent(number))
    return number if abs(number - value) * 2 <= unit else None


def _rounding(raw: RawValue, value: Decimal, rounded: Decimal, kind: str, clean: Clean) -> Reading:
    """A quantity counts as it is shown; a count that is no whole number is told as such, whatever its display."""
    if kind == "count" or rounded == value:
        return clean(raw)
    reading = clean(rounded)
    if reading.value is None or reading.remark is not None:
        return reading
    what = {"stored": plain(value), "value": plain(reading.value)}
    usual = rounded != 0 and -exponent(rounded) >= MONEY
    if abs(rounded - value) > SLIGHT * abs(value) and not usual:
        return doubtful(reading.value, "shown/rounded_much", **what)
    return repaired(reading.value, "shown/rounded", **what)


def _date(stored: Reading, seen: str, clean: Clean) -> Reading:
    """A stored date of which only a part is shown: the rest may be what the program added to what was typed."""
    if stored.value is None or clean(seen).value == stored.value:
        return stored
    return doubtful(stored.value, "shown/date", seen=seen, value=stored.value)


def _words(raw: RawValue, seen: str, clean: Clean) -> Reading:
    typed = clean(seen)
    if typed.value is None or typed.value == clean(raw).value:
        return typed
    return repaired(typed.value, "shown/words", stored=raw, seen=seen) if typed.remark is None else typed


def _hidden(raw: RawValue) -> Reading:
    return unreadable("shown/hidden", stored=raw)

"""Counts and quantities: from what people write to an exact Decimal in the form's unit, or a finding.

Nothing is rounded: `5000元` in a 万元 column is Decimal("0.5"). Only the tail that binary floating point adds
to a stored number (153.13999999999999) is taken off, and only where 15 digits cannot tell the two apart.
"""

from __future__ import annotations

import re
from datetime import date, datetime, time
from decimal import Decimal

from tally.clean.colloquial import is_between
from tally.clean.reading import BLANK, Reading, blank_but, doubtful, read, repaired, unreadable
from tally.clean.stored import stored
from tally.clean.text import ERROR_VALUES
from tally.clean.units import factor
from tally.clean.writings import PLAIN, number_in, refused, unit_expected
from tally.model import RawValue
from tally.writing.characters import narrow, visible
from tally.writing.nothing import DITTO, NOT_DONE, NOTHING, UNKNOWN
from tally.writing.numbers import plain

LIMIT = Decimal(10) ** 12  # no count or amount of a county comes near; more is a phone number or a code
_ZERO = frozenset("零〇○")
_FOOTNOTE = re.compile(
    r"(?<![²³¹⁰⁴-⁹₀-₉①-⒛⓪-⓿❶-➓㈠-㈩])[²³¹⁰⁴-⁹₀-₉①-⒛⓪-⓿❶-➓㈠-㈩]++$|[②③①④-⒛²³¹⁰⁴-⁹₀-₉]|(?<=\d)[*＊※#△▲]++$"
)


def clean_number(raw: RawValue, unit: str, whole: bool, written_unit: str = "") -> Reading:
    """The number in a cell of a column in `unit`; `whole` asks for a whole number.

    `written_unit` is the unit that the column's own header writes, if it differs from the form's.
    Value is a Decimal. DITTO marks come back as `cell.ditto` with no value: only the caller sees the cell above.
    """
    reading = _clean(raw, unit)
    if written_unit and written_unit != unit and reading.value is not None and not _names_unit(raw):
        reading = _converted(reading, written_unit, unit)
    value = reading.value
    if value is None:
        return reading
    if abs(value) >= LIMIT:
        return unreadable("too_large", value=value)
    if whole and value != value.to_integral_value():
        return unreadable("not_whole", seen=_shown(raw))
    return reading


def _shown(raw: RawValue) -> str:
    return str(raw).strip()


def _names_unit(raw: RawValue) -> bool:
    return isinstance(raw, str) and bool(re.search(r"[元只个片件户人]", raw))


def _converted(reading: Reading, written: str, unit: str) -> Reading:
    """By the unit in the column's header; the header itself gets the one warning for all its cells."""
    by = factor(written, unit)
    if by is None:
        return unreadable("header_unit/other", written=written, unit=unit)
    if by == 1:
        return reading
    value = reading.value * by
    if reading.remark is not None and reading.remark.severity == "warning":
        return doubtful(value, "header_unit/again", before=reading.remark.message, written=written, value=plain(value))
    return repaired(value, "header_unit", written=written, value=plain(value), unit=unit)


def _clean(raw: RawValue, unit: str) -> Reading:
    if raw is None:
        return BLANK
    if isinstance(raw, bool):
        return unreadable("not_number/logical", seen=raw)
    if isinstance(raw, (date, datetime, time)):
        return unreadable("date_in_number", seen=raw)
    if isinstance(raw, (int, float, Decimal)):
        return stored(raw)
    return _written(raw, unit)


def _written(raw: str, unit: str) -> Reading:
    """A number written as text."""
    seen = visible(raw).strip()
    text = narrow(raw)
    if not text or text in ("'", "’"):
        return BLANK
    if seen in DITTO or text in DITTO:
        return unreadable("ditto", seen=seen, what="数值", expected="数值")
    if seen in NOTHING or text in NOTHING:
        return BLANK
    if text in UNKNOWN or seen in UNKNOWN:
        return blank_but("unknown/number", seen=seen)
    if text in NOT_DONE:
        return blank_but("not_done/number", seen=seen)
    if text in _ZERO:
        return repaired(Decimal(0), "numeral/zero", seen=seen)
    if text.upper() in ERROR_VALUES:
        return unreadable("error_value", value=text, what="数值", expected="数值")
    if match := _FOOTNOTE.search(seen):
        return _with_footnote(seen[: match.start()], match[0], seen, unit)
    text = text.lstrip("'’`").rstrip("。;；、,").replace("−", "-")
    if is_between(raw, text):
        return unreadable("not_number/between", seen=raw.strip().replace("\u00ad", "-"), expected=unit_expected(unit))
    if _spaced(raw):
        return _inner_space(seen, text, unit)
    if text == raw and PLAIN.fullmatch(text) and not _odd(text):
        return read(Decimal(text))
    return number_in(text, seen, unit) or refused(seen, text, unit)


def _with_footnote(number: str, mark: str, seen: str, unit: str) -> Reading:
    """A footnote mark behind a number is no digit of it, though compatibility forms make it one."""
    inner = _written(number, unit) if number else BLANK
    if inner.value is None or _FOOTNOTE.search(number):
        return unreadable("not_number", seen=seen, expected=unit_expected(unit))
    return doubtful(inner.value, "footnote", seen=seen, value=plain(inner.value), mark=mark)


def _spaced(raw: str) -> bool:
    return bool(re.search(r"\d[\s\u00a0\u3000]+[\d]", visible(raw).strip()))


def _inner_space(seen: str, text: str, unit: str) -> Reading:
    if re.fullmatch(r"[-+]?\d{1,3}([\s\u00a0]\d{3})+(\.\d+)?", seen):
        return doubtful(Decimal(text), "inner_space", seen=seen, value=text)
    return unreadable("inner_space/two", seen=seen, value=text)


def _odd(text: str) -> bool:
    """True for digits that a person would not write so: 12.0, 012, +12, the tail of a binary fraction."""
    ends_in_nought = "." in text and text.rstrip("0").endswith(".")
    leading_nought = len(text) > 1 and text[0] == "0" and text[1] != "."
    return ends_in_nought or leading_nought or text[0] == "+" or len(text) >= 16

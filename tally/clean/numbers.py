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
from tally.clean.stored import meant, stored
from tally.clean.text import ERROR_VALUES, chinese_number
from tally.clean.units import factor, is_unit
from tally.model import RawValue
from tally.writing.characters import narrow, visible
from tally.writing.nothing import DITTO, NOT_DONE, NOTHING, UNKNOWN
from tally.writing.numbers import plain

LIMIT = Decimal(10) ** 12  # no count or amount of a county comes near; more is a phone number or a code
_ZERO = frozenset("零〇○")
_PLAIN = re.compile(r"[-+]?\d+(\.\d+)?")
_GROUPED = re.compile(r"[-+]?\d{1,3}(,\d{3})+(\.\d+)?")
_LOOSE = re.compile(r"[-+]?(\d+\.|\.\d+)")
_SCIENTIFIC = re.compile(r"[-+]?\d(\.\d+)?E[-+]?\d{1,2}", re.I)
_SUM = re.compile(r"=?\d+(\.\d+)?(\+\d+(\.\d+)?)+")
_EQUALS = re.compile(r"(=?\d+(?:\.\d+)?(?:\+\d+(?:\.\d+)?)*)=(\d+(?:\.\d+)?)")
_BRACKET = re.compile(r"^([^()]+)\(([^()]*)\)$")
_HEDGE_BEFORE = re.compile(
    r"^(大约|大概|约为|约计|约|近|将近|接近|不足|不到|超过|超|逾|至少|至多|最多|不少于|不低于|大于|小于|[<>≤≥~≈])"
)
_HEDGE_AFTER = re.compile(r"(左右|上下|以上|以下|多|余|来)$")
_HEDGE_INSIDE = re.compile(r"(?<=[\d十百千万亿])(余|多|来)(?=[^\d])")
_LEAD = re.compile(r"^(共计|合计|累计|总计|共|计|为|是)")
_CURRENCY = re.compile(r"^(￥|¥|RMB|CNY|人民币)[::]?", re.I)
_NUMBER_UNIT = re.compile(r"([-+]?[\d,]*\.?\d+)(\D+)")
_SCALED = "[千仟万萬亿億]"
_FOOTNOTE = re.compile(r"[²³¹⁰⁴-⁹₀-₉①-⒛⓪-⓿❶-➓㈠-㈩]+$|[②③①④-⒛²³¹⁰⁴-⁹₀-₉]|(?<=\d)[*＊※#△▲]+$")
_TYPOS = str.maketrans("OoIlｌ丨|SZ", "001111152")


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
    if found := _FOOTNOTE.search(seen):
        return _with_footnote(seen[: found.start()], found[0], seen, unit)
    text = text.lstrip("'’`").rstrip("。;；、,").replace("−", "-")
    if is_between(raw, text):
        return unreadable("not_number/between", seen=raw.strip().replace("\u00ad", "-"), expected=_in_unit(unit))
    if _spaced(raw):
        return _inner_space(seen, text, unit)
    if text == raw and _PLAIN.fullmatch(text) and not _odd(text):
        return read(Decimal(text))
    return _number(text, seen, unit) or _refused(seen, text, unit)


def _with_footnote(number: str, mark: str, seen: str, unit: str) -> Reading:
    """A footnote mark behind a number is no digit of it, though compatibility forms make it one."""
    inner = _written(number, unit) if number else BLANK
    if inner.value is None or _FOOTNOTE.search(number):
        return unreadable("not_number", seen=seen, expected=_in_unit(unit))
    return doubtful(inner.value, "footnote", seen=seen, value=plain(inner.value), mark=mark)


def _spaced(raw: str) -> bool:
    return bool(re.search(r"\d[\s\u00a0\u3000]+[\d]", visible(raw).strip()))


def _inner_space(seen: str, text: str, unit: str) -> Reading:
    if re.fullmatch(r"[-+]?\d{1,3}([\s\u00a0]\d{3})+(\.\d+)?", seen):
        return doubtful(Decimal(text), "inner_space", seen=seen, value=text)
    return unreadable("inner_space/two", seen=seen, value=text)


def _number(text: str, seen: str, unit: str) -> Reading | None:
    """`text` (narrow) as one number; tries the sure writings first, then those a person should look at."""
    if (value := decimal(text)) is not None:
        if len(value.as_tuple().digits) >= 15:
            value = meant(float(value)) or value
        return repaired(value, "number_style", seen=seen, value=plain(value))
    if (value := chinese_number(text)) is not None and not (_base_factor(unit) != 1 and re.search(_SCALED, text)):
        return repaired(value, "numeral", seen=seen, value=plain(value))
    return (
        _scaled_numeral(text, seen, unit)
        or _with_unit(text, seen, unit)
        or _with_currency(text, seen, unit)
        or _expression(text, seen, unit)
        or _hedged(text, seen, unit)
        or _bracketed(text, seen, unit)
    )


def _odd(text: str) -> bool:
    """True for digits that a person would not write so: 12.0, 012, +12, the tail of a binary fraction."""
    ends_in_nought = "." in text and text.rstrip("0").endswith(".")
    leading_nought = len(text) > 1 and text[0] == "0" and text[1] != "."
    return ends_in_nought or leading_nought or text[0] == "+" or len(text) >= 16


def decimal(text: str) -> Decimal | None:
    """A number in digits, thousands grouped or not; None for anything else ("1.2.3", "1,23")."""
    if _PLAIN.fullmatch(text) or _LOOSE.fullmatch(text):
        return Decimal(text)
    if _GROUPED.fullmatch(text):
        return Decimal(text.replace(",", ""))
    return None


def _with_unit(text: str, seen: str, unit: str) -> Reading | None:
    """12件, 13.5万只, 5000元, 3万, 一万二千只."""
    number, written = _split_unit(text)
    if number is None or not written:
        return None
    by = factor(written, unit)
    if by is None:
        return None
    value = number * by
    if by == 1 and written != "万":
        return repaired(value, "unit_written", seen=seen, value=plain(value), unit=unit)
    return doubtful(value, "unit_converted/prescribed", seen=seen, unit=unit, value=plain(value))


def _split_unit(text: str) -> tuple[Decimal | None, str]:
    if (found := _NUMBER_UNIT.fullmatch(text)) and (number := decimal(found[1])) is not None:
        return number, found[2]
    for cut in range(len(text) - 1, 0, -1):
        if (number := chinese_number(text[:cut])) is not None and not re.search(r"\d", text[cut:]):
            return number, text[cut:]
    return None, ""


def _scaled_numeral(text: str, seen: str, unit: str) -> Reading | None:
    """一万二千 in a column in 万元 or 万只 counts single pieces, as 1万2千 does; 三千 may be either and is refused."""
    by, value = _base_factor(unit), chinese_number(text)
    if by == 1 or value is None or value < 10**4:
        return None
    return doubtful(value * by, "unit_converted", seen=seen, unit=unit, value=plain(value * by))


def _with_currency(text: str, seen: str, unit: str) -> Reading | None:
    """RMB 3.5万元; a bare ¥3500 counts 元, which in a column in 万元 is as likely a slip: refused."""
    bare = _CURRENCY.sub("", text)
    if bare == text:
        return None
    if "元" not in unit:
        return unreadable("other_unit/money", seen=seen, unit=unit)
    if unit != "元" and decimal(bare) is not None:
        return unreadable("not_number/no_unit", seen=seen, unit=unit)
    inner = _number(bare, bare, unit)
    if inner is None or inner.value is None:
        return inner
    return doubtful(inner.value, "prefix/unit", seen=seen, value=plain(inner.value), unit=unit)


def _expression(text: str, seen: str, unit: str) -> Reading | None:
    """12+3; 12+3=15 only if it adds up; 1万2千 is one number."""
    if found := _EQUALS.fullmatch(text):
        total = _add(found[1])
        if total == Decimal(found[2]):
            return doubtful(total, "expression/equation", seen=seen, value=plain(total))
        return None
    if _SUM.fullmatch(text):
        total = _add(text)
        return doubtful(total, "expression", seen=seen, value=plain(total))
    if _SCIENTIFIC.fullmatch(text):
        value = Decimal(text)
        return doubtful(value, "scientific", seen=seen, value=plain(value))
    if found := re.fullmatch(r"(\d+(?:\.\d+)?)万(\d)千(.*)", text):
        value = Decimal(found[1]) * 10**4 + int(found[2]) * 1000
        by = factor(found[3], unit) if found[3] else None
        if by is not None or not found[3]:
            value *= by or _base_factor(unit)
            return doubtful(value, "unit_converted", seen=seen, unit=unit, value=plain(value))
    return None


def _base_factor(unit: str) -> Decimal:
    """From single pieces (元, 只, 件) to `unit`."""
    return next((f for base in ("元", "只") if (f := factor(base, unit)) is not None), Decimal(1))


def _add(text: str) -> Decimal:
    return sum((Decimal(p) for p in text.lstrip("=").split("+")), Decimal(0))


def _hedged(text: str, seen: str, unit: str) -> Reading | None:
    """约500, 3万余, 500余件, 近千: the number is taken, and a person must look."""
    core = _HEDGE_INSIDE.sub("", _HEDGE_AFTER.sub("", _HEDGE_BEFORE.sub("", text)))
    lead = _LEAD.sub("", core)
    if lead == text or not lead:
        return None
    inner = _number(lead, lead, unit)
    if inner is None or inner.value is None:
        return inner
    if core == text:
        return doubtful(inner.value, "prefix", seen=seen, value=plain(inner.value))
    return doubtful(inner.value, "approximate", seen=seen, value=plain(inner.value))


def _bracketed(text: str, seen: str, unit: str) -> Reading | None:
    """12件(其中简易3件): the number before the bracket; what the bracket says is shown."""
    if not (found := _BRACKET.fullmatch(text)):
        return None
    if (inside := _in_brackets(found[1], found[2], seen, unit)) is not None:
        return inside
    inner = _number(found[1], found[1], unit)
    if inner is None or inner.value is None:
        return inner
    return doubtful(inner.value, "bracket", seen=seen, value=plain(inner.value), inside=found[2])


def _in_brackets(outside: str, inside: str, seen: str, unit: str) -> Reading | None:
    """1批(500只) in a column in 只: what stands outside counts something else, the bracket the column's own unit."""
    number, written = _split_unit(outside)
    counted, own = _split_unit(inside)
    if number is None or counted is None or not is_unit(written) or factor(own, unit) is None or not own:
        return None
    value = counted * (factor(own, unit) or 1)
    return doubtful(value, "prefix", seen=seen, value=plain(value))


def _refused(seen: str, text: str, unit: str) -> Reading:
    if "%" in text:
        return unreadable("percent", seen=seen)
    expected = _in_unit(unit) if unit else "数值"
    number, written = _split_unit(text)
    if number is not None and is_unit(written):
        return unreadable("other_unit", seen=seen, written=written, unit=unit, expected=expected)
    guess = text.translate(_TYPOS)
    if guess != text and decimal(guess) is not None:
        return unreadable("not_number/typo", seen=seen, guess=guess, expected=expected)
    return unreadable("not_number", seen=seen, expected=expected)


def _in_unit(unit: str) -> str:
    return f"以“{unit}”为单位的数值"

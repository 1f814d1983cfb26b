"""The ways in which people write one number: in digits, in numerals, with a unit, as a sum, hedged, with a bracket behind.

Each way is a function of the text (narrow), the text as seen and the column's unit: a Reading, or None if the text is not
written so. `WAYS` holds them in the order in which they are tried: sure ones first, then those a person should look at.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from decimal import Decimal

from tally.clean.colloquial import counted_in, short_spoken
from tally.clean.reading import Reading, doubtful, repaired, unreadable
from tally.clean.stored import meant
from tally.clean.text import chinese_number
from tally.clean.units import factor, is_unit
from tally.writing.numbers import plain

PLAIN = re.compile(r"[-+]?\d+(\.\d+)?")
_GROUPED = re.compile(r"[-+]?\d{1,3}(,\d{3})+(\.\d+)?")
_LOOSE = re.compile(r"[-+]?(\d+\.|\.\d+)")
_SCIENTIFIC = re.compile(r"[-+]?\d(\.\d+)?E[-+]?\d{1,2}", re.I)
_SUM = re.compile(r"=?\d++(\.\d++)?(\+\d++(\.\d++)?)++")
_EQUALS = re.compile(r"(=?\d+(?:\.\d+)?(?:\+\d+(?:\.\d+)?)*)=(\d+(?:\.\d+)?)")
_MIXED = re.compile(r"(\d+(?:\.\d+)?)万(\d)千(.*)")
_BRACKET = re.compile(r"^([^()]+)\(([^()]*)\)$")
_HEDGE_BEFORE = re.compile(
    r"^(大约|大概|约为|约计|约|近|将近|接近|不足|不到|超过|超|逾|至少|至多|最多|不少于|不低于|大于|小于|[<>≤≥~≈])"
)
_HEDGE_AFTER = re.compile(r"(左右|上下|以上|以下|多|余|来)$")
_HEDGE_INSIDE = re.compile(r"(?<=[\d十百千万亿])(余|多|来)(?=[^\d])")
_LEAD = re.compile(r"^(共计|合计|累计|总计|共|计|为|是)")
_CURRENCY = re.compile(r"^(￥|¥|RMB|CNY|人民币)[::]?", re.I)
_NUMBER_UNIT = re.compile(r"([-+]?(?:(?:,*+\d++)++(?:,*+\.\d++)?|,*+\.\d++))(\D++)")
_SCALED = "[千仟万萬亿億]"
_TYPOS = str.maketrans("OoIlｌ丨|SZ", "001111152")


def number_in(text: str, seen: str, unit: str) -> Reading | None:
    """`text` (narrow) as one number in a column in `unit`, None if it is written in no way that is known."""
    for way in WAYS:
        if (reading := way(text, seen, unit)) is not None:
            return reading
    return None


def _digits(text: str, seen: str, unit: str) -> Reading | None:
    """１２, 1,234, 0.5."""
    value = decimal(text)
    if value is None:
        return None
    if len(value.as_tuple().digits) >= 15:
        value = meant(float(value)) or value
    return repaired(value, "number_style", seen=seen, value=plain(value))


def _numeral(text: str, seen: str, unit: str) -> Reading | None:
    """十二, 壹拾贰; 三千 in a column in 万只 may be either and is left to others."""
    value = chinese_number(text)
    if value is None or (_base_factor(unit) != 1 and re.search(_SCALED, text)):
        return None
    return repaired(value, "numeral", seen=seen, value=plain(value))


def decimal(text: str) -> Decimal | None:
    """A number in digits, thousands grouped or not; None for anything else ("1.2.3", "1,23")."""
    if PLAIN.fullmatch(text) or _LOOSE.fullmatch(text):
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
    if (match := _NUMBER_UNIT.fullmatch(text)) and (number := decimal(match[1])) is not None:
        return number, match[2]
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
    inner = number_in(bare, bare, unit)
    if inner is None or inner.value is None:
        return inner
    return doubtful(inner.value, "prefix/unit", seen=seen, value=plain(inner.value), unit=unit)


def _expression(text: str, seen: str, unit: str) -> Reading | None:
    """12+3; 12+3=15 only if it adds up; 1万2千 is one number."""
    if match := _EQUALS.fullmatch(text):
        total = _add(match[1])
        if total == Decimal(match[2]):
            return doubtful(total, "expression/equation", seen=seen, value=plain(total))
        return None
    if _SUM.fullmatch(text):
        total = _add(text)
        return doubtful(total, "expression", seen=seen, value=plain(total))
    if _SCIENTIFIC.fullmatch(text):
        value = Decimal(text)
        return doubtful(value, "scientific", seen=seen, value=plain(value))
    if match := _MIXED.fullmatch(text):
        value = Decimal(match[1]) * 10**4 + int(match[2]) * 1000
        by = factor(match[3], unit) if match[3] else None
        if by is not None or not match[3]:
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
    inner = number_in(lead, lead, unit)
    if inner is None or inner.value is None:
        return inner
    if core == text:
        return doubtful(inner.value, "prefix", seen=seen, value=plain(inner.value))
    return doubtful(inner.value, "approximate", seen=seen, value=plain(inner.value))


def _bracketed(text: str, seen: str, unit: str) -> Reading | None:
    """12件(其中简易3件): the number before the bracket; what the bracket says is shown."""
    if not (match := _BRACKET.fullmatch(text)):
        return None
    if (inside := _in_brackets(match[1], match[2], seen, unit)) is not None:
        return inside
    inner = number_in(match[1], match[1], unit)
    if inner is None or inner.value is None:
        return inner
    return doubtful(inner.value, "bracket", seen=seen, value=plain(inner.value), inside=match[2])


def _in_brackets(outside: str, inside: str, seen: str, unit: str) -> Reading | None:
    """1批(500只) in a column in 只: what stands outside counts something else, the bracket the column's own unit."""
    number, written = _split_unit(outside)
    counted, own = _split_unit(inside)
    if number is None or counted is None or not is_unit(written) or factor(own, unit) is None or not own:
        return None
    value = counted * (factor(own, unit) or 1)
    return doubtful(value, "prefix", seen=seen, value=plain(value))


def refused(seen: str, text: str, unit: str) -> Reading:
    if "%" in text:
        return unreadable("percent", seen=seen)
    expected = unit_expected(unit) if unit else "数值"
    number, written = _split_unit(text)
    if number is not None and is_unit(written):
        return unreadable("other_unit", seen=seen, written=written, unit=unit, expected=expected)
    guess = text.translate(_TYPOS)
    if guess != text and decimal(guess) is not None:
        return unreadable("not_number/typo", seen=seen, guess=guess, expected=expected)
    return unreadable("not_number", seen=seen, expected=expected)


def unit_expected(unit: str) -> str:
    return f"以“{unit}”为单位的数值"


def _short_spoken(text: str, seen: str, unit: str) -> Reading | None:
    """三万五, 一百二; in a column in 万元 or 万只 it counts single pieces."""
    value = short_spoken(text)
    if value is None:
        return None
    by = _base_factor(unit)
    if by == 1:
        return doubtful(value, "prefix", seen=seen, value=plain(value))
    if value < 10**4:
        return None
    return doubtful(value * by, "unit_converted", seen=seen, unit=unit, value=plain(value * by))


def _counted(text: str, seen: str, unit: str) -> Reading | None:
    """1批500只 in a column in 只."""
    value = counted_in(text, unit)
    return None if value is None else doubtful(value, "prefix", seen=seen, value=plain(value))


Way = Callable[[str, str, str], Reading | None]
WAYS: tuple[Way, ...] = (
    _digits,
    _numeral,
    _scaled_numeral,
    _with_unit,
    _with_currency,
    _expression,
    _short_spoken,
    _counted,
    _hedged,
    _bracketed,
)

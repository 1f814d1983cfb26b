"""Spreadsheet number formats and serial dates: when a number is a date, and what its display adds to it."""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta

# ids that files use without spelling the format out (ECMA-376 18.8.30, zh-CN where it differs)
BUILTIN = {
    0: "General", 1: "0", 2: "0.00", 3: "#,##0", 4: "#,##0.00",
    5: '"¥"#,##0', 6: '"¥"#,##0', 7: '"¥"#,##0.00', 8: '"¥"#,##0.00',
    9: "0%", 10: "0.00%", 11: "0.00E+00", 12: "# ?/?", 13: "# ??/??",
    14: "yyyy/m/d", 15: "d-mmm-yy", 16: "d-mmm", 17: "mmm-yy", 18: "h:mm AM/PM", 19: "h:mm:ss AM/PM",
    20: "h:mm", 21: "h:mm:ss", 22: "yyyy/m/d h:mm",
    27: 'yyyy"年"m"月"', 28: 'm"月"d"日"', 29: 'm"月"d"日"', 30: "m-d-yy", 31: 'yyyy"年"m"月"d"日"',
    32: 'h"时"mm"分"', 33: 'h"时"mm"分"ss"秒"', 34: '上午/下午h"时"mm"分"', 35: '上午/下午h"时"mm"分"ss"秒"',
    36: 'yyyy"年"m"月"',
    37: "#,##0", 38: "#,##0", 39: "#,##0.00", 40: "#,##0.00",
    41: "#,##0", 42: '"¥"#,##0', 43: "#,##0.00", 44: '"¥"#,##0.00',
    45: "mm:ss", 46: "[h]:mm:ss", 47: "mm:ss.0", 48: "##0.0E+0", 49: "@",
    50: 'yyyy"年"m"月"', 51: 'm"月"d"日"', 52: 'yyyy"年"m"月"', 53: 'm"月"d"日"', 54: 'm"月"d"日"',
    55: '上午/下午h"时"mm"分"', 56: '上午/下午h"时"mm"分"ss"秒"', 57: 'yyyy"年"m"月"', 58: 'm"月"d"日"',
}  # fmt: skip

_GENERAL = re.compile(r"g/通用格式|general|standard", re.IGNORECASE)
_LITERAL = re.compile(r'"[^"]*"|\\.|_.|\*.|!.')
_BRACKET = re.compile(r"\[[^\]]*\]")
_ELAPSED = re.compile(r"\[(h+|m+|s+)\]", re.IGNORECASE)
_PLAIN = re.compile(r"[0#?.,@eE+\-()/ ]*")


def is_date(code: str) -> bool:
    """Whether a number in this format is shown as a date or a time of day (elapsed time is a number)."""
    if _ELAPSED.search(code):
        return False
    bare = _GENERAL.sub("", _LITERAL.sub("", _BRACKET.sub("", code.split(";")[0]))).lower()
    bare = re.sub(r"s\.0+", "s", bare)
    return bool(re.search(r"[ymdhse]|aaa", bare)) and not re.search(r"[0#?@]", bare)


def adds(code: str) -> bool:
    """Whether the display says more than the number or hides it: %, units, currency, scaling, dates."""
    if is_date(code) or _ELAPSED.search(code):
        return True
    sections = code.split(";")
    if any(not s.strip() for s in sections[:3]) and len(sections) > 1:
        return True  # an empty section hides such numbers
    return any(_adds(section) for section in sections[:3])


def _adds(section: str) -> bool:
    literals = "".join(m[1:-1] if m[0] == '"' else m[1:] for m in _LITERAL.findall(section) if m[0] in '"\\!')
    currency = "".join(m[2:].split("-")[0].rstrip("]") for m in _BRACKET.findall(section) if m.startswith("[$"))
    bare = _GENERAL.sub("", _LITERAL.sub("", _BRACKET.sub("", section))).strip()
    scaled = re.search(r"[0#?],+(?![0#?,])", bare)
    return bool(literals.strip(" -+()/,.") or currency or scaled or not _PLAIN.fullmatch(bare))


def from_serial(serial: float, epoch_1904: bool) -> date | datetime | time | float:
    """The date (or datetime, or time of day below 1) of a serial number; the number itself if it is none.

    In the 1900 system day 60 is 1900-02-29, which never was: it stays a number.
    """
    if not 0 <= serial < 2_958_466:
        return serial
    days, seconds = divmod(round(serial * 86_400, 3), 86_400)
    if days == 0:
        return (datetime.min + timedelta(seconds=seconds)).time() if seconds else serial
    if epoch_1904:
        start = datetime(1904, 1, 1)
    elif days == 60:
        return serial
    else:
        start = datetime(1899, 12, 31) if days < 60 else datetime(1899, 12, 30)
    moment = start + timedelta(days=days, seconds=seconds)
    return moment if seconds else moment.date()


def tidy(number: float) -> int | float:
    """A whole number as int, where a float holds it exactly; any other as it is."""
    return int(number) if number == number and abs(number) < 1e15 and number == int(number) else number

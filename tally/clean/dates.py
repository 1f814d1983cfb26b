"""Dates: only a whole, possible day is a date; a month, a missing year or 2021年2月30日 is a finding."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, datetime, timedelta
from decimal import Decimal

from tally.clean.printed_dates import printed_day
from tally.clean.reading import BLANK, Reading, blank_but, doubtful, read, repaired, unreadable
from tally.clean.text import ERROR_VALUES, chinese_number
from tally.model import RawValue
from tally.writing.characters import narrow, visible
from tally.writing.nothing import DITTO, NOT_DONE, NOTHING, UNKNOWN

EARLIEST, LATEST = date(1949, 1, 1), date(2100, 1, 1)
_EPOCH = date(1899, 12, 30)
_YMD = re.compile(
    r"(\d{4})[-‐–—−\\./年。、·,_](\d{1,2})[-‐–—−\\./月。、·,_](\d{1,2})[日号]?[.。]?(?:T?\d{1,2}:\d{2}(?::\d{2}(?:\.0+)?)?)?"
)
_DASH = re.compile(r"[‐–—−\\]")  # what an input method puts for "-"
_CLOCK = re.compile(r"(?<=\d)\s+\d{1,2}:\d{2}(:\d{2}(\.0+)?)?\s*$")
_COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})(?:\.0)?")
_CHINESE = re.compile(  # 2020年三月4日 too: each part for itself
    r"([零〇○0０OoＯ一二三四五六七八九]{4}|\d{4})年([一二三四五六七八九十]{1,3}|\d{1,2})月([一二三四五六七八九十廿卅]{1,3}|\d{1,2})[日号]"
)
_REPUBLIC = re.compile(r"民国(\d{1,3}|元)年(\d{1,2})月(\d{1,2})[日号]")
_SHORT_YEAR = re.compile(r"(\d{2})[年.](\d{1,2})[月.](\d{1,2})[日号]?")
_SPACED = re.compile(r"(\d{4})[\s\u3000]+(\d{1,2})[\s\u3000]+(\d{1,2})")
_AMONG_WORDS = re.compile(
    r"(?:成立于|成立日期|成立时间|注册于|注册日期|注册时间|于)?[::]?"
    r"(\d{4}[-./年]\d{1,2}[-./月]\d{1,2}[日号]?)(?:成立|注册|设立|登记|起?[-—–~]?至今|开始|以来|起|[(][^()\d]{1,6}[)])?"
)
_MONTH = re.compile(r"(\d{4})[-./年](\d{1,2})月?")
_NOUGHT = re.compile("[0OoＯ]")
_EXPECTED = "完整的日期，如 2021-04-10"


def clean_date(raw: RawValue) -> Reading:
    """The day in a cell as datetime.date; anything that leaves the day open is unreadable."""
    if raw is None:
        return BLANK
    if isinstance(raw, datetime):
        return _within(raw.date(), raw, "read")
    if isinstance(raw, date):
        return _within(raw, raw, "read")
    if isinstance(raw, bool):
        return unreadable("not_date", seen=raw, expected=_EXPECTED)
    if isinstance(raw, (int, float, Decimal)):
        return _stored(raw)
    return _written(str(raw))


def _within(day: date, raw: RawValue, how: str) -> Reading:
    if not EARLIEST <= day < LATEST:
        return unreadable("date_range", value=day.isoformat(), expected=_EXPECTED)
    return read(day) if how == "read" else repaired(day, "date_style", seen=raw, value=day.isoformat())


def _stored(raw: int | float | Decimal) -> Reading:
    number = float(raw)
    if number.is_integer() and 19490101 <= number < 21000101:
        return _written(str(int(number)))
    if number.is_integer() and 18264 <= number < 73051:  # 1950 to 2099 as a spreadsheet's serial day
        return _within(_EPOCH + timedelta(days=int(number)), f"{raw:g}", "serial")
    return unreadable("not_date/partly", seen=f"{raw:g}", expected=_EXPECTED)


def _written(raw: str) -> Reading:
    seen, text = visible(raw).strip(), narrow(_CLOCK.sub("", raw))
    if not text or text in NOTHING or seen in NOTHING:
        return BLANK
    if text in DITTO or seen in DITTO:
        return unreadable("ditto", seen=seen, what="日期", expected=_EXPECTED)
    if text in UNKNOWN or text in NOT_DONE:
        return blank_but("unknown", seen=seen, what="日期")
    if text.upper() in ERROR_VALUES:
        return unreadable("error_value", value=text, what="日期", expected=_EXPECTED)
    if match := _YMD.fullmatch(text):
        return _day(match.groups(), seen, "read" if text == raw and not _DASH.search(text) else "style")
    if match := _COMPACT.fullmatch(text):
        return _day(match.groups(), seen, "style")
    if match := _CHINESE.fullmatch(text):
        numbers = [int(p) if p.isdecimal() else chinese_number(_NOUGHT.sub("〇", p)) for p in match.groups()]
        return (
            unreadable("not_date", seen=seen, expected=_EXPECTED) if None in numbers else _day(numbers, seen, "style")
        )
    if (reading := _of_another_style(raw, text, seen)) is not None:
        return reading
    if re.fullmatch(r"\d{5}(\.0)?", text):
        return _stored(float(text))
    if match := _MONTH.fullmatch(text):
        return unreadable("date_partial", seen=seen, expected=_EXPECTED)
    return unreadable("not_date/partly", seen=seen, expected=_EXPECTED)


def _of_another_style(raw: str, text: str, seen: str) -> Reading | None:
    """民国109年5月6日, 20年5月6日, 20.5.6, 2020 5 6; a whole date among words such as 成立于, with a word to say so."""
    if match := _REPUBLIC.fullmatch(text):
        year = 1 if match[1] == "元" else int(match[1])
        return _looked_at(_day((year + 1911, match[2], match[3]), seen, "style"), seen)
    if match := _SHORT_YEAR.fullmatch(text):
        return _looked_at(_day((int(match[1]) + 2000, match[2], match[3]), seen, "style"), seen)
    if match := _SPACED.fullmatch(visible(raw).strip()):
        return _day(match.groups(), seen, "style")
    if (printed := printed_day(raw)) is not None:
        reading = _within(printed.day, seen, "style")
        return reading if printed.plain else _looked_at(reading, seen)
    if match := _AMONG_WORDS.fullmatch(text):
        return _looked_at(_written(match[1]), seen)
    return None


def _looked_at(reading: Reading, seen: str) -> Reading:
    """The day that was read, for a person to confirm."""
    if reading.value is None:
        return reading
    return doubtful(reading.value, "date_words", seen=seen, value=reading.value.isoformat())


def _day(parts: Sequence[str | int | Decimal | None], seen: str, how: str) -> Reading:
    year, month, day = (int(p or 0) for p in parts)
    try:
        return _within(date(year, month, day), seen, how)
    except ValueError:
        return unreadable("impossible_date", seen=seen, expected=_EXPECTED)


_DATE_IN_TEXT = re.compile(
    r"((?:\d{4}|[零〇○一二三四五六七八九]{4})年\d{0,2}[一二三四五六七八九十]{0,3}月\d{0,2}[一二三四五六七八九十廿卅]{0,3}[日号]|\d{4}[-./]\d{1,2}[-./]\d{1,2}|(?<!\d)20\d{6}(?!\d))"
)


def date_in(text: str) -> date | None:
    """The first whole date that a line such as 填报时间：2021年 4月10日 names, None if there is none."""
    for match in _DATE_IN_TEXT.finditer(narrow(text)):
        reading = clean_date(match[0])
        if reading.value is not None:
            return reading.value
    return None

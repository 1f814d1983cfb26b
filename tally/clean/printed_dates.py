"""Dates as programs print them: with a weekday, a clock, a zone, an English month. Each has one reading, or is none here.

2020-03-04T00:00:00+08:00, Wed Mar 04 00:00:00 CST 2020, Wed Mar 04 2020 00:00:00 GMT+0800 (中国标准时间), Mar 4, 2020,
4-Mar-2020, 2020年3月4日星期三, 25/3/2020. A moment in another zone is the day that it was in China.
"""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta
from typing import NamedTuple

from tally.writing.characters import visible

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_WEEK = "一二三四五六日"
_WEEKDAY = re.compile(
    r"[(（]?(?:星期|周|礼拜)([一二三四五六日天])[)）]?|\b(mon|tue|wed|thu|fri|sat|sun)[a-z]*\b[,.]?", re.I
)
_CLOCK = re.compile(r"(?:(?<=\d)T|(?<!\d))(\d{1,2}):(\d{2})(?::\d{2}(?:\.\d+)?)?(?:\s*([AP]M))?", re.I)
_HOURS = re.compile(r"(?<=[日号\s])\s{0,4}(上午|下午|凌晨)?\s{0,4}\d{1,2}[时点](\d{1,2}分)?(\d{1,2}秒)?$")
# What may follow a clock: nothing, China's zone, another one by its distance from Greenwich.
_ZONE = re.compile(r"(?<=[\d\sM])\s{0,4}(?:(?:GMT|UTC|UT|Z)?([+-]\d{2}):?(\d{2})?|(CST)|(GMT|UTC|UT|Z))(?=\s|$)", re.I)
_ASIDE = re.compile(r"(?<=[+-]\d{4})\s*\([^()\d]*\)\s*$")  # the zone's name behind its distance
_MONTH = rf"({'|'.join(_MONTHS)})[a-z]*\.?"
_BY_NAME = re.compile(rf"{_MONTH}[\s\-/]*(\d{{1,2}})(?:st|nd|rd|th)?[\s,，\-/]+(\d{{4}})", re.I)
_DAY_FIRST = re.compile(rf"(\d{{1,2}})(?:st|nd|rd|th)?[\s\-/]*{_MONTH}[\s,，\-/]*(\d{{4}})", re.I)
_ISO = re.compile(r"(\d{4})([-/.年])(\d{1,2})[-/.月](\d{1,2})[日号]?")
_YEAR_LAST = re.compile(r"(\d{1,2})([-/.])(\d{1,2})\2(\d{4})")
_CHINA = timedelta(hours=8)


class Printed(NamedTuple):
    """A day, and whether nothing about its writing needs a person's eye."""

    day: date
    plain: bool


def printed_day(raw: str) -> Printed | None:
    """The day that `raw` names in a program's writing; None if it names none, or more than one."""
    text = _ASIDE.sub("", visible(raw).strip())
    weekday = _WEEKDAY.search(text)
    text = _WEEKDAY.sub(" ", text)
    clock = _CLOCK.search(text)
    zone = _ZONE.search(text, clock.end()) if clock else None
    rest = text
    for part in (zone, clock):  # from behind, so that the places before stay as they are
        rest = rest[: part.start()] + " " + rest[part.end() :] if part else rest
    rest = " ".join(_HOURS.sub("", rest.strip()).split()).strip(",， ")
    day, plain = _day_of(rest)
    if day is None:
        return None
    moved = _in_china(day, clock, zone)
    agrees = weekday is None or _number(weekday) == day.weekday()
    return Printed(moved, plain and agrees and moved == day)


def _day_of(rest: str) -> tuple[date | None, bool]:
    if match := _BY_NAME.fullmatch(rest):
        return _date(match[3], _month(match[1]), match[2]), True
    if match := _DAY_FIRST.fullmatch(rest):
        return _date(match[3], _month(match[2]), match[1]), True
    if match := _ISO.fullmatch(rest):
        return _date(match[1], match[3], match[4]), True
    if match := _YEAR_LAST.fullmatch(rest):
        readings = {_date(match[4], match[3], match[1]), _date(match[4], match[1], match[3])} - {None}
        return (readings.pop() if len(readings) == 1 else None), False
    return None, False


def _date(year: str | int, month: str | int, day: str | int) -> date | None:
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        return None


def _month(name: str) -> int:
    return _MONTHS.index(name.lower()) + 1


def _number(weekday: re.Match[str]) -> int:
    if weekday[1]:
        return _WEEK.index(weekday[1].replace("天", "日"))
    return _DAYS.index(weekday[2].lower())


def _in_china(day: date, clock: re.Match[str] | None, zone: re.Match[str] | None) -> date:
    """The day in China of a moment that a zone places; without a zone, or with China's, the day as written."""
    if clock is None or zone is None or zone[3]:
        return day
    hour = int(clock[1]) % 12 + (12 if clock[3].upper() == "PM" else 0) if clock[3] else int(clock[1])
    behind = timedelta(hours=int(zone[1]), minutes=int(f"{zone[1][0]}{zone[2] or 0}")) if zone[1] else timedelta()
    moment = datetime(day.year, day.month, day.day) + timedelta(hours=hour, minutes=int(clock[2]))
    return (moment - behind + _CHINA).date()

"""Time as people write it beside a table: 截至5月底, 2021年1-5月, 上半年, 21年5月31日, 6月份; and how it lies to a period."""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from typing import Literal

from tally.declare import Period
from tally.writing.characters import narrow

Relation = Literal["period", "to date", "past", "future"]

GRACE = timedelta(days=60)  # a return is filled in, and says so, within some weeks after its period
# Numbers of years, months and days in digits or in words: 2021年4月, 二〇二一年四月.
_Y = r"20\d{2}|[二2][〇○零0][一二三四五六七八九〇○零]{2}|(?<!\d)\d{2}"
_M = r"(?<![\d十])(?:\d{1,2}|十[一二]?|[一二三四五六七八九](?!个))"
_D = r"(?:\d{1,2}|[一二三四五六七八九十]{1,3})"
_YEAR = rf"(?:(?P<year>{_Y})年(?:度)?)?"
_FIRST_DAYS = timedelta(days=7)  # a campaign's first period may begin some days before the month that names it
_TO = r"[-—–~～至到]"
_RANGE = re.compile(rf"{_YEAR}(?P<first>{_M})月?(?:份)?{_TO}(?:20\d{{2}}年)?(?P<last>{_M})月(?!\d{{1,2}}[日号])份?")
_DAY = re.compile(rf"{_YEAR}(?P<month>{_M})月(?P<day>{_D})[日号]")
_DAYS = re.compile(
    rf"{_YEAR}(?<!\d)(?P<month>\d{{1,2}})月(?P<day>\d{{1,2}})[日号]?{_TO}(?:20\d{{2}}年)?(?:(?P<month2>\d{{1,2}})月)?(?P<day2>\d{{1,2}})[日号]"
)
_MONTH_END = re.compile(rf"{_YEAR}(?P<month>{_M})月份?[底末]")
_MONTH = re.compile(rf"{_YEAR}(?P<month>{_M})月(?!{_D}[日号]|\d|以|后|前)份?")
_POINTED = re.compile(
    r"(?<![\d.])(?P<year>20\d{2})(?P<by>[-./\\_、。,])(?P<month>\d{1,2})(?P=by)(?P<day>\d{1,2})(?![\d])"
)
_COMPACT = re.compile(r"(?:^|(?<=:))(?P<year>20\d{2})(?P<month>0[1-9]|1[0-2])(?P<day>[0-3]\d)$")  # 20210430
_OPEN_DAY = re.compile(rf"{_YEAR}(?P<month>{_M})月(?P<day>\d{{1,2}})(?=$|[\s()])")  # 2021年4月30
_LAST_YEAR = re.compile(
    r"(?<![\d./])(?P<month>\d{1,2})[-./](?P<day>\d{1,2})[-./](?P<year>20\d{2})(?![\d])"
)  # 4/30/2021
_TWO_DIGITS = re.compile(r"(?<![\d.])(?P<year>2\d)\.(?P<month>\d{1,2})\.(?P<day>\d{1,2})(?![\d.])")  # 21.4.30
_POINTED_MONTH = re.compile(
    r"(?<![\d.])(?P<year>20\d{2})[-./](?P<month>0?[1-9]|1[0-2])(?![\d.\-/~至到—年月])"
)  # 2021-4
_SHORT = re.compile(r"(?<=截[至止])(?P<month>\d{1,2})[-./](?P<day>\d{1,2})(?![\d.])")
_NAME_ENDS = r"[)）_\-]?(?:日|报|上报|版)?$"
_SHORT_DAYS = (  # behind a name, which may end with a number of its own (附件4.1)
    re.compile(rf"(?<![\d.年])(?P<month>0[1-9]|1[0-2])(?P<day>[0-3]\d){_NAME_ENDS}"),
    re.compile(rf"(?<=[\s_(（\-—])(?P<month>\d{{1,2}})[.\-](?P<day>\d{{1,2}}){_NAME_ENDS}"),
)
_HALF = re.compile(rf"{_YEAR}(?P<half>[上下])半年")
_QUARTER = re.compile(rf"{_YEAR}(?:第?(?P<quarter>[一二三四1-4])季度|(?<![A-Za-z\d])[Qq](?P<q>[1-4])(?!\d))")
_POINTED_DAYS = re.compile(
    rf"{_YEAR}(?<![\d.])(?P<month>\d{{1,2}})\.(?P<day>\d{{1,2}}){_TO}(?P<month2>\d{{1,2}})\.(?P<day2>\d{{1,2}})(?![\d.万千百元%件只家])"
)
# Weeks of the year; smaller numbers count the weeks of a month.
_WEEK = re.compile(rf"{_YEAR}第(?P<week>[6-9]|[1-5]\d)周")
_TELLING = re.compile(r"[\d年月季]|^[A-Za-z]{3,9}\.?$")  # without one of these no text names a time
_NAMES = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_ENGLISH = re.compile(
    rf"(?<![A-Za-z])(?P<name>{'|'.join(_NAMES)})[a-z]{{0,6}}[-.]?(?P<year>20\d{{2}}|\d{{2}})(?!\d)", re.IGNORECASE
)
# A month by its number alone, behind a word for the time that a form is of: 月份：4, 报告期 202104.
_LABELLED = re.compile(
    r"(?:报告期|所属期|报表期|统计期间?|月份|年月)[:：]?(?:(?P<year>20\d{2})[-./]?)?(?P<month>0?[1-9]|1[0-2])(?![\d月年.\-/])"
)
_ENGLISH_ALONE = re.compile(  # a sheet called Apr or April
    r"^(?P<name>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?"
    r"|dec(?:ember)?)\.?$",
    re.IGNORECASE,
)
_WHOLE_YEAR = re.compile(r"(?<!\d)(?P<year>20\d{2})年度?(?!\d)|(?:^|(?<=[_—-]))(?P<bare>20\d{2})(?=$|_)")
_DIGITS = {"〇": 0, "○": 0, "零": 0, "一": 1, "二": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9}
_CHINESE_QUARTERS = {"一": 1, "二": 2, "三": 3, "四": 4}


@dataclass(frozen=True, slots=True)
class Stretch:
    """A stretch of time that a text names: both days included, `text` as written (narrow)."""

    start: date
    end: date
    text: str

    @property
    def day(self) -> bool:
        return self.start == self.end


_FORMAL = str.maketrans("壹贰叁肆伍陆柒捌玖拾", "一二三四五六七八九十")
_NOUGHT = re.compile(
    r"(?<=[一二三四五六七八九〇○零])[OoQ](?=[一二三四五六七八九〇○零Oo])|(?<=[一二三四五六七八九][Oo])[Oo]"
    r"|(?<=\d)[Oo](?=[\d年月日号])"
)
_DAY_SIGN = re.compile(r"(?<=[\d一二三四五六七八九十])曰")
_IN_BRACKETS = re.compile(r"\((\d{1,4})\)(?=[年月日])")


def spelled(flat: str) -> str:
    """A text (narrow) with the times in it as they are meant: 二O二一年 with a nought, 30曰 a day, (4)月 and 肆月 months."""
    if "年" not in flat and "月" not in flat:
        return flat
    flat = _NOUGHT.sub(lambda m: "0" if m.string[m.start() - 1].isdigit() else "〇", flat)
    plain = _IN_BRACKETS.sub(r"\1", _DAY_SIGN.sub("日", flat))
    return plain.translate(_FORMAL) if re.search(r"[壹贰叁肆伍陆柒捌玖拾][年月日号]", plain) else plain


@lru_cache(4096)
def stretches_in(text: str, year: int) -> tuple[Stretch, ...]:
    """Every stretch of time named in `text`; where no year stands it is `year`. Longer writings are read first."""
    flat = spelled(narrow(text))
    if not _TELLING.search(flat):
        return ()
    named: list[Stretch] = []
    for pattern, read in _READERS:
        rest = flat
        for match in pattern.finditer(flat):
            stretch = read(match, year)
            if stretch is not None:
                named.append(stretch)
                rest = rest.replace(match[0], "|", 1)
        flat = rest
    return tuple(named)


def short_day(name: str, year: int) -> Stretch | None:
    """The day of that year with which the name of a file or sheet ends: 附件4_0430, 附件4 4.30; None without."""
    match = next((found for pattern in _SHORT_DAYS if (found := pattern.search(name.strip()))), None)
    return _day(match, year) if match else None


def relation(stretch: Stretch, period: Period) -> Relation:
    """How a stretch lies to the period, judged by its last day: a day within some weeks after it still speaks of it."""
    if stretch.end < period.start:
        return "past"
    if stretch.start > period.end + (GRACE if stretch.day else timedelta(0)):
        return "future"
    return "period" if stretch.start >= period.start else "to date"


_LEFT_OVER = re.compile(r"\d[月日号]|[年月]\d")
_DATED = re.compile(r"(?:[^:]{0,6}:)?\d{2,4}([-./\\_、。])\d{1,3}\1\d{1,3}")
_RECURRING = re.compile(r"[每次下当逢]月")
_BRIEF = 30  # characters of a line that is a date, with what stands before it


def unread_date(text: str) -> bool:
    """True for a short line that says a time in a writing nobody knows, or a day that there is not: 2021年4月31日, 2021.5.32."""
    flat = spelled(narrow(text))
    if len(flat) > _BRIEF or _RECURRING.search(flat):
        return False
    named = stretches_in(text, 2000)
    rest = flat
    for stretch in named:
        rest = rest.replace(stretch.text, "|")
    return _LEFT_OVER.search(rest) is not None or (not named and _DATED.fullmatch(flat) is not None)


def other_times(text: str, period: Period | None, *, days: bool = True) -> tuple[Stretch, ...]:
    """The times of another period that a text names; without `days` its single days say when it was written, no more."""
    if period is None:
        return ()
    named = stretches_in(text, period.end.year)
    return tuple(s for s in named if (days or not s.day) and relation(s, period) in ("past", "future"))


def misfits(stretch: Stretch, period: Period, flat: str) -> bool:
    """True for a stretch of time that `flat` (narrow) names and that begins or ends elsewhere than the period does.

    A single day counts where the text says that the figures go up to it, and it is before the period's last. What
    lies wholly before or behind the period is another period's, and no misfit.
    """
    whole_year = (stretch.start.month, stretch.start.day, stretch.end.month) == (1, 1, 12)
    if whole_year and stretch.start.year == period.end.year:
        return False
    if stretch.day:
        up_to = re.search(r"截[至止]到?[:：]?" + re.escape(stretch.text), flat)
        return up_to is not None and period.start <= stretch.end < period.end
    how = relation(stretch, period)
    late = stretch.start > period.start + _FIRST_DAYS
    return how in ("period", "to date") and (stretch.end != period.end or late)


def _year_of(match: re.Match[str], year: int) -> int:
    written = match.groupdict().get("year")
    return year if not written else _number(written) if len(written) == 4 else 2000 + int(written)


def _number(text: str) -> int:
    """A year's, month's or day's number, in digits or in words: 12, 十二, 二〇二一, 三十一."""
    tens, ten, ones = text.rpartition("十")
    if ten:
        return int(_digits(tens or "一")) * 10 + int(_digits(ones or "〇"))
    return int(_digits(text))


def _digits(text: str) -> str:
    return "".join(str(_DIGITS.get(ch, ch)) for ch in text)


def _days(year: int, first: int, last: int, text: str) -> Stretch | None:
    if not (1 <= first <= last <= 12):
        return None
    return Stretch(date(year, first, 1), date(year, last, monthrange(year, last)[1]), text)


def _range(match: re.Match[str], year: int) -> Stretch | None:
    return _days(_year_of(match, year), _number(match["first"]), _number(match["last"]), match[0])


def _month(match: re.Match[str], year: int) -> Stretch | None:
    return _days(_year_of(match, year), _number(match["month"]), _number(match["month"]), match[0])


def _day(match: re.Match[str], year: int) -> Stretch | None:
    try:
        day = date(_year_of(match, year), _number(match["month"]), _number(match["day"]))
    except ValueError:
        return None
    return Stretch(day, day, match[0])


def _turned_day(match: re.Match[str], year: int) -> Stretch | None:
    """4/30/2021, or 30.04.2021 where the first number is no month."""
    first, second = int(match["month"]), int(match["day"])
    month, number = (first, second) if first <= 12 else (second, first)
    try:
        day = date(int(match["year"]), month, number)
    except ValueError:
        return None
    return Stretch(day, day, match[0])


def _month_end(match: re.Match[str], year: int) -> Stretch | None:
    month = _month(match, year)
    return month and Stretch(month.end, month.end, match[0])


def _half(match: re.Match[str], year: int) -> Stretch | None:
    first = 1 if match["half"] == "上" else 7
    return _days(_year_of(match, year), first, first + 5, match[0])


def _quarter(match: re.Match[str], year: int) -> Stretch | None:
    written = match["quarter"] or match["q"]
    number = _CHINESE_QUARTERS.get(written) or int(written)
    return _days(_year_of(match, year), number * 3 - 2, number * 3, match[0])


def _week(match: re.Match[str], year: int) -> Stretch | None:
    monday = date.fromisocalendar(_year_of(match, year), min(int(match["week"]), 52), 1)
    return Stretch(monday, monday + timedelta(days=6), match[0])


def _english(match: re.Match[str], year: int) -> Stretch | None:
    month = _NAMES.index(match["name"][:3].lower()) + 1
    return _days(_year_of(match, year), month, month, match[0])


def _whole_year(match: re.Match[str], year: int) -> Stretch | None:
    return _days(int(match["year"] or match["bare"]), 1, 12, match[0])


def _between(match: re.Match[str], year: int) -> Stretch | None:
    year, first = _year_of(match, year), int(match["month"])
    try:
        start, end = date(year, first, int(match["day"])), date(year, int(match["month2"] or first), int(match["day2"]))
    except ValueError:
        return None
    return Stretch(start, end, match[0]) if start <= end else None


_READERS = (
    (_DAYS, _between),
    (_POINTED_DAYS, _between),
    (_DAY, _day),
    (_POINTED, _day),
    (_COMPACT, _day),
    (_OPEN_DAY, _day),
    (_LAST_YEAR, _turned_day),
    (_TWO_DIGITS, _day),
    (_SHORT, _day),
    (_LABELLED, _month),
    (_POINTED_MONTH, _month),
    (_MONTH_END, _month_end),
    (_RANGE, _range),
    (_MONTH, _month),
    (_HALF, _half),
    (_QUARTER, _quarter),
    (_WEEK, _week),
    (_ENGLISH, _english),
    (_ENGLISH_ALONE, _english),
    (_WHOLE_YEAR, _whole_year),
)

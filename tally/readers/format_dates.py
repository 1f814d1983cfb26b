"""A serial number in a date section of a number format: dates, times of day, elapsed time."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from decimal import ROUND_HALF_UP, Decimal

from tally.readers.format_code import Section, Token

_MONTHS = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
]
_DAYS = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]
_WEEK = "一二三四五六日"
LAST_SERIAL = 2_958_466  # the day after 9999-12-31


def from_serial(serial: float, epoch_1904: bool) -> date | datetime | time | float:
    """The date (or datetime, or time of day below 1) of a serial number; the number itself if it is none.

    In the 1900 system day 60 is 1900-02-29, which never was: it stays a number.
    """
    if not 0 <= serial < LAST_SERIAL:
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


def shown_moment(section: Section, serial: Decimal, epoch_1904: bool) -> str:
    """`serial` (not negative) as the section shows it; a row of # where it is no date."""
    if serial >= LAST_SERIAL:
        return "########"
    places = max((len(t.text.partition(".")[2]) for t in section.tokens if t.text.startswith("s")), default=0)
    seconds = (serial * 86_400).quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)
    tokens = _with_minutes(section.tokens)
    noon = any(t.kind == "date" and "/" in t.text for t in tokens)
    return "".join(_piece(token, seconds, epoch_1904, noon) for token in tokens)


def _with_minutes(tokens: tuple[Token, ...]) -> list[Token]:
    """m and mm behind hours or before seconds are minutes: written "n" here."""
    timed = [i for i, t in enumerate(tokens) if t.kind in ("date", "elapsed")]
    changed = list(tokens)
    for at, i in enumerate(timed):
        before = tokens[timed[at - 1]].text[:1] if at else ""
        behind = tokens[timed[at + 1]].text[:1] if at + 1 < len(timed) else ""
        token = tokens[i]
        if token.kind == "date" and token.text in ("m", "mm") and (before == "h" or behind == "s"):
            changed[i] = Token("date", "n" * len(token.text))
    return changed


def _piece(token: Token, seconds: Decimal, epoch_1904: bool, noon: bool) -> str:
    if token.kind == "elapsed":
        total = int(seconds) // {"h": 3600, "m": 60, "s": 1}[token.text[0]]
        return str(total).zfill(len(token.text))
    if token.kind != "date":
        return token.text
    if token.text[0] in "hns" or "/" in token.text:
        return _time_piece(token.text, seconds % 86_400, noon)
    return _date_piece(token.text, _day(int(seconds // 86_400), epoch_1904))


def _time_piece(letters: str, seconds: Decimal, noon: bool) -> str:
    hour = int(seconds // 3600)
    if "/" in letters:
        early, late = letters.split("/")
        return early if hour < 12 else late
    if letters[0] == "h":
        return str((hour % 12 or 12) if noon else hour).zfill(len(letters[:2]))
    if letters[0] == "n":
        return str(int(seconds // 60) % 60).zfill(len(letters[:2]))
    whole, _, places = letters.partition(".")
    text = str(int(seconds) % 60).zfill(len(whole[:2]))
    return f"{text}.{f'{seconds % 1:f}'.partition('.')[2][: len(places)]}" if places else text


def _day(days: int, epoch_1904: bool) -> tuple[int, int, int, int]:
    """(year, month, day, weekday from Monday); day 0 and the 29 February 1900 of the 1900 system as Excel has them."""
    if not epoch_1904 and days in (0, 60):
        return (1900, 1, 0, 5) if days == 0 else (1900, 2, 29, 2)
    start = date(1904, 1, 1) if epoch_1904 else date(1899, 12, 31 if days < 60 else 30)
    day = start + timedelta(days)
    return day.year, day.month, day.day, day.weekday()


def _date_piece(letters: str, day: tuple[int, int, int, int]) -> str:
    year, month, of_month, weekday = day
    first, length = letters[0], len(letters)
    if first in "yeb":
        year += 543 * (first == "b")
        return f"{year % 100:02d}" if first != "e" and length < 3 else f"{year:04d}"
    if first == "m":
        name = _MONTHS[month - 1]
        return {1: str(month), 2: f"{month:02d}", 3: name[:3], 5: name[0]}.get(length, name)
    if first == "d":
        name = _DAYS[weekday]
        return {1: str(of_month), 2: f"{of_month:02d}", 3: name[:3]}.get(length, name)
    if first == "a":
        return _WEEK[weekday] if length == 3 else "星期" + _WEEK[weekday]
    return "公元" if length > 2 else ""  # g: the era

"""What a summary says of itself in its title, its lead and over its seal: whose it is, and of what time.

A text that names another unit there, or no time but earlier ones, may have been sent by mistake; it counts, and is asked about.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from tally import catalogue
from tally.clean.unit_names import others_named
from tally.declare import Campaign, Period, Unit
from tally.locate.times import Stretch, stretches_in
from tally.model import Finding
from tally.returns.summaries.texts import Summary, title_of
from tally.writing.characters import narrow
from tally.writing.periods import month

_UP_TO = re.compile(r"截[至止]到?[:：]?[^，,。；;]{3,12}|[^，,。；;\s]{3,10}截[至止]")
_REPORTED = re.compile(r"现?将[^，。；]{0,30}(?:总结|小结|汇报|报告|情况)")
_YEAR_OF = re.compile(r"^20\d{2}年(?=度?(?:我|本|全)[县区市局])")
_DATE_LINE = re.compile(r"^(?:20\d{2}年\d{1,2}月\d{1,2}日|20\d{2}[-./]\d{1,2}[-./]\d{1,2})$")
_HEADING = re.compile(r"^[一二三四五六七八九十]{1,3}、")
_BEGINNING = 12  # characters of a lead in which its subject stands
_SEAL = 25  # characters of a line over a seal
_LAST = 4  # lines among which the seal and the date stand


def of_another(campaign: Campaign, unit: Unit, summary: Summary) -> Iterator[Finding]:
    """A finding where the title, the lead or the line over the seal names another unit and not this one."""
    lines = [line for raw in summary.text.splitlines() if (line := raw.strip())]
    seals = [line for line in lines[-_LAST:] if len(line) <= _SEAL and not re.search(r"[。；，]", line)]
    title = title_of(summary.text)
    for place in (title, *(line[:_BEGINNING] for line in _lead(lines)), *seals):
        if named := others_named(campaign, unit, place, top=place == title):
            at = summary.at(place)
            yield catalogue.finding("summary.other_unit", at, unit=unit.code, form="summary", named=named)
            return


def _lead(lines: list[str]) -> list[str]:
    """The lines between the title and the first heading."""
    first = next((n for n, line in enumerate(lines) if _HEADING.match(line)), len(lines))
    return [line for line in lines[:first] if "。" in line or "，" in line]


def out_of_date(period: Period, unit: Unit, summary: Summary) -> Iterator[Finding]:
    """A finding for a text that speaks of times before the period only."""
    named = _named(summary.text, period.end.year)
    dated = [day for day in _dates(summary.text, period.end.year) if day.end < period.start]
    past = named if named and max(s.end for s in named) < period.start else dated
    if past:
        latest = max(past, key=lambda s: s.end)
        yield catalogue.finding(
            "summary.out_of_date", summary.at(latest.text), unit=unit.code, form="summary",
            word=latest.text, period=month(period.name),
        )  # fmt: skip


def _named(text: str, year: int) -> list[Stretch]:
    """The stretches of time in its title, behind 截至, and where it says what it reports on."""
    places = [title_of(text)]
    for line in map(narrow, text.splitlines()):
        places += [*_UP_TO.findall(line), *_REPORTED.findall(line), *_YEAR_OF.findall(line)]
    return [stretch for place in places for stretch in stretches_in(place, year)]


def _dates(text: str, year: int) -> Iterator[Stretch]:
    """The day below the text."""
    lines = [narrow(line) for line in text.splitlines() if line.strip()]
    for line in lines[-_LAST:]:
        if _DATE_LINE.match(line):
            yield from stretches_in(line, year)

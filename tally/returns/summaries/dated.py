"""The time that a summary says its figures are of: `out_of_date` where its title and 截至… name no day of this period."""

from __future__ import annotations

import re
from collections.abc import Iterator

from tally import catalogue
from tally.declare import Period, Unit
from tally.locate.times import Stretch, stretches_in
from tally.model import Finding
from tally.returns.summaries.texts import Summary, title_of
from tally.writing.characters import narrow
from tally.writing.periods import month

_UP_TO = re.compile(r"截[至止]到?[:：]?[^，,。；;]{3,12}")


def out_of_date(period: Period, unit: Unit, summary: Summary) -> Iterator[Finding]:
    """A finding for a text that speaks of times before the period only."""
    named = _named(summary.text, period.end.year)
    if named and max(s.end for s in named) < period.start:
        latest = max(named, key=lambda s: s.end)
        yield catalogue.finding(
            "summary.out_of_date", summary.at(latest.text), unit=unit.code, form="summary",
            word=latest.text, period=month(period.name),
        )  # fmt: skip


def _named(text: str, year: int) -> list[Stretch]:
    """The stretches of time in its title and behind 截至."""
    places = [title_of(text), *_UP_TO.findall(narrow(text))]
    return [stretch for place in places for stretch in stretches_in(place, year)]

"""What a summary that counts lacks, as far as its text alone shows: `of_text`."""

from __future__ import annotations

from collections.abc import Iterator

from tally import catalogue
from tally.declare import Period, Unit
from tally.model import Finding
from tally.returns.pictured import drawn_in
from tally.returns.summaries.dated import out_of_date
from tally.returns.summaries.sections import unwritten
from tally.returns.summaries.texts import Summary
from tally.writing.characters import narrow

_SHORT = 120  # characters: so little beside a picture is its caption


def of_text(period: Period, unit: Unit, summary: Summary) -> Iterator[Finding]:
    """Headings without text, times of another period, pictures that nobody read."""
    at = summary.at()
    if headings := unwritten(summary.text):
        words = "”“".join(headings)
        yield catalogue.finding("summary.unwritten", at, unit=unit.code, form="summary", headings=words)
    yield from out_of_date(period, unit, summary)
    if drawn := drawn_in(summary.ink):
        kind = "summary.pictured" if len(narrow(summary.text)) < _SHORT else "summary.pictured/beside"
        yield catalogue.finding(kind, at, unit=unit.code, form="summary", drawn=drawn)

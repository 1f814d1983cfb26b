"""Public editions that are out: what a reader may hold against the one that is made now."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from tally import totals
from tally.declare import Campaign
from tally.errors import TallyError
from tally.paths import Paths
from tally.report.amendments.record import Release, place, releases
from tally.totals import Book


@dataclass(frozen=True, slots=True)
class Held:
    """One released public edition: its period and the figures that it was made of."""

    period: str
    book: Book


def released(campaign: Campaign, paths: Paths, periods: Iterable[str]) -> list[Held]:
    """The released public editions of these periods in the order in which they were issued."""
    entries: list[tuple[str, int, str, Release, Paths]] = []
    for number, period in enumerate(periods):
        at = paths.beside(period)
        entries += [(r.when, number, period, r, at) for r in releases(at) if "public" in r.contents]
    ordered = sorted(entries, key=lambda entry: (entry[0], entry[1], entry[3].number))
    books = [(period, _book(campaign, release, at)) for _, _, period, release, at in ordered]
    return [Held(period, book) for period, book in books if book is not None]


def _book(campaign: Campaign, release: Release, paths: Paths) -> Book | None:
    """The figures of a release's frozen tables; None where the campaign declares other columns today."""
    frozen = Paths(place(paths, release.number), campaign.name, paths.period)
    try:
        return totals.work_out(totals.read_history(campaign, frozen)).book
    except (TallyError, KeyError):
        return None

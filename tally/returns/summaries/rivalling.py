"""Two summaries of one period: where the one that counts and another state a figure differently."""

from __future__ import annotations

from collections.abc import Iterator

from tally import catalogue
from tally.declare import Campaign, Period, Unit
from tally.model import Finding
from tally.returns.summaries.itself import out_of_date
from tally.returns.summaries.measures import measures_of
from tally.returns.summaries.stating import Stated, figures, ranked
from tally.returns.summaries.texts import Summary


def differing(campaign: Campaign, period: Period, unit: Unit, summary: Summary, other: Summary) -> Iterator[Finding]:
    """A finding for each measure of which the two texts cannot mean one figure; none where the other is an earlier period's."""
    if any(out_of_date(period, unit, other)):
        return
    ours, theirs = _leading(campaign, unit, summary), _leading(campaign, unit, other)
    for key, stated in ours.items():
        rival = theirs.get(key)
        if rival and stated.scope == rival.scope and not stated.amount.agrees(rival.amount):
            yield catalogue.finding(
                "summary.rivals", summary.at(stated.sentence), unit=unit.code, form="summary", field=stated.measure.field,
                label=stated.measure.label, written=stated.amount.written,
                other=other.name, rival=rival.amount.written,
            )  # fmt: skip


def _leading(campaign: Campaign, unit: Unit, summary: Summary) -> dict[tuple[str, str], Stated]:
    """Of each measure the statement that weighs most."""
    by_measure = ranked(figures(summary.text, unit.name, measures_of(campaign)))
    return {key: statements[0] for key, statements in by_measure.items()}

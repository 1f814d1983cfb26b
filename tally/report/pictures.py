"""Which charts a section has, and where they stand: below the table whose figures they draw."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from tally.blocks import Block, Chart
from tally.totals import Totals

# Chart to table, by id. Between tables that do not break, pictures fill the pages better than at a section's end.
BELOW = {
    "chart-efficiency": "cases-unit",
    "chart-rate-unit": "sampling-unit",
    "chart-coverage": "enterprises-unit",
}


def placed(blocks: Sequence[Block], charts: Iterable[Chart]) -> tuple[Block, ...]:
    """The blocks with each chart right below its table, those of no table in `blocks` at the end."""
    done = list(blocks)
    for chart in charts:
        table = BELOW.get(chart.id)
        at = next((i for i, b in enumerate(done) if table and getattr(b, "id", "") == table), len(done) - 1)
        done.insert(at + 1, chart)
    return tuple(done)


def drawn(totals: Totals, section: str) -> tuple[Chart, ...]:
    """The charts of one section; () where it has none or there is nothing to show."""
    from tally.report import charts  # here, so that reading figures or gaps never waits for the drawing library

    matrices = [f for f in totals.history.campaign.forms if f.layout == "matrix"]
    match section:
        case "cases":
            made = [charts.efficiency(totals, f) for f in matrices]
        case "sampling" if totals.sampling:
            made = [charts.rates(totals), charts.flow(totals)]
        case "manufacturers" if totals.roster and totals.sampling:
            made = [charts.coverage(totals)]
        case "comparison":
            made = [charts.trend(totals)]
        case _:
            made = []
    return tuple(chart for chart in made if chart is not None)

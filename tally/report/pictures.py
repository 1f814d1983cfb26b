"""Which charts stand at the end of which section."""

from __future__ import annotations

from tally.blocks import Chart
from tally.totals import Totals


def drawn(totals: Totals, section: str) -> tuple[Chart, ...]:
    """The charts of one section; () where it has none or there is nothing to show."""
    from tally import charts  # here, so that reading figures or gaps never waits for the drawing library

    matrices = [f for f in totals.history.campaign.forms if f.layout == "matrix"]
    match section:
        case "cases":
            return tuple(c for f in matrices for c in charts.cases(totals, f))
        case "sampling" if totals.sampling:
            return charts.sampling(totals)
        case "manufacturers" if totals.roster:
            return charts.coverage(totals)
        case "comparison":
            return tuple(c for f in matrices for c in charts.trend(totals, f))
        case "submission":
            return charts.submissions(totals)
    return ()

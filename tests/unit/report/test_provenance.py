"""What the report holds of how its own figures came about."""

from tally.campaigns.masks_2021 import CAMPAIGN
from tally.report import provenance
from tally.totals import History, work_out
from tests.unit.totals.invented import periods

TOTALS = work_out(History(CAMPAIGN, periods()))


def test_a_units_figure_shown_nowhere_stands_inside_the_citys():
    figures = provenance.block(TOTALS, ["cases.price.cases_handled"]).figures
    assert list(figures) == ["cases.price.cases_handled"]
    part = figures["cases.price.cases_handled"]["parts"][0]
    assert part["label"] == "亭湖区" and part["cells"][0]["cell"] == "D5"


def test_a_units_figure_that_is_shown_is_an_entry_of_its_own():
    refs = ["cases.price.cases_handled", "cases.price.cases_handled@320902"]
    figures = provenance.block(TOTALS, refs).figures
    assert figures[refs[0]]["parts"][0]["ref"] == refs[1]
    assert figures[refs[1]]["parts"][0]["cells"][0]["raw"]


def test_a_rate_leads_to_its_two_counts():
    figures = provenance.block(TOTALS, ["sampling.failing_rate.to_date"]).figures
    assert {"sampling.failing.to_date", "sampling.batches.to_date"} <= set(figures)

"""A figure is followed down to file, sheet and cell."""

import pytest

from tally.campaigns.masks_2021 import CAMPAIGN
from tally.errors import UsageError
from tally.report import provenance
from tally.totals import History, work_out
from tests.unit.totals.invented import BLANK_TOTAL, MISSING, periods

TOTALS = work_out(History(CAMPAIGN, periods()))


def test_explain_leads_from_the_city_to_the_cells():
    lines = provenance.explain(TOTALS, "cases.total.cases_handled")
    assert lines[0] == "全市 合计 查办案件（本期）：149件　＝ 各单位本期填报数之和，共10个单位"
    assert any(line.strip().startswith("亭湖区 合计 查办案件") for line in lines)
    assert any("320902/附件4.xlsx Sheet1 D12　原文 '17'" in line for line in lines)


def test_cells_of_an_earlier_return_lie_in_its_periods_folder():
    lines = provenance.explain(TOTALS, f"cases.total.officers_dispatched.to_date@{MISSING}")
    assert "沿用2021-04期报送数" in lines[0]
    assert f"../2021-04/{MISSING}/附件4.xlsx" in lines[-1]


def test_a_derived_total_leads_to_its_categories():
    lines = provenance.explain(TOTALS, f"cases.total.cases_handled@{BLANK_TOTAL}")
    assert "合计栏未填，由各类别相加得出" in lines[0] and len(lines) == 2 + 7


def test_an_unknown_figure_is_refused_with_the_nearest_names():
    with pytest.raises(UsageError, match="cases.total.cases_handled"):
        provenance.figure(TOTALS, "cases.total.case_handled")


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


def test_failing_batches_lead_to_the_result_cells():
    lines = provenance.explain(TOTALS, "sampling.failing.to_date")
    assert any("320902/附件5.xlsx Sheet1 F6　原文 '不合格'" in line for line in lines)

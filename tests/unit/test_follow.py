"""A figure of totals that are worked out is followed down to file, sheet and cell."""

import pytest

from tally.campaigns.masks_2021 import CAMPAIGN
from tally.errors import UsageError
from tally.explore.trace import follow
from tally.totals import History, work_out
from tests.unit.totals.invented import BLANK_TOTAL, MISSING, periods

TOTALS = work_out(History(CAMPAIGN, periods()))


def test_it_leads_from_the_city_to_the_cells():
    lines = follow(TOTALS, "cases.total.cases_handled").lines()
    assert lines[0] == "全市 合计 查办案件（本期）：149件　＝ 各单位本期填报数之和，共10个单位"
    assert any(line.strip().startswith("亭湖区 合计 查办案件") for line in lines)
    assert any("320902/附件4.xlsx　Sheet1　D12　原文 “17”" in line for line in lines)


def test_cells_of_an_earlier_return_lie_in_its_periods_folder():
    lines = follow(TOTALS, f"cases.total.officers_dispatched.to_date@{MISSING}").lines()
    assert "沿用2021年4月报送数" in lines[0]
    assert f"2021-04/{MISSING}/附件4.xlsx" in lines[-1]


def test_a_derived_total_leads_to_its_categories():
    lines = follow(TOTALS, f"cases.total.cases_handled@{BLANK_TOTAL}").lines()
    assert "合计栏未填，由各类别相加得出" in lines[0]
    assert sum("原文" in line for line in lines) == 7


def test_an_unknown_figure_is_refused_with_the_nearest_names():
    with pytest.raises(UsageError, match="cases.total.cases_handled"):
        follow(TOTALS, "cases.total.case_handled")


def test_failing_batches_lead_to_the_result_cells():
    lines = follow(TOTALS, "sampling.failing.to_date").lines()
    assert any("320902/附件5.xlsx　Sheet1　F6　原文 “不合格”" in line for line in lines)

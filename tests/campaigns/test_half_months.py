"""Periods shorter than a month: which one a title, a sheet's name or a date means."""

from __future__ import annotations

import pytest

from tally import campaigns
from tally.locate.context import period_named
from tally.writing.periods import month
from tests.campaigns import returns


@pytest.fixture(scope="module")
def lifts(tmp_path_factory):
    return campaigns.load("lifts_2022", returns.write_root(tmp_path_factory.mktemp("halves")))


@pytest.mark.parametrize("current", [returns.FIRST, returns.SECOND])
def test_a_month_that_holds_both_halves_leaves_it_to_the_current_one(lifts, current):
    assert period_named(lifts, lifts.period(current), "2022年3月电梯安全检查情况统计表") == current


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("3月上半月", returns.FIRST),
        ("2022年3月下半月报表", returns.SECOND),
        ("4月上旬", "2022-04-上半月"),
        ("3月下旬", returns.SECOND),
        ("2022年3月10日", returns.FIRST),
        ("2022年4月2日", ""),  # after the period's end: the day it was filled in
        ("电梯检查", ""),
    ],
)
def test_a_half_that_is_written_out_is_that_half(lifts, text, named):
    assert period_named(lifts, lifts.period(returns.SECOND), text) == named


def test_the_masks_campaigns_months_are_told_as_before():
    masks = campaigns.load()
    may = masks.period("2021-05")
    told = {t: period_named(masks, may, t) for t in ("附件4(4月)", "2021年5月", "填报时间：2021年6月3日", "2021-04")}
    assert told == {"附件4(4月)": "2021-04", "2021年5月": "2021-05", "填报时间：2021年6月3日": "", "2021-04": "2021-04"}


def test_halves_and_tens_of_days_are_printed_in_full():
    assert [month(p) for p in (returns.FIRST, "2022-03-中旬", "第一季度")] == [
        "2022年3月上半月",
        "2022年3月中旬",
        "第一季度",
    ]

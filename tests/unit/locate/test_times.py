"""Time as it stands beside a table: what it names, and how that lies to the period."""

import pytest

from tally.locate.times import relation, stretches_in
from tests.unit.locate.sheets import PERIOD, matrix, sheet

NAMED = {
    "截至5月底": "past",
    "数据截止日期：5月31日": "past",
    "2021年1-5月": "past",
    "2021年1月至6月": "to date",
    "1-6月": "to date",
    "上半年": "to date",
    "第二季度": "to date",
    "一季度": "past",
    "2020年": "past",
    "2021年": "to date",
    "6月份": "period",
    "21年5月31日": "past",
    "2021.5.31": "past",
    "统计表截至5.31": "past",
    "2021年6月1日至6月30日": "period",
    "2021年7月3日": "period",
    "7月": "future",
}


@pytest.mark.parametrize("text", NAMED)
def test_a_time_lies_before_in_or_after_the_period(text):
    [stretch] = stretches_in(text, 2021)
    assert relation(stretch, PERIOD) == NAMED[text]


@pytest.mark.parametrize("text", ["年 月 日", "13月", "5月32日", "12.5", "GB/T 32610", "第3页"])
def test_what_names_no_time(text):
    assert stretches_in(text, 2021) == ()


@pytest.mark.parametrize("text", ["截至5月31日", "统计期间：5月", "2021年1-5月", "（2021.5.31）", "附：5月份数据"])
def test_a_line_that_says_of_which_time_the_table_is(text):
    assert sheet([*matrix()[:2], [text], *matrix()[2:]]).tables[0].times

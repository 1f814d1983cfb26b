"""A period as people type it."""

import pytest

from tally.writing.periods import meant

NAMES = ["2020-12", "2021-04", "2021-05", "2021-12", "2021-06-上半月"]


@pytest.mark.parametrize(
    "typed",
    [
        "2021-05",
        "2021-5",
        "202105",
        "20215",
        "2021.5",
        "2021/05",
        "2021年5月",
        "2021年05月份",
        "21年5月",
        "5月",
        "05",
        "５月",
        " 2021-05 ",
    ],
)
def test_may_is_understood(typed):
    assert meant(typed, NAMES) == "2021-05"


@pytest.mark.parametrize(
    "typed", ["12月", "2021", "2012", "13月", "2021-13", "", "五月", "2022-05", "2021-06", "上半月"]
)
def test_what_is_no_one_period_is_not_guessed(typed):
    assert meant(typed, NAMES) == ""


def test_a_name_of_its_own_is_itself():
    assert meant("2021-06-上半月", NAMES) == "2021-06-上半月"

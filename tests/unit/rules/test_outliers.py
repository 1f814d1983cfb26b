"""Slips that contradict nothing within a return are told by its past and its peers; clean months are left in peace."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks import outliers as measure
from benchmarks.made_months import PERIODS, made_city, month_tables, replaced, with_total
from tally.rules.spread import hidiroglou_berthelot, meant, surprise

MONTHS = made_city(3)
TABLES = [month_tables(period, month) for period, month in zip(PERIODS, MONTHS, strict=True)]
LAST = len(MONTHS) - 1
UNIT = "320902"


def asked_with(row: str, names, factor: float) -> set[tuple[str, str]]:
    sent = MONTHS[LAST][UNIT].copy()
    sent.loc[row, list(names)] = (sent.loc[row, list(names)] * factor).round(4)
    return measure.asked(replaced(TABLES[LAST], UNIT, with_total(sent)), TABLES[:LAST])


@pytest.mark.parametrize("factor", [10, 100, 0.01])
def test_a_row_multiplied_with_its_total_is_asked_about(factor):
    assert {(UNIT, "quality"), (UNIT, "total")} & asked_with("quality", measure.MEASURES, factor)


def test_months_without_a_slip_are_left_in_peace():
    asked = sum(len(measure.asked(TABLES[at], TABLES[:at])) for at in range(2, len(TABLES)))
    assert asked <= 11, "not once a unit and month"


def test_the_first_month_has_no_past_to_be_asked_about():
    from tally.campaigns.masks_2021 import CAMPAIGN
    from tally.rules.base import CityScope

    scope = CityScope(CAMPAIGN, CAMPAIGN.period(PERIODS[0]), TABLES[0], None)
    assert list(measure.RULE.faults(scope)) == []


def test_a_change_below_the_setting_asks_for_nothing():
    assert asked_with("quality", measure.MEASURES, 1.0) == measure.asked(TABLES[LAST], TABLES[:LAST])


@pytest.mark.parametrize(
    ("value", "expected", "whole", "slip"),
    [(120, 12, True, (12, "多写了一位")), (1200, 12, True, (12, "多写了两位")), (91, 20, True, (19, "两位数字写颠倒")),
     (0.12, 11, False, (12, "少写了两位")), (15, 12, True, (0.0, ""))],
)  # fmt: skip
def test_the_figure_that_was_perhaps_meant(value, expected, whole, slip):
    assert meant(value, expected, whole) == slip


def test_the_bounds_of_hidiroglou_and_berthelot_single_out_the_one_that_jumps():
    peers = [(105, 100), (98, 100), (110, 100), (102, 100), (95, 100), (104, 100)]
    assert hidiroglou_berthelot([*peers, (1000, 100)]) == [False] * 6 + [True]
    assert hidiroglou_berthelot([*peers, (10, 100)]) == [False] * 6 + [True]
    assert not any(hidiroglou_berthelot(peers[:4])), "four peers have no spread to speak of"


@given(st.floats(0, 1e6), st.floats(0, 1e6), st.floats(0.1, 2), st.integers(1, 12))
def test_surprise_has_the_sign_of_the_change_and_grows_with_the_months_known(now, before, spread, months):
    one, more = surprise(now, before, spread, months), surprise(now, before, spread, months + 1)
    assert (one > 0) == (now > before) or now == before or abs(one) < 1e-6
    assert abs(more) >= abs(one)

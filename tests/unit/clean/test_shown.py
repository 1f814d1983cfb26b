"""Cells that show something else than they store."""

from datetime import date
from decimal import Decimal

import pytest

from tally.clean import clean_cell
from tally.declare import Field
from tally.model import Mark

COUNT, MONEY = Field("n", "数", "count", "户/人"), Field("m", "金额", "quantity", "万元")
DAY, WORDS = Field("d", "日期", "date"), Field("w", "型号", "text")
WARNED = [
    (MONEY, 30, "30元", "0.003", "cell.shown"),
    (MONEY, 96, "9.6", "9.6", "cell.shown"),
    (MONEY, 96000, "9.6", "9.6", "cell.shown"),
    (COUNT, 14, "140", "140", "cell.shown"),
    (COUNT, 14, "2014", "2014", "cell.shown"),
    (COUNT, 500, "约500", "500", "cell.approximate"),
    (COUNT, 500, "500余", "500", "cell.approximate"),
    (COUNT, 500, ">500", "500", "cell.approximate"),
    (COUNT, 500, "500(预计)", "500", "cell.bracket"),
    (MONEY, 0.4, "0", "0", "cell.shown/rounded_much"),
]
REFUSED = [
    (COUNT, 14, "14月", "cell.shown/refused"),
    (MONEY, 30, "￥30.00", "cell.shown/refused"),
    (COUNT, 14, "", "cell.shown/hidden"),
    (COUNT, 14, "-", "cell.shown/hidden"),
    (MONEY, 0.05, "5.0%", "cell.percent/format"),
    (MONEY, 1.25, "1 1/4", "cell.shown/refused"),
    (COUNT, 2.6, "3", "cell.not_whole"),
    (WORDS, "N95", "", "cell.shown/hidden"),
]
SAME = [
    (COUNT, 12, "12户", "12"),
    (COUNT, 1234, "1,234", "1234"),
    (MONEY, 3.5, "3.50万元", "3.5"),
    (COUNT, -5, "(5)", "-5"),
]


def shown_as(raw, field, text):
    return clean_cell(raw, field, "", Mark(shown=text))


def rule(reading) -> str:
    return reading.remark.rule if reading.remark else ""


@pytest.mark.parametrize(("field", "raw", "shown", "value", "said"), WARNED)
def test_what_is_shown_is_read_and_a_person_is_told(field, raw, shown, value, said):
    reading = shown_as(raw, field, shown)
    assert (reading.value, said.startswith(rule(reading)), reading.remark.severity) == (Decimal(value), True, "warning")


@pytest.mark.parametrize(("field", "raw", "shown", "said"), REFUSED)
def test_what_cannot_be_read_as_shown_is_refused(field, raw, shown, said):
    reading = shown_as(raw, field, shown)
    assert (reading.value, said.startswith(rule(reading)), reading.remark.severity) == (None, True, "error")


@pytest.mark.parametrize(("field", "raw", "shown", "value"), SAME)
def test_what_reads_the_same_is_simply_read(field, raw, shown, value):
    reading = shown_as(raw, field, shown)
    assert (reading.value, reading.state, reading.remark) == (Decimal(value), "read", None)


def test_a_quantity_counts_as_it_is_shown():
    reading = shown_as(3.14159, MONEY, "3.14")
    assert (reading.value, reading.state, reading.remark.severity) == (Decimal("3.14"), "repaired", "note")


def test_the_tail_of_a_binary_fraction_is_no_rounding():
    assert rule(shown_as(0.1 + 0.2, MONEY, "0.30")) == "cell.float_tail"


@pytest.mark.parametrize("shown", ["", "-", " -   "])
def test_a_stored_nought_that_is_shown_as_nothing_stays_nought(shown):
    reading = shown_as(0, COUNT, shown)
    assert (reading.value, reading.remark.severity) == (Decimal(0), "note")


def test_a_date_of_which_only_a_part_is_shown_must_be_looked_at():
    day = date(2020, 5, 6)
    assert shown_as(day, DAY, "2020.5.6").remark is None
    partly = shown_as(day, DAY, "5月6日")
    assert (partly.value, partly.remark.severity) == (day, "warning")


def test_words_are_read_as_shown():
    reading = shown_as(95, WORDS, "N95")
    assert (reading.value, reading.remark.severity) == ("N95", "note")


def test_decimals_behind_those_that_amounts_are_reported_to_are_only_noted():
    reading = shown_as(0.5152, MONEY, "0.52")
    assert (reading.value, reading.remark.severity) == (Decimal("0.52"), "note")
    assert shown_as(0.004, MONEY, "0.00").remark.severity == "warning"  # all that there was is lost

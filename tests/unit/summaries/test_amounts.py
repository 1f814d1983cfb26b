"""Numbers as sentences write them, and which figures of a form fit them."""

import re
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tally.returns.summaries.amounts import AFTER, AMOUNT, amount

D = Decimal


def read(text, unit="人次", continuous=False):
    found = re.fullmatch(rf"(?P<n>{AMOUNT})(?P<u>万元|元|万只|只|人次|件|%)(?P<a>{AFTER})", text)
    assert found, text
    return amount(found["n"], found["u"], found["a"], unit, continuous)


@pytest.mark.parametrize(
    ("text", "fits", "not_"),
    [
        ("760人次", [760], [759, 761]), ("760余人次", [760, 769], [759, 770]), ("700多人次", [700, 799], [800]),
        ("12余人次", [12], [13]), ("超过1000人次", [1000, 1999], [999, 2000]), ("近460人次", [451, 460], [440, 461]),
        ("近1000人次", [800, 1000], [799, 1001]), ("不足100人次", [50, 100], [49, 101]),
        ("约570人次", [513, 627], [512, 628]), ("500人次左右", [450, 550], [449, 551]),
        ("500人次以上", [500, 599], [499, 600]), ("至少50人次", [50, 5000], [49]), ("500-600人次", [500, 555, 600], [499, 601]),
        ("1.2万人次", [11500, 12500], [11499, 12501]), ("1万余人次", [10000, 19999], [9999, 20000]),
        ("上千人次", [1000, 1999], [999]), ("百余人次", [100, 199], [99, 200]), ("二十余人次", [20, 29], [19, 30]),
    ],
)  # fmt: skip
def test_words_of_vagueness_set_bounds(text, fits, not_):
    said = read(text)
    assert [n for n in fits if not said.fits(D(n))] == [] and [n for n in not_ if said.fits(D(n))] == []


@pytest.mark.parametrize(
    ("text", "unit", "value"),
    [("5300只", "万只", "0.53"), ("5.3万只", "万只", "5.3"), ("28,700元", "万元", "2.87"), ("3万余只", "万只", "3"),
     ("两万八千元", "万元", "2.8"), ("1万2千只", "万只", "1.2")],
)  # fmt: skip
def test_units_are_converted_exactly(text, unit, value):
    assert read(text, unit, continuous=True).value == D(value)


@pytest.mark.parametrize("text", ["5.7万元", "5.69万元"])
def test_a_figure_rounded_to_the_digits_written_fits(text):
    assert read(text, "万元", continuous=True).fits(D("5.6912"))


def test_a_figure_cut_off_is_rounded_and_does_not_fit():
    said = read("5.6万元", "万元", continuous=True)
    assert not said.fits(D("5.6912")) and said.rounded(D("5.6912"))


def test_a_quarrel_in_the_last_digit_of_a_count_is_no_rounding():
    assert not read("8件", "件").rounded(D(7))


def test_numbers_that_say_no_number_are_none():
    assert amount("数十", "人次", "", "人次", False) is None and amount("600-500", "人次", "", "人次", False) is None


counts = st.integers(1, 10**7)


@settings(deadline=None, max_examples=50)
@given(counts, st.sampled_from(["", "余", "约", "近", "超过"]), st.sampled_from(["{}", "{:,}"]))
def test_the_number_written_is_the_value_and_fits_itself(n, word, style):
    number = style.format(n)
    said = read(f"{number}{word}人次" if word == "余" else f"{word}{number}人次")
    assert said.value == n and said.fits(D(n))


@settings(deadline=None, max_examples=50)
@given(counts, counts)
def test_a_plain_count_fits_only_itself(n, other):
    assert read(f"{n}人次").fits(D(other)) == (n == other)


@settings(deadline=None, max_examples=50)
@given(counts)
def test_full_tens_with_a_word_after_cover_exactly_the_step(n):
    said = read(f"{n * 10}余人次")
    step = 10
    while n * 10 % (step * 10) == 0:
        step *= 10
    assert said.fits(D(n * 10 + step - 1)) and not said.fits(D(n * 10 + step)) and not said.fits(D(n * 10 - 1))


@settings(deadline=None, max_examples=50)
@given(st.decimals(D("0.01"), D(9999), places=2))
def test_money_in_yuan_and_in_ten_thousands_is_the_same(value):
    in_yuan = read(f"{value * 10000:f}元", "万元", continuous=True)
    assert in_yuan.value == read(f"{value:f}万元", "万元", continuous=True).value == value


@settings(deadline=None, max_examples=50)
@given(counts, counts)
def test_agreement_of_two_amounts_is_mutual(a, b):
    one, two = read(f"约{a}人次"), read(f"{b}余人次")
    assert one.agrees(two) == two.agrees(one)

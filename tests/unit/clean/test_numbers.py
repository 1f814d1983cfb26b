"""Every way domain.md knows to write a number is read exactly, repaired with a word, or refused."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tally.clean.numbers import clean_number
from tally.clean.stored import meant
from tally.clean.text import chinese_number
from tally.writing.numbers import plain

AS_IS = [("12", 12), (12, 12), (12.0, 12), ("-3", -3)]
KEEPS_MEANING = [
    ("１２", 12), ("1,234", 1234), ("1，234", 1234), (" 12 ", 12), ("\u00a012\u200b", 12), ("'12", 12), ("12件", 12),
    ("12 件", 12), ("十二", 12), ("壹拾贰", 12), ("两", 2), ("零", 0), ("〇", 0), ("12.0", 12), ("0012", 12), ("+3", 3),
    ("一百零五", 105), ("二十", 20), ("12。", 12), ("一万二千", 12000), ("廿", 20),
]  # fmt: skip
TO_LOOK_AT = [
    ("12+3", 15), ("=12+3", 15), ("12+3=15", 15), ("约500", 500), ("3万余", 30000), ("500余件", 500), ("近千", 1000),
    ("12件（其中简易3件）", 12), ("1 234", 1234), ("1.5万", 15000), ("共12件", 12), ("1.2E3", 1200), ("5703²", 5703),
    ("12①", 12), ("十余", 10), ("1万2千", 12000), ("一百五", 150), ("三千六", 3600), ("3万5", 35000), ("三万五", 35000),
    ("1批12件", 12), ("共1批，12件", 12),
]  # fmt: skip
REFUSED = [
    "1.2.3", "1O", "#REF!", "见附件", "5%", "12.5", 12.5, "1 2", "1,23", "(12)", "10-12", "12+3=16", "12人", "13800000000000",
    "十几", True, "同上", "①②",
]  # fmt: skip
BLANK = ["", None, " ", "\u200b", "/", "-", "—", "——", "无", "／"]


@pytest.mark.parametrize(("raw", "value"), AS_IS)
def test_a_plain_count_is_read_without_a_word(raw, value):
    reading = clean_number(raw, "件", whole=True)
    assert (reading.value, reading.state, reading.remark) == (value, "read", None)


@pytest.mark.parametrize(("raw", "value"), KEEPS_MEANING)
def test_a_repair_that_keeps_the_meaning_is_a_note(raw, value):
    reading = clean_number(raw, "件", whole=True)
    assert (reading.value, reading.state, reading.remark.severity) == (value, "repaired", "note")


@pytest.mark.parametrize(("raw", "value"), TO_LOOK_AT)
def test_a_repair_that_a_person_should_look_at_is_a_warning(raw, value):
    reading = clean_number(raw, "件", whole=True)
    assert (reading.value, reading.state, reading.remark.severity) == (value, "repaired", "warning")


@pytest.mark.parametrize("raw", REFUSED)
def test_what_cannot_be_one_whole_number_is_refused(raw):
    reading = clean_number(raw, "件", whole=True)
    assert (reading.value, reading.state, reading.remark.severity) == (None, "unreadable", "error")


@pytest.mark.parametrize("raw", BLANK)
def test_nothing_written_stays_apart_from_zero(raw):
    reading = clean_number(raw, "件", whole=True)
    assert (reading.value, reading.state, reading.remark) == (None, "blank", None)


@pytest.mark.parametrize("raw", ["不详", "…", "未开展"])
def test_unknown_is_blank_with_a_warning(raw):
    reading = clean_number(raw, "件", whole=True)
    assert (reading.value, reading.state, reading.remark.severity) == (None, "blank", "warning")


@pytest.mark.parametrize(
    ("raw", "unit", "value", "severity"),
    [
        ("5000元", "万元", "0.5", "warning"),
        ("13.5万元", "万元", "13.5", "note"),
        ("3万5千元", "万元", "3.5", "warning"),
        ("1.2亿元", "万元", "12000", "warning"),
        ("2000只", "万只", "0.2", "warning"),
        ("13.5万只", "万只", "13.5", "note"),
        ("3万", "万只", "3", "warning"),
        ("3万只", "只", "30000", "warning"),
        ("500个", "只", "500", "note"),
        ("1.2万人次", "人次", "12000", "warning"),
    ],
)
def test_units_in_a_cell_convert_exactly(raw, unit, value, severity):
    reading = clean_number(raw, unit, whole=False)
    assert (reading.value, reading.remark.severity) == (Decimal(value), severity)


@pytest.mark.parametrize(("raw", "unit"), [("3箱", "万只"), ("12批次", "只"), ("5%", "万元"), ("3件", "万元")])
def test_a_unit_that_does_not_convert_is_refused(raw, unit):
    assert clean_number(raw, unit, whole=False).state == "unreadable"


def test_the_columns_own_unit_converts_bare_numbers_only():
    assert clean_number(5000, "万元", False, "元").value == Decimal("0.5")
    assert clean_number("5000元", "万元", False, "元").value == Decimal("0.5")
    assert clean_number("1.5万元", "万元", False, "元").value == Decimal("1.5")


def test_money_never_drifts():
    assert plain(clean_number(0.1 + 0.2, "万元", False).value) == "0.3"
    assert plain(clean_number(153.13999999999999, "万元", False).value) == "153.14"
    assert plain(clean_number("153.13999999999999", "万元", False).value) == "153.14"


@given(st.decimals(min_value=0, max_value=10**9, places=4))
def test_a_stored_decimal_comes_back_exactly(value):
    assert meant(float(value)) == value


@given(st.integers(min_value=0, max_value=99_999_999))
def test_thousands_and_full_width_digits_come_back(value):
    assert clean_number(f"{value:,}", "件", True).value == value
    wide = str(value).translate({ord(str(d)): chr(0xFF10 + d) for d in range(10)})
    assert clean_number(wide, "件", True).value == value


def _written(n: int) -> str:
    """`n` as a Chinese numeral, the textbook way: what chinese_number must read back."""
    digits, places = "零一二三四五六七八九", ("", "十", "百", "千")

    def section(m: int) -> str:
        text = ""
        for i, d in enumerate(reversed(f"{m}")):
            text = (digits[int(d)] + places[i] if d != "0" else "零") + text
        while "零零" in text:
            text = text.replace("零零", "零")
        return text.rstrip("零")

    high, low = divmod(n, 10_000)
    text = (
        (section(high) + "万" if high else "")
        + ("零" if high and 0 < low < 1000 else "")
        + (section(low) if low else "")
    )
    return text.replace("零零", "零") or "零"


@given(st.integers(min_value=0, max_value=99_999_999))
def test_chinese_numerals_come_back(value):
    assert chinese_number(_written(value)) == value


@given(st.text(max_size=12))
def test_no_text_whatever_is_read_as_a_number_it_does_not_hold(text):
    reading = clean_number(text, "件", whole=True)
    assert (reading.value is None) == (reading.state in ("blank", "unreadable"))
    if reading.state == "read":
        assert text.lstrip("-").isascii() and text.lstrip("-").isdigit()

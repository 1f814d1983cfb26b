"""Choices, yes and no, names, codes and telephone numbers as clerks write them."""

from datetime import datetime

import pytest

from tally.campaigns.masks_2021.lists import SIZES
from tally.campaigns.masks_2021.sampling import RESULTS
from tally.clean.words import clean_choice, clean_code, clean_phone, clean_seq, clean_text, clean_yesno


@pytest.mark.parametrize(
    ("raw", "value"),
    [
        ("合格", "合格"),
        ("合  格", "合格"),
        ("符合", "合格"),
        ("√", "合格"),
        ("合格（阴性）", "合格"),
        ("不合格(标识)", "不合格"),
        ("不 合 格", "不合格"),
        ("☑合格 □不合格", "合格"),
        ("所检项目合格", "合格"),
        ("本次检验所检项目：合格", "合格"),
        ("均合格", "合格"),
        ("经检验不合格", "不合格"),
        ("未发现不合格", "合格"),
        ("不合格品", "不合格"),
        ("达标", "合格"),
    ],
)
def test_results_are_told(raw, value):
    assert clean_choice(raw, RESULTS).value == value


@pytest.mark.parametrize("raw", ["不合格（复检中）", "不合格（异议中）", "合格（待复核）"])
def test_a_result_that_is_not_final_is_read_with_a_warning(raw):
    assert clean_choice(raw, RESULTS).remark.severity == "warning"


@pytest.mark.parametrize(
    "raw",
    [
        "合格（复检不合格）",
        "不合格（复检合格）",
        "待复检",
        "基本合格",
        "1",
        "☑合格 ☑不合格",
        "□合格 □不合格",
        "过滤效率不合格",
    ],
)
def test_a_result_that_says_two_things_or_none_is_refused(raw):
    assert clean_choice(raw, RESULTS).state == "unreadable"


@pytest.mark.parametrize("raw", ["是否", "是/否", "是或否", "否是"])
def test_a_yes_and_a_no_in_one_cell_are_neither(raw):
    assert clean_yesno(raw).state == "unreadable"


def test_small_and_micro_is_neither():
    assert clean_choice("小微", SIZES).state == "unreadable"


@pytest.mark.parametrize(
    ("raw", "value"),
    [
        ("是", "是"),
        ("√", "是"),
        ("已流入", "是"),
        ("有", "是"),
        ("未流入", "否"),
        ("×", "否"),
        (True, "是"),
        ("无", None),
    ],
)
def test_yes_and_no(raw, value):
    assert clean_yesno(raw).value == value


def test_line_breaks_and_tabs_in_names_are_taken_out_and_said():
    reading = clean_text("盐城\n样例\t口罩 有限公司 ")
    assert reading.value == "盐城样例口罩 有限公司"
    assert reading.remark.severity == "note"


def test_a_date_in_a_text_column_is_doubted():
    assert clean_text(datetime(2021, 3, 5)).remark.severity == "warning"


@pytest.mark.parametrize("raw", [9.13209e17, "9.13E+17"])
def test_a_code_stored_as_a_number_has_lost_its_digits(raw):
    assert clean_code(raw).state == "unreadable"


def test_a_code_is_upper_case_without_spaces():
    assert clean_code("9132 0902ma00000000").value == "91320902MA00000000"


def test_a_phone_stored_as_a_float_keeps_its_digits():
    assert clean_phone(19900000001.0).value == "19900000001"
    assert clean_phone("19900000001.0").value == "19900000001"


@pytest.mark.parametrize(("raw", "value"), [(1.0, 1), ("1、", 1), ("（2）", 2), ("③", 3), ("合计", None)])
def test_record_numbers(raw, value):
    assert clean_seq(raw).value == value


@pytest.mark.parametrize("raw", ["锟斤拷公司", "盐\ufffd城"])
def test_wrong_decoding_is_refused(raw):
    assert clean_text(raw).state == "unreadable"

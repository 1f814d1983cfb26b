"""The engine of number formats: what a cell shows of what it stores.

The cases of ECMA-376 Part 1, 18.8.31, known results of other implementations of it, and what Chinese returns hold;
1,300 more (69 codes, 19 values) were compared with what LibreOffice shows, the differences being dates before
March 1900, the trailing point of `0.##` and fractions too long for LibreOffice.
"""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tally.readers.number_format import number_format, shown

STANDARD = [
    # 18.8.31: digits
    ("####.#", 1234.59, "1234.6"),
    ("#.000", 8.9, "8.900"),
    ("0.#", 0.631, "0.6"),
    ("#.0#", 12, "12.0"),
    ("#.0#", 1234.568, "1234.57"),
    ("# ???/???", 5.25, "5 1/4"),
    ("#,###", 12000, "12,000"),
    ("#,", 12000, "12"),
    ("0.0,,", 12200000, "12.2"),
    ("00000", 12, "00012"),
    ("00000", 123, "00123"),
    # percent, exponents
    ("0%", 0.28, "28%"),
    ("0.00E+00", 12200000, "1.22E+07"),
    ("##0.0E+0", 12200000, "12.2E+6"),
    # sections, conditions, colours
    ("0.00_);(0.00)", -5, "(5.00)"),
    ("[Red][<=100]0;[Blue][>100]0.0", 101, "101.0"),
    ("[红色]0.0", 3, "3.0"),
    ('[>=100]"多";[<10]"少";0', 50, "50"),
    ('[>=100]"多";[<10]"少";0', 150, "多"),
    ("[>5]0;[<0]0", 3, "########"),
    ('0.00"；";-0.00;"零"', 0, "零"),
    ("0;-0;;@", 0, ""),
    ("[White]0", 14, ""),
    # text and blanks
    ('$0.00" Surplus";$-0.00" Shortage"', -125.74, "$-125.74 Shortage"),
    ('"共"@', "12", "共12"),
    ('"共"@', 12, "12"),
    ("0;0;0;", "文字", ""),
    ("@", -0.5, "-0.5"),
    # dates and times
    ("m", 44322, "5"),
    ("mm", 44322, "05"),
    ("mmm", 44322, "May"),
    ("mmmmm", 44322, "M"),
    ("d", 44322, "6"),
    ("ddd", 44322, "Thu"),
    ("yy", 44322, "21"),
    ("yyyy-mm-dd hh:mm:ss", 44322.75, "2021-05-06 18:00:00"),
    ("h:mm AM/PM", 0.75, "6:00 PM"),
    ("[h]:mm", 1.5, "36:00"),
    ("[mm]:ss", 0.05, "72:00"),
    ("mm:ss.0", 0.00138, "01:59.2"),
    ("yyyy/m/d", 60, "1900/2/29"),
    ("yyyy/m/d", -1, "########"),
    # fractions
    ("# ?/?", 1.25, "1 1/4"),
    ("# ??/??", 3.14159265, "3 1/7"),
    ("?/?", 0.5, "1/2"),
    ("# ?/8", 0.3, "2/8"),
    ("# ?/?", 0, "0"),
]
CHINESE = [
    ('0"元"', 30, "30元"),
    ("0\\元", 30, "30元"),
    ("0元", 30, "30元"),
    ('General"元"', 30, "30元"),
    ('G/通用格式"元"', 30.5, "30.5元"),
    ('0.00_ "元"', 30, "30.00 元"),
    ('_ "￥"* #,##0.00_ ;_ "￥"* \\-#,##0.00_ ;_ "￥"* "-"??_ ;_ @_ ', 30, " ￥30.00 "),
    ("[$¥-804]#,##0.00", 5, "¥5.00"),
    ('"约"0', 500, "约500"),
    ('0"余"', 500, "500余"),
    ('">"0', 500, ">500"),
    ("0!.0,", 96000, "9.6"),
    ("0!.0,", 9600, "1.0"),
    ('0"."0', 96, "9.6"),
    ('0"0"', 14, "140"),
    ('"20"00', 14, "2014"),
    ('0"月"', 14, "14月"),
    ('m"月"', 14, "1月"),
    (";;;", 14, ""),
    ('"-"', 14, "-"),
    ('yyyy"年"m"月"d"日";@', 44322, "2021年5月6日"),
    ("[$-804]aaaa", 44322, "星期四"),
    ('上午/下午h"时"mm"分"', 0.75, "下午6时00分"),
    ("[DBNum1][$-804]General", 12, "一十二"),
    ("[DBNum1]G/通用格式", 10203, "一万〇二百〇三"),
    ("[DBNum2][$-804]General", 2021, "贰仟零贰拾壹"),
    ("[DBNum2]0", 12, "壹贰"),
    ("[DBNum3]0", 12, "１２"),
]
PLAIN = ["", "General", "0", "0.00", "#,##0.00", "0_ ", "0.00_);[Red](0.00)", "_ * #,##0.00_ ;_ * -#,##0.00_ ;_ * \"-\"??_ ;_ @_ ", "@", "[红色]0"]  # fmt: skip
SPEAKING = [
    '0"元"',
    "0%",
    "0.0,",
    "0.00E+00",
    "# ?/?",
    ";;;",
    "[>5]0;0",
    "[DBNum1]0",
    "[h]:mm",
    '"约"0',
    "¥0",
    "[White]0",
]


@pytest.mark.parametrize(("code", "value", "text"), STANDARD)
def test_the_standards_own_cases(code, value, text):
    assert shown(code, value).strip() == text


@pytest.mark.parametrize(("code", "value", "text"), CHINESE)
def test_what_chinese_workbooks_hold(code, value, text):
    assert shown(code, value) == text


@pytest.mark.parametrize("code", PLAIN)
def test_plain_formats_need_no_second_look(code):
    assert number_format(code).plain


@pytest.mark.parametrize("code", SPEAKING)
def test_formats_that_say_more_or_less_than_the_number_are_told(code):
    assert not number_format(code).plain


def test_which_dates_show_all_of_a_date():
    whole = {
        code: number_format(code).whole_date
        for code in ("yyyy-mm-dd", "d-mmm-yy", "e/m/d", 'm"月"d"日"', "aaaa", "0.0")
    }
    assert [code for code, is_whole in whole.items() if is_whole] == ["yyyy-mm-dd", "d-mmm-yy", "e/m/d"]


@given(
    st.text(alphabet='0#?.,%/@;"\\!_*[]<>=yYmdhsaeE+-AMP元约年月日$¥ (DBNum1)General', max_size=24),
    st.floats(-1e12, 1e12),
)
def test_no_code_is_too_odd_to_be_shown(code, value):
    assert isinstance(shown(code, value), str)
    assert isinstance(number_format(code).plain, bool)


@given(st.sampled_from(PLAIN), st.integers(-(10**9), 10**9), st.integers(0, 2))
def test_a_plain_format_shows_the_number_itself(code, digits, places):
    """Whatever it is grouped, signed or padded with, and rounded to the places it has."""
    form, number = number_format(code), Decimal(digits).scaleb(-places)
    text = shown(code, number).replace(",", "").replace("(", "-").replace(")", "").strip()
    if form.decimals is not None:
        number = number.quantize(Decimal(1).scaleb(-form.decimals), rounding="ROUND_HALF_UP")
    assert text == "-" if number == 0 and "??" in code and digits == 0 else abs(Decimal(text)) == abs(number)


@pytest.mark.parametrize(
    ("code", "as_stored"),
    [
        ('"("0")"', False), ("-0", False), ("0;0", False), ("0;[Red]0", False), ('"（"0"）"', False),
        ("0_);(0)", True), ("0;-0", True), ("0.00_ ;[Red]\\-0.00\\ ", True), ("\\+0", True),
    ],
)  # fmt: skip
def test_a_sign_or_brackets_count_unless_they_say_that_a_negative_number_is_one(code, as_stored):
    assert number_format(code).plain is as_stored

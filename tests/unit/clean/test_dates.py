"""Only a whole, possible day is a date."""

from datetime import date, datetime

import pytest

from tally.clean.dates import clean_date, date_in

DAY = date(2021, 4, 10)


@pytest.mark.parametrize(
    "raw",
    [
        DAY,
        datetime(2021, 4, 10),
        "2021-04-10",
        "2021.04.10",
        "2021/4/10",
        "2021年4月10日",
        "2021.4.10.",
    ],
)
def test_a_day_in_any_usual_order_is_read(raw):
    assert clean_date(raw).value == DAY
    assert clean_date(raw).state == "read"


@pytest.mark.parametrize(
    "raw",
    [
        "20210410",
        20210410.0,
        "２０２１年４月１０日",
        "2021年 4月10日",
        "二〇二一年四月十日",
        44296,
        44296.0,
        "44296",
        "2021-04-10 00:00:00",
        "2021-4-10 00:00:00",
        "2021 4 10",
        "2021—04—10",
        "2021–4–10",
        "二0二一年四月十日",
        "2021年四月十日",
        "二〇二一年4月10日",
        "2021-04-10T00:00:00+08:00",
        "2021-04-10T00:00:00.000Z",
        "Sat Apr 10 00:00:00 CST 2021",
        "Sat Apr 10 2021 00:00:00 GMT+0800 (中国标准时间)",
        "Sat, 10 Apr 2021 00:00:00 GMT",
        "Apr 10, 2021 12:00:00 AM",
        "10-Apr-2021",
        "2021年4月10日（星期六）",
        "2021年4月10日 上午9时",
    ],
)
def test_a_day_in_an_odd_writing_is_repaired_with_a_note(raw):
    reading = clean_date(raw)
    assert (reading.value, reading.state, reading.remark.severity) == (DAY, "repaired", "note")


@pytest.mark.parametrize(
    "raw",
    [
        "21.4.10",
        "21年4月10日",
        "成立于2021年4月10日",
        "2021-4-10成立",
        "2021-04-10（注册）",
        "2021-4-10至今",
        "民国110年4月10日",
        "2021-04-09T16:00:00.000Z",
        "Mon Apr 10 00:00:00 CST 2021",
        "2021年4月10日星期一",
    ],
)
def test_a_day_that_leaves_a_doubt_is_read_with_a_warning(raw):
    reading = clean_date(raw)
    assert (reading.value, reading.remark.severity) == (DAY, "warning")


@pytest.mark.parametrize(
    "raw",
    [
        "4.10",
        4.1,
        "2021年2月30日",
        "去年",
        "2021年4月",
        "21/4/10",
        "10/4/2021",
        True,
        "3021-04-10",
        "#N/A",
        "Apr 31, 2021",
        "10-Apr-21",
        "2021-4-10、2021-5-6",
        "2021年2月30日星期二",
    ],
)
def test_what_leaves_the_day_open_is_refused(raw):
    reading = clean_date(raw)
    assert (reading.value, reading.state, reading.remark.severity) == (None, "unreadable", "error")


@pytest.mark.parametrize("raw", ["25/4/2021", "4/25/2021"])
def test_a_number_that_is_no_month_leaves_one_reading(raw):
    reading = clean_date(raw)
    assert (reading.value, reading.remark.severity) == (date(2021, 4, 25), "warning")


@pytest.mark.parametrize("raw", [None, "", "/", "—", "无"])
def test_no_date_is_blank(raw):
    assert clean_date(raw).state == "blank"


@pytest.mark.parametrize(
    ("line", "day"),
    [("填报时间：2021年 4月10日", DAY), ("二〇二一年四月十日", DAY), ("    年  月  日", None), ("2021年4月", None)],
)
def test_the_date_in_a_line_is_found(line, day):
    assert date_in(line) == day

"""A ratio of a unit is that of its own columns, this period's and to date: what was reported is no sum of anything."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pandas as pd
import pytest

from tally.declare import Campaign, Category, Field, Form, Period, Unit
from tally.model import PeriodTables
from tally.store.tables import CELL_COLUMNS, FINDING_COLUMNS, RETURN_COLUMNS
from tally.totals import Book, History, work_out

CHECKS = Form(
    "checks",
    "附件1",
    "食堂检查情况表",
    "matrix",
    fields=(
        Field("found", "发现问题", "count", "个"),
        Field("mended", "完成整改", "count", "个"),
        Field("rate", "整改率", "quantity", "%", ratio=True, ratio_of=("mended", "found")),
        Field("score", "得分", "quantity", "分", ratio=True),
    ),
    categories=(Category("school", "学校"), Category("total", "合计")),
    total="total",
)
CAMPAIGN = Campaign(
    "canteens",
    "食堂检查",
    "某市局",
    "某〔2026〕1号",
    Unit("990000", "某市"),
    (Unit("990001", "东山县"), Unit("990002", "西湖区")),
    (CHECKS,),
    (Period("2026-03", date(2026, 3, 1), date(2026, 3, 31)), Period("2026-04", date(2026, 4, 1), date(2026, 4, 30))),
)


def tables(period: str, found: int, mended: int, rate: float) -> PeriodTables:
    row = {"found": found, "mended": mended, "rate": rate, "score": 80.0}
    rows = [{"unit": "990001", "category": c, **row} for c in ("school", "total")]
    frame = pd.DataFrame(rows).astype({"found": "Int64", "mended": "Int64", "rate": "Float64", "score": "Float64"})
    returns = pd.DataFrame([("990001", "checks", "a.xlsx", "0", None, None, "on time")], columns=list(RETURN_COLUMNS))
    empty = (pd.DataFrame(columns=list(c)) for c in (CELL_COLUMNS, FINDING_COLUMNS))
    return PeriodTables(period, {"checks": frame}, *empty, returns)


@pytest.fixture(scope="module")
def book() -> Book:
    return work_out(History(CAMPAIGN, (tables("2026-03", 13, 10, 76.92), tables("2026-04", 7, 6, 85.70)))).book


def test_to_date_it_is_the_quotient_of_the_sums(book):
    assert book.value("checks.total.rate.to_date@990001") == Decimal("80.00")
    assert book["checks.total.rate.to_date@990001"].number == "80.00"


def test_of_one_period_it_is_the_quotient_too_whatever_was_written(book):
    assert book.value("checks.total.rate@990001") == Decimal("85.71")


def test_one_that_is_of_no_columns_is_told_of_one_period_alone(book):
    assert book.value("checks.total.score@990001") == 80
    assert "checks.total.score.to_date@990001" not in book


def test_a_unit_that_sent_nothing_has_none(book):
    assert "checks.total.rate.to_date@990002" not in book

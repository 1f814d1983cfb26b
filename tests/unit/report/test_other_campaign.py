"""A campaign with other forms and half-month periods gets its report without a change to the package."""

from dataclasses import replace
from datetime import date

import pandas as pd

from tally.declare import Campaign, Category, Field, Form, Period, Unit
from tally.model import PeriodTables
from tally.report import Report, narrative
from tally.store.tables import CELL_COLUMNS, FINDING_COLUMNS, RETURN_COLUMNS
from tally.totals import History, as_table, work_out

VISITS = Form(
    "visits",
    "附件1",
    "加油站检查情况统计表",
    "matrix",
    fields=(
        Field("stations", "检查加油站", "count", "座", cumulative=True),
        Field("fuel", "封存油品", "quantity", "吨"),
    ),
    categories=(Category("state", "国有"), Category("private", "民营"), Category("sum", "合计")),
    total="sum",
    row_header="类别",
)
CAMPAIGN = Campaign(
    "fuel",
    "成品油专项检查",
    "某市市场监督管理局",
    "某市监〔2021〕1号",
    Unit("990000", "某市"),
    (Unit("990001", "甲县"), Unit("990002", "乙县")),
    (VISITS,),
    (
        Period("2021-05-上", date(2021, 5, 1), date(2021, 5, 15)),
        Period("2021-05-下", date(2021, 5, 16), date(2021, 5, 31)),
    ),
)


def tables(period, stations, fuel):
    units = list(stations)
    rows = [
        {"unit": u, "category": c, "stations": stations[u] if c == "sum" else None, "fuel": fuel if c == "sum" else 0.0}
        for u in units
        for c in ("state", "private", "sum")
    ]
    frame = pd.DataFrame(rows).astype({"stations": "Int64", "fuel": "Float64"})
    returns = pd.DataFrame(
        [(u, "visits", "a.xlsx", "0", None, None, "on time") for u in units], columns=list(RETURN_COLUMNS)
    )
    empty = (pd.DataFrame(columns=list(c)) for c in (CELL_COLUMNS, FINDING_COLUMNS))
    return PeriodTables(period, {"visits": frame}, *empty, returns)


def report():
    both = (tables("2021-05-上", {"990001": 3, "990002": 4}, 0.1), tables("2021-05-下", {"990001": 5}, 0.2))
    return Report(work_out(History(CAMPAIGN, both)), narrative.Narrative({}))


def test_its_figures_are_named_and_summed_by_its_own_declaration():
    book = report().totals.book
    assert book["visits.sum.stations.to_date"].value == 9
    assert book["visits.sum.fuel.to_date"].number == "0.40"
    assert len(as_table(report().totals))


def test_its_sentences_use_its_own_labels_and_name_who_is_missing():
    said = "\n".join(b.as_text() for b in report().blocks() if b.kind == "paragraph")
    assert "截至5月31日，全市共检查加油站9座，封存油品0.40吨。" in said
    assert "根据某市监〔2021〕1号要求" in said and "【待补充】主要做法。" in said
    assert "全市2个报送单位中1个已报送，乙县未报送" in said
    assert "检查加油站新增2座，封存油品增加0.10吨" in said


def test_parts_it_has_no_form_for_are_left_out_and_the_rest_is_numbered_on():
    heads = [b.text for b in report().blocks() if b.kind == "heading" and b.level == 2]
    assert heads == ["（一）加油站检查情况统计表", "（二）与上期比较", "（三）报送情况"]
    assert [b.label for b in report().blocks() if b.kind == "annex"] == ["附件1", "附件2"]


def of(now: dict, *, findings: pd.DataFrame | None = None) -> Report:
    later = tables("2021-05-下", now, 0.2)
    later = later if findings is None else replace(later, findings=findings)
    both = (tables("2021-05-上", {"990001": 3, "990002": 4}, 0.1), later)
    return Report(work_out(History(CAMPAIGN, both)), narrative.Narrative({}))


def sentences(made: Report) -> str:
    return "\n".join(b.as_text() for b in made.blocks() if b.kind == "paragraph")


def test_what_is_new_says_which_units_took_back_some_of_theirs():
    assert "检查加油站新增4座（甲县的累计数比上期少1座，已抵减；其余单位新增5座）" in sentences(
        of({"990001": 2, "990002": 9})
    )
    assert "已抵减" not in sentences(of({"990001": 5, "990002": 9}))


def test_a_column_that_a_unit_filled_in_and_nobody_could_read_leaves_its_mark_on_every_sum():
    error = {**dict.fromkeys(FINDING_COLUMNS, ""), "unit": "990002", "form": "visits", "field": "stations"}
    error |= {"rule": "form.missing_column", "severity": "error", "message": "缺少“检查加油站”一列"}
    unread = of({"990001": 5, "990002": None}, findings=pd.DataFrame([error]))
    figure = unread.totals.book["visits.sum.stations.to_date"]
    assert "乙县的数未能识别，没有计入" in figure.doubt
    assert "（1个单位未填或未能识别）" in sentences(unread)
    blank = of({"990001": 5, "990002": None})
    assert not blank.totals.book["visits.sum.stations.to_date"].doubt and "（1个单位未填）" in sentences(blank)

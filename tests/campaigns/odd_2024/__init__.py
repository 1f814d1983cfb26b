"""A campaign with everything unusual: ratios, a matrix without total and with words, a date as key."""

from pathlib import Path

from tally.declare import Campaign, Category, Field, Form, Unit, periods_from_csv, units_from_csv
from tally.rules import Duplicate, Filled, NoOverlap, NotCopied, NotNegative, NotStale, RowsPresent, TotalIsSum

H = Path(__file__).parent
PLAN = Form(
    name="plan",
    number="附件1",
    title="计划完成情况统计表",
    layout="matrix",
    row_header="类别",
    total="total",
    categories=(Category("a", "甲类"), Category("b", "乙类"), Category("total", "合计")),
    fields=(
        Field("planned", "计划户数", "count", "户"),
        Field("done", "完成户数", "count", "户"),
        Field("rate", "完成率", "quantity", "%", ratio_of=("done", "planned")),
        Field("score", "平均得分", "quantity", "分", ratio=True),
        Field("why", "变化原因"),
    ),
    rules=(RowsPresent(id="plan.rows"), TotalIsSum(id="plan.sum"), NotNegative(id="plan.neg")),
)
BARE = Form(
    name="bare",
    number="附件2",
    title="检查情况汇总表",
    layout="matrix",
    row_header="类别",
    categories=(Category("a", "甲类"), Category("b", "乙类")),
    fields=(
        Field("n", "数量", "count", "件"),
        Field("m", "金额", "quantity", "万元"),
        Field("on", "日期", "date"),
        Field("ok", "是否完成", "yesno"),
    ),
    rules=(NotNegative(id="bare.neg"),),
)
DAILY = Form(
    name="daily",
    number="附件3",
    title="日报登记表",
    layout="list",
    accumulates="additions",
    key=("day",),
    fields=(
        Field("day", "日期", "date", required=True),
        Field("n", "新增", "count", "件"),
        Field("share", "占比", "quantity", "%", ratio=True),
    ),
    rules=(Filled(id="daily.filled"), Duplicate(id="daily.twice", severity="warning"), NotNegative(id="daily.neg")),
)
CAMPAIGN = Campaign(
    name="odd_2024",
    title="某某专项行动",
    issuer="某局",
    notice="某〔2021〕1号",
    top=Unit("990000", "某某市", ("市本级",), office="某局"),
    units=units_from_csv(H / "units.csv"),
    forms=(PLAN, BARE, DAILY),
    periods=periods_from_csv(H / "periods.csv"),
    rules=(
        NotStale(id="plan.stale", severity="warning", form="plan"),
        NotCopied(id="bare.copied", severity="warning", form="bare"),
        NoOverlap(id="daily.again", severity="warning", form="daily"),
    ),
)

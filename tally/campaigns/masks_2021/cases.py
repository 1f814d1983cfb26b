"""附件4 口罩案件查处情况统计表: seven categories of case by nine measures, and the 合计 row.

Labels, units and 累计 marks are the notice's; the columns not marked 累计 there are per-return settings here
(`cumulative=False`), in one place so that the bureau can change its reading.
"""

from decimal import Decimal

from tally.declare import Category, Field, Form
from tally.rules import (
    AtMost,
    NotNegative,
    RowsPresent,
    Scale,
    SharedColumn,
    SimpleCasesCap,
    TotalIsSum,
    WholeNumbers,
    Without,
)

# Officers and inspections are often not told apart by kind of case.
_SHARED = ("officers_dispatched", "operators_inspected")
_FIRST = ("cases.filed_at_most_handled", "cases.closed_at_most_handled", "cases.transferred_at_most_handled")

# Averages a case of the national campaign of 2020, in 万元; masks a case and operators an officer are a rough guess.
_RULES = (
    RowsPresent(id="cases.rows_present"),
    NotNegative(id="cases.not_negative"),
    WholeNumbers(id="cases.whole_number"),
    TotalIsSum(id="cases.total_equals_sum", shared=_SHARED),
    SharedColumn(id="cases.shared_column", severity="warning", fields=_SHARED),
    AtMost(id="cases.filed_at_most_handled", lower="cases_filed", upper="cases_handled"),
    AtMost(id="cases.closed_at_most_handled", lower="cases_closed", upper="cases_handled"),
    AtMost(id="cases.transferred_at_most_handled", lower="cases_transferred", upper="cases_handled"),
    AtMost(
        id="cases.closed_at_most_filed",
        severity="warning",
        lower="cases_closed",
        upper="cases_filed",
        within="cases_handled",  # simple cases close without 立案: normal life wherever there are any
        unless="如含以前立案的案件",
        implied_by=_FIRST,
    ),
    AtMost(
        id="cases.transferred_at_most_filed",
        severity="warning",
        lower="cases_transferred",
        upper="cases_filed",
        unless="如含以前立案的案件",
        implied_by=_FIRST,
    ),
    Without(id="cases.fines_without_case", severity="warning", field="fines_confiscations", basis=("cases_handled",)),
    Without(id="cases.value_without_case", severity="warning", field="case_value", basis=("cases_handled",)),
    Without(id="cases.masks_without_case", severity="warning", field="masks_seized", basis=("cases_handled",)),
    Without(
        id="cases.transfer_without_case",
        severity="warning",
        field="cases_transferred",
        basis=("cases_handled",),
        implied_by=_FIRST,
    ),
    Without(
        id="cases.case_without_inspection",
        severity="warning",
        field="cases_handled",
        basis=("operators_inspected",),
        shared=_SHARED,
    ),
    Without(
        id="cases.case_without_officers",
        severity="warning",
        field="cases_handled",
        basis=("officers_dispatched",),
        shared=_SHARED,
        implied_by=("cases.case_without_inspection",),
    ),
    Without(
        id="cases.officers_without_inspection",
        severity="warning",
        field="officers_dispatched",
        basis=("operators_inspected",),
        shared=_SHARED,
    ),
    Without(
        id="cases.fines_without_closed",
        severity="warning",
        field="fines_confiscations",
        basis=("cases_closed",),
        implied_by=("cases.fines_without_case",),
    ),
    SimpleCasesCap(
        id="cases.simple_cases_cap",
        severity="warning",
        amount="fines_confiscations",
        cases="cases_handled",
        filed="cases_filed",
        cap=Decimal("0.1"),
        implied_by=("cases.fines_scale",),
    ),
    Scale(
        id="cases.fines_scale",
        severity="warning",
        amount="fines_confiscations",
        base="cases_handled",
        usual=Decimal("1.16"),
        small="元",
    ),
    Scale(
        id="cases.value_scale",
        severity="warning",
        amount="case_value",
        base="cases_handled",
        usual=Decimal("1.04"),
        small="元",
    ),
    Scale(
        id="cases.masks_scale",
        severity="warning",
        amount="masks_seized",
        base="cases_handled",
        usual=Decimal("0.5"),
        least=-6,
        most=2.5,
        over_many=0.8,
        small="只",
    ),
    Scale(
        id="cases.inspections_scale",
        severity="warning",
        amount="operators_inspected",
        base="officers_dispatched",
        usual=Decimal("1.33"),
        least=-2,
    ),
)

CASES = Form(
    name="cases",
    number="附件4",
    title="口罩案件查处情况统计表",
    aliases=("口罩案件查处情况表", "案件查处情况统计表", "口罩案件统计表"),
    layout="matrix",
    row_header="查办案件情况",
    total="total",
    categories=(
        Category("price", "价格类案件", ("价格类", "价格违法类", "价格案件")),
        Category("quality", "质量类案件", ("质量类", "产品质量类", "质量案件")),
        Category("unfair_competition", "不正当竞争类案件", ("不正当竞争类", "不正当竞争", "反不正当竞争类")),
        Category(
            "intellectual_property", "知识产权类案件", ("知识产权类", "知识产权", "知识产权案件", "知产类", "知产案件")
        ),
        Category("drug_device_licensing", "药械资质类案件", ("药械资质类", "药械资质", "药械类")),
        Category("false_advertising", "虚假广告类案件", ("虚假广告类", "虚假广告", "广告类")),
        Category("other", "其他案件", ("其他", "其它", "其它案件", "其他类", "其他类案件")),
        Category("total", "合计", ("总计", "共计", "总数", "合计数")),
    ),
    fields=(
        Field(
            "officers_dispatched",
            "出动执法人员",
            "count",
            "人次",
            aliases=("出动人员", "出动执法人次", "出动人次", "执法人员"),
            cumulative=True,
            note="累计数；按人次填写",
        ),
        Field(
            "operators_inspected",
            "检查经营者数",
            "count",
            "户/人",
            aliases=("检查经营者", "检查经营主体", "检查主体数", "检查户数", "检查经营户"),
            cumulative=True,
            note="累计数；按户次填写",
        ),
        Field(
            "cases_handled",
            "查办案件",
            "count",
            "件",
            aliases=("查办案件数", "查办案件总数", "办案数", "案件数", "查处案件"),
            note="包括立案和简易案件",
        ),
        Field(
            "cases_filed",
            "其中：立案",
            "count",
            "件",
            aliases=("立案", "立案数", "立案件数", "其中立案", "立案查处", "立案查处数"),
            note="查办案件中立案查处的件数，不含简易案件",
        ),
        Field("cases_closed", "结案", "count", "件", aliases=("结案数", "办结", "办结案件", "已结案")),
        Field(
            "fines_confiscations",
            "罚没",
            "quantity",
            "万元",
            aliases=("罚没金额", "罚没款", "罚没款项", "罚没数", "罚没收入"),
            note="罚款与没收合计，单位万元",
            contributors="cases_handled",
        ),
        Field(
            "case_value",
            "案值",
            "quantity",
            "万元",
            aliases=("案值金额", "涉案金额", "涉案货值", "货值金额"),
            note="单位万元",
            contributors="cases_handled",
        ),
        Field(
            "masks_seized",
            "查获口罩",
            "quantity",
            "万只",
            aliases=("查获口罩数", "查获口罩数量", "查扣口罩", "查获问题口罩"),
            cumulative=True,
            note="累计数；单位万只",
            contributors="cases_handled",
        ),
        Field(
            "cases_transferred",
            "移送公安机关案件数",
            "count",
            "件",
            aliases=(
                "移送公安",
                "移送公安机关",
                "移送公安案件数",
                "移送案件数",
                "移送公安机关案件",
                "移送司法机关",
                "移送司法",
                "移送司法机关案件数",
            ),
            cumulative=True,
            note="累计数",
        ),
    ),
    rules=_RULES,
)

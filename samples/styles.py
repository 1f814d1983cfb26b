"""How each unit fills in its forms: its habits, the same in both periods."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Style:
    """One unit's habits. `reporter` is what it writes after 填报单位.

    `head` is the number of header rows before a row of its own for the units of measure (`unit_row`) and one of
    column numbers (`index_row`, by its first sign). `zero` and `empty` are what stands where there is nothing to count or say.
    `labels` are its own words for fields, `order` its order of columns, `leave_out` columns that it has not.
    """

    reporter: str
    annex: str = "附件{n}"
    spaced_title: bool = False
    reporter_label: str = "填报单位（盖章）："
    head: int = 1
    unit_row: bool = False
    index_row: str = ""
    labels: Mapping[str, str] = field(default_factory=dict)
    order: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    leave_out: tuple[tuple[str, str], ...] = ()
    extra: Mapping[str, str] = field(default_factory=dict)  # form -> a column it adds at the end
    categories: str = "long"
    total: str = "合计"
    total_first: bool = False
    sums: bool = False  # 合计 as formulas with stored results
    only_total: bool = False  # 出动 and 检查 in the 合计 row alone
    numbers: str = "native"
    zero: object = 0
    empty: str | None = None
    dates: str = "chinese"
    reported: str = "chinese"
    results: str = "plain"
    yes: str = "plain"
    statuses: str = "plain"
    sizes: str = "plain"
    merge_firms: bool = False
    phones: str = "text"  # "number": mobile numbers stored as numbers
    page_rows: int = 0  # after so many records of a list its header stands again, as on a new page
    other_brackets: bool = False  # form 5 writes firms' names with the other width of brackets, and spaces
    firm_columns: bool = True  # the last three columns of form 5 filled in
    signed: str = "审核人：某审核　　　填表人：某填表　　　联系电话：0515-00000000"
    font: str = "宋体"
    note: str = ""


STYLES: dict[str, Style] = {
    "320902": Style("亭湖区市场监督管理局", sums=True, dates="serial", font="仿宋_GB2312"),
    "320903": Style(
        "盐都区市场监管局",
        head=1,
        unit_row=True,
        index_row="甲",
        numbers="text",
        zero="0",
        empty="/",
        dates="dotted",
        categories="short",
        annex="附件{n}：",
    ),
    "320904": Style(
        "大丰区市监局",
        spaced_title=True,
        head=2,
        numbers="fullwidth",
        zero="",
        dates="slash",
        results="spaced",
        total="合  计",
        merge_firms=True,
        firm_columns=False,
        labels={"cases_filed": "立案数", "cases_closed": "结案数", "fines_confiscations": "罚没金额"},
        sizes="short",
    ),
    "320921": Style(
        "响水县市场监督管理局",
        head=2,
        dates="chinese",
        empty="无",
        signed="",
        numbers="native",
        labels={"enterprise": "企业名称", "contact_phone": "联系方式"},
    ),
    "320922": Style(
        "滨海县市场监管局",
        head=3,
        unit_row=False,
        numbers="suffix",
        zero="-",
        empty="—",
        dates="iso",
        results="conform",
        yes="worded",
        statuses="worded",
        reporter_label="填报单位:",
        labels={"operators_inspected": "检查经营主体", "case_value": "货值金额"},
        extra={"sampling": "抽样日期"},
        note="注：查办案件包括立案和简易案件。",
    ),
    "320923": Style(
        "阜宁县市场监督管理局",
        index_row="1",
        numbers="native",
        zero="零",
        dates="compact",
        order={
            "cases": (
                "operators_inspected", "officers_dispatched", "cases_handled", "cases_filed", "cases_closed",
                "case_value", "fines_confiscations", "masks_seized", "cases_transferred",
            )
        },
        labels={"operators_inspected": "检查经营者", "fines_confiscations": "罚没款"},
    ),
    "320924": Style(
        "射阳县市监局",
        head=2,
        numbers="padded",
        zero="0",
        empty="/",
        dates="spaced",
        total="总  计",
        statuses="short",
        only_total=True,
        other_brackets=True,
        leave_out=(("sampling", "assistance"), ("enterprises", "contact_person")),
        reporter_label="填报单位（公章）：",
    ),
    "320925": Style(
        "建湖县市场监督管理局",
        unit_row=True,
        numbers="thousands",
        zero="",
        empty="-",
        dates="dotted",
        results="tick",
        yes="tick",
        total_first=True,
        categories="short",
        signed="填表人：某填表",
    ),
    "320981": Style(
        "东台市市场监督管理局",
        head=2,
        index_row="1",
        numbers="native",
        sums=True,
        zero=0,
        empty="无",
        dates="serial",
        phones="number",
        page_rows=10,
        spaced_title=True,
        labels={"cases_filed": "其中：\n立案", "masks_seized": "查获\n口罩", "entered_market": "是否流入市场"},
        sizes="firm",
        note="注：1.本表由各分局汇总上报；2.“查办案件”包括立案和简易案件。",
    ),
    "320971": Style(
        "开发区综合行政执法局",
        annex="附表{n}",
        head=1,
        numbers="mixed",
        zero="/",
        empty="无",
        dates="slash",
        labels={
            "officers_dispatched": "★出动人次",
            "operators_inspected": "检查户数",
            "cases_handled": "查办案件数",
            "cases_transferred": "移送公安",
            "enterprise": "企业全称",
            "failed_quantity": "不合格数量",
        },
        leave_out=(("sampling", "model"),),
        extra={"cases": "备注"},
        order={"sampling": (
            "seq", "enterprise", "product_name", "result", "failed_items", "failed_quantity", "entered_market",
            "market_destination", "follow_up", "assistance", "production_status", "enterprise_size", "established",
        )},
        reporter_label="单位：",
        signed="",
    ),
    "320990": Style(
        "盐南高新区市场监管局",
        numbers="native",
        zero="",
        dates="chinese",
        results="plain",
        empty="",
        categories="short",
        signed="填报人：某填报",
        firm_columns=False,
    ),
}  # fmt: skip

"""Sound forms 3, 4 and 5 of one county as rows of cells, and the truth of every cell; a case changes one feature."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from openpyxl.utils import coordinate_to_tuple

from benchmarks.kinds.truth import Key, Truth

Rows = list[list[Any]]

MEASURES = (
    "officers_dispatched", "operators_inspected", "cases_handled", "cases_filed", "cases_closed",
    "fines_confiscations", "case_value", "masks_seized", "cases_transferred",
)  # fmt: skip
HEAD4 = [
    "类别", "出动执法人员（人次）累计", "检查经营者数（户/人）累计", "查办案件（件）", "其中：立案（件）", "结案（件）",
    "罚没（万元）", "案值（万元）", "查获口罩（万只）累计", "移送公安机关案件数（件）累计",
]  # fmt: skip
CATEGORIES = {
    "price": "价格类", "quality": "质量类", "unfair_competition": "不正当竞争类", "intellectual_property": "知识产权类",
    "drug_device_licensing": "药械资质类", "false_advertising": "虚假广告类", "other": "其他", "total": "合计",
}  # fmt: skip
QUALITY = (45, 66, 14, 12, 9, 12.6, 15.3, 3.5, 2)
OTHER = (10, 14, 3, 3, 1, 0.9, 1.2, 0.4, 0)
SAMPLING = (
    "seq", "product_name", "model", "enterprise", "result", "failed_items", "failed_quantity", "entered_market",
    "market_destination", "follow_up", "assistance", "production_status", "enterprise_size", "established",
)  # fmt: skip
HEAD5 = [
    "序号", "产品名称", "规格型号", "抽查企业名称", "抽查结果", "不合格项目", "不合格产品的批次数量（只）",
    "不合格产品是否流入市场", "不合格产品流入市场方向", "后处理措施", "对企业帮扶措施", "企业生产状况", "企业规模", "新企业成立时间",
]  # fmt: skip
ENTERPRISES = (
    "seq", "enterprise", "credit_code", "address", "legal_representative", "contact_person", "contact_phone", "licences",
    "product_name", "standard", "production_status", "enterprise_size", "established", "daily_capacity", "remarks",
)  # fmt: skip
HEAD3 = [
    "序号", "企业名称", "统一社会信用代码", "地址", "法定代表人", "联系人", "联系电话", "证照情况", "产品名称", "执行标准",
    "企业生产状况", "企业规模", "成立时间", "日产能（万只）", "备注",
]  # fmt: skip
FIRM_A, FIRM_B = "盐城样例甲口罩有限公司", "盐城样例乙防护用品有限公司"
STEPS = "责令停售，流向排查，整改，核查，行政处罚，召回，通报商务、海关，信用公示"
BATCHES = (
    [1, "一次性防护口罩", "平面型", FIRM_A, "合格", None, None, None, None, None, "上门指导", "在产", "小型", None],
    [
        2,
        "一次性防护口罩",
        "平面型",
        FIRM_B,
        "不合格",
        "过滤效率",
        500,
        "否",
        None,
        STEPS,
        "上门指导",
        "在产",
        "小型",
        None,
    ],
    [3, "日常防护型口罩", "立体型", FIRM_B, "合格", None, None, None, None, None, "上门指导", "在产", "小型", None],
)
FIRMS = (
    [1, FIRM_A, "91320902MA1A2B3C47", "样例路1号", "某甲", "某乙", "0515-00000001", "齐全", "一次性防护口罩",
     "GB/T 32610-2016", "在产", "小型", "2020-02-03", 5, None],
    [2, FIRM_B, "91320902MA1D5E6F79", "样例路2号", "某丙", "某丁", "0515-00000002", "齐全", "日常防护型口罩",
     "GB/T 32610-2016", "在产", "小型", "2020-03-04", 8, None],
)  # fmt: skip
TOP4 = [["附件4"], ["口罩案件查处情况统计表"], ["填报单位（盖章）：亭湖区市场监督管理局", *[None] * 8, "2021年5月31日"]]
TOP5 = [["附件5"], ["口罩专项抽查/抽检情况统计表"], ["填报单位（盖章）：亭湖区市场监督管理局"]]
TOP3 = [["附件3"], ["非医用口罩生产企业情况统计表"], ["填报单位（盖章）：亭湖区市场监督管理局"]]


def body4(other: tuple = (0,) * 9) -> Rows:
    """The rows of form 4; `other` are the figures of 其他 beside those of 质量类, the total is their sum."""
    none = (0,) * 9
    figures = {name: none for name in CATEGORIES} | {"quality": QUALITY, "other": other}
    figures["total"] = tuple(round(a + b, 6) for a, b in zip(QUALITY, other, strict=True))
    return [[label, *figures[name]] for name, label in CATEGORIES.items()]


def form4(cells: Mapping[str, object] | None = None, other: tuple = (0,) * 9) -> Rows:
    """Form 4 from A1: the header in row 4, 质量类 in row 6, 合计 in row 12; `cells` writes over addresses."""
    return put([*TOP4, HEAD4, *body4(other)], cells or {})


def form5(cells: Mapping[str, object] | None = None) -> Rows:
    """Form 5 from A1: the header in row 4, three batches from row 5 on, of which the second failed."""
    return put([*TOP5, HEAD5, *BATCHES], cells or {})


def form3(cells: Mapping[str, object] | None = None) -> Rows:
    """Form 3 from A1: the header in row 4, two firms from row 5 on."""
    return put([*TOP3, HEAD3, *FIRMS], cells or {})


def put(rows: Rows, cells: Mapping[str, object]) -> Rows:
    """A copy of `rows` with `cells` written over it, grown where an address lies outside."""
    copy = [list(row) for row in rows]
    for address, value in cells.items():
        row, column = coordinate_to_tuple(address)
        copy.extend([] for _ in range(row - len(copy)))
        line = copy[row - 1]
        line.extend([None] * (column - len(line)))
        line[column - 1] = value
    return copy


def twice(measure: str, value: object) -> dict[str, object]:
    """`value` written in 质量类 and in 合计 of a form 4 where nothing else was handled: sums cannot betray a misreading."""
    letter = "BCDEFGHIJ"[MEASURES.index(measure)]
    return {f"{letter}6": value, f"{letter}12": value}


def true_twice(measure: str, value: Truth) -> dict[Key, Truth]:
    return {Key("cases", row, measure): value for row in ("quality", "total")}


def true4(over: Mapping[Key, Truth] | None = None, other: tuple = (0,) * 9) -> dict[Key, Truth]:
    """The truth of form 4 with `over` put in."""
    body = dict(zip(CATEGORIES, body4(other), strict=True))
    truth: dict[Key, Truth] = {}
    for row, line in body.items():
        for measure, value in zip(MEASURES, line[1:], strict=True):
            truth[Key("cases", row, measure)] = value
    return truth | dict(over or {})


def true_list(form: str, fields: tuple[str, ...], records: tuple[list, ...]) -> dict[Key, Truth]:
    truth: dict[Key, Truth] = {}
    for number, record in enumerate(records, 1):
        for name, value in zip(fields, record, strict=True):
            if name != "seq":
                truth[Key(form, str(number), name)] = value
    return truth


def true5(over: Mapping[Key, Truth] | None = None) -> dict[Key, Truth]:
    return true_list("sampling", SAMPLING, BATCHES) | dict(over or {})


def true3(over: Mapping[Key, Truth] | None = None) -> dict[Key, Truth]:
    return true_list("enterprises", ENTERPRISES, FIRMS) | dict(over or {})


def k5(record: int, name: str, value: Truth) -> dict[Key, Truth]:
    """One cell of form 5, for the truth's overrides."""
    return {Key("sampling", str(record), name): value}


def k3(record: int, name: str, value: Truth) -> dict[Key, Truth]:
    return {Key("enterprises", str(record), name): value}


def k4(row: str, name: str, value: Truth) -> dict[Key, Truth]:
    return {Key("cases", row, name): value}

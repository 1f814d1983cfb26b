"""A period's raw folder of hand-made returns, run the public way, and what came of it as the contract's tables say.

Nothing here looks inside the package: files go below a root, the period is processed, Parquet tables are read back.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pandas as pd

from samples.writers.xlsx import edited, typed
from tally import campaigns
from tally.intake.survey import survey
from tally.paths import Paths
from tally.returns.processing import join_units, process_unit, reporting_units

TITLES = {
    "cases": "口罩案件查处情况统计表",
    "sampling": "口罩专项抽查/抽检情况统计表",
    "enterprises": "非医用口罩生产企业情况统计表",
}
MEASURES = (
    "officers_dispatched", "operators_inspected", "cases_handled", "cases_filed", "cases_closed",
    "fines_confiscations", "case_value", "masks_seized", "cases_transferred",
)  # fmt: skip
CASES_HEAD = [
    "查办案件情况", "出动执法人员（人次）累计", "检查经营者数（户/人）累计", "查办案件（件）", "其中：立案（件）", "结案（件）",
    "罚没（万元）", "案值（万元）", "查获口罩（万只）累计", "移送公安机关案件数（件）累计",
]  # fmt: skip
CATEGORIES = {
    "price": "价格类案件",
    "quality": "质量类案件",
    "unfair_competition": "不正当竞争类案件",
    "intellectual_property": "知识产权类案件",
    "drug_device_licensing": "药械资质类案件",
    "false_advertising": "虚假广告类案件",
    "other": "其他案件",
    "total": "合计",
}
SAMPLING_HEAD = [
    "序号", "产品名称", "规格型号", "抽查企业名称", "抽查结果", "不合格项目", "不合格产品的批次数量（只）",
    "不合格产品是否流入市场", "不合格产品流入市场方向", "后处理措施", "对企业帮扶措施", "企业生产状况", "企业规模",
    "新企业成立时间",
]  # fmt: skip
ENTERPRISES_HEAD = [
    "序号", "企业名称", "统一社会信用代码", "地址", "法定代表人", "联系人", "联系电话", "证照情况", "产品名称", "执行标准",
    "企业生产状况", "企业规模", "成立时间", "日产能（万只）", "备注",
]  # fmt: skip
QUALITY = (20, 30, 4, 3, 2, 1.5, 2, 0.5, 0)
OTHER = (10, 12, 2, 1, 1, 0.3, 0.4, 0, 0)
NONE = (0,) * 9


def cases(**rows: Sequence) -> list[list]:
    """Header and body of a sound form 4; `rows` replaces whole rows by category, the total is their sum unless given."""
    body = {name: list(rows.get(name, {"quality": QUALITY, "other": OTHER}.get(name, NONE))) for name in CATEGORIES}
    if "total" not in rows:
        parts = [body[n] for n in CATEGORIES if n != "total"]
        body["total"] = [round(sum(v for p in parts if isinstance(v := p[i], (int, float))), 6) for i in range(9)]
    return [list(CASES_HEAD), *([label, *body[name]] for name, label in CATEGORIES.items())]


def form4(unit: str = "亭湖区市场监督管理局", day: str = "2021年6月1日", **rows) -> list[list]:
    return [["附件4"], [TITLES["cases"]], [f"填报单位（盖章）：{unit}", None, None, day], *cases(**rows)]


def passing(seq: int, firm: str, **more) -> list:
    """A batch that passed; `more` overrides columns by field name."""
    return batch(seq=seq, enterprise=firm, **more)


def batch(**given) -> list:
    base = {
        "seq": 1, "product_name": "一次性防护口罩", "model": "平面型", "enterprise": "盐城样例甲口罩有限公司", "result": "合格",
        "failed_items": None, "failed_quantity": None, "entered_market": None, "market_destination": None,
        "follow_up": None, "assistance": "上门指导", "production_status": "在产", "enterprise_size": "小型", "established": None,
    }  # fmt: skip
    return list((base | given).values())


def failing(seq: int = 1, **given) -> list:
    base = {"seq": seq, "result": "不合格", "failed_items": "过滤效率", "failed_quantity": 500, "entered_market": "否"}
    return batch(**(base | {"follow_up": "责令停售、整改、召回"} | given))


def form5(*batches: list, unit: str = "亭湖区") -> list[list]:
    return [["附件5"], [TITLES["sampling"]], [f"填报单位：{unit}"], list(SAMPLING_HEAD), *batches]


def firm(**given) -> list:
    base = {
        "seq": 1, "enterprise": "盐城样例甲口罩有限公司", "credit_code": "91320902MA00000010", "address": "某路1号",
        "legal_representative": "某甲", "contact_person": "某乙", "contact_phone": "0515-00000000", "licences": "齐全",
        "product_name": "一次性防护口罩", "standard": "GB/T 32610-2016", "production_status": "在产", "enterprise_size": "小型",
        "established": "2020-02-03", "daily_capacity": 5, "remarks": None,
    }  # fmt: skip
    return list((base | given).values())


def form3(*firms: list, unit: str = "亭湖区") -> list[list]:
    return [["附件3"], [TITLES["enterprises"]], [f"填报单位：{unit}"], list(ENTERPRISES_HEAD), *firms]


def workbook(sheets: dict[str, Sequence[Sequence]], change=None) -> bytes:
    """An .xlsx file of rows; `change(book)` has the last word."""
    content = typed(sheets)
    return edited(content, change) if change else content


class Outcome:
    """The contract's tables of one processed period."""

    def __init__(self, tables):
        self.tables, self.findings, self.cells, self.returns = (
            tables, tables.findings.fillna(""), tables.cells, tables.returns,
        )  # fmt: skip

    def value(self, row, field: str, form: str = "cases", unit: str = "320902"):
        """The Parquet value of one cell, None for null; LookupError if there is no such record."""
        frame = self.tables.forms[form]
        key = "category" if form == "cases" else "row"
        hit = frame[(frame["unit"] == unit) & (frame[key] == row)]
        if len(hit) != 1:
            raise LookupError(f"{unit} {form} {row}: {len(hit)} records")
        value = hit.iloc[0][field]
        return None if pd.isna(value) else value

    def column(self, field: str, form: str, unit: str = "320902") -> list:
        frame = self.tables.forms[form]
        return [None if pd.isna(v) else v for v in frame[frame["unit"] == unit][field]]

    def records(self, form: str, unit: str = "320902") -> int:
        return int((self.tables.forms[form]["unit"] == unit).sum())

    def cell(self, row, field: str, form: str = "cases", unit: str = "320902") -> pd.Series:
        c = self.cells
        hit = c[(c["unit"] == unit) & (c["form"] == form) & (c["row"] == str(row)) & (c["field"] == field)]
        return hit.iloc[0]

    def at(self, cell: str, severity: str = "", unit: str = "320902") -> list[str]:
        """Rules of the findings at an address."""
        f = self.findings
        hit = f[(f["cell"] == cell) & (f["unit"] == unit) & ((f["severity"] == severity) if severity else True)]
        return sorted(set(hit["rule"]))

    def rules(self, *severities: str, unit: str = "320902") -> set[str]:
        f = self.findings
        return set(f[f["severity"].isin(severities or ("error", "warning")) & f["unit"].isin((unit, ""))]["rule"])

    def said(self, rule: str) -> list[tuple]:
        f = self.findings[self.findings["rule"] == rule]
        return list(zip(f["unit"], f["severity"], f["cell"], f["row"], f["field"], strict=True))

    def state(self, form: str = "cases", unit: str = "320902") -> list[str]:
        r = self.returns
        return list(r[(r["unit"] == unit) & (r["form"] == form)]["state"])


class World:
    """One temporary root with raw folders of any periods."""

    def __init__(self, root: Path):
        self.root, self.campaign = root, campaigns.load("masks_2021")

    def put(self, name: str, content: bytes | str | dict, period: str = "2021-05") -> Path:
        path = Paths(self.root, "masks_2021", period).raw / name
        path.parent.mkdir(parents=True, exist_ok=True)
        if isinstance(content, dict):
            content = workbook(content)
        path.write_bytes(content.encode("utf-8") if isinstance(content, str) else content)
        return path

    def run(self, period: str = "2021-05", units: Sequence[str] | None = None) -> Outcome:
        surveyed = survey(self.campaign, Paths(self.root, "masks_2021", period))
        speaking = [u for u in reporting_units(self.campaign, surveyed) if surveyed.of(u)]
        for unit in units or speaking or ["320902"]:
            process_unit("masks_2021", period, unit, str(self.root))
        return Outcome(join_units("masks_2021", period, str(self.root)))

"""Sheets written inline and read as a return would be: values, findings and the ledger of one grid."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import pandas as pd

from tally.campaigns.masks_2021 import CAMPAIGN
from tally.locate import find_tables
from tally.locate.ledger import Ledger
from tally.locate.sheet import account
from tally.model import Document, Finding, Grid, RawTable, RawValue, Span
from tally.returns.values import clean_tables

PERIOD = CAMPAIGN.period("2021-06")
CASES, SAMPLING = CAMPAIGN.form("cases"), CAMPAIGN.form("sampling")
HEAD = [
    "查办案件情况", "出动执法人员（人次）累计", "检查经营者数（户/人）累计", "查办案件（件）", "其中：立案（件）", "结案（件）",
    "罚没（万元）", "案值（万元）", "查获口罩（万只）累计", "移送公安机关案件数（件）累计",
]  # fmt: skip
QUALITY = [20, 30, 4, 3, 2, 1.5, 2, 0.5, 0]
MEASURES = [f.name for f in CASES.fields]
LIST_HEAD = [
    "序号", "产品名称", "规格型号", "抽查企业名称", "抽查结果", "不合格项目", "不合格产品的批次数量（只）",
    "不合格产品是否流入市场", "不合格产品流入市场方向", "后处理措施", "对企业帮扶措施", "企业生产状况", "企业规模",
    "新企业成立时间",
]  # fmt: skip


@dataclass(frozen=True)
class Sheet:
    """One grid read for one form."""

    grid: Grid
    form: str

    @cached_property
    def tables(self) -> list[RawTable]:
        found = find_tables(Document("表.xlsx", "xlsx", (self.grid,)), CAMPAIGN.forms, PERIOD)
        return [t for t in found if t.form == self.form]

    @cached_property
    def _cleaned(self) -> tuple[pd.DataFrame, pd.DataFrame, list[Finding]]:
        return clean_tables("320902", CAMPAIGN.form(self.form), self.tables)

    @property
    def frame(self) -> pd.DataFrame:
        return self._cleaned[0]

    @property
    def cells(self) -> pd.DataFrame:
        return self._cleaned[1]

    @property
    def findings(self) -> list[Finding]:
        return [*(f for t in self.tables for f in t.findings), *self._cleaned[2]]

    @cached_property
    def ledger(self) -> Ledger:
        return account(self.grid, CAMPAIGN.forms, PERIOD)

    def said(self, *severities: str) -> set[str]:
        """The kinds of findings, of all severities if none is named."""
        return {f.rule for f in self.findings if not severities or f.severity in severities}

    def row(self, key: str) -> list:
        return [None if v is pd.NA else v for v in self.frame.loc[key].tolist()]


def sheet(rows: list[list[RawValue]], form: str = "cases", merges: tuple[Span, ...] = ()) -> Sheet:
    width = max(map(len, rows))
    return Sheet(Grid("表.xlsx", "表", [[*r, *[None] * (width - len(r))] for r in rows], merges), form)


def matrix(head: list | None = None, **rows: list) -> list[list[RawValue]]:
    """A sound form 4; `rows` replaces whole rows by category."""
    body = []
    for category in CASES.categories:
        figures = rows.get(category.name) or (QUALITY if category.name in ("quality", "total") else [0] * 9)
        body.append([category.label, *figures])
    top = [["口罩案件查处情况统计表"], ["填报单位（盖章）：亭湖区市场监督管理局", None, None, "2021年6月30日"]]
    return [*top, list(head or HEAD), *body]


def batches(*firms: str, head: list | None = None) -> list[list[RawValue]]:
    """A sound form 5 with one passing batch for each firm."""
    rows = [
        [i, "儿童口罩", "平面型", firm, "合格", None, None, None, None, None, "上门指导", "在产", "小型", None]
        for i, firm in enumerate(firms, 1)
    ]
    top = [["口罩专项抽查/抽检情况统计表"], ["填报单位（盖章）：亭湖区市场监督管理局", None, None, "2021年6月30日"]]
    return [*top, list(head or LIST_HEAD), *rows]

"""A period's raw folder built from inline tables: real files, no stand-ins."""

from __future__ import annotations

from pathlib import Path

import pytest

from samples.writers.xlsx import typed
from tally import campaigns
from tally.intake.survey import Survey, survey
from tally.paths import Paths
from tally.returns.unit import UnitReturn, read_unit

CASES_HEAD = [
    "查办案件情况",
    "出动执法人员(人次)累计",
    "检查经营者数(户/人)累计",
    "查办案件(件)",
    "其中：立案(件)",
    "结案(件)",
    "罚没(万元)",
    "案值(万元)",
    "查获口罩(万只)累计",
    "移送公安机关案件数(件)累计",
]
ROWS = [
    "价格类案件",
    "质量类案件",
    "不正当竞争类案件",
    "知识产权类案件",
    "药械资质类案件",
    "虚假广告类案件",
    "其他案件",
    "合计",
]
SAMPLING_HEAD = [
    "序号",
    "产品名称",
    "规格型号",
    "抽查企业名称",
    "抽查结果",
    "不合格项目",
    "不合格产品的批次数量(只)",
    "不合格产品是否流入市场",
    "不合格产品流入市场方向",
    "后处理措施",
    "对企业帮扶措施",
    "企业生产状况",
    "企业规模",
    "新企业成立时间",
]


def cases_rows(quality=(20, 30, 3, 2, 1, 1.5, 2, 0.5, 0)) -> list[list]:
    """A sound form 4: only quality cases, so 合计 equals that row."""
    blank = [2, 3, 0, 0, 0, 0, 0, 0, 0]
    body = {name: list(blank) for name in ROWS[:-1]} | {"质量类案件": list(quality)}
    total = [sum(row[i] for row in body.values()) for i in range(9)]
    return [CASES_HEAD, *([name, *body[name]] for name in ROWS[:-1]), ["合计", *total]]


def cases_sheet(unit: str = "亭湖区市场监督管理局", day: str = "2021年6月1日", **more) -> list[list]:
    return [
        ["附件4"],
        ["口罩案件查处情况统计表"],
        [f"填报单位（盖章）：{unit}", None, None, None, None, day],
        *cases_rows(**more),
    ]


def sampling_sheet(firms: list[str], unit: str = "亭湖区", first: int = 1) -> list[list]:
    body = [
        [first + i, "一次性口罩", "平面型", f, "合格", None, None, None, None, None, "上门指导", "在产", "小型", None]
        for i, f in enumerate(firms)
    ]
    return [["口罩专项抽查/抽检情况统计表"], [f"填报单位：{unit}"], SAMPLING_HEAD, *body]


class Folder:
    """The raw folder of 2021-05 below a temporary root."""

    def __init__(self, root: Path):
        self.root, self.campaign = root, campaigns.load()
        self.paths = Paths(root, self.campaign.name, "2021-05")
        self.paths.raw.mkdir(parents=True)

    def put(self, name: str, sheets: dict[str, list[list]] | bytes | str) -> Path:
        path = self.paths.raw / name
        path.parent.mkdir(parents=True, exist_ok=True)
        if isinstance(sheets, dict):
            path.write_bytes(typed(sheets))
        else:
            path.write_bytes(sheets.encode() if isinstance(sheets, str) else sheets)
        return path

    def survey(self) -> Survey:
        return survey(self.campaign, self.paths)

    def read(self, unit: str = "320902", previous=None) -> UnitReturn:
        return read_unit(self.campaign, "2021-05", unit, self.root, previous=previous)


def rules(read: UnitReturn, *, notes: bool = False) -> set[str]:
    return {f.rule for f in read.all_findings if notes or f.severity != "note"}


@pytest.fixture
def folder(tmp_path) -> Folder:
    return Folder(tmp_path)

"""A line such as 单位：件、万元、万只 speaks of its sheet, wherever a table beside pulls it into a header's rows."""

from __future__ import annotations

import pytest

from tally.campaigns.masks_2021 import CAMPAIGN
from tally.locate import tables_in
from tally.model import Grid


def beside(line: str) -> Grid:
    """Form 4 next to form 5, whose header begins a row higher: there stands `line`, over 罚没."""
    left = ["类别", "出动执法人员", "检查经营者数", "查办案件", "其中：立案", "结案", "罚没", "案值", "查获口罩", "移送公安机关案件数"]  # fmt: skip
    right = ["序号", "产品名称", "规格型号", "抽查企业名称", "抽查结果", "不合格项目"]
    over = [None] * 6 + [line] + [None] * 3
    rows = [["附件4", *[None] * 10, "附件5"], [*over, None, *right], [*left, None, *[None] * 6]]
    labels = [c.label for c in CAMPAIGN.form("cases").categories]
    rows += [[label, *[1] * 9, None, n, "口罩", "M", "子虚口罩厂", "合格", None] for n, label in enumerate(labels, 1)]
    return Grid("a.xlsx", "Sheet1", [r + [None] * (17 - len(r)) for r in rows])


@pytest.mark.parametrize(("line", "units"), [("单位：件、万元、万只", {"", "万元"}), ("单位：元", {"元"})])
def test_units_of_a_whole_sheet_are_no_columns_unit(line, units):
    (cases,) = [t for t in tables_in(beside(line), CAMPAIGN.forms) if t.form == "cases"]
    (fines,) = [c for c in cases.columns if c.field == "fines_confiscations"]
    assert fines.unit in units

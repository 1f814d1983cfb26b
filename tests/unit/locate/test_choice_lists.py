"""The choices of drop-down lists under the names of a form's columns are no records, wherever they are kept."""

from __future__ import annotations

from tally.campaigns.masks_2021 import CAMPAIGN
from tally.locate import find_tables
from tally.model import Document, Grid
from tests.unit.locate.sheets import PERIOD, batches, sheet

CHOICES = [
    ["抽查结果", "企业生产状况", "企业规模"],
    ["合格", "在产", "大型"],
    ["不合格", "停产", "中型"],
    [None, "转产", "小型"],
    [None, "注销", "微型"],
]


def tables(rows: list[list]) -> tuple:
    return tuple(find_tables(Document("表.xlsx", "xlsx", (Grid("表.xlsx", "字典", rows),)), CAMPAIGN.forms, PERIOD))


def test_a_sheet_of_choices_is_no_list_of_records():
    assert len(tables(CHOICES)) == 0


def test_choices_beside_a_list_are_none_of_its_records():
    rows = [
        [*row, None, *more]
        for row, more in zip(batches("甲口罩厂", "乙口罩厂"), [[None] * 3, [None] * 3, *CHOICES], strict=False)
    ]
    read = sheet(rows, "sampling")
    assert read.frame["enterprise"].tolist() == ["甲口罩厂", "乙口罩厂"] and read.said("warning", "error") == set()


def test_a_list_that_says_the_same_result_twice_is_one_of_records():
    assert len(tables([CHOICES[0], *CHOICES[1:3], ["合格", "在产", "小型"]])) == 1

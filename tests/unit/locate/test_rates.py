"""A share that a line beside a list says is held against its records."""

import pytest

from tests.unit.locate.sheets import batches, sheet

FAILING = [
    3,
    "儿童口罩",
    "平面型",
    "乙口罩厂",
    "不合格",
    "过滤效率",
    300,
    "否",
    None,
    "召回",
    None,
    "在产",
    "小型",
    None,
]
LINES = {
    "合格率：80%": True,
    "不合格率50%": True,
    "注：本期抽查合格率为60.0%": True,
    "合格率66.7%": False,
    "合格率66%": False,
    "合格率67%": False,
    "不合格发现率为33.33%": False,
    "合计抽查3批次，合格率66.7%": False,
    "注：全市平均合格率为95%": False,
}


@pytest.mark.parametrize("text", LINES)
def test_a_share_below_a_list_agrees_with_its_records_or_is_said(text):
    read = sheet([*batches("甲口罩厂", "乙口罩厂"), FAILING, [], [text]], "sampling")
    assert ("form.count_disagrees" in read.said("warning")) is LINES[text]
    assert "form.stray_line" not in read.said()

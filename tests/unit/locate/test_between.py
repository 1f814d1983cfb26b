"""Lines between two tables of one document, and whose they are."""

import pytest

from tally.locate.between import told_apart
from tally.model import Grid
from tests.unit.locate.sheets import CASES, SAMPLING

FORMS = (CASES, SAMPLING)
CASES_OF = {
    "number": (["注：罚没含5月遗留案件1.2万元。", "附件5", "填报单位：甲区"], 1),
    "title": (["填表人：某甲 填报日期：6月1日", "口罩专项抽查/抽检情况统计表"], 1),
    "another form's title": (["审核人：某", "医疗机构情况统计表"], 1),
    "unit alone": (["注：略", "填报单位（盖章）：甲区"], 1),
    "title named in a note": (["注：与口罩案件查处情况统计表一致", "附表5"], 1),
    "title at once": (["附件5", "注：单位为只"], 0),
    "notes alone": (["注：罚没含5月遗留案件1.2万元。"], None),
    "signature with the unit's head": (["填报单位负责人：某甲"], None),
}


@pytest.mark.parametrize("name", CASES_OF)
def test_what_heads_the_second_table_is_no_note_of_the_first(name):
    lines, cut = CASES_OF[name]
    grids = Grid("表", "表1", [["甲"]], after=(*lines, "页脚")), Grid("表", "表2", [["乙"]], before=tuple(lines))
    above, below = told_apart(grids, FORMS)
    if cut is None:
        assert (above, below) == grids
    else:
        assert (above.after, below.before) == ((*lines[:cut], "页脚"), tuple(lines[cut:]))


def test_page_headers_of_worksheets_are_left_alone():
    grids = Grid("表", "甲", [["甲"]], after=("注：略",)), Grid("表", "乙", [["乙"]], before=("附件5",))
    assert told_apart(grids, FORMS) == grids

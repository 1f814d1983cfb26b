"""Choices printed beside one another with boxes: the ticked one is read; none or two ticked say nothing certain."""

import pytest

from tally.campaigns.masks_2021.lists import SIZES
from tally.clean.boxes import marked
from tally.declare import Choice

RESULTS = (Choice("合格"), Choice("不合格"))

LINES = {
    "☑合格 □不合格": "合格",
    "□合格 ☑不合格": "不合格",
    "□合格☑不合格": "不合格",
    "合格☑ 不合格□": "合格",
    "合格□不合格☑": "不合格",
    "■合格 □不合格": "合格",
    "☒合格  ☐不合格": "合格",
    "[√]合格 [ ]不合格": "合格",
    "（√）合格（ ）不合格": "合格",
    "合格（√） 不合格（）": "合格",
    "合格（ ） 不合格（√）": "不合格",
    "√合格 不合格": "合格",
    "合格 不合格√": "不合格",
    "合格√": "合格",
    "√不合格": "不合格",
    "☑合格、□不合格": "合格",
    "□合格 □不合格": "",
    "☑合格 ☑不合格": "",
    "合格": None,
    "合格 不合格": None,
    "合格√不合格": "",
    "合格 √ 不合格": "",
    "合格√ 不合格": "合格",
    "合格 √不合格": "不合格",
    "合格✓/不合格": "合格",
    "合格，√不合格": "不合格",
    "☑合格（复检）": None,
    "": None,
}


@pytest.mark.parametrize("line", LINES)
def test_the_ticked_choice_of_a_line_is_read(line):
    assert marked(line, RESULTS) == LINES[line]


def test_choices_may_be_printed_by_their_short_names():
    assert marked("大□ 中□ 小☑ 微□", SIZES) == "小型"


@pytest.mark.parametrize("between", ["", " ", "、", "\n", "　"])
@pytest.mark.parametrize(("tick", "box"), [("☑", "□"), ("☒", "☐"), ("■", "□"), ("√", "□"), ("(√)", "( )")])
def test_the_marks_may_stand_before_or_behind(tick, box, between):
    assert marked(f"{box}合格{between}{tick}不合格", RESULTS) == "不合格"
    assert marked(f"合格{tick}{between}不合格{box}", RESULTS) == "合格"

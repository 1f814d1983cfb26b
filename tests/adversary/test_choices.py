"""Choices as columns and boxes in a list; lines that head records; a row known by elimination."""

import pytest

from tests.adversary.world import SAMPLING_HEAD, cases, failing, form4, form5, passing

SECOND = "盐城样例乙口罩有限公司"
HEAD = [*SAMPLING_HEAD[:4], "合格", "不合格", *SAMPLING_HEAD[5:]]
TICKS = {
    "boxes": ("☑", "□"),
    "crossed boxes": ("☒", "☐"),
    "ticks": ("√", None),
    "ones": (1, None),
    "ticks and crosses": ("√", "×"),
    "words": ("是", "否"),
}


@pytest.mark.parametrize("name", TICKS)
def test_a_result_ticked_under_its_name_is_read(world, name):
    yes, no = TICKS[name]
    rows = [
        [*b[:4], yes if b[4] == "合格" else no, yes if b[4] == "不合格" else no, *b[5:]]
        for b in (failing(), passing(2, SECOND))
    ]
    world.put("亭湖区/表.xlsx", {"表": [*form5()[:3], HEAD, *rows]})
    out = world.run()
    assert out.column("result", "sampling") == ["不合格", "合格"]
    assert out.rules() <= {"returns.missing"}


def test_a_cross_alone_is_no_choice(world):
    row = passing(1, SECOND)
    world.put("亭湖区/表.xlsx", {"表": [*form5()[:3], HEAD, [*row[:4], "☒", None, *row[5:]]]})
    out = world.run()
    assert out.column("result", "sampling") == [None]
    assert "cell.ticks" in out.rules("error")


def test_two_ticks_are_no_result(world):
    world.put(
        "亭湖区/表.xlsx", {"表": [*form5()[:3], HEAD, [*passing(1, SECOND)[:4], "√", "√", *passing(1, SECOND)[5:]]]}
    )
    out = world.run()
    assert out.column("result", "sampling") == [None]
    assert out.rules("error") & {"cell.ticks", "cell.required"}


@pytest.mark.parametrize(
    ("written", "value"), [("☑合格 □不合格", "合格"), ("合格□ 不合格☑", "不合格"), ("□合格 □不合格", None)]
)
def test_printed_boxes_are_read_or_said(world, written, value):
    batch = failing(result=written) if value == "不合格" else passing(1, SECOND, result=written)
    world.put("亭湖区/表.xlsx", {"表": form5(batch)})
    out = world.run()
    assert out.column("result", "sampling") == [value]
    assert ("cell.ticks" in out.rules("error")) is (value is None)


@pytest.mark.parametrize("lines", [("一、生产环节", "二、流通环节"), ("南洋镇", "盐东镇")])
def test_lines_that_head_records_are_no_notes(world, lines):
    rows = [*form5()[:4], [lines[0]], failing(), [lines[1]], passing(2, SECOND)]
    world.put("亭湖区/表.xlsx", {"表": rows})
    out = world.run()
    assert out.records("sampling") == 2
    assert out.rules() <= {"returns.missing"}


def test_the_last_category_is_known_by_elimination_where_the_total_agrees(world):
    rows = [[("其中" if r[0] == "其他案件" else r[0]), *r[1:]] for r in cases()[1:]]
    world.put("亭湖区/表.xlsx", {"表": [*form4()[:4], *rows]})
    out = world.run()
    assert out.value("other", "cases_handled") == 2
    assert out.said("form.row_guessed")
    rows[-1] = ["合计", *[99] * 9]
    world.put("亭湖区/表.xlsx", {"表": [*form4()[:4], *rows]})
    assert world.run().value("other", "cases_handled") is None


@pytest.mark.parametrize("name", ["统计表（东台路分局汇总）.xlsx", "大丰大道12号报.xlsx", "东台中路.xlsx"])
def test_a_street_called_like_a_unit_names_no_unit(world, name):
    world.put(name, {"表": form4()})
    assert world.run(units=["320902"]).value("quality", "cases_handled") == 4

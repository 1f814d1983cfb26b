"""What is confirmed once is read so ever after, with a note; what contradicts a declaration is refused."""

from __future__ import annotations

import openpyxl
import pytest

from tally.campaigns.words import CHOICE, FIRM, HEADER, ROW, UNIT, Word, contradiction, words
from tests.desk import mess, world


def test_the_second_period_of_the_same_mess_needs_no_hand(tmp_path):
    """Headings, units' names, a choice and a firm, each written as nothing has it: confirmed once, read so ever after."""
    learnt = mess.learnt(tmp_path)
    assert 0 < learnt.first <= 6, "one header in three units is one decision"
    assert (learnt.second, learnt.left, learnt.wrong) == (0, (), ())
    assert set(learnt.kinds) == {HEADER, CHOICE, UNIT, FIRM}


@pytest.mark.parametrize(
    ("word", "why"),
    [
        (Word(HEADER, "cases", "", "结案", "cases_filed"), "按规定就是“cases_closed”"),
        (Word(CHOICE, "sampling", "result", "不合格", "合格"), "按规定就是“不合格”"),
        (Word(UNIT, "", "", "东台", "320902"), "按规定就是"),
        (Word(UNIT, "", "", "高新区", "320990"), "按规定就是"),
        (Word(HEADER, "cases", "", "随便什么", "no_such_field"), "可指"),
        (Word("口味", "cases", "", "甜", "x"), "没有写明类型"),
        (Word(HEADER, "cases", "", "了结", "cases_closed"), ""),
    ],
)
def test_a_writing_that_contradicts_a_declaration_is_refused(word, why):
    said = contradiction(world.CAMPAIGN, word)
    assert why in said and bool(said) == bool(why)


def test_a_line_written_by_hand_that_contradicts_is_told_by_its_number(tmp_path):
    path = tmp_path / "m.csv"
    path.write_text(
        "类型,表,栏目,写法,意思,单位,经办人,日期\r\n表头,cases,,结案,cases_filed,,某甲,1\r\n", encoding="gbk"
    )
    with pytest.raises(Exception, match="第 2 行不能采用"):
        words(path, world.CAMPAIGN)


def test_two_lines_that_give_one_writing_two_meanings_are_refused(tmp_path):
    path = tmp_path / "m.csv"
    line = "表头,cases,,了结,{},,某甲,1\r\n"
    head = "kind,form,field,written,means,unit,who,when\r\n"
    path.write_text(head + line.format("cases_closed") + line.format("cases_filed"), encoding="utf-8")
    with pytest.raises(Exception, match="第 3 行不能采用：“了结”已确认为“cases_closed”"):
        words(path, world.CAMPAIGN)


def test_a_row_that_nobody_declared_can_be_remembered(tmp_path):
    paths = world.send(tmp_path, {})
    path = paths.raw / "盐都区统计表.xlsx"
    book = openpyxl.load_workbook(path)
    sheet = book["附件4"]
    cell = next(c for c in sheet["A"] if c.value == world.CAMPAIGN.form("cases").category("price").label)
    cell.value = "漫天要价的案子"
    book.save(path)
    world.check(paths)
    desk = world.desk(paths)
    items = world.ask(desk, ask="overview")["items"]
    item = next(i for i in items if "漫天要价的案子" in i["members"][0]["message"])
    lesson = world.ask(desk, ask="evidence", name=item["name"])["lesson"]
    assert (lesson["kind"], lesson["written"]) == (ROW, "漫天要价的案子")
    world.ask(desk, ask="remember", names=[item["name"]], means="price", everywhere=False)
    world.check(paths)
    desk.renew()
    assert not [i for i in world.ask(desk, ask="overview")["items"] if i["unit"] == "320903"]

"""What tells what a figure is (heading, label, title, seal line) and is struck, unseen or commented on is asked about; ours is not."""

from datetime import datetime

import pytest
from openpyxl.comments import Comment
from openpyxl.styles import Font

from tests.adversary.world import failing, form4, form5, workbook

HEADING, LABEL, TITLE, SEAL = "D4", "A6", "A2", "A3"


def struck(cell):
    cell.font = Font(strike=True)


def white(cell):
    cell.font = Font(color="FFFFFFFF")


def commented(text):
    def change(cell):
        cell.comment = Comment(text, "某甲")

    return change


def formatted(code):
    def change(cell):
        cell.number_format = code

    return change


def sent(world, at, look, rows=None):
    world.put("亭湖区/附件4.xlsx", workbook({"表": rows or form4()}, lambda book: look(book.active[at])))
    return world.run()


@pytest.mark.parametrize("at", [HEADING, LABEL, TITLE, SEAL])
@pytest.mark.parametrize("look", [struck, white])
def test_words_that_do_not_count_on_the_page_are_asked_about(world, at, look):
    assert sent(world, at, look).at(at, "warning")


@pytest.mark.parametrize(
    ("at", "text"),
    [(HEADING, "本列单位：元"), (LABEL, "不含标识类案件"), (TITLE, "此为4月数据"), ("L6", "查办应为16")],
)
def test_a_comment_that_may_change_a_figure_is_quoted(world, at, text):
    assert sent(world, at, commented(text)).at(at, "warning")


def test_a_plain_comment_is_a_note(world):
    out = sent(world, TITLE, commented("已核对"))
    assert not out.at(TITLE, "warning")
    assert "form.comment" in out.rules("note")


@pytest.mark.parametrize(("at", "code"), [(LABEL, '@"（上月）"'), (TITLE, '"2021年4月"@')])
def test_a_format_that_adds_words_is_shown(world, at, code):
    assert sent(world, at, formatted(code)).at(at, "warning")


def test_so_is_one_that_shows_another_day(world):
    rows = form4(day=datetime(2021, 5, 31))
    assert sent(world, "D3", formatted('"2021年4月30日"'), rows).at("D3", "warning")
    assert not sent(world, "D3", formatted('yyyy"年"m"月"d"日"'), rows).at("D3", "warning")


def test_a_comment_beside_a_list_is_quoted(world):
    assert sent(world, "O6", commented("该批次已撤销5批"), form5(failing(), failing(2))).at("O6", "warning")


def test_a_record_that_is_struck_through_is_told_once(world):
    def change(book) -> None:
        for cell in book.active[6]:
            cell.font = Font(strike=True)

    world.put("亭湖区/附件5.xlsx", workbook({"表": form5(failing(), failing(2), failing(3))}, change))
    out = world.run()
    assert out.rules() & {"form.struck_row"}
    assert not out.said("form.struck_words")

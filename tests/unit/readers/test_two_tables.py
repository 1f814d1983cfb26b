"""A heading and its figures in tables of their own; a table of one cell round a text."""

import docx
import pytest

from tests.unit.readers.test_web import one
from tests.unit.readers.test_word import p, read, tbl, tc, tr, with_body

HEAD, BODY, FOOT = (
    ["类别", "查办", "立案", "结案"],
    [["价格类", "3", "2", "1"], ["质量类", "4", "", "2"]],
    ["合计", "7", "2", "3"],
)
WHOLE = [HEAD, ["价格类", "3", "2", "1"], ["质量类", "4", None, "2"]]


def web(*tables: list[list[str]], between: str = "") -> list:
    rows = ["".join("<tr>" + "".join(f"<td>{v}</td>" for v in row) + "</tr>" for row in table) for table in tables]
    return [g.rows for g in one("<p>题</p>" + between.join(f"<div><table>{r}</table></div>" for r in rows)).grids]


def word(*tables: list[list[str]], between: str = "") -> list:
    return [g.rows for g in with_body(p(between).join(tbl(*(tr(*map(tc, row)) for row in t)) for t in tables)).grids]


@pytest.mark.parametrize("written", [web, word])
def test_a_heading_in_a_table_of_its_own_belongs_to_the_figures_behind_it(written):
    assert written([HEAD], BODY) == [WHOLE]
    assert written([HEAD], BODY, [FOOT]) == [[*WHOLE, FOOT]]


@pytest.mark.parametrize("written", [web, word])
@pytest.mark.parametrize(
    "tables",
    [([HEAD, *BODY], BODY), ([HEAD], [row[:3] for row in BODY]), ([HEAD], [HEAD]), ([["甲", "", "", ""]], BODY)],
    ids=["the first has figures", "of another width", "no figures", "a line over a table"],
)
def test_other_tables_one_behind_the_other_stay_two(written, tables):
    assert len(written(*tables)) == 2


@pytest.mark.parametrize("written", [web, word])
def test_words_between_keep_them_apart(written):
    assert len(written([HEAD], BODY, between="<p>附件5</p>" if written is web else "附件5")) == 2


def test_a_table_of_one_cell_in_a_cell_is_its_text():
    inner = "<td><table><tr><td><b>14</b></td></tr></table></td>"
    assert [g.rows for g in one(f"<table><tr><td>甲</td>{inner}</tr></table>").grids] == [[["甲", "14"]]]
    document = docx.Document()
    cell = document.add_table(1, 2).rows[0].cells
    cell[0].text = "甲"
    cell[1].add_table(1, 1).cell(0, 0).text = "14"
    assert [g.rows for g in read(document).grids] == [[["甲", "14"]]]


@pytest.mark.parametrize("style", ["visibility:collapse", "display:none"])
def test_a_column_that_a_page_does_not_show_is_hidden(style):
    grid = one(f"<table><colgroup><col><col style='{style}'></colgroup><tr><td>甲<td>1</table>").grids[0]
    assert grid.hidden_cols == {1}


def test_a_cell_without_width_that_cuts_off_its_text_shows_nothing():
    grid = one("<table><tr><td>甲<td style='width:0;max-width:0;overflow:hidden'>1</table>").grids[0]
    assert grid.marks[0, 1].unseen

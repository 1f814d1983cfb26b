"""What stands on a PDF's pages around its tables: paragraphs whole, whatever page they are on."""

import pytest

from tally.readers import read_bytes
from tally.readers.pdf.joined import joined
from tally.readers.pdf.table import Table
from tests.unit.readers.test_pdf import ROWS, grids, pdf, table

BOX = "#place(bottom + right, block(width: 62pt, stroke: 0.5pt, inset: 3pt)[质量类立案应为11件])"
LONG = "注：本表数据截至五月底，其中质量类立案应为十一件，结案应为九件，因填报人员调整登记有误，请以此处所写的数为准。"


def test_a_text_box_beside_a_table_is_one_paragraph():
    (grid,) = grids(pdf(table(ROWS) + BOX))
    assert "质量类立案应为11件" in grid.after


def test_a_note_over_several_lines_is_one_paragraph():
    (grid,) = grids(pdf(table(ROWS) + LONG))
    assert grid.after == (LONG,)


# lines below one another that each stand for themselves
STACKS = (
    ("附件4", "口罩案件查处情况统计表", "填报单位：亭湖区", "2021年5月31日"),
    ("征求意见稿", "附件4", "口罩案件查处情况统计表"),
    ("填表人：样例甲", "审核人：样例乙", "联系电话：000"),
    ("注：1.质量类含标识", "2.罚没含没收款"),
)


@pytest.mark.parametrize("stack", STACKS)
def test_lines_of_their_own_stay_apart(stack):
    (grid,) = grids(pdf(" \\ ".join(stack) + "\n" + table(ROWS)))
    assert grid.before == stack


def test_what_stands_between_the_pages_of_a_table_and_on_a_page_of_its_own_belongs_to_it():
    rows = [ROWS[0], *([f"第{n}类", str(n), "1", "2"] for n in range(20))]
    source = "#set page(footer: [内部掌握])\n表一\n" + table(rows) + "#pagebreak()\n表中立案应为11件"
    (grid,) = grids(pdf(source))
    assert grid.before == ("表一",)
    assert set(grid.after) == {"内部掌握", "表中立案应为11件"}


def test_short_lines_below_one_another_are_told_apart_and_long_ones_go_on():
    """A line joins the next only where it is as long as the text is wide: 查办案件9件 and 立案8件 are two."""
    lines = ("一、基本情况", "检查经营者数575户/人", "查办案件9件", "立案8件", "结案6件", LONG, "三、取得成效", "无")
    (document,) = read_bytes(pdf(" \\ ".join(lines)), "总结.pdf")
    assert tuple(document.text.splitlines()) == lines


# the last row on a page, the first on the next -> the row that they are, None where they stay two
BROKEN = [
    (["3", "样例乙防护\n用品", "立体"], ["", "有限公司", ""], ["3", "样例乙防护\n用品\n有限公司", "立体"]),
    (["3", "样例乙防护用品有限公司", "立体"], ["", "样例丙有限公司", ""], None),
    (["3", "样例乙", "立体"], ["4", "样例丙", ""], None),
    (["3", "样例乙", "12"], ["", "", "5"], None),
    (["", "样例乙", "立体"], ["", "有限公司", ""], None),
]


@pytest.mark.parametrize(("last", "first", "row"), BROKEN)
def test_a_row_broken_by_the_pages_end_is_one(last, first, row):
    box = (0.0, 0.0, 300.0, 100.0)
    pages = [[Table(n, box, [r], (0, 100, 200, 300))] for n, r in ((1, last), (2, first))]
    (table,) = joined(pages, [[], []])
    assert table.rows == ([row] if row else [last, first])

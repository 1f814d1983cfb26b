"""Tables drawn in plain text: read by the lines that are drawn, or left alone; the address is the line of the file."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tally.model import Span
from tally.readers import read_bytes


def one(text: str):
    return read_bytes(text.encode(), "x.txt")[0]


BOX = """附件4
填报单位：亭湖区    2021年6月3日
┌────────┬──────┬──────┐
│类别    │查办  │结案  │
├────────┼──────┼──────┤
│价格类  │     3│     1│
├────────┼──────┼──────┤
│质量类  │    12│      │
└────────┴──────┴──────┘
注：略"""


def test_a_boxed_table_is_read_by_its_lines():
    document = one(BOX)
    assert document.grids[0].rows[1][:2] == ["填报单位：亭湖区", "2021年6月3日"]
    assert [document.grids[0].rows[n] for n in (3, 5, 7)] == [
        ["类别", "查办", "结案"],
        ["价格类", "3", "1"],
        ["质量类", "12", None],
    ]
    assert document.text == "附件4\n填报单位：亭湖区    2021年6月3日\n注：略"


def test_a_box_drawn_for_a_font_in_which_its_lines_are_wide_is_read_too():
    wide = """┏━━━┳━━┓
┃类别  ┃查办┃
┣━━━╋━━┫
┃价格类┃   3┃
┗━━━┻━━┛"""
    assert [r for r in one(wide).grids[0].rows if any(r)] == [["类别", "查办"], ["价格类", "3"]]


def test_a_box_of_plain_characters_with_a_row_a_line():
    text = """+------+----+----+
| 类别 | 数 | 额 |
+------+----+----+
| 价格 | 3  | 1  |
| 质量 | 4  |    |
|      | 5  | 2  |
+------+----+----+"""
    rows = [r for r in one(text).grids[0].rows if any(r)]
    assert rows == [["类别", "数", "额"], ["价格", "3", "1"], ["质量", "4", None], [None, "5", "2"]]


def test_merged_cells_follow_from_what_is_drawn():
    text = """┌────┬─────────┐
│类别│案件     │
│    ├────┬────┤
│    │查办│结案│
├────┼────┼────┤
│价格│3   │1   │
└────┴────┴────┘"""
    grid = one(text).grids[0]
    assert [r for r in grid.rows if any(r)] == [["类别", "案件", None], [None, "查办", "结案"], ["价格", "3", "1"]]
    assert set(grid.merges) == {Span(1, 0, 3, 0), Span(1, 1, 1, 2)}


def test_a_label_may_stand_on_the_line_that_divides_its_neighbours():
    text = """┌────┬─────────┐
│    │案件     │
│类别├────┬────┤
│    │查办│结案│
├────┼────┼────┤
│价格│3   │1   │
└────┴────┴────┘"""
    assert one(text).grids[0].rows[1][:2] == ["类别", "案件"]


def test_text_that_goes_on_in_the_next_line_is_one_cell():
    text = """┌──────┬────┐
│出动  │查办│
│人员  │案件│
├──────┼────┤
│3     │1   │
├──────┼────┤
│4     │2   │
└──────┴────┘"""
    assert [r for r in one(text).grids[0].rows if any(r)] == [["出动\n人员", "查办\n案件"], ["3", "1"], ["4", "2"]]


def test_fields_apart_by_spaces_are_columns_where_every_line_has_as_many():
    text = "口罩案件查处情况统计表\n填报单位：东台市    2021年6月30日\n类别    查办    结案    罚没\n价格类    3    1    0.5\n质量类    12    4    1.5\n合计    15    5    2\n"
    assert one(text).grids[0].rows[4] == ["质量类", "12", "4", "1.5"]


def test_columns_under_one_another_may_have_blanks():
    text = "类别      查办  结案  罚没\n价格类       3         0.5\n质量类      12     4   1.5\n合计        15     4   2.0\n"
    assert one(text).grids[0].rows[1] == ["价格类", "3", None, "0.5"]


@pytest.mark.parametrize(
    "text",
    [
        "类别    查办    结案    罚没\n价格类    3    0.5\n质量类    12    4    1.5\n合计    15    4    2\n",
        "成立专班  明确分工  压实责任  落实到人。\n查办案件  结案  移送  罚没都有增长。\n本局  各所  各科  均已完成。\n",
    ],
    ids=["one field too few and nothing in line", "sentences with gaps"],
)
def test_what_leaves_a_guess_stays_text(text):
    assert one(text).grids == ()


def test_a_markdown_table_in_a_summary_leaves_the_summary_a_text():
    document = one(
        "# 总结\n\n截至6月，查办案件3件。\n\n| 类别 | 数 |\n|---|---|\n| **合计** | ~~3~~ |\n| a\\|b | 1<br>2 |\n\n完。\n"
    )
    assert document.grids[0].rows[4:8] == [["类别", "数"], [None, None], ["合计", "3"], ["a|b", "1\n2"]]
    assert document.grids[0].marks[6, 1].struck
    assert document.text.startswith("# 总结") and document.text.endswith("完。")


cells = st.text(st.sampled_from("甲乙ab12.，"), max_size=6)


@settings(max_examples=80, deadline=None)
@given(st.integers(2, 5).flatmap(lambda n: st.lists(st.lists(cells, min_size=n, max_size=n), min_size=2, max_size=6)))
def test_whatever_is_drawn_is_read_as_drawn(rows):
    from tally.readers.text_tables.drawn import width

    widths = [max(2, *(sum(map(width, r[c])) for r in rows)) for c in range(len(rows[0]))]

    def rule(left, mid, right):
        return left + mid.join("─" * w for w in widths) + right

    lines = [rule("┌", "┬", "┐")]
    for n, row in enumerate(rows):
        padded = (text + " " * (w - sum(map(width, text))) for text, w in zip(row, widths, strict=True))
        lines += ["│" + "│".join(padded) + "│", rule(*("└┴┘" if n == len(rows) - 1 else "├┼┤"))]
    read = one("\n".join(lines)).grids[0].rows
    assert [trimmed(row) for row in read if any(row)] == [trimmed(row) for row in rows if any(row)]


def trimmed(row: list[str | None]) -> list[str]:
    """Without blank cells at the end, which a grid leaves out where every row has them."""
    return " ".join(v or "·" for v in row).rstrip("· ").split(" ")

"""Columns are as wide as their texts need, at the largest size that reads well."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tally.blocks import Entry, Head, Table
from tally.render.document.grid import column_count, filled, placed
from tally.render.document.measure import PADDING_MM, ems
from tally.render.document.widths import LANDSCAPE_MM, PORTRAIT_MM, SIZES, fit

CODE = "91320900MA1XXXXX0Q"
MM_PER_PT = 25.4 / 72


def table(heads, *rows, **options):
    return Table(
        "t",
        "",
        (tuple(Head(h) for h in heads),),
        tuple(tuple(Entry(t) for t in row) for row in rows),
        ("left",) * len(heads),
        **options,
    )


def room(shape, column):
    """How many em of text fit a line of the column."""
    return (shape.widths[column] - PADDING_MM) / (shape.size * MM_PER_PT)


@pytest.mark.parametrize("width", [PORTRAIT_MM, LANDSCAPE_MM])
@settings(max_examples=40, deadline=None)
@given(rows=st.lists(st.lists(st.text(max_size=60), min_size=5, max_size=5), max_size=8))
def test_columns_together_fill_the_width_whatever_they_hold(width, rows):
    shape = fit(table("甲乙丙丁戊", *rows), width)
    assert sum(shape.widths) == pytest.approx(width, abs=0.1)
    assert min(shape.widths) > 0 and shape.size in SIZES


def test_codes_and_unit_names_stay_in_one_piece_beside_long_texts():
    shape = fit(table(["单位", "代码", "说明"], ["市开发区", CODE, "说明文字" * 40], widths=(1, 1, 8)), PORTRAIT_MM)
    assert room(shape, 0) >= 4 and room(shape, 1) >= ems(CODE)


def test_a_column_that_is_seldom_filled_but_long_is_not_squeezed():
    rows = [["1", "" if n % 10 else "责令停止生产销售、召回并立案调查" * 3] + ["合格"] * 10 for n in range(100)]
    shape = fit(table([f"列{n}" for n in range(12)], *rows), LANDSCAPE_MM)
    assert room(shape, 1) > 10


def test_proportions_asked_for_are_kept_where_they_suit():
    assert fit(table(["地区", "件"], ["亭湖区", "1"], widths=(3, 1)), 160).widths == (120, 40)


def test_a_crowded_table_gets_smaller_text_and_a_plain_one_does_not():
    crowded = table([f"第{n}列的名称" for n in range(16)], ["2021-05-10"] * 16)
    assert fit(crowded, LANDSCAPE_MM).size < fit(table(["甲", "乙"], ["1", "2"]), LANDSCAPE_MM).size == SIZES[0]


def test_in_a_table_of_many_crowded_columns_codes_take_two_lines_and_names_fewer():
    firm, place = "盐城样例亭甲防护用品有限公司", "亭湖区样例大道一百二十八号"
    row = [
        firm,
        CODE,
        place,
        "赵某甲",
        "钱某甲",
        "0515-00000003",
        "营业执照齐全",
        "一次性使用防护口罩",
        "GB/T 32610-2016",
        "在产",
        "小型",
        "2018-11-11",
    ]
    shape = fit(
        table([f"列{n}" for n in range(16)], *[[*row, firm, "指导企业完善出厂检验制度", place, firm]] * 20),
        LANDSCAPE_MM,
    )
    assert shape.tight and shape.unbroken < len(CODE)
    assert sum(shape.widths) == pytest.approx(LANDSCAPE_MM, abs=0.1)
    assert shape.widths[1] < shape.widths[5] + 5  # a code is no wider than a phone number, which stays whole


def test_only_short_tables_are_kept_on_one_page():
    assert fit(table(["甲"], *[["1"]] * 12), PORTRAIT_MM).short
    assert not fit(table(["甲"], *[["1"]] * 31), PORTRAIT_MM).short
    assert not fit(table(["甲", "乙"], *[["1", "很长的文字" * 60]] * 12), PORTRAIT_MM).short


def test_cells_below_a_rowspan_stand_beside_it():
    rows = ((Entry("地区", rowspan=2), Entry("1")), (Entry("2"), Entry("3")))
    assert [(r, c) for r, c, _ in placed(rows)] == [(0, 0), (0, 1), (1, 1), (1, 2)]


def test_gaps_are_filled_and_spans_end_with_the_table():
    rows = ((Entry("一"),), (Entry("二", rowspan=5), Entry("三", colspan=2)))
    full = filled(rows, 3)
    assert [[cell.text for cell in row] for row in full] == [["一", "", ""], ["二", "三"]]
    assert full[1][0].rowspan == 1


def test_the_widest_row_says_how_many_columns_there_are():
    head = ((Head("甲", 1, 2), Head("乙", 2)), (Head("丙"), Head("丁")))
    assert column_count(Table("t", "", head, ((Entry("1"),),), ())) == 3


def test_short_phrases_of_a_small_table_stay_on_one_line():
    rows = [
        ("罚没", "▲125.69万元", "▲50.54万元", "减少24.60万元", "—", "存疑"),
        ("抽查覆盖率", "▲96.77%", "—", "▲上升6.00个百分点", "100%\n5月10日前", "▲差2家，逾期"),
        ("统计表齐全", "—", "10/11个", "—", "全部单位", "随机波动以内"),
    ]
    small = table(("指标", "累计", "本期", "较上期", "要求", "状态"), *rows)
    shape = fit(small, PORTRAIT_MM)
    for row in small.body:
        for column, cell in enumerate(row):
            assert shape.holds(cell, column), cell.text


def test_a_phrase_gives_way_to_long_texts():
    long = table(("位置", "说明", "影响"), ("附件4　G14", "说明" * 60, "超过全市累计"))
    assert room(fit(long, PORTRAIT_MM), 1) > 20


def test_a_table_that_fits_a_page_of_its_own_is_not_torn_below_another():
    tall = table(("序号", "企业", "措施"), *[(str(n), "盐城示例纺织科技有限公司", "责令停售" * 25) for n in range(11)])
    assert 95 < sum(fit(tall, LANDSCAPE_MM).heights) < 120
    assert not fit(tall, LANDSCAPE_MM).short
    assert fit(tall, LANDSCAPE_MM, alone=True).short

"""Several columns under one heading: the right one by its words, their sum where they make up the whole, else none."""

import pytest

from tally.model import Span
from tests.adversary.world import ENTERPRISES_HEAD as LIST_HEAD_3
from tests.unit.locate.sheets import HEAD, MEASURES, batches, matrix, sheet

# names of the columns under 查办案件 -> the column that is read (counted from 0), "sum", or None for refused
SPLIT = {
    ("上期", "本期"): 1,
    ("上月", "本月"): 1,
    ("去年同期", "本期"): 1,
    ("2020年", "2021年"): 1,
    ("5月", "6月"): 1,
    ("1-5月", "1-6月"): 1,
    ("计划", "实际"): 1,
    ("上报数", "核实数"): 1,
    ("本期", "累计"): 0,
    ("合德镇", "海河镇", "合计"): 2,
    ("合计", "一般程序", "简易程序"): 0,
    ("一般程序", "简易程序"): "sum",
    ("医用", "非医用"): "sum",
    ("生产领域", "流通领域"): "sum",
    ("线上", "其他"): "sum",
    ("第一周", "第二周", "第三周", "第四周"): "sum",
    ("合德镇", "海河镇"): None,
    ("甲组", "乙组", "丙组"): None,
    ("设计", "实际"): None,
    ("最大", "平时"): None,
    ("核定", "实际"): None,
    ("4月", "5月", "6月"): None,
    ("上期", "去年同期"): None,
}
HOW = ("merged", "blank")


def split_at_cases(names: tuple[str, ...], merged: bool) -> tuple[list[list], tuple[Span, ...]]:
    """Form 4 with 查办案件 over several columns, the figures 1, 2, 3 … times those of the sound form."""
    top, head, *body = matrix()[1:]
    n = len(names)
    heads = [*head[:4], *[None] * (n - 1), *head[4:]]
    below = [*[None] * 3, *names, *[None] * 6]
    rows = [[*r[:3], *(r[3] * (i + 1) for i in range(n)), *r[4:]] for r in body]
    merges = (Span(2, 3, 2, 2 + n), *(Span(2, c, 3, c) for c in [*range(3), *range(3 + n, 9 + n)])) if merged else ()
    return [["口罩案件查处情况统计表"], top, heads, below, *rows], merges


@pytest.mark.parametrize("how", HOW)
@pytest.mark.parametrize("names", SPLIT)
def test_the_column_under_a_heading_is_told_by_its_words(names, how):
    rows, merges = split_at_cases(names, how == "merged")
    read = sheet(rows, merges=merges)
    value = read.frame.loc["quality", "cases_handled"]
    expected = SPLIT[names]
    if expected is None:
        assert read.frame["cases_handled"].dropna().tolist() == [0] * 6  # of nothing but noughts any column is right
        assert "form.columns_refused" in read.said("error")
        assert {f.cell[1:] for f in read.findings if f.rule == "cell.columns_refused"} == {"6", "12"}
    elif expected == "sum":
        assert value == 4 * sum(range(1, len(names) + 1))
        assert "form.columns_added" in read.said("warning")
    else:
        assert value == 4 * (expected + 1)
    others = [m for m in MEASURES if m != "cases_handled"]
    assert read.frame.loc["quality", others].tolist() == [20, 30, 3, 2, 1.5, 2, 0.5, 0]


def test_whole_groups_of_columns_by_township_are_one_table():
    top, head, *body = matrix()[1:]
    groups = [None, *[n for name in ("合德镇", "海河镇", "合计") for n in (name, *[None] * 8)]]
    rows = [[r[0], *r[1:], *r[1:], *(2 * v for v in r[1:])] for r in body]
    read = sheet([["口罩案件查处情况统计表"], top, groups, [head[0], *head[1:] * 3], *rows])
    assert read.row("quality") == [2 * v for v in [20, 30, 4, 3, 2, 1.5, 2, 0.5, 0]]


def test_ten_thousands_and_ones_are_one_amount():
    rows, _ = split_at_cases(("万元", "元"), merged=False)
    rows[2] = [h.replace("（万元）", "") if h and h.startswith("案值") else h for h in HEAD[:8]] + [None, *HEAD[8:]]
    rows[3] = [*[None] * 7, "万元", "元", None, None]
    rows[4:] = [[*r[:7], 3, 9700, *r[8:10]] for r in matrix()[3:]]
    assert sheet(rows).frame.loc["quality", "case_value"] == 3.97


TICKED = {("√", None): "合格", (None, "√"): "不合格", ("√", "√"): None, (None, None): None, ("3", None): None}


@pytest.mark.parametrize("ticks", TICKED)
def test_a_tick_under_one_of_two_choices_is_the_choice(ticks):
    top, head, row = batches("甲厂")[1:]
    heads = [*head[:5], None, *head[5:]]
    below = [*[None] * 4, "合格", "不合格", *[None] * 9]
    read = sheet([["口罩专项抽查情况统计表"], top, heads, below, [*row[:4], *ticks, *row[5:]]], "sampling")
    value = read.frame.loc[1, "result"]
    assert (None if value != value or value is None else value) == TICKED[ticks]
    assert TICKED[ticks] is not None or read.said("error")


def test_a_heading_one_column_beside_its_figures_is_seen():
    rows = [[*r[:9], None, *r[9:]] if len(r) > 9 else r for r in matrix()]
    rows[2] = [*HEAD, None]
    read = sheet(rows)
    assert read.row("quality")[-1] == 0 and "form.heading_beside" in read.said("warning")


def test_headings_that_are_all_off_by_one_give_no_figure():
    rows = [[r[0], None, *r[1:]] if len(r) > 9 else r for r in matrix()]
    rows[2] = [*HEAD, None]
    read = sheet(rows)
    assert read.frame.isna().all().all()
    assert "form.headings_shifted" in read.said("error")


def test_a_figure_merged_over_two_measures_belongs_to_neither():
    rows = matrix()
    rows[4][7] = None
    read = sheet(rows, merges=(Span(4, 6, 4, 7),))
    assert read.frame.loc["quality", ["fines_confiscations", "case_value"]].isna().all()
    assert {f.field for f in read.findings if f.rule == "cell.merged_across"} == {"fines_confiscations", "case_value"}


@pytest.mark.parametrize("nothing", ["无", "/", "——"])
def test_a_word_for_nothing_merged_over_a_row_is_said_of_every_measure(nothing):
    rows = matrix()
    rows[4][1:] = [nothing, *[None] * 8]
    read = sheet(rows, merges=(Span(4, 1, 4, 9),))
    assert read.frame.loc["quality"].isna().all()
    assert set(read.cells[read.cells.row == "quality"].raw) == {nothing}
    assert [f.severity for f in read.findings if f.rule == "cell.merged_across"] == ["note"]


# names of the columns under one heading -> what is said of the one that is left out
LEFT_OUT = {
    ("计划", "实际"): "form.other_column",
    ("上期", "本期"): "form.other_time",
    ("合计", "一般程序"): "form.part_of_column",
}


@pytest.mark.parametrize("names", LEFT_OUT)
def test_why_a_column_is_left_out_is_true_of_it(names):
    rows, merges = split_at_cases(names, merged=True)
    left_out = {f.rule for f in sheet(rows, merges=merges).findings if f.rule in set(LEFT_OUT.values())}
    assert left_out == {LEFT_OUT[names]}


def test_a_capacity_split_into_two_kinds_is_refused_at_every_firm():
    head = [*LIST_HEAD_3[:13], "日产能（万只）", None, "备注"]
    below = [*[None] * 13, "设计", "实际", None]
    firms = [[n, f"{name}口罩厂", *[None] * 8, "在产", "小型", None, 5, 4, None] for n, name in ((1, "甲"), (2, "乙"))]
    top = [["非医用口罩生产企业情况统计表"], ["填报单位：亭湖区市场监督管理局"], head, below]
    read = sheet([*top, *firms], "enterprises", merges=(Span(2, 13, 2, 14),))
    assert read.frame["daily_capacity"].isna().all()
    assert "form.columns_refused" in read.said("error")

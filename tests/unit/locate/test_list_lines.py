"""Lines of a list: each with ink in it is a record or is named for what it is; none vanishes."""

import pytest

from tally.model import Span
from tests.unit.locate.sheets import batches, sheet

TWO = batches("甲口罩厂", "乙口罩厂")


def batch(seq, firm, **more) -> list:
    fields = {0: seq, 1: "儿童口罩", 2: "平面型", 3: firm, 4: "合格", 11: "在产", 12: "小型"}
    return [more.get(f"c{i}", fields.get(i)) for i in range(14)]


# the number of the third record as written -> what must be said of it
NUMBERED = {
    3: "",
    "3.0": "",
    "（3）": "",
    "*3": "form.seq_mark",
    "※3": "form.seq_mark",
    "注3": "form.seq_mark",
    "3#": "form.seq_mark",
}


@pytest.mark.parametrize("seq", NUMBERED)
def test_a_record_with_a_mark_at_its_number_is_a_record(seq):
    read = sheet([*TWO, batch(seq, "丙口罩厂")], "sampling")
    assert read.frame["enterprise"].tolist() == ["甲口罩厂", "乙口罩厂", "丙口罩厂"]
    assert read.said("warning", "error") == ({NUMBERED[seq]} if NUMBERED[seq] else set())


@pytest.mark.parametrize("name", ["示例", "（示例）江苏口罩厂", "总计"])
def test_a_firm_called_like_an_example_or_a_total_is_a_record_where_the_numbers_go_on(name):
    read = sheet([*TWO, batch(3, name), batch(4, "丁口罩厂")], "sampling")
    assert len(read.frame) == 4 and read.said("warning") == {"form.record_named_so"}


def test_an_example_left_in_is_none():
    read = sheet([*TWO[:3], batch("例", "例：某某口罩厂"), *TWO[3:]], "sampling")
    assert len(read.frame) == 2


def test_a_record_over_two_lines_is_one():
    more = [None, None, " 17.5cm×9.5cm", *[None] * 11]
    read = sheet([*TWO[:4], more, *TWO[4:]], "sampling")
    assert read.frame["model"].tolist() == ["平面型 17.5cm×9.5cm", "平面型"]
    assert "cell.several_lines" in read.said("warning")


def over_two_lines(*more) -> tuple[list, tuple[Span, ...]]:
    """A failing batch and a line below it, all columns merged over both but the items and what `more` gives."""
    failing = batch(1, "甲口罩厂", c4="不合格", c5="过滤效率", c6=300, c7="否", c9="责令停售")
    below = [None] * 5 + [*more, *[None] * (9 - len(more))]
    merged = [col for col in range(14) if below[col] is None]
    rows = [*TWO[:3], failing, below]
    return rows, tuple(Span(3, col, 4, col) for col in merged)


def test_a_cell_merged_over_the_lines_of_a_record_is_one_cell():
    rows, merges = over_two_lines("标识")
    read = sheet(rows, "sampling", merges)
    assert read.frame["enterprise"].tolist() == ["甲口罩厂"] and read.frame["failed_items"].tolist() == [
        "过滤效率、标识"
    ]
    assert read.frame["failed_quantity"].tolist() == [300] and read.said("warning", "error") == {"cell.several_lines"}


def test_a_figure_said_again_on_a_records_second_line_may_be_another():
    rows, merges = over_two_lines("标识", 300)
    read = sheet(rows, "sampling", merges)
    assert read.frame["failed_quantity"].isna().all() and "cell.several_lines" in read.said("error")


def test_a_second_quantity_below_a_record_is_no_figure():
    failing = batch(3, "丙口罩厂", c4="不合格", c5="过滤效率", c6=300, c7="否", c9="责令停售")
    more = [None] * 5 + ["标识", 200, *[None] * 7]
    read = sheet([*TWO, failing, more], "sampling")
    assert read.frame.loc[3, "failed_items"] == "过滤效率、标识"
    assert read.frame["failed_quantity"].isna().all() and "cell.several_lines/refused".partition("/")[0] in read.said(
        "error"
    )


def test_a_name_merged_over_the_rest_of_its_line_is_a_record():
    row = len(TWO)
    read = sheet([*TWO, [3, None, None, "停业口罩厂", *[None] * 10]], "sampling", merges=(Span(row, 3, row, 12),))
    assert read.frame["enterprise"].tolist()[-1] == "停业口罩厂"


def test_a_name_typed_into_the_first_column_is_said():
    read = sheet([*TWO, ["停业口罩厂"]], "sampling")
    [finding] = [f for f in read.findings if f.severity == "error"]
    assert (finding.rule, finding.cell) == ("form.stray_line", "A6")


def test_a_line_that_has_slipped_to_the_left_is_not_read():
    read = sheet([*TWO, [*batch(3, "丙口罩厂")[1:], None]], "sampling")
    assert {f.rule for f in read.findings if f.severity == "error"} >= {"form.row_shifted", "cell.row_refused"}
    assert read.frame.loc[3, ["product_name", "enterprise", "production_status"]].isna().all()


@pytest.mark.parametrize("line", ["一、生产领域", "以下空白", "第1页，共2页", "亭湖区市场监督管理局", "2021年6月30日"])
def test_lines_that_are_no_records_raise_nothing(line):
    read = sheet([*TWO, [line]], "sampling")
    assert len(read.frame) == 2 and read.said("warning", "error") == set()


UNCHANGED = [
    "本月无新增企业",
    "暂无新增",
    "无新增、注销企业",
    "企业名单无变化",
    "与上月一致",
    "同上月",
    "见4月报表",
    "本月无新增不合格批次",
]


@pytest.mark.parametrize("words", UNCHANGED)
@pytest.mark.parametrize("place", ["a line", "the firm's cell"])
def test_that_nothing_changed_is_no_zero_return(words, place):
    line = [words] if place == "a line" else [1, None, None, words]
    read = sheet([*TWO[:3], line], "sampling")
    assert (len(read.frame), read.tables[0].zero) == (0, False)
    assert "form.list_unchanged" in read.said("warning")


@pytest.mark.parametrize("words", ["本月无新增企业", "本月无新增不合格批次"])
def test_below_a_whole_list_it_is_no_news(words):
    read = sheet([*TWO, [words]], "sampling")
    assert len(read.frame) == 2 and read.said("warning", "error") == set()


def line(**cells) -> list:
    return [cells.get(f"c{i}") for i in range(14)]


# lines within and below three batches (one of 甲, two of 乙) that sum them: after the first, after the third
SUMS = {
    "Excel's counts": (line(c3="甲口罩厂 计数", c4=1), line(c3="乙口罩厂 计数", c4=2), line(c3="总计数", c4=3)),
    "Excel's sums": (line(c3="甲口罩厂 汇总", c6=0), line(c3="乙口罩厂 汇总", c6=0), line(c3="总计", c6=0)),
    "a page's end": (line(c0="过次页", c3="1批次"), line(c0="合计", c3="3批次")),
    "a town's": (
        line(c0="样例镇小计", c1="1批", c3="1家"),
        line(c1="样例乡小计", c2="2批"),
        line(c0="全区合计", c1="3批"),
    ),
    "a firm's": (line(c3="甲口罩厂小计", c4="1批"), line(c3="乙口罩厂小计", c4="2批")),
    "nothing more": (line(c1="小计", c2="1批"), line(c1="以下空白")),
}


@pytest.mark.parametrize("lines", SUMS.values(), ids=SUMS)
def test_a_line_that_sums_the_records_is_none(lines):
    records = [batch(n, firm) for n, firm in enumerate(("甲口罩厂", "乙口罩厂", "乙口罩厂"), 1)]
    read = sheet([*TWO[:3], records[0], lines[0], *records[1:], *lines[1:]], "sampling")
    assert read.frame["enterprise"].tolist() == ["甲口罩厂", "乙口罩厂", "乙口罩厂"]
    assert read.said("warning", "error") == set()


WRONG = [
    ("C5", (line(c1="小计", c2="2批"), line(c1="小计", c2="2批"))),
    ("E9", (line(c3="甲口罩厂 计数", c4=1), line(c3="乙口罩厂 计数", c4=2), line(c3="总计数", c4=4))),
]


@pytest.mark.parametrize(("cell", "lines"), WRONG)
def test_a_sum_that_its_records_do_not_come_to_is_said(cell, lines):
    records = [batch(n, firm) for n, firm in enumerate(("甲口罩厂", "乙口罩厂", "乙口罩厂"), 1)]
    read = sheet([*TWO[:3], records[0], lines[0], *records[1:], *lines[1:]], "sampling")
    assert [(f.rule, f.cell) for f in read.findings if f.severity != "note"] == [("form.total_disagrees", cell)]


CHOSEN = [(True, {"c7": "否"}), (True, {"c4": "请选择"})]
CHOSEN += [(numbered, {"c4": "合格", "c11": "在产", "c12": "小型"}) for numbered in (True, False)]


@pytest.mark.parametrize(("numbered", "chosen"), CHOSEN)
def test_rows_that_hold_only_a_preset_choice_are_told_once(numbered, chosen):
    preset = [line(c0=number if numbered else None, **chosen) for number in range(3, 10)]
    read = sheet([*TWO, *preset], "sampling")
    assert read.frame["enterprise"].tolist() == ["甲口罩厂", "乙口罩厂"]
    assert [f.rule for f in read.findings if f.severity != "note"] == ["form.prefilled_rows"]


def test_one_such_row_is_a_record_of_which_the_rest_is_missing():
    read = sheet([*TWO, line(c0=3, c4="不合格")], "sampling")
    assert len(read.frame) == 3 and "cell.required" in read.said("error")


HEADS = [
    ("样例镇（1批）", "样例乡（2批）"),
    ("2021年5月6日", "2021年5月8日"),
    ("第一周", "第二周"),
    ("样例镇", "样例乡："),
    ("续表", "（续上表）"),
]


@pytest.mark.parametrize("heads", HEADS)
def test_a_line_that_heads_a_town_a_week_or_a_page_is_no_record_and_nothing_to_ask(heads):
    records = [batch(n, firm) for n, firm in enumerate(("甲口罩厂", "乙口罩厂", "乙口罩厂"), 1)]
    read = sheet([*TWO[:3], line(c0=heads[0]), records[0], line(c0=heads[1]), *records[1:]], "sampling")
    assert len(read.frame) == 3
    assert read.said("warning", "error") <= ({"form.below_note"} if "续" in heads[0] else set())


def test_a_town_s_number_of_batches_is_held_against_its_records():
    records = [batch(n, firm) for n, firm in enumerate(("甲口罩厂", "乙口罩厂", "乙口罩厂"), 1)]
    lines = [line(c0="样例镇（1批）"), records[0], line(c0="样例乡（3批）"), *records[1:]]
    read = sheet([*TWO[:3], *lines], "sampling")
    assert [(f.rule, f.cell) for f in read.findings if f.severity != "note"] == [("form.total_disagrees", "A6")]


@pytest.mark.parametrize(("number", "right"), [("3批次", True), ("1批次", True), ("4批次", False)])
def test_a_total_below_a_repeated_heading_is_the_list_s_or_its_page_s(number, right):
    lines = [*TWO, list(TWO[2]), batch(3, "丙口罩厂"), line(c0="合计", c1=number)]
    found = [f.rule for t in sheet(lines, "sampling").tables for f in t.findings if f.severity != "note"]
    assert found == ([] if right else ["form.total_disagrees"])

"""Official phrases for zero, one, many, rise, fall and no change."""

from datetime import date
from decimal import Decimal

import pytest

from tally.blocks import Run
from tally.report import phrases
from tally.report.duties import ordinal
from tally.totals.change import Change
from tally.totals.figures import Figure
from tally.writing.periods import month


def text(pieces):
    return "".join(r.text for r in phrases.runs(*pieces))


def change(now, last, *, cumulative=False, decimals=None):
    return Change("x.change", Decimal(now), Decimal(last), ("a", "b"), (), cumulative, decimals)


@pytest.mark.parametrize(
    ("now", "last", "cumulative", "said"),
    [
        ("8", "5", False, "较上期增加3件"),
        ("5", "8", False, "较上期减少3件"),
        ("5", "5", False, "与上期持平"),
        ("0", "0", False, "与上期持平"),
        ("0.3", "0.1", False, "较上期增加0.2件"),
        ("8", "5", True, "较上期新增3件"),
        ("5", "5", True, "较上期无新增"),
        ("5", "8", True, "累计数较上期减少3件（累计数不应减少，待核实）"),
    ],
)
def test_change_of_a_number(now, last, cumulative, said):
    assert text(phrases.changed(change(now, last, cumulative=cumulative), "件")) == said


@pytest.mark.parametrize(
    ("now", "last", "said"),
    [
        ("9.5", "8.25", "较上期上升1.25个百分点"),
        ("8.25", "9.5", "较上期下降1.25个百分点"),
        ("8.25", "8.25", "与上期持平"),
        ("8.251", "8.25", "与上期基本持平"),
    ],
)
def test_change_of_a_rate(now, last, said):
    assert text(phrases.rate_changed(change(now, last, decimals=2))) == said


def test_a_difference_is_that_of_the_two_numbers_as_they_are_printed():
    assert text(phrases.rate_changed(change("12.9032", "7.8571", decimals=2))) == "较上期上升5.04个百分点"
    assert text(phrases.changed(change("153.136", "100.004", decimals=2), "万元")) == "较上期增加53.14万元"


def test_of_many_names_some_stand_for_all():
    assert phrases.named([f"{n}县" for n in range(27)]) == "0县、1县、2县、3县、4县等27个单位"
    assert phrases.few(["甲县", "乙县", "丙县", "丁县"]) == "甲县、乙县、丙县等4个单位"
    assert phrases.few(["甲县", "乙县"]) == "甲县和乙县"


def test_nothing_is_said_where_nothing_can_be_compared():
    assert phrases.changed(None, "件") == phrases.rate_changed(None) == ()


@pytest.mark.parametrize(
    ("missing", "said"),
    [
        ((), "全市11个报送单位均已报送"),
        (("甲县",), "全市11个报送单位中10个已报送，甲县未报送"),
        (("甲县", "乙县"), "全市11个报送单位中9个已报送，甲县和乙县未报送"),
        (("甲县", "乙县", "丙县"), "全市11个报送单位中8个已报送，甲县、乙县和丙县未报送"),
        (tuple("甲乙丙丁戊己"), "全市11个报送单位中5个已报送，甲、乙、丙、丁、戊、己等6个单位未报送"),
        (tuple("甲乙丙丁戊己庚辛壬癸子"), "全市11个报送单位均未报送"),
    ],
)
def test_missing_units_are_named(missing, said):
    assert phrases.reported("全市", 11, missing) == said


@pytest.mark.parametrize(
    ("missing", "said"),
    [
        ((), "全市11个报送单位中10个的报表已计入，丙县的报表处理失败、未计入"),
        (("甲县",), "全市11个报送单位中9个的报表已计入，甲县未报送，丙县的报表处理失败、未计入"),
    ],
)
def test_a_unit_that_sent_but_could_not_be_processed_is_not_called_missing(missing, said):
    assert phrases.reported("全市", 11, missing, ["丙县"]) == said


@pytest.mark.parametrize(
    ("part", "whole", "said"),
    [
        (0, 0, ""),
        (0, 5, "（计入抽样误差，约为0.00%～43.45%，批次较少，仅供参考）"),
        (4, 53, "（计入抽样误差，约为2.97%～17.86%）"),
    ],
)
def test_a_rate_comes_with_its_interval_and_a_word_of_care(part, whole, said):
    assert phrases.interval(part, whole) == said


def test_a_figure_in_a_sentence_carries_its_ref_and_text_around_it_is_joined():
    figure = Figure("cases.total.cases_handled", "", Decimal(3), "件", "")
    assert phrases.runs("查", "办", figure, "件") == (Run("查办"), Run("3", figure.ref), Run("件"))


def test_dates_have_no_leading_zeros():
    assert phrases.day(date(2021, 5, 6)) == "5月6日"
    assert phrases.day(date(2021, 5, 6), year=True) == "2021年5月6日"
    assert [month(p) for p in ("2021-05", "2021-05-06", "第3批")] == ["2021年5月", "2021-05-06", "第3批"]
    assert [month(p) for p in ("2026-03-第2周", "2026-第2季度")] == ["2026年3月第2周", "2026年第2季度"]


def test_clauses_end_with_a_full_stop_and_empty_ones_vanish():
    assert text(phrases.listed([("甲",), (), ("乙",)])) == "甲，乙。"
    assert phrases.listed([(), ()]) == ()


@pytest.mark.parametrize(("n", "said"), [(1, "一"), (10, "十"), (12, "十二"), (20, "二十"), (21, "二十一")])
def test_chinese_ordinals(n, said):
    assert ordinal(n) == said


@pytest.mark.parametrize(
    ("counts", "said"),
    [
        ([("甲", 1)], "甲1家"),
        ([("甲", 1), ("乙", 5), ("丙", 1)], "乙5家，甲和丙各1家"),
        ([(f"区{n}", n) for n in range(1, 7)], "区66家，区55家，区44家，区33家，区22家，区11家"),
        ([(f"区{n}", n) for n in range(1, 9)], "区88家，区77家，区66家，区55家，区44家，其余3个单位共6家"),
        ([], ""),
    ],
)
def test_units_with_the_same_count_are_told_together(counts, said):
    assert phrases.by_count(counts, "家") == said

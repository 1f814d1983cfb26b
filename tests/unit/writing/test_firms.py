"""One firm, however it is written: the key, and the coverage that check and report must tell alike."""

from decimal import Decimal

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tally.campaigns.masks_2021 import CAMPAIGN
from tally.check.findings import check_unit
from tally.totals import Totals
from tally.totals.figures import Book
from tally.totals.history import History
from tally.writing.firms import firm_key, text_key
from tally.writing.nothing import NOTHING, is_null, says_nothing
from tally.writing.numbers import addend, exact, plain
from tests.forms.inline import records, tables, unit

MAY = CAMPAIGN.period("2021-05")
BRACKETS = ["()", "（）", "〔〕", "【】", "[]", "［］", "〈〉", "<>", "{}", "『』"]
SPACES = ["", " ", "\u3000", "\u00a0", "\u200b", "·"]


@st.composite
def spellings(draw) -> tuple[str, str]:
    """Two writings of one firm's name: brackets, spaces, width and case differ, letters do not."""
    core = draw(st.text("甲乙丙丁样例", min_size=2, max_size=4))
    latin = draw(st.sampled_from(["", "ABC", "k2"]))
    return tuple(_written(draw, core, latin) for _ in range(2))


def _written(draw, core: str, latin: str) -> str:
    left, right = draw(st.sampled_from(BRACKETS))
    spelt = draw(st.sampled_from([latin, latin.lower(), latin.upper(), _wide(latin)]))
    space = draw(st.sampled_from(SPACES))
    return f"{left}盐城{right}{space}{core}{space}{spelt}有限公司"


def _wide(text: str) -> str:
    return "".join(chr(ord(ch) + 0xFEE0) for ch in text)


@given(spellings())
def test_every_writing_of_a_firm_has_one_key(pair):
    assert firm_key(pair[0]) == firm_key(pair[1]) != ""


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("盐城样例（甲）公司", "盐城样例(甲) 公司"),
        ("某某〔盐城〕有限公司", "某某（盐城）有限公司"),
        ("丙三（甲区） ＡＢ 厂", "丙三(甲区)ab厂"),
        ("ABC", "abc"),
        ("样例-甲·公司", "样例甲公司"),
    ],
)
def test_brackets_width_case_spaces_and_punctuation_do_not_make_another_firm(one, other):
    assert firm_key(one) == firm_key(other)


def test_letters_and_digits_do():
    assert firm_key("样例甲一厂") != firm_key("样例甲二厂")
    assert firm_key("样例3厂") != firm_key("样例5厂")
    assert text_key("17.5×9") != text_key("175×9"), "in a model's number the point tells two apart"


@pytest.mark.parametrize("nobody", [None, np.nan, pd.NA, "", "/", "无", "……", "无此项", " － "])
def test_words_for_nothing_name_nobody(nobody):
    assert firm_key(nobody) == text_key(nobody) == ""
    assert says_nothing(nobody)


def test_nothing_is_said_by_every_mark_and_by_no_figure():
    assert all(says_nothing(mark) for mark in NOTHING)
    assert not says_nothing(0) and not says_nothing("0") and not is_null("")


@settings(deadline=None, max_examples=50)
@given(spellings())
def test_coverage_in_the_report_and_the_findings_never_contradict_each_other(pair):
    roster = records("enterprises", f"enterprise | production_status\n{pair[0]} | 在产")
    batches = records("sampling", f"enterprise | result\n{pair[1]} | 合格")
    rules = {f.rule for f in check_unit(CAMPAIGN, MAY, unit(), {r.form: r for r in (roster, batches)}, {})}
    assert not rules & {"enterprises.all_sampled", "sampling.firm_in_roster"}
    book = Totals(History(CAMPAIGN, (tables(roster, batches),)), Book()).roster
    assert book.firms["sampled"].tolist() == [True]
    assert book.strangers.empty


def test_numbers_are_exact_and_written_plainly():
    assert exact(0.1) + exact(0.2) == exact(0.3)
    assert [exact(v) for v in (None, np.nan, pd.NA, "见附件")] == [None] * 4
    assert addend(None) == Decimal(0)
    assert [plain(v) for v in (Decimal("1E+3"), 0.1, 12.0, Decimal("0.50"), Decimal("-0"))] == ["1000", "0.1", "12", "0.5", "0"]  # fmt: skip

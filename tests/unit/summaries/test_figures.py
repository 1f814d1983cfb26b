"""Which figures a summary states, in a dozen styles, and what must not be taken for one."""

from decimal import Decimal

import pytest

from tally.returns.summaries import figures
from tally.returns.summaries.stating import LONGEST_QUOTE, ranked
from tests.unit.summaries.styles import OFFICIAL, STYLES, WRAPPED


def said(text, place=""):
    """The weightiest statement of each measure, by form.field."""
    return {".".join(key): some[0] for key, some in ranked(figures(text, place)).items()}


@pytest.mark.parametrize("name", STYLES)
def test_all_that_a_summary_states_is_found_and_nothing_else(name):
    style = STYLES[name]
    found = {key: s.value for key, s in said(style.text, style.place).items()}
    assert found == {key: Decimal(v) for key, v in style.says.items()}


def test_the_sentence_is_quoted_as_written():
    stated = said(OFFICIAL.text)["cases.officers_dispatched"]
    assert stated.sentence.startswith("截至5月31日，全县共出动执法人员1，234人次")
    assert stated.as_of == (5, 31) and stated.scope == "to date"


def test_a_sentence_that_the_program_broke_is_one_sentence():
    assert said(WRAPPED.text)["cases.masks_seized"].sentence.endswith("移送公安机关0件。")


def test_a_long_sentence_is_quoted_around_its_figure():
    text = "围绕" + "问题线索、" * 60 + "共立案7件，" + "依法处理、" * 60 + "完毕。"
    quote = said(text)["cases.cases_filed"].sentence
    assert len(quote) <= LONGEST_QUOTE and "共立案7件" in quote and quote.startswith("…") and quote.endswith("…")


def test_the_whole_outweighs_a_passing_remark():
    text = "一、基本情况\n截至5月31日，共查办案件8件，立案7件，结案3件。\n二、主要做法\n（一）严厉打击。查办案件2件，正在办理。"
    assert said(text)["cases.cases_handled"].value == 8


def test_an_earlier_cut_off_day_gives_way_to_the_latest():
    text = "截至4月30日，共立案5件。截至5月31日，共立案7件。"
    assert [s.value for s in figures(text)] == [7]


@pytest.mark.parametrize(
    ("text", "scope"),
    [("本月共立案3件。", "period"), ("5月份，立案3件。", "period"), ("今年以来累计立案3件。", "to date"),
     ("截至5月31日，共立案3件。", "to date"), ("共立案3件。", "")],
)  # fmt: skip
def test_the_text_says_whether_a_figure_is_of_the_period(text, scope):
    assert [s.scope for s in figures(text)] == [scope]


@pytest.mark.parametrize(("place", "values"), [("东台市", [5]), ("阜宁县", [])])
def test_the_whole_city_is_the_own_total_only_of_a_city(place, values):
    assert [s.value for s in figures("全市共立案5件。", place)] == values


@pytest.mark.parametrize(
    "text",
    ["数十件案件正在办理。", "立案率100%。", "12315平台受理投诉30件。", "公安机关立案2件。", "结案率达到80%。",
     "查办案件较上期增加3件。", "力争立案5件以上。", "要求各分局抽检不少于10批次。", "城东分局共立案2件。", "抽检合格率由80%提高。",
     "其中质量类案件立案3件。", "出动执法车辆120台次。", "检查药店120家。", "2021年3月，立案调查。", "医用口罩生产企业3家。",
     "组织6家口罩生产企业培训。", "未结案3件。", ""],
)  # fmt: skip
def test_what_is_no_total_of_the_unit_is_left_out(text):
    assert figures(text, "阜宁县") == ()


@pytest.mark.parametrize(
    "text", ["1" * 20_000, "一百" * 5_000, "查获" + "假冒伪劣" * 3_000 + "口", "罚没" + "共计" * 3_000, "示例口罩有限公司" * 3_000]
)  # fmt: skip
def test_text_without_an_end_states_nothing_and_is_got_over(text):
    assert figures(text) == ()


def test_a_sentence_of_thousands_of_figures_is_read_to_its_end():
    assert len(figures("共立案3件，结案2件、" * 500)) == 1000

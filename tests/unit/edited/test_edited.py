"""A report that came back from Word: every wrong figure is named, no right one blamed, the office's words can be kept."""

from __future__ import annotations

from collections import Counter
from functools import cache

import pytest

from tally.campaigns.masks_2021 import CAMPAIGN
from tally.errors import UsageError
from tally.life.edited import held, judge
from tally.life.edited.document import Text, Word, read
from tally.life.edited.narrative import as_markdown, kept
from tally.life.edited.numbers import numbers
from tally.render import word
from tally.report import SECTIONS, Report, narrative
from tally.totals import History, work_out
from tests.unit.edited.edits import EDITS, edited
from tests.unit.readers.test_bounds import packed
from tests.unit.totals.invented import periods

TEXT = "# 加强组织领导\n市局召开推进会，部署各项任务。\n\n# 下一步打算\n继续抓好整改。"


@cache
def content() -> bytes:
    report = Report(work_out(History(CAMPAIGN, tuple(periods()))), narrative.parse(TEXT))
    blocks = [block for name in SECTIONS for block in report.section(name, charts=False)]
    return word.render(blocks, timestamp=0)


@cache
def ours() -> Word:
    return read(content())


def plain(text: str) -> str:
    return "".join(c for c in text if c.isdigit() or c == ".")


def test_a_report_that_nobody_touched_is_right_in_every_number():
    judgement = judge(ours(), ours())

    assert {f.kind for f in judgement.findings} == {"right"} and len(judgement.findings) > 500
    assert judgement.rewritten == () and judgement.wrong == ()


@pytest.mark.parametrize("most", [2 * len(EDITS), pytest.param(210, marks=pytest.mark.slow)])
@pytest.mark.parametrize("kind", range(len(EDITS)), ids=[edit.__name__ for edit in EDITS])
def test_of_200_edits_each_wrong_figure_is_named_and_no_right_one_blamed(kind, most):
    for seed in range(kind, most, len(EDITS)):
        changed, edit = edited(content(), seed)
        named = Counter((plain(f.ours), plain(f.edited)) for f in judge(ours(), read(changed)).wrong)

        assert named == Counter((plain(a), plain(b)) for a, b in edit.wrong), (seed, edit)


def test_a_wrong_figure_is_named_with_its_place_and_what_it_should_be():
    (sentence,) = sentences(
        "全市共出动执法人员5780人次，查办案件170件。", "全市共出动执法人员5870人次，查办案件170件。"
    )

    assert (
        sentence
        == "与数据不符：“一、基本情况”下“全市共出动执法人员5870人次，…”：“出动执法人员”写作 5870人次，应为 5780人次"
    )


def sentences(before: str, after: str) -> list[str]:
    one, other = (Word((Text(t, "一、基本情况"),)) for t in (before, after))
    return judge(one, other).lines()[1:]


@pytest.mark.parametrize(
    "after",
    [
        "查办案件170件，出动执法人员5780人次，罚没125.69万元。",
        "共出动执法人员5780余人次，查处案件170件，罚没款125.7万元。",
        "累计出动执法人员 5,780 人次；查办案件170件；罚没1256900元。",
        "全市出动执法人员约5800人次，查办案件170件，罚没125.69万元。",
    ],
)
def test_the_same_figures_in_other_words_are_right(after):
    assert sentences("全市共出动执法人员5780人次，查办案件170件，罚没125.69万元。", after) == []


def test_a_figure_under_another_ones_words_is_wrong():
    lines = sentences("其中立案155件，结案104件。", "其中结案155件，结案104件。")

    assert len(lines) == 1 and "结案" in lines[0] and "155件" in lines[0] and "104件" in lines[0]


def test_a_figure_that_the_data_has_not_is_told_but_not_called_wrong():
    (line,) = sentences("查办案件170件。", "查办案件170件，挽回损失300万元。")

    assert line.startswith("数据中没有：") and "300万元" in line


def test_a_figure_of_the_data_that_was_put_in_is_right():
    one, other = Word((Text("查办案件170件。"),)), Word((Text("查办案件170件，案值180.39万元。"),))

    assert judge(one, other, numbers("案值180.39万元")).wrong == ()
    assert "数据中没有0个" in judge(one, other, numbers("案值180.39万元")).lines()[0]


@pytest.mark.parametrize(
    ("after", "start"),
    [
        ("8月底前完成3家企业补抽，力争查办案件170件。", "人工文字中改动的数，请核实："),
        ("7月底前完成5家企业补抽，力争查办案件170件。", "人工文字中改动的数，请核实："),
        ("7月底前完成3家企业补抽，力争查办案件180件。", "与数据不符："),
    ],
)
def test_a_plan_that_people_wrote_is_theirs_to_change_but_not_a_figure_of_the_data(after, start):
    plan = "7月底前完成3家企业补抽，力争查办案件170件。"
    data = Text("全市查办案件170件。2021年7月5日前报送。", "一、基本情况")
    one, other = (Word((data, Text(text, "五、下一步打算"))) for text in (plan, after))
    judgement = judge(one, other, written=(plan,))

    assert judgement.lines()[1].startswith(start) and len(judgement.lines()) == 2
    assert bool(judgement.wrong) == start.startswith("与数据")


def test_a_figure_left_out_is_told():
    (line,) = sentences("查办案件170件，结案104件。", "查办案件170件。")

    assert line.startswith("已删去：") and "104件" in line


def body(xml: str) -> bytes:
    names = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    return packed({"word/document.xml": f"<w:document {names}><w:body>{xml}</w:body></w:document>".encode()})


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        (b"PK nothing", "不是 Word 文件"),
        (packed({"word/document.xml": b"<a/>"}), "不是 Word 文件"),
        (body("<w:p><w:r><w:t>x</w:t></w:r></w:p>" * 30_000), "文件过大"),
        (
            body("<w:tbl><w:tr><w:tc><w:tcPr><w:gridSpan w:val='9999999999'/></w:tcPr></w:tc></w:tr></w:tbl>"),
            "文件过大",
        ),
    ],
)
def test_what_is_no_report_in_word_is_refused_in_words(tmp_path, sent, said):
    file = tmp_path / "报告.docx"
    file.write_bytes(sent)
    with pytest.raises(UsageError, match=said):
        held.edited(file)


def test_the_offices_words_become_the_narrative_only_under_headings_that_take_them():
    before = narrative.parse(TEXT)
    rewritten = (
        ("", Text("各县（市、区）建立专班。", "（一）加强组织领导")),
        ("市局召开推进会，部署各项任务。", Text("市局召开推进会，部署任务。", "（一）加强组织领导")),
        ("查办案件170件，各单位均已报送。", Text("查办案件170件，均已报送。", "（一）加强组织领导")),
        ("查办案件170件。", Text("查办案件180件。", "一、基本情况")),
        ("【待补充】取得的成效。", Text("质量意识明显提高。", "三、取得成效")),
        ("【待补充】存在的问题。", Text("【待补充】存在的主要问题。", "三、取得成效")),
    )

    parts = kept(before, rewritten, ["加强组织领导", "三、取得成效"])

    assert parts == {
        "加强组织领导": ("市局召开推进会，部署任务。", "各县（市、区）建立专班。"),
        "下一步打算": ("继续抓好整改。",),
        "取得成效": ("质量意识明显提高。",),
    }
    assert narrative.parse(as_markdown(parts)).parts == {"": (), **parts}


SHARES = "查办案件170件，罚没125.69万元，不合格发现率为7.59%，覆盖率为96.77%。"


@pytest.mark.parametrize(
    "after",
    [
        "查办案件一百七十件，罚没一百二十五点六九万元，不合格发现率为百分之七点五九，覆盖率为九成七。",
        "查办案件170件，罚没125.69万元，不合格发现率近一成，覆盖率九成以上。",
    ],
)
def test_figures_in_characters_are_read(after):
    assert sentences(SHARES, after) == []


@pytest.mark.parametrize(
    ("after", "wrong"),
    [
        (SHARES.replace("170件", "一百九十件"), "一百九十件"),
        (SHARES.replace("125.69万元", "一百五十二点六九万元"), "一百五十二点六九万元"),
        (SHARES.replace("7.59%", "百分之七点九五"), "百分之七点九五"),
        (SHARES.replace("96.77%", "八成七"), "八成七"),
        (SHARES.replace("为7.59%", "近三成"), "三成"),
    ],
)
def test_a_wrong_figure_in_characters_is_named(after, wrong):
    (line,) = sentences(SHARES, after)
    assert line.startswith("与数据不符") and f"写作 {wrong}，" in line


def test_words_with_a_numeral_in_them_are_no_figures():
    assert sentences(SHARES, SHARES + "一是加强领导，二是完成整改，各项工作成效明显，第三十二条不变。") == []

"""The report's own text: one part is replaced, all else stays as people wrote it; no heading can be wrong."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tally.desk.narrative_text import slot, slots, text_of, write_part
from tally.desk.refusal import Refusal
from tally.report.narrative import parse, read
from tests.desk import world

CAMPAIGN = world.CAMPAIGN
KEPT = "<!-- 主任说第三段要短 -->\r\n# 一、主要做法\r\n总述。\r\n\r\n## （一）加强组织领导\r\n旧的。\r\n\r\n# 四、存在的主要问题\r\n一是。\r\n"


@pytest.fixture
def path(tmp_path):
    return tmp_path / "2021-05.md"


def saved(path, heading: str, text: str) -> None:
    part = slot(CAMPAIGN, heading)
    write_part(path, CAMPAIGN, part, text, text_of(path, part, CAMPAIGN))


def test_every_part_of_the_report_is_a_heading_of_the_editor():
    headings = [s.heading for s in slots(CAMPAIGN)]
    assert headings[0] == "主要做法" and headings[-3:] == ["取得成效", "存在问题", "下一步打算"]
    assert [d.title for d in CAMPAIGN.duties] == headings[1:-3]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_one_part_is_replaced_and_the_rest_stays_byte_for_byte(path, encoding):
    path.write_bytes(KEPT.encode(encoding))
    saved(path, "加强组织领导", "新的一段。\n\n第二段。")
    now = path.read_bytes().decode("gb18030" if encoding == "gb18030" else "utf-8-sig")
    assert now == KEPT.replace("旧的。\r\n\r\n", "新的一段。\r\n\r\n第二段。\r\n\r\n")
    assert read(path).at("加强组织领导") == ("新的一段。", "第二段。")


def test_another_wording_of_a_heading_is_the_same_part(path):
    path.write_text(KEPT, encoding="utf-8", newline="")
    assert text_of(path, slot(CAMPAIGN, "存在问题"), CAMPAIGN) == "一是。"
    saved(path, "存在问题", "一是。\n\n二是。")
    assert read(path).under("存在的主要问题") == ("一是。", "二是。")
    assert path.read_text("utf-8").count("问题") == KEPT.count("问题")


def test_a_part_that_nobody_wrote_is_added_under_the_report_s_own_heading(path):
    saved(path, "下一步打算", "抓紧。")
    saved(path, "取得成效", "有成效。")
    assert read(path).parts == {"": (), "下一步打算": ("抓紧。",), "取得成效": ("有成效。",)}


@pytest.mark.parametrize(
    ("heading", "text", "why"),
    [
        ("随便写的标题", "x", "报告里没有"),
        ("取得成效", "# 新标题\n文字", "会被当作标题"),
        ("取得成效", "文字<!-- 藏起来", "不会编入报告"),
    ],
)
def test_a_heading_that_the_report_does_not_have_cannot_be_written(path, heading, text, why):
    path.write_text(KEPT, encoding="utf-8", newline="")
    with pytest.raises(Refusal, match=why):
        saved(path, heading, text)
    assert path.read_bytes() == KEPT.encode()


def test_what_another_wrote_meanwhile_is_not_written_over(path):
    path.write_text(KEPT, encoding="utf-8", newline="")
    with pytest.raises(Refusal, match="已被别人改过"):
        write_part(path, CAMPAIGN, slot(CAMPAIGN, "存在问题"), "我的", "以前看到的")
    assert path.read_bytes() == KEPT.encode()


LINES = st.text(st.characters(exclude_categories=("Cs", "Cc")), max_size=20).filter(
    lambda t: not t.lstrip().startswith("#") and "<!--" not in t and "-->" not in t
)


@given(text=st.lists(LINES, max_size=4), at=st.integers(0, 18))
def test_whatever_is_written_is_read_there_and_nowhere_else(tmp_path_factory, text, at):
    path = tmp_path_factory.mktemp("t") / "n.md"
    path.write_text(KEPT, encoding="utf-8", newline="")
    part = slots(CAMPAIGN)[at % len(slots(CAMPAIGN))]
    before = read(path).parts
    saved(path, part.heading, "\n\n".join(text))
    after = parse(path.read_text("utf-8")).parts
    assert {h: p for h, p in after.items() if p and not part.holds(h)} == {
        h: p for h, p in before.items() if p and not part.holds(h)
    }


def test_the_editor_shows_last_period_s_text_and_what_the_units_say(desk):
    before = desk.paths.beside(world.APRIL).narrative
    before.parent.mkdir(parents=True)
    before.write_text("# 存在问题\n四月的问题。\n", encoding="utf-8")
    parts = {p["heading"]: p for p in desk.answer({"ask": "text"})["parts"]}
    assert parts["存在问题"]["last"] == {"period": world.APRIL, "text": "四月的问题。"}
    answer = desk.answer({"ask": "write", "heading": "存在问题", "text": "五月的问题。", "before": ""})
    assert answer["text"] == "五月的问题。" and read(desk.paths.narrative).under("存在问题") == ("五月的问题。",)

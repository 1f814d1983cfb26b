"""Pages of one orientation, titles' lines, and text that is fit for paper."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tally.blocks import Annex, Heading, Paragraph, Provenance, Run, Table
from tally.render.document.sections import sections, without_repeats
from tally.render.document.text import breakable, shown
from tally.render.document.titles import LINE_EM, title_lines

BODY = Paragraph((Run("正文"),))
NOTE = Paragraph((Run("注"),), style="note")
WIDE = Table("w", "", (), (), (), landscape=True)
PLAIN = Table("p", "", (), (), ())


def cut(*blocks):
    return [(section.landscape, section.blocks) for section in sections(blocks)]


def test_a_wide_table_takes_the_heading_before_it_and_the_note_after_it_along():
    heading = Heading("（一）明细", 2)
    assert cut(BODY, heading, WIDE, NOTE, BODY) == [(False, (BODY,)), (True, (heading, WIDE, NOTE)), (False, (BODY,))]


def test_a_note_stays_with_the_plain_table_it_explains():
    assert cut(PLAIN, NOTE, WIDE) == [(False, (PLAIN, NOTE)), (True, (WIDE,))]


def test_neighbouring_wide_tables_share_their_pages():
    assert cut(WIDE, WIDE) == [(True, (WIDE, WIDE))]


def test_a_landscape_annex_stays_landscape_to_its_end_and_a_wide_table_turns_its_annex():
    first, second = Annex("附件1", "甲", landscape=True), Annex("附件2", "乙")
    assert cut(BODY, first, PLAIN, BODY, second, WIDE) == [
        (False, (BODY,)),
        (True, (first, PLAIN, BODY)),
        (True, (second, WIDE)),
    ]


def test_provenance_takes_no_page():
    assert cut(BODY, Provenance({})) == [(False, (BODY,))]


def test_a_caption_does_not_repeat_the_annexs_title():
    kept = without_repeats(
        (Annex("附件1", "统计表"), Table("t", "统计表", (), (), ()), Table("u", "统计表", (), (), ()))
    )
    assert [block.caption for block in kept[1:]] == ["", "统计表"]


@pytest.mark.parametrize(
    ("title", "lines"),
    [
        ("工作总结", ["工作总结"]),
        ("关于口罩产品质量提升专项整治行动的工作总结", ["关于口罩产品质量提升", "专项整治行动的工作总结"]),
        ("自己\n分行的标题也可以很长很长很长很长很长", ["自己", "分行的标题也可以很长很长很长很长很长"]),
    ],
)
def test_titles_end_their_lines_at_words(title, lines):
    assert title_lines(title).split("\n") == lines


@given(st.text(st.characters(codec="utf-8", exclude_characters="\n"), max_size=120))
def test_a_title_keeps_every_character(title):
    lines = title_lines(title).split("\n")
    assert "".join(lines) == title
    assert all(len(line) <= LINE_EM for line in lines[:-1])


@given(st.text(max_size=80))
def test_shown_text_can_be_written_and_showing_it_twice_changes_nothing(text):
    once = shown(text)
    once.encode("utf-8")
    assert shown(once) == once
    assert not set(once) & set("\x00\x07\r\x0b\u202e\u2066\ufeff\ufffe")


@given(st.text(st.characters(min_codepoint=33, max_codepoint=0x4E20), max_size=90))
def test_places_to_break_add_nothing_but_themselves(text):
    text = text.replace("\u200b", "")
    assert breakable(text, 20).replace("\u200b", "") == text

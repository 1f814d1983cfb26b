"""The text summaries are of the usual length and build and state the unit's figures."""

import io

import pytest
from docx import Document

from samples.duties_text import PASSAGES


def texts(members):
    for many in members.values():
        yield from (m for m in many if m.summary)


def test_every_reporting_unit_sends_one_summary_a_period(members):
    assert len({m.unit for m in members["2021-04"] if m.summary}) == 11
    assert len({m.unit for m in members["2021-05"] if m.summary}) == 10
    assert len(list(texts(members))) == 21


def test_summaries_have_600_to_1200_characters_and_five_parts(members):
    for one in texts(members):
        lines = [p.text for p in one.summary.parts]
        assert 600 <= len("".join(lines)) <= 1200
        assert [x[0] for x in lines if x[1:2] == "、"] == ["一", "二", "三", "四"]


def test_all_passages_on_duties_are_used_somewhere(members):
    everything = "".join(m.summary.text for m in texts(members))
    assert all(p in everything for p in PASSAGES)


def test_some_figures_are_rounded_in_words(members):
    words = {s.word for m in texts(members) for s in m.summary.said}
    assert words == {"", "余", "约", "近"}


@pytest.mark.parametrize("kind", ["txt", "docx"])
def test_the_file_holds_the_text(members, kind):
    for one in (m for m in texts(members) if m.sent.kind == kind):
        if kind == "txt":
            assert one.content.decode("gbk") == one.summary.text
        else:
            found = [p.text for p in Document(io.BytesIO(one.content)).paragraphs]
            assert found[: len(one.summary.parts)] == [p.text for p in one.summary.parts]


def test_figures_in_exact_words_stand_in_their_sentence(members):
    for one in texts(members):
        for said in one.summary.said:
            assert said.sentence in one.summary.text
            assert f"{said.value}".removesuffix(".0").rstrip("0")[:2] in said.sentence

"""Headings of tables break between words, in PDF and Word alike."""

from __future__ import annotations

import pytest

from tally.blocks import Entry, Head, Table
from tally.render.document.heads import head_rows, wrapped
from tally.render.document.widths import fit
from tally.writing.words import pieces


@pytest.mark.parametrize(
    ("text", "room", "lines"),
    [
        ("查办案件", 4, "查办案件"),
        ("查办案件", 3, "查办\n案件"),
        ("移送公安机关案件数", 6, "移送公安机关\n案件数"),
        ("移送公安机关案件数", 4, "移送\n公安机关\n案件数"),
        ("其中：立案", 4, "其中：\n立案"),
        ("不合格发现率（%）", 6.5, "不合格发现率\n（%）"),
        ("（万元）\n累计", 3, "（万元）\n累计"),
        ("㙟㙟㙟㙟㙟", 2, "㙟㙟㙟㙟㙟"),  # no word is known: left to the compiler
        ("", 2, ""),
    ],
)
def test_as_many_words_to_a_line_as_it_holds(text, room, lines):
    assert wrapped(text, room) == lines


@pytest.mark.parametrize("text", ["出动执法人员", "95%置信区间（%）", "附件3（6月5日前）", "（", "abc 甲", "\t"])
def test_pieces_lose_nothing(text):
    assert "".join(pieces(text)) == text


def test_a_crowded_tables_heads_are_never_broken_inside_a_word():
    names = (
        "出动执法人员",
        "检查经营者数",
        "查办案件",
        "其中：立案",
        "结案",
        "罚没",
        "案值",
        "查获口罩",
        "移送公安机关案件数",
    )
    heads = (tuple(map(Head, ("类别", *names))),)
    body = tuple((Entry("不正当竞争类案件"), *[Entry("▲12345.67")] * 9) for _ in range(7))
    table = Table("t", "", heads, body, ("left", *["right"] * 9))
    (row,) = head_rows(table, fit(table, 156.0))
    words = {word for name in names for word in pieces(name)}
    for cell in row[1:]:
        for line in cell.text.split("\n"):
            assert set(pieces(line)) <= words

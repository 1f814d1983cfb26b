"""The bars of a county's notebook: what is drawn, and where."""

from __future__ import annotations

import re

import pytest

from tally.blocks import paint
from tally.blocks.bars import bars

ROWS = [("价格类", 12, "12"), ("质量类", 48, "48"), ("其他", 0, "0")]
_BOX = re.compile(r'<path d="M ([\d.]+) ([\d.]+) L ([\d.]+) [\d.]+ L [\d.]+ ([\d.]+)')


def boxes(svg: str) -> list[tuple[float, float]]:
    """Left edge and length of each rectangle, in points, from the top."""
    return [(float(m[1]), float(m[3]) - float(m[1])) for m in _BOX.finditer(svg)]


def test_lengths_are_in_proportion_and_begin_at_one_line():
    first, second, third, axis = boxes(bars("id", "图", "说明", ROWS).svg)
    assert first[0] == second[0] == third[0]
    assert second[1] == pytest.approx(4 * first[1], abs=0.2)
    assert third[1] == 0
    assert axis[1] < 2


def test_everything_stands_on_the_sheet():
    svg = bars("id", "图", "说明", [("很长的一个类别名称" * 9, 5, "5"), ("短", 100_000, "100000")]).svg
    wide = float(re.search(r'width="([\d.]+)pt"', svg)[1])
    assert wide == pytest.approx(paint.WIDTH / 25.4 * 72, abs=0.1)
    assert all(left >= 0 and left + length <= wide for left, length in boxes(svg))
    assert all(0 <= float(x) < wide for x in re.findall(r'<use [^>]* x="(-?[\d.]+)"', svg))
    assert max(length for _, length in boxes(svg)) > wide / 4


def test_characters_are_outlines_so_that_no_font_is_needed():
    svg = bars("id", "图", "说明", ROWS).svg
    assert "<text" not in svg
    assert svg.count("<use ") == len("价格类12质量类48其他0"), "each character at each of its places"
    assert svg.count("<defs><path") == len(set("价格类12质量类48其他0")), "and each outline once"


def test_the_same_rows_give_the_same_bytes_and_other_rows_others():
    assert bars("id", "图", "说明", ROWS) == bars("id", "图", "说明", ROWS)
    assert bars("id", "图", "说明", ROWS).svg != bars("id", "图", "说明", [("价格类", 13, "13"), *ROWS[1:]]).svg


def test_all_bars_may_be_nothing():
    assert {length for _, length in boxes(bars("id", "图", "说明", [("甲", 0, "0")]).svg)[:1]} == {0}

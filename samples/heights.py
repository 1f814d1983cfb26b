"""How high a row must be for its text to be seen: what a clerk does by hand before printing."""

from __future__ import annotations

from samples.sheet import Page
from samples.write_text import as_text

LINE = 15.0  # points a line of 11 pt text takes
FIXED = {"title": 30.0, "annex": 18.0, "line": 18.0, "line_right": 18.0}


def row_heights(page: Page) -> dict[int, float]:
    """Points for each row with anything in it; a cell merged over rows asks for nothing."""
    across = {(t, left): right for t, left, b, right in page.merges if t == b}
    tall = {(t, left) for t, left, b, right in page.merges if b > t}
    heights: dict[int, float] = {}
    for (r, c), cell in page.cells.items():
        if (r, c) in tall:
            continue
        width = sum(page.widths[c : across.get((r, c), c) + 1]) or 9
        needed = FIXED.get(cell.look) or 5 + LINE * _lines(as_text(cell), width)
        heights[r] = max(heights.get(r, 0), needed)
    return heights


def _lines(text: str, width: float) -> int:
    """Lines that `text` takes in a column of `width` digits; a Chinese character is two digits wide."""
    return sum(max(1, -int(-_wide(line) // max(2, width - 1))) for line in text.split("\n"))


def _wide(text: str) -> int:
    return sum(2 if ord(ch) > 0x2E80 else 1 for ch in text)

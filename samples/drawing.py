"""A page drawn as the sheet that is written: formulas spelled out, rows as high as a clerk makes them before printing."""

from __future__ import annotations

from samples.sheet import Cell, Page
from samples.writers.sheet import Ink, Sheet, a1, as_text

LINE = 15.0  # points a line of 11 pt text takes
FIXED = {"title": 30.0, "annex": 18.0, "line": 18.0, "line_right": 18.0}


def drawn(page: Page) -> Sheet:
    """The page as writers take it, printed across."""
    return Sheet(
        page.name,
        {(r, c): _ink(cell, r, c) for (r, c), cell in sorted(page.cells.items())},
        page.merges,
        page.hidden,
        hidden=page.hidden_page,
        widths=page.widths,
        heights=row_heights(page),
        landscape=True,
    )


def _ink(cell: Cell, row: int, col: int) -> Ink:
    if cell.above:
        formula = f"=SUM({a1(row - cell.above, col)}:{a1(row - 1, col)})"
        return Ink(cell.shown if cell.stored else None, formula=formula, look=cell.look)
    if cell.shown == "#REF!":
        return Ink(cell.shown, formula="=SUM(#REF!)", look=cell.look)
    return Ink(cell.shown, struck=cell.struck, look=cell.look)


def row_heights(page: Page) -> dict[int, float]:
    """Points for each row with anything in it; a cell merged over rows asks for nothing."""
    across = {(t, left): right for t, left, b, right in page.merges if t == b}
    tall = {(t, left) for t, left, b, right in page.merges if b > t}
    heights: dict[int, float] = {}
    for (r, c), cell in page.cells.items():
        if (r, c) in tall:
            continue
        width = sum(page.widths[c : across.get((r, c), c) + 1]) or 9
        needed = FIXED.get(cell.look) or 5 + LINE * _lines(as_text(cell.shown), width)
        heights[r] = max(heights.get(r, 0), needed)
    return heights


def _lines(text: str, width: float) -> int:
    """Lines that `text` takes in a column of `width` digits; a Chinese character is two digits wide."""
    return sum(max(1, -int(-_wide(line) // max(2, width - 1))) for line in text.split("\n"))


def _wide(text: str) -> int:
    return sum(2 if ord(ch) > 0x2E80 else 1 for ch in text)

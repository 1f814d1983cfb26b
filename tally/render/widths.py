"""How wide each column of a table is and how large its text: one answer for PDF and Word."""

from __future__ import annotations

import re
from dataclasses import dataclass

from tally.blocks import Table
from tally.render.grid import column_count, placed

SIZES = (10.5, 9.0, 8.0, 7.5)  # pt: 五号, 小五, between, 六号
PADDING_MM = 2.4  # left and right together
MM_PER_PT = 25.4 / 72
UNBROKEN = 20  # characters; longer Latin runs may be broken
LONGEST_WANTED = 24  # em; longer texts wrap
SHORTEST = 2.2  # em; two Chinese characters

_WIDE = re.compile(r"[^\x00-\u2e7f]|[·—…“”‘’]")
_RUN = re.compile(r"[!-\u2e7f]{2,}")
_LATIN_EM = 0.57


@dataclass(frozen=True, slots=True)
class Fit:
    """`widths` in mm, one a column, together the width asked for; `size` of the text in pt."""

    widths: tuple[float, ...]
    size: float


def fit(table: Table, width_mm: float) -> Fit:
    """Columns that keep numbers, codes and two-character words whole, at the largest size that allows it.

    `table.widths` are taken as proportions; without them the texts' lengths decide.
    """
    columns = column_count(table)
    if not columns:
        return Fit((), SIZES[0])
    least, wanted = _needs(table, columns)
    for size in SIZES:
        mm = size * MM_PER_PT
        floor = [em * mm + PADDING_MM for em in least]
        if sum(floor) <= width_mm:
            break
    shares = list(table.widths) if len(table.widths) == columns else [em * mm + PADDING_MM for em in wanted]
    return Fit(tuple(round(w, 2) for w in _shared(width_mm, floor, shares)), size)


def ems(text: str) -> float:
    """About how wide a line of text is, in its own size."""
    wide = len(_WIDE.findall(text))
    return wide + (len(text) - wide) * _LATIN_EM


def _needs(table: Table, columns: int) -> tuple[list[float], list[float]]:
    """Per column in em: what must stay in one piece, and what would be pleasant."""
    least, wanted = [SHORTEST] * columns, [SHORTEST] * columns
    for head, rows in ((True, table.head), (False, table.body)):
        for _, c, cell in placed(rows):
            if cell.colspan > 1 or c >= columns:
                continue
            for line in cell.text.split("\n"):
                pieces = (ems(run) for run in _RUN.findall(line) if len(run) <= UNBROKEN)
                least[c] = max(least[c], *pieces, 0.0)
                whole = ems(line)
                wanted[c] = max(wanted[c], min(whole / 2 if head and whole > 6 else whole, LONGEST_WANTED))
    return least, wanted


def _shared(width: float, floor: list[float], shares: list[float]) -> list[float]:
    """`width` divided by `shares`, but no column under its floor (unless the floors alone are too much)."""
    if sum(floor) >= width:
        return [f * width / sum(floor) for f in floor]
    fixed: set[int] = set()
    while True:
        free = [i for i in range(len(floor)) if i not in fixed]
        left = width - sum(floor[i] for i in fixed)
        part = left / (sum(shares[i] for i in free) or 1)
        short = {i for i in free if shares[i] * part < floor[i]}
        if not short:
            return [floor[i] if i in fixed else shares[i] * part for i in range(len(floor))]
        fixed |= short

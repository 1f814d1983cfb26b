"""How much room the texts of a table need, estimated without a font: one answer for PDF and Word."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass

from tally.blocks import Entry, Head, Table
from tally.render.grid import placed

MM_PER_PT = 25.4 / 72
PADDING_MM = 2.4  # left and right together
LINE_HIGH = 1.4  # em, with what stands between lines
UNBROKEN = 20  # characters; longer Latin runs may be broken
SHORTEST = 2.2  # em; two Chinese characters
MOST_HEAD_LINES = 3  # of one header text
SAMPLE = 200  # rows looked at; a longer table is known by every n-th

_WIDE = re.compile(r"[^\x00-\u2e7f]|[·—…“”‘’]")
_BROAD = re.compile(r"[mwMW@%]")
_RUN = re.compile(r"[!-\u2e7f]{2,}")
_LATIN, _BROADER = 0.58, 0.32  # em; the second is what m, w and their like need on top


@dataclass(frozen=True, slots=True)
class Needs:
    """What the columns of a table need, in em: `least` to keep words whole, `rows` each cell's length by row."""

    least: tuple[float, ...]
    rows: tuple[tuple[float, ...], ...]

    def column(self, c: int) -> list[float]:
        return [row[c] for row in self.rows]


def needs(table: Table, columns: int) -> Needs:
    """The needs of a table's columns; cells that span several columns count for none of them."""
    least = [SHORTEST] * columns
    for _, c, cell in placed(table.head):
        if cell.colspan == 1:
            heads = (ems(line) / MOST_HEAD_LINES for line in cell.text.split("\n"))
            least[c] = max(least[c], longest_word(cell.text), *heads)
    body = table.body[:: max(1, len(table.body) // SAMPLE)]
    lengths = [[0.0] * columns for _ in body]
    for r, c, cell in placed(body):
        if cell.colspan == 1 and c < columns:
            least[c] = max(least[c], longest_word(cell.text))
            lengths[r][c] = _whole(cell)
    return Needs(tuple(least), tuple(map(tuple, lengths)))


def ems(text: str) -> float:
    """About how wide a line of text is, in its own size."""
    wide = len(_WIDE.findall(text))
    return wide + (len(text) - wide) * _LATIN + len(_BROAD.findall(text)) * _BROADER


def longest_word(text: str) -> float:
    """The widest Latin run that is to stay in one piece, in em; 0 if there is none."""
    return max((ems(run) for run in _RUN.findall(text) if len(run) <= UNBROKEN), default=0.0)


def height(found: Needs, widths: tuple[float, ...], size: float) -> float:
    """About how high the rows of the sample are together, in mm."""
    em = size * MM_PER_PT
    room = [max(width - PADDING_MM, em) / em for width in widths]
    lines = sum(max((math.ceil(n / r) for n, r in zip(row, room, strict=True)), default=1) or 1 for row in found.rows)
    return lines * em * LINE_HIGH + len(found.rows) * PADDING_MM


def _whole(cell: Head | Entry) -> float:
    """A cell's length as one line; a line end in it counts as a line of its own, roughly."""
    parts = cell.text.split("\n")
    return max(map(ems, parts)) * len(parts)

"""How much room the texts of a table need, estimated without a font: one answer for PDF and Word."""

from __future__ import annotations

import math
import operator
import re
from collections.abc import Sequence
from dataclasses import dataclass

from tally.blocks import Entry, Head, Table
from tally.render.document.grid import Rows, placed
from tally.render.document.text import PIECE, drawn
from tally.writing.words import pieces

MM_PER_PT = 25.4 / 72
PADDING_MM = 2.8  # left and right together, with a little for what an estimate misses
LINE_HIGH = 1.35  # em, with what stands between lines
ABOVE_AND_BELOW_MM = 2.2
PADDING_TIGHT_MM = 1.8  # the same in a crowded table
UNBROKEN, UNBROKEN_TIGHT = 20, 14  # characters; longer Latin runs may be broken, in a crowded table credit codes too
SHORTEST = 2.2  # em; two Chinese characters
WORD = 5.1  # em; a text up to five Chinese characters (盐南高新区) stays in one piece
PHRASE = 10.2  # em; a few words with a number (上升0.96个百分点) do where there is room
FIRST_WORD = 8.1  # the same in a row's first cell, which names it (不正当竞争类案件)
HEAD_WORD = 3.1  # the same in a header
BOLD = 1.08  # a number may stand in bold, or in a substitute face that is a little wider
MOST_HEAD_LINES = 3  # of one header text
SAMPLE = 200  # rows looked at; a longer table is known by every n-th

_WIDE = re.compile(r"[^\x00-\u2e7f]|[·—…“”‘’▲●◐○×]")
_BROAD = re.compile(r"[mwMW@%]")
_RUN = re.compile(r"[!-\u2e7f]{2,}")
_DATE = re.compile(r"\d{4}年\d{1,2}月\d{1,2}日")
_NUMBER = re.compile(r"▲?[-+−]?\d[\d.,]*[^\d\s]{0,3}")  # with its unit of measure: never broken
_AMOUNT = re.compile(r"\d[\d.,]{0,30}(?:万?[元只]|个百分点|[件家批处条人户天次]次?)")  # within a text
_LATIN, _BROADER = 0.64, 0.32  # em; as in the broadest face that stands in (DejaVu Sans); m, w and their like need more
_SEAM = re.compile(
    r"(?<=[0-9A-Za-z])(?=[\u2e80-\uffdc])(?![，。；：、）])|(?<=[\u2e80-\uffdc])(?<![（，。；：、])(?=[0-9A-Za-z])"
)
_SEAM_WIDE = 0.2  # em that some programs put between a Chinese character and a digit, whatever the file says


@dataclass(frozen=True, slots=True)
class Needs:
    """What the columns of a table need, in em: `least` to keep words whole, `rows` each cell's length by row.

    `padding` is what stands left and right of a cell's text together, in mm.
    """

    least: tuple[float, ...]
    rows: tuple[tuple[float, ...], ...]
    padding: float = PADDING_MM

    def column(self, c: int) -> list[float]:
        return [row[c] for row in self.rows]


ROOMY = 6  # columns at most, of a table in which a column of texts is never narrower than a word


def needs(table: Table, columns: int, *, tight: bool = False, word: float = WORD) -> Needs:
    """The needs of a table's columns; cells that span several columns count for none of them.

    `tight` is for a crowded table: less room around texts, and credit codes on two lines. Texts up to `word` em stay
    in one piece.
    """
    unbroken = UNBROKEN_TIGHT if tight else UNBROKEN
    least = [SHORTEST] * columns
    body = table.body[:: max(1, len(table.body) // SAMPLE)]
    lengths = [[0.0] * columns for _ in (*table.head, *body)]
    for first, rows, is_head in ((0, table.head, True), (len(table.head), body, False)):
        for r, c, cell in placed(rows):
            if cell.colspan == 1 and c < columns:
                least[c] = max(
                    least[c], _in_one_piece(drawn(cell), HEAD_WORD if is_head else word if c else FIRST_WORD, unbroken)
                )
                lengths[first + r][c] = _whole(cell) / cell.rowspan
                if columns <= ROOMY and not is_head and lengths[first + r][c] > WORD:
                    least[c] = max(least[c], WORD)
    return Needs(tuple(least), tuple(map(tuple, lengths)), PADDING_TIGHT_MM if tight else PADDING_MM)


def is_number(cell: Entry) -> bool:
    """Whether a cell holds one number, with a mark or its unit of measure, which must stay on one line."""
    return bool(_NUMBER.fullmatch(drawn(cell)))


def is_phrase(cell: Entry) -> bool:
    """Whether a cell holds so few words that each of its lines stays one where there is room."""
    return max(map(ems, drawn(cell).split("\n"))) <= PHRASE


def _in_one_piece(text: str, word: float, unbroken: int) -> float:
    """The widest part of a text that should not be broken, in em; a line up to `word` is not."""
    if _NUMBER.fullmatch(text):
        return _held(text) * BOLD
    runs = [*_DATE.findall(text), *_AMOUNT.findall(text), *_RUN.findall(text)]
    parts = [_held(run if len(run) <= unbroken else run[:PIECE]) for run in runs]
    for line in text.split("\n"):
        whole = _held(line)
        if whole <= word:
            parts.append(whole)
        elif word == HEAD_WORD:
            parts += [whole / MOST_HEAD_LINES, *(width for width in map(ems, pieces(line)) if width <= WORD)]
    return max(parts, default=0.0)


def _held(text: str) -> float:
    """How wide a text has to be so that no program breaks it."""
    return ems(text) + _SEAM_WIDE * len(_SEAM.findall(text))


def ems(text: str) -> float:
    """About how wide a line of text is, in its own size."""
    wide = len(_WIDE.findall(text))
    return wide + (len(text) - wide) * _LATIN + len(_BROAD.findall(text)) * _BROADER


def line_counts(breaks: Needs, widths: tuple[float, ...], size: float) -> list[int]:
    """How many lines each row of the sample takes at these widths (mm) and this size (pt)."""
    em = size * MM_PER_PT
    room = [max(width - breaks.padding, em) / em for width in widths]
    return [max(1, *map(math.ceil, map(operator.truediv, row, room))) for row in breaks.rows]


def row_heights(rows: Rows, widths: Sequence[float], size: float, padding: float = PADDING_MM) -> tuple[float, ...]:
    """About how high each row is, in mm; a cell that spans rows counts for the last of them as far as it needs."""
    em = size * MM_PER_PT
    lines = [1] * len(rows)
    for r, c, cell in placed(rows):
        room = max(sum(widths[c : c + cell.colspan]) - padding, em) / em
        if len(cell.text) <= room and "\n" not in cell.text:
            continue
        needed = sum(max(1, math.ceil(ems(part) / room)) for part in drawn(cell).split("\n"))
        last = min(r + cell.rowspan, len(rows)) - 1
        lines[last] = max(lines[last], needed - sum(lines[r:last]))
    return tuple(count * em * LINE_HIGH + ABOVE_AND_BELOW_MM for count in lines)


def _whole(cell: Head | Entry) -> float:
    """A cell's length as one line; a line end in it counts as a line of its own, roughly."""
    parts = drawn(cell).split("\n")
    return max(map(ems, parts)) * len(parts)

"""Tables without vertical lines: pieces of text that stand under one another in columns. Where two columns run together, none."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from tally.readers.pdf.glyphs import Glyph, Piece, lines_of, pieces_of
from tally.readers.pdf.table import Table
from tally.readers.text_tables.aligned import by_place

_FEWEST_LINES = 3
_FEWEST_PIECES = 4
_SENTENCE_ENDS = "。；"


def unruled_tables(number: int, glyphs: Iterable[Glyph]) -> list[Table]:
    """The tables among the glyphs that no drawn table holds, from above."""
    lines = [pieces_of(line) for line in lines_of(glyphs)]
    return [table for block in _blocks(lines) if (table := _table(number, block))]


def _blocks(lines: list[list[Piece]]) -> Iterator[list[list[Piece]]]:
    """Stretches of lines with several pieces, from the first that has as many as a table has."""
    block: list[list[Piece]] = []
    for line in [*lines, []]:
        text = "".join(p.text for p in line)
        if len(line) >= 2 and text[-1] not in _SENTENCE_ENDS:
            block.append(line)
            continue
        while block and len(block[0]) < _FEWEST_PIECES:
            block.pop(0)
        if sum(len(x) >= _FEWEST_PIECES for x in block) >= _FEWEST_LINES:
            yield block
        block = []


def _table(number: int, block: list[list[Piece]]) -> Table | None:
    placed = by_place(dict(enumerate(block)), max(map(len, block)))
    if placed is None:
        return None
    width = max(map(len, block))
    rows = [[""] * width for _ in block]
    marks: dict[tuple[int, int], dict[str, Any]] = {}
    for r, cells in placed.items():
        for c, piece in cells:
            rows[r][c] = piece.text
            if piece.facts:
                marks[r, c] = dict(piece.facts)
    pieces = [p for line in block for p in line]
    left, right = min(p.left for p in pieces), max(p.right for p in pieces)
    box = (left, min(p.top for p in pieces), right, max(p.bottom for p in pieces))
    starts = [right] * width
    for cells in placed.values():
        for c, piece in cells:
            starts[c] = min(starts[c], piece.left)
    return Table(number, box, rows, (*starts, right), marks=marks)

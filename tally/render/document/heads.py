"""Header texts broken between words, as many words to a line as a column holds: one answer for PDF and Word."""

from __future__ import annotations

from dataclasses import replace

from tally.blocks import Entry, Head, Table
from tally.render.document.grid import filled, placed
from tally.render.document.measure import MM_PER_PT, PADDING_MM, PADDING_TIGHT_MM, ems
from tally.render.document.widths import Fit
from tally.writing.words import pieces


def head_rows(table: Table, shape: Fit) -> list[list[Head | Entry]]:
    """The header's rows as they are drawn, a rectangle of as many columns as the table has."""
    rows = filled(table.head, len(shape.widths))
    padding = PADDING_TIGHT_MM if shape.tight else PADDING_MM
    drawn: list[list[Head | Entry]] = [[] for _ in rows]
    for r, c, cell in placed(rows):
        room = (sum(shape.widths[c : c + cell.colspan]) - padding) / (shape.size * MM_PER_PT)
        drawn[r].append(replace(cell, text=wrapped(cell.text, room)))
    return drawn


def wrapped(text: str, room: float) -> str:
    """A text with line ends between its words, so that no line is wider than `room` em if a word is not."""
    return "\n".join(_packed(line, room) for line in text.split("\n"))


def _packed(line: str, room: float) -> str:
    if ems(line) <= room:
        return line
    lines = [""]
    for piece in pieces(line):
        if lines[-1] and ems(lines[-1] + piece) > room:
            lines.append("")
        lines[-1] += piece
    return "\n".join(lines)

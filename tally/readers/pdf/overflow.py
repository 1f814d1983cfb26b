"""Text that does not fit its cell in a PDF: cut off at the cell's edge, or running on into the cells beside it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise

from tally.model import Span
from tally.readers.pdf.glyphs import Glyph
from tally.readers.pdf.table import Box

_AT_EDGE = 0.4  # points between a text's end and its cell's edge: programs leave more unless they cut it off
_PRINTED_SMALL = 0.04  # of the size: in a sheet that is printed small all distances are
ACROSS = 0.25  # of a glyph's size: so far over the edge is no matter of a font's metrics
PITCH = 1.7  # of a glyph's size: lines of one text stand closer together
OFF = 0.15  # of a glyph's size by which lines may differ in height and stand alike in their cells

Written = tuple[Sequence[Glyph], Span | None]  # what was written in one go, and the cell that it is read in


def doubtful(held: Mapping[Span, list[Glyph]], written: Sequence[Written], cells: Mapping[Span, Box]) -> set[Span]:
    """The cells whose text may go on unseen, or may be a neighbour's."""
    spans = {span for span, glyphs in held.items() if _reaches_over(glyphs, cells[span])}
    for (first, above), (second, below) in pairwise(written):
        if (
            above
            and below
            and above.bottom + 1 == below.top
            and _one_text(first[0], second[0], cells[above], cells[below])
        ):
            spans |= {above, below}
    return spans


def _reaches_over(glyphs: Sequence[Glyph], cell: Box) -> bool:
    last = max(glyphs, key=lambda glyph: glyph.x1)
    if last.x1 > cell[2] - min(_AT_EDGE, last.size * _PRINTED_SMALL) or any(glyph.cut_off for glyph in glyphs):
        return True
    return any(_sticks_out(glyph, cell) for glyph in glyphs)


def _sticks_out(glyph: Glyph, cell: Box) -> bool:
    """Whether a line of text stands across its cell's upper or lower edge, and nothing says whose it is."""
    over = max(cell[1] - glyph.top, glyph.bottom - cell[3])
    return glyph.region is None and over > glyph.size * ACROSS


def _one_text(one: Glyph, other: Glyph, above: Box, below: Box) -> bool:
    """Whether two lines written one after the other in cells one below the other stand as lines of one text do.

    Lines that stand alike each in its own cell are as far apart as the cells are.
    """
    if one.region or other.region or above[0] >= below[2] or below[0] >= above[2]:
        return False
    pitch, rows = other.top - one.top, below[1] - above[1]
    return 0 < pitch < one.size * PITCH and abs(pitch - rows) > one.size * OFF

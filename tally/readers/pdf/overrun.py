"""Text of several lines in a cell too low for it: its lines lie over the rules, in the cells above and below, or outside.

Whose it is, is told by the text as a whole: by the only cell it touches that holds nothing else, or by how it is set in one.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from itertools import pairwise

from tally.model import Span
from tally.readers.pdf.glyphs import Glyph
from tally.readers.pdf.overflow import ACROSS, OFF, PITCH, Written
from tally.readers.pdf.table import Box

_NEAREST = 0.8  # of a glyph's size: lines of one text are no closer
_SET = 0.35  # of a glyph's size by which a text may be off the middle or the edge that it is set to
_WAYS = ("middle", "top", "bottom")
_INDENT = 0.6  # of a glyph's size: a bracket at a line's beginning is set half its width further out
_REACH = 1.0  # points by which a line may be wider than its column


class Overrun:
    """Where lines belong that lie in another cell than their text, by their number; and the cells of texts that nothing places."""

    def __init__(self, written: Sequence[Written], cells: Mapping[Span, Box]) -> None:
        self.homes: dict[int, Span] = {}
        self.unplaced: set[Span] = set()
        texts = [_Text(lines, written, cells) for lines in _texts(written, cells)]
        over = [text for text in texts if text.touched and text.lies_over]
        alike = _set_alike_in(over)
        for n, text in enumerate(over):
            owner = alike[n] if alike else text.owner
            if owner is None:
                self.unplaced.update(text.touched)
            else:
                self.homes.update(dict.fromkeys(text.lines, owner))


class _Text:
    """Lines of one text, by their numbers, and the cells that some of it lies in."""

    def __init__(self, lines: Sequence[int], written: Sequence[Written], cells: Mapping[Span, Box]) -> None:
        self.lines, self.cells = lines, cells
        self.written = [written[n] for n in lines]
        self.first, self.last = self.written[0][0][0], self.written[-1][0][0]
        self.touched = list(dict.fromkeys(span for _, span in self.written if span is not None))
        self.others = {span for n, (_, span) in enumerate(written) if n not in lines}

    @property
    def lies_over(self) -> bool:
        """Whether its lines stand otherwise than lines in cells of their own do: across a rule, or closer than the rows."""
        if len({span for _, span in self.written}) < 2:
            return False
        edges = {edge for span in self.touched for edge in (self.cells[span][1], self.cells[span][3])}
        if any(_crosses(run[0], edge) for run, _ in self.written for edge in edges):
            return True
        tops = [self.cells[span][1] for span in self.touched]
        pitch = self.written[1][0][0].top - self.first.top
        return any(abs(pitch - (below - above)) > self.first.size * OFF for above, below in pairwise(tops))

    @property
    def owner(self) -> Span | None:
        """The only cell it touches that holds nothing else, or that it is set in as texts are."""
        free = [span for span in self.touched if span not in self.others]
        if len(free) == 1:
            return free[0]
        fitting = [span for span in free or self.touched if any(self.is_set(way, span) for way in _WAYS)]
        return fitting[0] if len(fitting) == 1 else None

    def is_set(self, way: str, span: Span) -> bool:
        """Whether it stands as a whole in the middle of the cell, begins at its top or ends at its bottom."""
        _, top, _, bottom = self.cells[span]
        off = {
            "middle": (self.first.top + self.last.bottom) / 2 - (top + bottom) / 2,
            "top": self.first.top - top,
            "bottom": self.last.bottom - bottom,
        }
        return abs(off[way]) < self.first.size * _SET


def _set_alike_in(texts: Sequence[_Text]) -> list[Span]:
    """The cell of each, where there is one way in which all are set, each in one cell and no two in the same; else none."""
    found: list[list[Span]] = []
    for way in _WAYS:
        fitting = [[span for span in text.touched if text.is_set(way, span)] for text in texts]
        cells = [spans[0] for spans in fitting if len(spans) == 1]
        if len(cells) == len(texts) == len(set(cells)) and cells not in found:
            found.append(cells)
    return found[0] if len(found) == 1 else []


def _texts(written: Sequence[Written], cells: Mapping[Span, Box]) -> list[list[int]]:
    """Lines by the text they are of: written one after the other in a column, set alike, one as far below the next as the other."""
    texts: list[list[int]] = []
    edges = sorted({edge for left, _, right, _ in cells.values() for edge in (left, right)})
    columns = [bisect_right(edges, run[0].middle[0]) for run, _ in written]
    inside = [n for n, column in enumerate(columns) if 0 < column < len(edges)]
    for n in sorted(inside, key=columns.__getitem__):
        if texts and _goes_on([written[at] for at in texts[-1]], written[n], edges[columns[n] - 1 : columns[n] + 1]):
            texts[-1].append(n)
        else:
            texts.append([n])
    return [text for text in texts if len(text) > 1]


def _goes_on(text: Sequence[Written], line: Written, column: Sequence[float]) -> bool:
    """Whether a line is the next one of the text; `column`: where the narrowest column around it begins and ends."""
    above, below = text[-1][0], line[0]
    one, next_one = above[0], below[0]
    if one.region or next_one.region:
        return False
    pitch, size = next_one.top - one.top, one.size
    earlier = pitch if len(text) < 2 else one.top - text[-2][0][0].top
    alike = abs(size - next_one.size) < size * OFF and abs(pitch - earlier) < size * OFF
    if not alike or not size * _NEAREST < pitch < size * PITCH or not _set_alike(above, below):
        return False
    left, right = column[0] - size * _INDENT, column[1] + _REACH
    return all(left <= run[0].x0 and run[-1].x1 <= right for run in (above, below))


def _set_alike(one: Sequence[Glyph], other: Sequence[Glyph]) -> bool:
    """Whether both lines begin, end or have their middle at one place."""
    left, right = one[0].x0 - other[0].x0, one[-1].x1 - other[-1].x1
    return min(abs(left), abs(right), abs(left + right) / 2) < one[0].size * _INDENT


def _crosses(glyph: Glyph, edge: float) -> bool:
    return min(edge - glyph.top, glyph.bottom - edge) > glyph.size * ACROSS

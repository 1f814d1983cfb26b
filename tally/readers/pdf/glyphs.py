"""What stands on a page: glyphs with their boxes, put together to lines and pieces by where they stand."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import groupby, pairwise
from typing import Any

from tally.readers import runs
from tally.readers.runs import PLAIN_FONT, Font, cell_text

_SAME_LINE = 0.5  # share of a glyph's height by which two may differ and stand on one line
_SPACE = 0.3  # of the size: a gap that is a space; between two Chinese characters twice that
_TOUCHING = 0.12  # of the size: a smaller gap is none
_INSET = 2.0  # points: a cell's region may reach over its edge by less
_FIELD = 1.6  # of the size: a gap that sets two things apart
_FOOT = 0.12  # of the size: what reaches below the line that letters stand on
_OVERPRINTED = 0.4  # of a glyph's width: so far over its neighbour it is typed on it
OVERPRINT = "overprint"  # the look of a glyph that is
_SMALL = 0.85  # of the size of the largest on its line: marks above and below the line are smaller
_SHIFT = 0.05, 0.3  # of that size, from the base line: where a small letter is a mark, where any is


@dataclass(frozen=True, slots=True)
class Glyph:
    """A character (or a field's text as one); points from the page's top left corner as it is shown.

    `region`: the part of the page that it is shown in, None for all of it.
    """

    text: str
    x0: float
    x1: float
    top: float
    bottom: float
    region: tuple[float, float, float, float] | None = None  # left, top, right, bottom
    font: Font = PLAIN_FONT
    base: float | None = None  # the line that it stands on
    turn: int = 0  # degrees by which it is turned to the left: 90 reads upwards, 270 downwards

    @property
    def size(self) -> float:
        return max(self.bottom - self.top, 1.0)

    @property
    def foot(self) -> float:
        """The height of the line that it stands on."""
        return self.bottom - self.size * _FOOT if self.base is None else self.base

    @property
    def middle(self) -> tuple[float, float]:
        return (self.x0 + self.x1) / 2, (self.top + self.bottom) / 2

    @property
    def home(self) -> tuple[float, float]:
        """A place in the cell that it belongs to: its middle, or, where it is cut off there, one within its region."""
        x, y = self.middle
        if self.region is None:
            return x, y
        left, top, right, bottom = self.region
        inset = min(_INSET, (right - left) / 2)
        x = min(max(x, left + inset), right - inset)
        return x, y if top <= y <= bottom else (top + bottom) / 2

    @property
    def cut_off(self) -> bool:
        """Whether nothing of it is shown."""
        if self.region is None:
            return False
        left, top, right, bottom = self.region
        return self.x1 <= left or self.x0 >= right or self.bottom <= top or self.top >= bottom


@dataclass(frozen=True, slots=True)
class Piece:
    """Text of one line without a wide gap in it."""

    text: str
    left: float
    right: float
    top: float
    bottom: float
    facts: Mapping[str, Any]  # for its cell's mark


def runs_of(glyphs: Iterable[Glyph]) -> list[list[Glyph]]:
    """Glyphs in the file's order, together where one follows close upon the other on one line: text written in one go."""
    runs: list[list[Glyph]] = []
    for glyph in glyphs:
        last = runs[-1][-1] if runs else None
        level = last is not None and abs(glyph.middle[1] - last.middle[1]) < glyph.size * _SAME_LINE
        if last is not None and level and abs(glyph.x0 - last.x1) <= glyph.size * _TOUCHING:
            runs[-1].append(glyph)
        else:
            runs.append([glyph])
    return runs


def lines_of(glyphs: Iterable[Glyph]) -> list[list[Glyph]]:
    """Glyphs by line, lines from above, glyphs from the left."""
    lines: list[list[Glyph]] = []
    for glyph in sorted((g for g in glyphs if g.text.strip()), key=lambda g: g.middle[1]):
        if lines and glyph.middle[1] - _middle(lines[-1]) <= max(glyph.size, lines[-1][-1].size) * _SAME_LINE:
            lines[-1].append(glyph)
        else:
            lines.append([glyph])
    return [sorted(line, key=lambda g: g.x0) for line in lines]


def _middle(line: list[Glyph]) -> float:
    return sum(g.middle[1] for g in line) / len(line)


def text_of(glyphs: Iterable[Glyph]) -> tuple[str, dict[str, Any]]:
    """What of it counts and the facts for a cell's mark: lines apart by newlines, gaps within a line as a space."""
    pieces: list[runs.Piece] = []
    for line in lines_of(_upright(list(glyphs))):
        if pieces:
            pieces.append(runs.Piece("\n", pieces[-1].font))
        pieces += _looks(line)
    text, facts = cell_text(pieces)
    return text.strip(), facts


def _upright(glyphs: list[Glyph]) -> list[Glyph]:
    """Text all of which is turned alike, as it stands when the page is turned so that it can be read."""
    turns = {glyph.turn for glyph in glyphs}
    if turns == {90}:
        return [replace(g, x0=-g.bottom, x1=-g.top, top=g.x0, bottom=g.x1, base=None, turn=0) for g in glyphs]
    if turns == {270}:
        return [replace(g, x0=g.top, x1=g.bottom, top=-g.x1, bottom=-g.x0, base=None, turn=0) for g in glyphs]
    return glyphs


def _looks(line: list[Glyph]) -> Iterator[runs.Piece]:
    largest = max(line, key=lambda glyph: glyph.size)
    if any(_lie_over(a, b) for a, b in pairwise(line)):
        line = list(_overprinted(line))
    for font, parts in groupby(_spaced(line), key=lambda part: _font(part[1], largest)):
        yield runs.Piece("".join(text for text, _ in parts), font)


def _lie_over(a: Glyph, b: Glyph) -> bool:
    """Whether two neighbours on a line are typed on one another."""
    return b.x0 < a.x1 - _OVERPRINTED * min(a.x1 - a.x0, b.x1 - b.x0)


def _overprinted(line: list[Glyph]) -> Iterator[Glyph]:
    """The line, every other glyph of those that are typed on one another with a look of its own: they are no one number."""
    odd = False
    for a, b in pairwise([line[0], *line]):
        odd = not odd if a is not b and _lie_over(a, b) else False
        yield replace(b, font=b.font._replace(weight=OVERPRINT)) if odd else b


def _font(glyph: Glyph, largest: Glyph) -> Font:
    """Its font, raised or lowered where it stands so beside the largest on its line."""
    small = glyph.size < largest.size * _SMALL
    above, least = largest.foot - glyph.foot, largest.size * _SHIFT[0 if small else 1]
    if abs(above) < least:
        return glyph.font
    return glyph.font._replace(position="raised" if above > 0 else "lowered")


def _spaced(line: list[Glyph]) -> Iterator[tuple[str, Glyph]]:
    """Each glyph's text, a space before it where there is a gap."""
    before: Glyph | None = None
    for glyph in line:
        gap = before is not None and glyph.x0 - before.x1 > _gap(before, glyph)
        yield (" " if gap else "") + glyph.text, glyph
        before = glyph


def _gap(a: Glyph, b: Glyph) -> float:
    wide = a.text[-1] > "\u2e80" or b.text[0] > "\u2e80"
    return max(a.size, b.size) * _SPACE * (1 + wide)


def pieces_of(line: list[Glyph]) -> list[Piece]:
    """A line's glyphs as pieces with wide gaps between them."""
    groups: list[list[Glyph]] = []
    for glyph in line:
        if groups and glyph.x0 - groups[-1][-1].x1 <= _FIELD * glyph.size:
            groups[-1].append(glyph)
        else:
            groups.append([glyph])
    return [_piece(g) for g in groups]


def _piece(group: list[Glyph]) -> Piece:
    top, bottom = min(g.top for g in group), max(g.bottom for g in group)
    text, facts = text_of(group)
    return Piece(text, group[0].x0, group[-1].x1, top, bottom, facts)

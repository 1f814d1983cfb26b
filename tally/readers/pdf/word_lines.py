"""What stands at one height of a page, as words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

from tally.readers.pdf.glyphs import Glyph, lines_of
from tally.writing.nothing import NOTHING

_WORD, _FIELD = 0.35, 1.6  # of a glyph's size: gaps between words, and between two things set apart


@dataclass(frozen=True)
class Word:
    """Glyphs that follow close upon one another."""

    glyphs: tuple[Glyph, ...]

    @property
    def left(self) -> float:
        return self.glyphs[0].x0

    @property
    def right(self) -> float:
        return self.glyphs[-1].x1

    @property
    def text(self) -> str:
        return "".join(glyph.text for glyph in self.glyphs).strip()

    @property
    def is_figure(self) -> bool:
        return self.text[:1].isdigit() or self.text in NOTHING


@dataclass(frozen=True)
class Line:
    """Words from the left."""

    words: tuple[Word, ...]

    @cached_property
    def top(self) -> float:
        return min(glyph.top for word in self.words for glyph in word.glyphs)

    @cached_property
    def bottom(self) -> float:
        return max(glyph.bottom for word in self.words for glyph in word.glyphs)

    @cached_property
    def size(self) -> float:
        return max(glyph.size for word in self.words for glyph in word.glyphs)

    @cached_property
    def fields(self) -> int:
        """How many things stand apart on it."""
        return 1 + sum(b.left - a.right > self.size * _FIELD for a, b in pairwise(self.words))

    @property
    def text(self) -> str:
        return "".join(word.text for word in self.words)

    @property
    def has_figures(self) -> bool:
        """Whether most of it are figures."""
        return sum(word.is_figure for word in self.words) * 2 >= len(self.words) > 2


def word_lines(glyphs: Iterable[Glyph]) -> list[Line]:
    """All lines, from above."""
    return [Line(tuple(_words(line))) for line in lines_of(glyphs)]


def _words(line: list[Glyph]) -> Iterator[Word]:
    word: list[Glyph] = []
    for glyph in line:
        if word and glyph.x0 - word[-1].x1 > glyph.size * _WORD:
            yield Word(tuple(word))
            word = []
        word.append(glyph)
    yield Word(tuple(word))

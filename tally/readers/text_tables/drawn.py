"""One table found among the lines of a text."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass, field

from tally.model import Span


@dataclass
class Drawn:
    """`cells[(line, column)]` is text as written; lines are those of the text, so that an address is a line of the file.

    `first` and `last` are the table's lines, rules among them; `struck` are cells whose whole text is struck through.
    """

    first: int
    last: int
    cells: dict[tuple[int, int], str] = field(default_factory=dict)
    merges: list[Span] = field(default_factory=list)
    struck: set[tuple[int, int]] = field(default_factory=set)


def width(char: str, ambiguous: int = 1) -> int:
    """How many columns a character takes; box characters (and others) take two where a font is made for Chinese."""
    kind = unicodedata.east_asian_width(char)
    if unicodedata.combining(char):
        return 0
    return 2 if kind in "WF" else ambiguous if kind == "A" else 1


def places(line: str, ambiguous: int = 1) -> list[int]:
    """The column at which each character begins, and that after the last."""
    at, ends = 0, []
    for char in line:
        ends.append(at)
        at += width(char, ambiguous)
    return [*ends, at]

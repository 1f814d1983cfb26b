"""A table found on a page, before it is a grid."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from tally.model import Span
from tally.readers.pdf.glyphs import Glyph

Box = tuple[float, float, float, float]  # left, top, right, bottom
Edge = dict[
    str, Any
]  # x0, x1, top, bottom, width, height, orientation "h" or "v": as pdfplumber's table finder takes it


def edge(x0: float, x1: float, top: float, bottom: float) -> Edge:
    place = {"x0": x0, "x1": x1, "top": top, "bottom": bottom, "width": x1 - x0, "height": bottom - top}
    return place | {"orientation": "h" if top == bottom else "v", "object_type": "line_edge"}


@dataclass
class Table:
    """`rows[r][c]` is text ("" for none), a merged range's in its first cell. `edges`: where columns begin and end (points)."""

    page: int
    box: Box
    rows: list[list[str]]
    edges: tuple[float, ...]
    merges: list[Span] = field(default_factory=list)
    marks: dict[tuple[int, int], dict[str, Any]] = field(default_factory=dict)  # facts for the marks of cells
    cut: set[tuple[int, int]] = field(default_factory=set)  # cells whose text reaches their edge: it may go on unseen
    pictures: set[tuple[int, int]] = field(default_factory=set)  # cells at which a picture lies over the table
    drawn: dict[tuple[int, int], str] = field(default_factory=dict)  # cells over which an annotation draws, and what
    heights: tuple[float, ...] = ()  # where rows begin and end (points), if lines are drawn
    beyond: frozenset[Glyph] = frozenset()  # what stands outside its box and is read in its cells
    notes: tuple[str, ...] = ()  # what a person should know of how it was read
    last_page: int = 0
    last_box: Box | None = None

    @property
    def ends(self) -> tuple[int, Box]:
        """The page and box on which the table ends."""
        return (self.last_page, self.last_box) if self.last_box else (self.page, self.box)

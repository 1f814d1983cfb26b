"""The cells of the tables drawn on a level picture: the patches of ground that lines close in."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np

from tally.model import Span
from tally.readers.scan import ink

_SMALLEST = 12  # pixels across and down
_FILLED = 0.75  # share of its box that a cell fills
_FEWEST = 6  # cells of a table
_SAME = 9  # pixels by which edges of one line differ


@dataclass(frozen=True)
class Box:
    """Pixels; right and bottom are outside."""

    left: int
    top: int
    right: int
    bottom: int


@dataclass(frozen=True)
class Lattice:
    """A table's cells by the range of rows and columns that each takes."""

    box: Box
    rows: int
    columns: int
    cells: dict[Span, Box]


def tables(strokes: np.ndarray) -> list[Lattice]:
    """The tables on a page, from above. `strokes` is 255 where there is ink."""
    length = max(strokes.shape) // 60
    drawn = cv2.dilate(ink.lines_across(strokes, length) | ink.lines_down(strokes, length), np.ones((3, 3), np.uint8))
    count, labels, stats, _ = cv2.connectedComponentsWithStats(drawn, connectivity=8)
    frames = [stats[n] for n in range(1, count) if stats[n][2] > 8 * _SMALLEST and stats[n][3] > 2 * _SMALLEST]
    lattices = [t for frame in frames if (t := _table(drawn, frame)) is not None]
    return sorted(_innermost(lattices), key=lambda t: t.box.top)


def _innermost(lattices: list[Lattice]) -> list[Lattice]:
    """Without frames around other tables (a sheet's edge on a desk), whose cells are theirs."""
    innermost: list[Lattice] = []
    for table in sorted(lattices, key=lambda t: (t.box.right - t.box.left) * (t.box.bottom - t.box.top)):
        theirs = {box for other in innermost for box in other.cells.values()}
        if len(theirs & set(table.cells.values())) * 2 < len(table.cells):
            innermost.append(table)
    return innermost


def _table(drawn: np.ndarray, frame: np.ndarray) -> Lattice | None:
    left, top, width, height = (int(v) for v in frame[:4])
    ground = cv2.copyMakeBorder(
        255 - drawn[top : top + height, left : left + width], 1, 1, 1, 1, cv2.BORDER_CONSTANT, value=255
    )
    count, _, stats, _ = cv2.connectedComponentsWithStats(ground, connectivity=4)
    boxes = []
    for n in range(1, count):
        x, y, w, h, area = (int(v) for v in stats[n])
        outside = x == 0 or y == 0 or x + w == width + 2 or y + h == height + 2
        if not outside and min(w, h) >= _SMALLEST and area > _FILLED * w * h:
            boxes.append(Box(left + x - 1, top + y - 1, left + x - 1 + w, top + y - 1 + h))
    if len(boxes) < _FEWEST:
        return None
    xs = _edges([v for b in boxes for v in (b.left, b.right)])
    ys = _edges([v for b in boxes for v in (b.top, b.bottom)])
    cells = {_span(b, xs, ys): b for b in boxes}
    return Lattice(Box(left, top, left + width, top + height), len(ys), len(xs), cells)


def _edges(values: list[int]) -> list[float]:
    """The lines' places: where one cell ends and the next begins is one line."""
    groups: list[list[int]] = []
    for value in sorted(values):
        if groups and value - groups[-1][-1] <= _SAME:
            groups[-1].append(value)
        else:
            groups.append([value])
    return [sum(g) / len(g) for g in groups][:-1]


def _span(box: Box, xs: list[float], ys: list[float]) -> Span:
    def first(edges: list[float], at: int) -> int:
        return min(range(len(edges)), key=lambda n: abs(edges[n] - at))

    def last(edges: list[float], at: int) -> int:
        return max((n for n in range(len(edges)) if edges[n] < at - _SAME), default=0)

    return Span(first(ys, box.top), first(xs, box.left), last(ys, box.bottom), last(xs, box.right))

"""One picture -> the tables on it with what every cell says, and the lines around them."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

import cv2
import numpy as np

from tally.model import Span
from tally.readers.scan import ink
from tally.readers.scan.cells import Box, Lattice, tables
from tally.readers.scan.pictures import Picture
from tally.readers.scan.pieces import lines_in, text_height, things_in
from tally.readers.scan.recognised import Reading, read_once, read_twice
from tally.readers.scan.upright import flattened, level

_CUT_OFF = 0.5  # how sure a line at most is that reaches its cell's edge: what stood on the edge went with it
_PAPER = 185  # grey level from which a pixel is paper
_MARGIN = 3  # pixels between a cell's ground and what is cut out of it
_BLACK = 0.5  # share of dark pixels from which a page is black
_SAMPLE = 10  # lines by which it is told which way up a page is
_SURE = 0.85  # from which a line of the sample counts as read
_ENOUGH = 4.0  # characters a line: no other way up is tried


@dataclass(frozen=True)
class CellRead:
    """`readings`: its lines from above, () for a blank cell; `box`: pixels on the page set straight."""

    readings: tuple[Reading, ...]
    box: Box


@dataclass
class TableRead:
    lattice: Lattice
    cells: dict[Span, CellRead] = field(default_factory=dict)


@dataclass
class PageRead:
    """`picture` is the page set straight; `lines`: text around the tables with its height on the page."""

    picture: Picture
    tables: list[TableRead]
    lines: list[tuple[int, str]]
    stamp: bool
    black: bool = False


def read_page(picture: Picture) -> PageRead:
    if float(np.mean(picture < 60)) > _BLACK:
        return PageRead(picture, [], [], stamp=False, black=True)
    stamp = ink.has_stamp(picture)
    picture = _way_up(flattened(level(picture)))
    shades = ink.grey(picture)
    strokes = ink.binary(shades)
    lattices = tables(strokes)
    text = _without_lines(strokes)
    height = text_height(text, _inner_boxes(lattices))
    read = [TableRead(t, _cells(shades, text, t, height)) for t in lattices]
    return PageRead(picture, read, _around(shades, text, lattices, height), stamp)


def _way_up(picture: Picture) -> Picture:
    """The picture turned by quarters until its text reads: upright, lines are long and surely read."""
    best, most = picture, -1.0
    for quarter in (None, cv2.ROTATE_180, cv2.ROTATE_90_CLOCKWISE, cv2.ROTATE_90_COUNTERCLOCKWISE):
        tried = picture if quarter is None else cv2.rotate(picture, quarter)
        read = _read_of(tried)
        if read > most:
            best, most = tried, read
        if most >= _ENOUGH:
            break
    return best


def _read_of(picture: Picture) -> float:
    """How many characters a line are surely read of the longest lines of text on the page."""
    shades = ink.grey(picture)
    strokes = ink.binary(shades)
    text = _without_lines(strokes)
    boxes = _inner_boxes(tables(strokes)) or [Box(0, 0, picture.shape[1], picture.shape[0])]
    height = text_height(text, boxes)
    lines = [line for b in boxes for line in lines_in(text, b, height)]
    longest = sorted(lines, key=lambda b: b.right - b.left, reverse=True)[:_SAMPLE]
    read = read_once([_cut(shades, b) for b in longest])
    return sum(len(words) for words, certainty in read if certainty > _SURE) / max(len(read), 1)


def _without_lines(strokes: np.ndarray) -> np.ndarray:
    length = max(strokes.shape) // 60
    drawn = cv2.bitwise_or(ink.lines_across(strokes, length), ink.lines_down(strokes, length))
    thick = cv2.dilate(drawn, np.ones((3, 3), np.uint8))
    return cv2.bitwise_and(strokes, cv2.bitwise_not(thick))


def _inner_boxes(lattices: list[Lattice]) -> list[Box]:
    return [_inner(box) for lattice in lattices for box in lattice.cells.values()]


def _inner(box: Box) -> Box:
    return Box(box.left + _MARGIN, box.top + _MARGIN, box.right - _MARGIN, box.bottom - _MARGIN)


def _cut(shades: np.ndarray, box: Box) -> np.ndarray:
    return shades[max(box.top - 2, 0) : box.bottom + 2, max(box.left - 2, 0) : box.right + 2]


def _cells(shades: np.ndarray, text: np.ndarray, table: Lattice, height: int) -> dict[Span, CellRead]:
    lines = {span: lines_in(text, _inner(box), height) for span, box in table.cells.items()}
    order = [(span, line) for span, parts in lines.items() for line in parts]
    readings = read_twice([_cut(shades, line) for _, line in order])
    held: dict[Span, list[Reading]] = {span: [] for span in lines}
    for (span, line), reading in zip(order, readings, strict=True):
        held[span].append(_doubted(reading) if _is_cut(shades, line, table.cells[span]) else reading)
    return {span: CellRead(tuple(held[span]), table.cells[span]) for span in lines}


def _is_cut(shades: np.ndarray, line: Box, cell: Box) -> bool:
    """Whether a line runs into the ruling at its cell's side: close to it is well, as long as there is paper between."""
    inner = _inner(cell)
    left = line.left <= inner.left + 1 and not _has_paper(shades, line, cell.left - _MARGIN, inner.left + 1)
    right = line.right >= inner.right - 1 and not _has_paper(shades, line, inner.right - 1, cell.right + _MARGIN)
    return left or right


def _has_paper(shades: np.ndarray, line: Box, left: int, right: int) -> bool:
    """Whether a column of pixels between `left` and `right` is bright all the way down the line."""
    strip = shades[line.top : line.bottom, max(left, 0) : right]
    return bool(strip.size) and int(strip.min(axis=0).max()) > _PAPER


def _doubted(reading: Reading) -> Reading:
    return replace(reading, certainty=min(reading.certainty, _CUT_OFF))


def _around(shades: np.ndarray, text: np.ndarray, lattices: list[Lattice], height: int) -> list[tuple[int, str]]:
    """Lines above, between and below the tables, their things apart by two spaces."""
    outside = text.copy()
    for table in lattices:
        box = table.box
        outside[box.top : box.bottom, box.left : box.right] = 0
    page = Box(0, 0, text.shape[1], text.shape[0])
    things = things_in(outside, page, height)
    read = read_once([_cut(shades, b) for b in things])
    lines: dict[int, list[str]] = {}
    for box, (words, certainty) in zip(things, read, strict=True):
        if words and certainty > 0.5:
            lines.setdefault(box.top, []).append(words)
    return [(top, "  ".join(words)) for top, words in sorted(lines.items())]

"""Ink in a region of a page -> its lines of text, cut out."""

from __future__ import annotations

import numpy as np

from tally.readers.scan.cells import Box

_LEAST_INK = 6  # pixels in a row or column of pixels before it counts
_SPECK = 5  # pixels: smaller ink is dirt
_TALL = 1.35  # of the usual height: two runs of ink that together are taller are two lines
_WIDE_GAP = 2.2  # of the height: ink further apart is two things


def text_height(strokes: np.ndarray, boxes: list[Box]) -> int:
    """The usual height of a line of text in these boxes, in pixels."""
    heights = [bottom - top for b in boxes for top, bottom in _runs(_rows(strokes, b), 2) if bottom - top > _SPECK]
    return int(np.median(heights)) if heights else 20


def lines_in(strokes: np.ndarray, box: Box, height: int) -> list[Box]:
    """The lines of text in a cell, from above."""
    bands: list[tuple[int, int]] = []
    for top, bottom in _runs(_rows(strokes, box), 1):
        if bands and bottom - bands[-1][0] <= height * _TALL:
            bands[-1] = (bands[-1][0], bottom)
        else:
            bands.append((top, bottom))
    boxes = (_narrowed(strokes, Box(box.left, box.top + top, box.right, box.top + bottom)) for top, bottom in bands)
    return [b for b in boxes if b is not None]


def things_in(strokes: np.ndarray, box: Box, height: int) -> list[Box]:
    """As `lines_in`, each line cut where wide gaps are."""
    cut: list[Box] = []
    for line in lines_in(strokes, box, height):
        columns = (strokes[line.top : line.bottom, line.left : line.right] > 0).sum(axis=0)
        runs = _runs(columns, 1)
        start = runs[0][0] if runs else 0
        for (_, end), (after, _) in zip(runs, [*runs[1:], (10**9, 0)], strict=True):
            if after - end > _WIDE_GAP * height:
                cut.append(Box(line.left + start, line.top, line.left + end, line.bottom))
                start = after
    return cut


def _rows(strokes: np.ndarray, box: Box) -> np.ndarray:
    return (strokes[box.top : box.bottom, box.left : box.right] > 0).sum(axis=1)


def _runs(counts: np.ndarray, least: int) -> list[tuple[int, int]]:
    """Stretches in which every count is at least `least`."""
    inked = np.concatenate(([0], (counts >= least).astype(np.int8), [0]))
    change = np.flatnonzero(np.diff(inked))
    return [(int(a), int(b)) for a, b in zip(change[::2], change[1::2], strict=True)]


def _narrowed(strokes: np.ndarray, box: Box) -> Box | None:
    """Without blank ground at the sides; None for a speck."""
    columns = (strokes[box.top : box.bottom, box.left : box.right] > 0).sum(axis=0)
    inked = np.flatnonzero(columns)
    if not inked.size or (box.bottom - box.top < _SPECK and inked[-1] - inked[0] < _SPECK):
        return None
    return Box(box.left + int(inked[0]), box.top, box.left + int(inked[-1]) + 1, box.bottom)

"""What is drawn across the cells of a table: slanting lines that take a figure back, and what a person drew over the page."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise

from pdfminer.layout import LTComponent, LTCurve, LTPage, LTRect
from pdfplumber.page import Page

from tally.model import Span
from tally.readers.pdf.clipped import paint
from tally.readers.pdf.glyphs import Glyph
from tally.readers.pdf.table import Box

Segment = tuple[float, float, float, float]  # x and y of one end, x and y of the other; points from the top left
_SLANT = 3.0  # points: what rises by less runs along its line
_INSET = 1.0  # points by which a corner of a cell may be missed
_PARTS = 8  # pieces into which a segment is cut to see what it goes over
# annotations that draw on the page -> what people call them
_DRAWN = {
    "Ink": "手写线", "Line": "线条", "PolyLine": "折线", "Polygon": "多边形", "Square": "方框", "Circle": "圆圈",
    "Redact": "待涂黑的标记", "Caret": "插入符号", "Squiggly": "波浪线", "Stamp": "图章",
}  # fmt: skip
_HIDDEN = 2 | 32  # flags of an annotation that is not shown


def slanting(layout: LTPage, objects: Iterable[LTComponent]) -> Iterator[Segment]:
    """The strokes that run neither along nor down the page."""
    for item in objects:
        if not isinstance(item, LTCurve) or isinstance(item, LTRect) or not item.stroke or paint(item).hidden:
            continue
        for (x0, y0), (x1, y1) in pairwise(item.pts):
            if abs(x1 - x0) > _SLANT and abs(y1 - y0) > _SLANT:
                yield x0, layout.y1 - y0, x1, layout.y1 - y1


def drawn_over(page: Page) -> Iterator[tuple[Box, str]]:
    """The places of annotations that draw something and say nothing, and what they are."""
    for annotation in page.annots:
        data = annotation.get("data") or {}
        kind = str(getattr(data.get("Subtype"), "name", data.get("Subtype")) or "").strip("/'")
        shown = not int(data.get("F") or 0) & _HIDDEN
        if kind in _DRAWN and shown and not (data.get("Contents") or b"").strip():
            yield (annotation["x0"], annotation["top"], annotation["x1"], annotation["bottom"]), _DRAWN[kind]


def crossed(
    segments: Sequence[Segment], cells: Mapping[Span, Box], held: Mapping[Span, Sequence[Glyph]]
) -> dict[Span, int]:
    """The cells with figures over which slanting lines go, each with the number of ways (up, down) in which they do."""
    if not segments:
        return {}
    ways: dict[Span, set[bool]] = defaultdict(set)
    for span, glyphs in held.items():
        if any(glyph.text.isdigit() for glyph in glyphs):
            box, text = cells[span], _bounds(glyphs)
            ways[span].update(_rises(s) for s in segments if _from_corner(s, box) or _goes_over(s, text))
    return {span: len(found) for span, found in ways.items() if found}


def under(box: Box, held: Mapping[Span, Sequence[Glyph]]) -> list[Span]:
    """The cells some of whose text lies under the place."""
    left, top, right, bottom = box
    return [
        span
        for span, glyphs in held.items()
        if any(left <= g.middle[0] <= right and top <= g.middle[1] <= bottom for g in glyphs if g.text.strip())
    ]


def _bounds(glyphs: Sequence[Glyph]) -> Box:
    return (
        min(g.x0 for g in glyphs),
        min(g.top for g in glyphs),
        max(g.x1 for g in glyphs),
        max(g.bottom for g in glyphs),
    )


def _rises(segment: Segment) -> bool:
    x0, y0, x1, y1 = segment
    return (x1 - x0) * (y1 - y0) < 0


def _from_corner(segment: Segment, cell: Box) -> bool:
    """Whether it runs from one corner of the cell to another."""
    x0, y0, x1, y1 = segment
    inset = (cell[3] - cell[1]) / 4 + _INSET
    across = abs(min(x0, x1) - cell[0]) < inset and abs(max(x0, x1) - cell[2]) < inset
    return across and abs(min(y0, y1) - cell[1]) < inset and abs(max(y0, y1) - cell[3]) < inset


def _goes_over(segment: Segment, box: Box) -> bool:
    x0, y0, x1, y1 = segment
    steps = (step / _PARTS for step in range(_PARTS + 1))
    points = ((x0 + (x1 - x0) * s, y0 + (y1 - y0) * s) for s in steps)
    return any(box[0] <= x <= box[2] and box[1] <= y <= box[3] for x, y in points)

"""One page: its glyphs and drawn lines as they are shown, upright, with what was filled into form fields.

pdfminer lays the page out; what pdfplumber makes of every object costs twice that and is not needed here.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from pdfminer.layout import LTChar, LTComponent, LTCurve, LTFigure, LTImage, LTPage, LTRect
from pdfplumber.page import Page
from pdfplumber.pdf import PDF

from tally.errors import UnreadableFile
from tally.readers.limits import PDF_DRAWN, PDF_GLYPHS
from tally.readers.pdf.across import Segment, drawn_over, slanting
from tally.readers.pdf.clipped import layout, paint, visible
from tally.readers.pdf.glyphs import Glyph
from tally.readers.pdf.ink import fonts, struck
from tally.readers.pdf.table import Box, Edge, edge
from tally.readers.pdf.watermark import apart
from tally.readers.runs import Font

_PICTURE_SHARE = 0.6  # of the page's area: an image so large is the page itself
_STRAIGHT = 1.0  # points
_LINE_WIDTH = 1.5  # points: a rectangle thinner than that is a line
_UNMAPPED = "(cid:"
_FEW_LOST, _LOST_SHARE = 3, 0.02  # of a page's glyphs: a dash in a page's number, a star, a bullet
REPLACEMENT = "\ufffd"  # a cell that holds one is refused as garbled
_FEW_GLYPHS = 5
_TURNS = {(0, 1): 90, (-1, 0): 180, (0, -1): 270}  # direction of the writing -> degrees to turn the page by
_TELLING = 3  # digits that tell how a page is turned
_LEFT = {(0, 1): 90, (0, -1): 270}  # direction of the writing -> degrees by which it is turned to the left
_FILLED = ("Widget", "FreeText")  # annotations that show text on the page


@dataclass(frozen=True)
class Shown:
    """What a page shows, turned upright: glyphs in the file's order, straight lines.

    `scanned`: it is a picture, and text under it comes from a program's reading.
    """

    number: int
    bbox: Box
    glyphs: tuple[Glyph, ...]
    edges: tuple[Edge, ...]
    pictures: tuple[Box, ...] = ()
    slanting: tuple[Segment, ...] = ()
    drawn: tuple[tuple[Box, str], ...] = ()  # where annotations draw something, and what they are
    watermarks: tuple[str, ...] = ()  # what is written across the page
    scanned: bool = False
    remarks: tuple[str, ...] = ()


def shown(pdf: PDF, number: int) -> Shown:
    """Page `number` (from 1). Raises `UnreadableFile`: "unmapped" for fonts without characters, "too_large"."""
    page = pdf.pages[number - 1]
    laid_out = layout(page)
    objects = list(_flat(laid_out))
    if turn := _turn(objects):
        page.page_obj.rotate = page.page_obj.attrs["Rotate"] = (page.page_obj.rotate + turn) % 360
        page = Page(pdf, page.page_obj, number, initial_doctop=0)
        laid_out = layout(page)
        objects = list(_flat(laid_out))
    chars = [o for o in objects if isinstance(o, LTChar)]
    lines = list(_straight(laid_out, objects))
    if len(chars) > PDF_GLYPHS or len(lines) > PDF_DRAWN:
        raise UnreadableFile("too_large", f"第 {number} 页内容过多")
    scanned = _is_picture(laid_out, objects, len(chars))
    looks = fonts(visible(page), objects)
    chars, watermarks = apart(chars)
    written = [*_once(laid_out, chars, looks), *_filled_in(page)]
    glyphs, edges = struck(written, lines, list(_struck_out(page)))
    glyphs, unmapped = (list(glyphs), "") if scanned else _legible(glyphs, number)
    bbox = (0.0, 0.0, float(laid_out.width), float(laid_out.height))
    return Shown(
        number,
        bbox,
        tuple(glyphs),
        tuple(edges),
        tuple(_pictures(laid_out, objects)),
        tuple(slanting(laid_out, objects)),
        tuple(drawn_over(page)),
        watermarks,
        scanned,
        (*_remarks(page, number), *filter(None, (unmapped,))),
    )


def _pictures(layout: LTPage, objects: list[LTComponent]) -> Iterator[Box]:
    for item in objects:
        if isinstance(item, LTImage):
            yield item.x0, layout.y1 - item.y1, item.x1, layout.y1 - item.y0


def _flat(container: LTPage | LTFigure) -> Iterator[LTComponent]:
    for item in container:
        if isinstance(item, LTFigure):
            yield from _flat(item)
        else:
            yield item


def _once(layout: LTPage, chars: list[LTChar], looks: Mapping[int, Font]) -> Iterator[Glyph]:
    """Glyphs from the top of the page; what is drawn twice at one place, to look bold, once."""
    drawn: set[tuple[str, int, int]] = set()
    for char in chars:
        at = (char.get_text(), round(char.x0), round(char.y0))
        near = ((at[0], at[1] + dx, at[2] + dy) for dx in (-1, 0, 1) for dy in (-1, 0, 1))
        if drawn.isdisjoint(near) if char.get_text().strip() else True:
            place = char.x0, char.x1, layout.y1 - char.y1, layout.y1 - char.y0
            turn = _LEFT.get(_direction(char.matrix), 0)
            yield Glyph(char.get_text(), *place, _region(layout, char), looks[id(char)], layout.y1 - _base(char), turn)
        drawn.add(at)


def _base(char: LTChar) -> float:
    """The height at which it stands on its line."""
    a, b, c, d, e, f = char.matrix
    return f if char.upright else char.y0


def _region(layout: LTPage, char: LTChar) -> Box | None:
    box = paint(char).region
    return (box[0], layout.y1 - box[3], box[2], layout.y1 - box[1]) if box else None


def _straight(layout: LTPage, objects: list[LTComponent]) -> Iterator[Edge]:
    """Lines across and down; what is off by less than a point (of a turned page all are) is straight."""
    for item in objects:
        if isinstance(item, LTCurve):  # lines and rectangles too
            points = _outline(item) if isinstance(item, LTRect) else item.pts
            for (x0, y0), (x1, y1) in pairwise(points):
                yield from _edge(min(x0, x1), max(x0, x1), layout.y1 - max(y0, y1), layout.y1 - min(y0, y1))


def _outline(rect: LTRect) -> list[tuple[float, float]]:
    """A rectangle's corners, back to the first; of a thin one its middle line."""
    x, y = (rect.x0 + rect.x1) / 2, (rect.y0 + rect.y1) / 2
    if rect.height < _LINE_WIDTH:
        return [(rect.x0, y), (rect.x1, y)]
    if rect.width < _LINE_WIDTH:
        return [(x, rect.y0), (x, rect.y1)]
    return [(rect.x0, rect.y0), (rect.x1, rect.y0), (rect.x1, rect.y1), (rect.x0, rect.y1), (rect.x0, rect.y0)]


def _edge(x0: float, x1: float, top: float, bottom: float) -> Iterator[Edge]:
    across, down = x1 - x0, bottom - top
    if min(across, down) < _STRAIGHT <= max(across, down):
        yield edge(x0, x1, top, top) if across > down else edge(x0, x0, top, bottom)


def _turn(objects: list[LTComponent]) -> int:
    """Degrees by which the page must be turned for its figures, or without any most of its text, to run from left to right.

    Headings are often turned in their cells, and there may be more of them than of all else.
    """
    chars = [o for o in objects if isinstance(o, LTChar)]
    digits = [char for char in chars if char.get_text().isdigit()]
    directions = Counter(_direction(char.matrix) for char in (digits if len(digits) >= _TELLING else chars))
    return _TURNS.get(directions.most_common(1)[0][0], 0) if directions else 0


def _direction(matrix: tuple[float, ...]) -> tuple[int, int]:
    """Which way a glyph's line runs: (1, 0) to the right, (0, 1) up, …"""
    x, y = matrix[0], matrix[1]
    return (0, 1 if y > 0 else -1) if abs(y) > abs(x) else (1 if x >= 0 else -1, 0)


def _is_picture(layout: LTPage, objects: list[LTComponent], chars: int) -> bool:
    images = [o for o in objects if isinstance(o, LTImage)]
    covered = sum(max(0.0, i.width) * max(0.0, i.height) for i in images)
    return covered / (layout.width * layout.height or 1.0) > _PICTURE_SHARE or bool(images) and chars < _FEW_GLYPHS


def _legible(glyphs: Sequence[Glyph], number: int) -> tuple[list[Glyph], str]:
    """The glyphs, those of which no font tells the character as lost ones, and a remark; "unmapped" where they are many."""
    lost = sum(_is_unmapped(glyph.text) for glyph in glyphs)
    if lost > max(_FEW_LOST, len(glyphs) * _LOST_SHARE):
        raise UnreadableFile("unmapped", f"第 {number} 页")
    legible = [replace(g, text=REPLACEMENT) if _is_unmapped(g.text) else g for g in glyphs]
    return legible, f"第 {number} 页有 {lost} 个字的字体没有注明是什么字，读不出来" if lost else ""


def _is_unmapped(text: str) -> bool:
    """Whether a glyph's character is not told by its font: pdfminer's number for it, a private or replacement character."""
    return text.startswith(_UNMAPPED) or any("\ue000" <= c <= "\uf8ff" or c == "\ufffd" or c < " " for c in text)


def _filled_in(page: Page) -> Iterator[Glyph]:
    """Texts that a person put onto the page: form fields, typed remarks."""
    for annotation in page.annots:
        data = annotation.get("data") or {}
        if _name(data.get("Subtype")) in _FILLED:
            text = _decoded(data.get("V")) or _decoded(data.get("Contents"))
            if text.strip():
                middle, half = (annotation["top"] + annotation["bottom"]) / 2, 5.0
                yield Glyph(text.strip(), annotation["x0"], annotation["x1"], middle - half, middle + half)


def _struck_out(page: Page) -> Iterator[Edge]:
    """The lines that a person drew through text in a PDF reader."""
    for annotation in page.annots:
        if _name((annotation.get("data") or {}).get("Subtype")) == "StrikeOut":
            middle = (annotation["top"] + annotation["bottom"]) / 2
            yield edge(annotation["x0"], annotation["x1"], middle, middle)


def _remarks(page: Page, number: int) -> Iterator[str]:
    for annotation in page.annots:
        data = annotation.get("data") or {}
        text = _decoded(data.get("Contents"))
        if text.strip() and _name(data.get("Subtype")) not in _FILLED:
            yield f"第 {number} 页有批注：{text.strip()[:80]}"
        elif _name(data.get("Subtype")) == "FileAttachment":
            yield f"第 {number} 页上附有文件，没有读取"


def _name(value: object) -> str:
    return str(getattr(value, "name", value) or "").strip("/'")


def _decoded(value: object) -> str:
    if isinstance(value, bytes):
        return value.decode("utf-16" if value.startswith((b"\xfe\xff", b"\xff\xfe")) else "utf-8", "replace")
    return value if isinstance(value, str) else ""

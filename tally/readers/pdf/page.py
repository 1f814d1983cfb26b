"""One page: its glyphs and drawn lines as they are shown, upright, with what was filled into form fields."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from pdfplumber.page import Page
from pdfplumber.pdf import PDF

from tally.errors import UnreadableFile
from tally.readers.limits import PDF_DRAWN, PDF_GLYPHS
from tally.readers.pdf.glyphs import Glyph

_PICTURE_SHARE = 0.6  # of the page's area: an image so large is the page itself
_STRAIGHT = 1.0  # points
_UNMAPPED = "(cid:"
_FEW_GLYPHS = 5
_TURNS = {(0, 1): 90, (-1, 0): 180, (0, -1): 270}  # direction of the writing -> degrees to turn the page by
_FILLED = ("Widget", "FreeText")  # annotations that show text on the page


@dataclass(frozen=True)
class Shown:
    """What a page shows. `page` is turned upright; `edges` are its straight lines (`orientation` "h" or "v"); `scanned`: it is a picture (text under it comes from a program's reading)."""

    number: int
    page: Page
    glyphs: tuple[Glyph, ...]
    edges: tuple[dict, ...]
    scanned: bool = False
    remarks: tuple[str, ...] = ()


def shown(pdf: PDF, number: int) -> Shown:
    """Page `number` (from 1). Raises `UnreadableFile`: "unmapped" for fonts without characters, "too_large"."""
    page = pdf.pages[number - 1]
    if len(page.chars) > PDF_GLYPHS or len(page.edges) > PDF_DRAWN:
        raise UnreadableFile("too_large", f"第 {number} 页内容过多")
    if turn := _turn(page):
        page.page_obj.rotate = page.page_obj.attrs["Rotate"] = (page.page_obj.rotate + turn) % 360
        page = Page(pdf, page.page_obj, number, initial_doctop=0)
    scanned = _is_picture(page)
    glyphs = (*(_glyph(c) for c in page.dedupe_chars(tolerance=1).chars), *_filled_in(page))
    if not scanned and any(_is_unmapped(g.text) for g in glyphs):
        raise UnreadableFile("unmapped", f"第 {number} 页")
    return Shown(number, page, glyphs, tuple(_straight(page)), scanned, tuple(_remarks(page, number)))


def _straight(page: Page) -> Iterator[dict]:
    """The page's lines across and down; what is off by less than a point (of a turned page all are) is straight."""
    for edge in page.edges:
        across, down = edge["x1"] - edge["x0"], edge["bottom"] - edge["top"]
        if min(across, down) < _STRAIGHT <= max(across, down):
            flat = {"bottom": edge["top"]} if across > down else {"x1": edge["x0"]}
            yield edge | flat | {"orientation": "h" if across > down else "v", "object_type": "line_edge"}


def _glyph(char: dict) -> Glyph:
    return Glyph(char["text"], char["x0"], char["x1"], char["top"], char["bottom"])


def _turn(page: Page) -> int:
    """Degrees by which the page must be turned for most of its text to run from left to right."""
    directions = Counter(_direction(c["matrix"]) for c in page.chars)
    return _TURNS.get(directions.most_common(1)[0][0], 0) if directions else 0


def _direction(matrix: tuple[float, ...]) -> tuple[int, int]:
    """Which way a glyph's line runs: (1, 0) to the right, (0, 1) up, …"""
    x, y = matrix[0], matrix[1]
    return (0, 1 if y > 0 else -1) if abs(y) > abs(x) else (1 if x >= 0 else -1, 0)


def _is_picture(page: Page) -> bool:
    area = float(page.width) * float(page.height) or 1.0
    images = sum(max(0, i["x1"] - i["x0"]) * max(0, i["bottom"] - i["top"]) for i in page.images)
    return images / area > _PICTURE_SHARE or bool(page.images) and len(page.chars) < _FEW_GLYPHS


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


def _remarks(page: Page, number: int) -> Iterator[str]:
    for annotation in page.annots:
        data = annotation.get("data") or {}
        text = _decoded(data.get("Contents"))
        if text.strip() and _name(data.get("Subtype")) not in _FILLED:
            yield f"第 {number} 页有批注：{text.strip()[:80]}"


def _name(value: object) -> str:
    return str(getattr(value, "name", value) or "").strip("/'")


def _decoded(value: object) -> str:
    if isinstance(value, bytes):
        return value.decode("utf-16" if value.startswith((b"\xfe\xff", b"\xff\xfe")) else "utf-8", "replace")
    return value if isinstance(value, str) else ""

"""OFD, the fixed layout of Chinese official documents (GB/T 33190-2016) -> what its pages show, read as a PDF's pages are.

A zip of XML: `OFD.xml` names the document, the document its pages and the templates under them. A page's text lies in
pieces with the place of every character, its lines are paths; millimetres from the top left corner.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from tally.errors import UnreadableFile
from tally.model import Document
from tally.readers.limits import PDF_DRAWN, PDF_GLYPHS, PDF_PAGES
from tally.readers.package import Element, Package, attribute, local, parse_xml
from tally.readers.pdf.glyphs import Glyph
from tally.readers.pdf.ink import struck
from tally.readers.pdf.page import Shown
from tally.readers.pdf.reading import documents, read_page
from tally.readers.pdf.table import Box, Edge, edge

_POINT = 72 / 25.4  # points in a millimetre: pages are measured in points, as those of a PDF
_STRAIGHT = 1.0  # points by which a line may be off and count as straight
_PICTURE_SHARE = 0.6  # of the page's area: an image so large is the page itself
_ASCENT = 0.88  # of a character's size above its base line
_LETTER = 0.5  # width of a Latin letter or digit beside that of a Chinese character
_A4 = (0.0, 0.0, 210.0, 297.0)
_HIDDEN = ("false", "0")
_UPRIGHT = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)
_PATH = re.compile(r"[MLSCQBA]|-?\d+(?:\.\d+)?(?:[eE]-?\d+)?")
_OPERANDS = {"M": 2, "L": 2, "S": 2, "B": 6, "Q": 4, "A": 7, "C": 0}


def read_ofd(data: bytes, name: str) -> tuple[Document, ...]:
    """One document. Raises `UnreadableFile`: "damaged", "too_large", "unmapped", "picture" (all pages are)."""
    package = Package(data)
    places = list(_pages(package))
    if not places:
        raise UnreadableFile("damaged", "OFD 没有页")
    if len(places) > PDF_PAGES:
        raise UnreadableFile("too_large", f"OFD 有 {len(places)} 页，超过 {PDF_PAGES} 页")
    shown = [_shown(package, n, layers, box) for n, (layers, box) in enumerate(places, 1)]
    shown[0] = replace(shown[0], remarks=tuple(_remarks(package)))
    return documents(name, "ofd", [read_page(page) for page in shown])


def _pages(package: Package) -> Iterator[tuple[list[Element], Box]]:
    """Of each page its template's content, its own, and its size (millimetres)."""
    for root in _named(parse_xml(package.read("OFD.xml")), "DocRoot"):
        place = (root.text or "").strip().lstrip("/")
        document, folder = parse_xml(package.read(place)), posixpath.dirname(place)
        templates = {attribute(t, "ID"): _beside(folder, t) for t in _named(document, "TemplatePage")}
        usual = _physical(document) or _A4
        for page in _named(document, "Page"):
            content = parse_xml(package.read(_beside(folder, page)))
            used = [templates.get(attribute(t, "TemplateID")) for t in _named(content, "Template")]
            under = [parse_xml(package.read(t)) for t in used if t and t in package]
            yield [*under, content], _physical(content) or usual


def _remarks(package: Package) -> Iterator[str]:
    """Texts that were put over the pages afterwards: they are not the pages' own, and are said."""
    for name in package.names():
        if "annot" in name.lower() and name.lower().endswith(".xml"):
            codes = _named(parse_xml(package.read(name)), "TextCode")
            if text := "".join(code.text or "" for code in codes).strip():
                yield f"有批注：{text[:80]}"


def _named(element: Element, name: str) -> list[Element]:
    return [e for e in element.iter() if local(e) == name]


def _beside(folder: str, element: Element) -> str:
    place = attribute(element, "BaseLoc", "")
    return place.lstrip("/") if place.startswith("/") else posixpath.normpath(posixpath.join(folder, place))


def _physical(element: Element) -> Box | None:
    boxes = (_numbers(e.text) for e in _named(element, "PhysicalBox"))
    return next(((b[0], b[1], b[2], b[3]) for b in boxes if len(b) == 4), None)


def _numbers(text: str | None) -> list[float]:
    return [float(part) for part in (text or "").split()]


@dataclass(frozen=True)
class _Place:
    """Where an object's own coordinates lie on the page: its corner, and a matrix before that (both millimetres)."""

    x: float
    y: float
    matrix: tuple[float, ...]

    def at(self, x: float, y: float) -> tuple[float, float]:
        """In points."""
        a, b, c, d, e, f = self.matrix
        return (self.x + a * x + c * y + e) * _POINT, (self.y + b * x + d * y + f) * _POINT


def _shown(package: Package, number: int, layers: list[Element], box: Box) -> Shown:
    glyphs: list[Glyph] = []
    edges: list[Edge] = []
    pictures: list[Box] = []
    for item in (e for layer in layers for e in _visible(layer)):
        kind = local(item)
        if kind == "TextObject":
            glyphs += _glyphs(item)
        elif kind == "PathObject":
            edges += _edges(item)
        elif kind == "ImageObject":
            pictures.append(_boundary(item))
        if len(glyphs) > PDF_GLYPHS or len(edges) > PDF_DRAWN:
            raise UnreadableFile("too_large", f"第 {number} 页内容过多")
    if any("\ue000" <= c <= "\uf8ff" or c in "\ufffd¤" for g in glyphs for c in g.text):
        raise UnreadableFile("unmapped", f"第 {number} 页")
    glyphs, edges = struck(glyphs, edges, [])
    bbox = (0.0, 0.0, box[2] * _POINT, box[3] * _POINT)
    covered = sum((p[2] - p[0]) * (p[3] - p[1]) for p in pictures)
    scanned = bool(pictures) and (covered > _PICTURE_SHARE * bbox[2] * bbox[3] or not glyphs)
    return Shown(number, bbox, tuple(glyphs), tuple(edges), tuple(pictures), scanned=scanned)


def _visible(element: Element) -> Iterator[Element]:
    """The element and all in it, but for what is hidden and what lies in that."""
    if attribute(element, "Visible", "true").lower() not in _HIDDEN:
        yield element
        for child in element:
            yield from _visible(child)


def _place(item: Element) -> tuple[_Place, Box]:
    left, top, width, height = (*_numbers(attribute(item, "Boundary")), 0.0, 0.0, 0.0, 0.0)[:4]
    matrix = tuple(_numbers(attribute(item, "CTM")))
    return _Place(left, top, matrix if len(matrix) == 6 else _UPRIGHT), (left, top, left + width, top + height)


def _boundary(item: Element) -> Box:
    left, top, right, bottom = _place(item)[1]
    return left * _POINT, top * _POINT, right * _POINT, bottom * _POINT


def _glyphs(item: Element) -> Iterator[Glyph]:
    """The characters of one piece of text, each where it stands."""
    place, _ = _place(item)
    size = float(attribute(item, "Size", "") or 0)
    broad = float(attribute(item, "HScale", "") or 1)
    x, y = 0.0, 0.0
    for code in (e for e in item if local(e) == "TextCode"):
        x, y = float(attribute(code, "X", "") or x), float(attribute(code, "Y", "") or y)
        text = code.text or ""
        across, down = (_deltas(attribute(code, name)) for name in ("DeltaX", "DeltaY"))
        left, base = x, y
        for n, character in enumerate(text):
            width = size * broad * (1.0 if character > "\u2e80" else _LETTER)
            x0, top = place.at(left, base - size * _ASCENT)
            x1, bottom = place.at(left + width, base + size * (1 - _ASCENT))
            yield Glyph(character, min(x0, x1), max(x0, x1), min(top, bottom), max(top, bottom))
            left += across[n] if n < len(across) else 0.0 if down else width
            base += down[n] if n < len(down) else 0.0


def _deltas(text: str | None) -> list[float]:
    """Distances between characters; "g 3 2.5" stands for three times 2.5."""
    words = (text or "").split()
    values: list[float] = []
    at = 0
    while at < len(words):
        if words[at] == "g" and at + 2 < len(words):
            values += [float(words[at + 2])] * min(int(words[at + 1]), PDF_GLYPHS)
            at += 3
        else:
            values.append(float(words[at]))
            at += 1
    return values


def _edges(item: Element) -> Iterator[Edge]:
    """The straight lines of a path, as long as it is drawn."""
    place, _ = _place(item)
    for data in (e for e in item if local(e) == "AbbreviatedData"):
        start = last = None
        for operator, operands in _steps(data.text or ""):
            point = start if operator == "C" else place.at(*operands[-2:])
            if operator in ("L", "C") and last is not None and point is not None:
                yield from _straight(last, point)
            start = point if operator in ("M", "S") else start
            last = point


def _steps(text: str) -> Iterator[tuple[str, list[float]]]:
    """Each operator of a path with its numbers; one that has too few ends the path."""
    tokens = _PATH.findall(text)
    at = 0
    while at < len(tokens):
        operator = tokens[at]
        count = _OPERANDS.get(operator)
        operands = tokens[at + 1 : at + 1 + (count or 0)]
        if count is None or len(operands) < count or any(o in _OPERANDS for o in operands):
            return
        yield operator, [float(o) for o in operands]
        at += 1 + count


def _straight(a: tuple[float, float], b: tuple[float, float]) -> Iterator[Edge]:
    left, right = sorted((a[0], b[0]))
    top, bottom = sorted((a[1], b[1]))
    if min(right - left, bottom - top) < _STRAIGHT <= max(right - left, bottom - top):
        yield edge(left, right, top, top) if right - left > bottom - top else edge(left, left, top, bottom)

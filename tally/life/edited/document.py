"""What a reader of a Word file sees: paragraphs and tables in order, tracked changes as if they were accepted."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from lxml import etree

from tally.errors import UnreadableFile

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_GONE = frozenset(f"{_W}{name}" for name in ("del", "moveFrom", "pPr", "rPr"))
_BREAKS = frozenset(f"{_W}{name}" for name in ("tab", "br", "cr"))
_TRACKED = tuple(f"{_W}{name}" for name in ("ins", "del", "moveFrom", "moveTo"))
_MOST_BYTES = 200 * 2**20  # of the text part, unpacked
_MOST_PARTS = 20_000  # paragraphs and tables; a report has some hundreds


@dataclass(frozen=True, slots=True)
class Text:
    """A paragraph; `heading` is the last heading before it, "" for none; `is_heading` if it is one itself."""

    text: str
    heading: str = ""
    is_heading: bool = False


@dataclass(frozen=True, slots=True)
class Grid:
    """A table's cells as a rectangle: a merged cell's text stands at each of its places."""

    rows: tuple[tuple[str, ...], ...]
    caption: str = ""  # the paragraph right before it


@dataclass(frozen=True, slots=True)
class Word:
    """`tracked`: how many insertions, deletions and moves are still open."""

    parts: tuple[Text | Grid, ...]
    tracked: int = 0

    @property
    def texts(self) -> list[Text]:
        return [part for part in self.parts if isinstance(part, Text)]

    @property
    def grids(self) -> list[Grid]:
        return [part for part in self.parts if isinstance(part, Grid)]


def read(content: bytes) -> Word:
    """UnreadableFile if `content` is no Word document, or one that is larger than any report."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            if package.getinfo("word/document.xml").file_size > _MOST_BYTES:
                raise UnreadableFile("too_large")
            xml = package.read("word/document.xml")
        root = etree.fromstring(xml, etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False))
    except (zipfile.BadZipFile, KeyError, etree.XMLSyntaxError) as e:
        raise UnreadableFile("damaged") from e
    if (body := root.find(f"{_W}body")) is None:
        raise UnreadableFile("damaged")
    tracked = sum(1 for _ in root.iter(*_TRACKED))
    parts = tuple(islice(_parts(body), _MOST_PARTS + 1))
    if len(parts) > _MOST_PARTS:
        raise UnreadableFile("too_large")
    return Word(parts, tracked)


def _parts(body: etree._Element) -> Iterator[Text | Grid]:
    heading, last = "", ""
    for element in _blocks(body):
        if element.tag == f"{_W}tbl":
            yield Grid(tuple(_rows(element)), last)
            continue
        text = _text(element)
        if not text:
            continue
        is_heading = _is_heading(element)
        heading = text if is_heading else heading
        last = text
        yield Text(text, heading, is_heading)


def _blocks(parent: etree._Element) -> Iterator[etree._Element]:
    """Paragraphs and tables, those in content controls and accepted insertions too."""
    for child in parent:
        if child.tag in (f"{_W}p", f"{_W}tbl"):
            yield child
        elif child.tag in (f"{_W}sdt", f"{_W}sdtContent", f"{_W}ins", f"{_W}moveTo", f"{_W}customXml"):
            yield from _blocks(child)


def _text(element: etree._Element) -> str:
    return " ".join("".join(_pieces(element)).split())


def _pieces(element: etree._Element) -> Iterator[str]:
    for child in element:
        if child.tag in _GONE or not isinstance(child.tag, str):
            continue
        if child.tag == f"{_W}t":
            yield child.text or ""
        elif child.tag in _BREAKS:
            yield " "
        else:
            yield from _pieces(child)


def _is_heading(paragraph: etree._Element) -> bool:
    style = paragraph.find(f"{_W}pPr/{_W}pStyle")
    name = style.get(f"{_W}val", "") if style is not None else ""
    return name.lower().startswith("heading") or name in ("1", "2", "3", "AnnexTitle")


def _rows(table: etree._Element) -> Iterator[tuple[str, ...]]:
    above: list[str] = []
    for row in table.iter(f"{_W}tr"):
        if row.find(f"{_W}trPr/{_W}del") is not None:
            continue
        cells: list[str] = []
        for cell in row.findall(f"{_W}tc") + row.findall(f"{_W}sdt/{_W}sdtContent/{_W}tc"):
            merged = cell.find(f"{_W}tcPr/{_W}vMerge")
            goes_on = merged is not None and merged.get(f"{_W}val", "continue") == "continue"
            text = above[len(cells)] if goes_on and len(cells) < len(above) else _text(cell)
            span = cell.find(f"{_W}tcPr/{_W}gridSpan")
            cells += [text] * (int(span.get(f"{_W}val", "1")) if span is not None else 1)
        above = cells
        yield tuple(cells)

"""A PDF's pages one after the other, and what was found on them as one document."""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

import pdfplumber
from pdfminer.pdfdocument import PDFPasswordIncorrect
from pdfplumber.pdf import PDF
from pdfplumber.utils.exceptions import PdfminerException

from tally.errors import UnreadableFile
from tally.model import Document, Grid, Ink
from tally.readers import rectangle
from tally.readers.limits import PDF_PAGES
from tally.readers.pdf.glyphs import Glyph, lines_of, pieces_of, runs_of
from tally.readers.pdf.joined import joined
from tally.readers.pdf.page import Shown, shown
from tally.readers.pdf.paragraphs import paragraphs_of
from tally.readers.pdf.ruled import ruled_tables
from tally.readers.pdf.side_by_side import side_by_side
from tally.readers.pdf.table import Box, Table
from tally.readers.pdf.unruled import unruled_tables
from tally.readers.pdf.worded import worded_tables
from tally.readers.sums import column_letters

_SPILLED = 8  # lines: a page without a table that holds more is a text of its own


@dataclass(frozen=True)
class Page:
    """A page's tables, and its lines around them with the height at which each stands."""

    number: int
    tables: list[Table]
    lines: list[tuple[float, str]]
    scanned: bool
    remarks: tuple[str, ...]
    pictures: int = 0  # outside tables
    watermarks: tuple[str, ...] = ()

    @property
    def above(self) -> list[tuple[float, str]]:
        """The lines over its first table."""
        top = self.tables[0].box[1] if self.tables else 0.0
        return [line for line in self.lines if line[0] < top]


def read_pdf(data: bytes, name: str) -> tuple[Document, ...]:
    """One document. Raises `UnreadableFile`: "damaged", "encrypted", "too_large", "unmapped", "picture" (all pages are).

    Pages that are pictures among others with text are a document of their own with that problem.
    """
    try:
        pdf = pdfplumber.open(io.BytesIO(data))
    except PdfminerException as e:
        locked = bool(e.args) and isinstance(e.args[0], PDFPasswordIncorrect)
        raise UnreadableFile("encrypted" if locked else "damaged", "" if locked else str(e)) from e
    with pdf:
        if not pdf.pages:
            raise UnreadableFile("damaged", "PDF 没有页")
        if len(pdf.pages) > PDF_PAGES:
            raise UnreadableFile("too_large", f"PDF 有 {len(pdf.pages)} 页，超过 {PDF_PAGES} 页")
        pages = [_page(pdf, n) for n in range(1, len(pdf.pages) + 1)]
    return documents(name, "pdf", pages)


def _page(pdf: PDF, number: int) -> Page:
    page = read_page(shown(pdf, number))
    pdf.pages[number - 1].close()  # what is kept of it is a few kB
    return page


def read_page(page: Shown) -> Page:
    """The tables and lines of what a page shows, whatever kind of file it comes from."""
    if page.scanned:
        return Page(page.number, [], [], True, page.remarks)
    tables = _drawn_tables(page)
    outside = _outside(page.glyphs, tables)
    cut_off = [run for run in runs_of(outside) if all(glyph.cut_off for glyph in run)]
    unseen = {glyph for run in cut_off for glyph in run} | {glyph for glyph in outside if glyph.font.hidden}
    seen = [glyph for glyph in outside if glyph not in unseen]
    tables += worded_tables(page.number, seen, page.edges)
    over = [what for box, what in page.drawn if not any(_overlap(box, table.box) for table in tables)]
    over = [f"第 {page.number} 页画有{what}" for what in dict.fromkeys(over)]
    remarks = (*page.remarks, *_unseen(page.number, unseen), *over)
    tables += unruled_tables(page.number, _outside(seen, tables))
    tables = sorted(tables, key=lambda t: t.box[1])
    lines = paragraphs_of(_outside(seen, tables))
    outside_tables = [box for box in page.pictures if not any(_within(t.box, box[:2]) for t in tables)]
    return Page(page.number, tables, lines, False, remarks, len(outside_tables), page.watermarks)


def _drawn_tables(page: Shown) -> list[Table]:
    """The tables in lines; not those of one row or one column that are bands or boxes of a table whose cells are not drawn."""
    tables = ruled_tables(page)
    whole = [table for table in tables if min(len(table.rows), len(table.rows[0])) > 1]
    if len(whole) == len(tables):
        return tables
    rest = [glyph for glyph in _outside(page.glyphs, whole) if not glyph.font.hidden and not glyph.cut_off]
    wider = worded_tables(page.number, rest, page.edges)
    return [t for t in tables if t in whole or not any(_overlap(t.box, other.box) for other in wider)]


def _unseen(number: int, glyphs: Iterable[Glyph]) -> Iterator[str]:
    """What is written on the page outside the part of it that is shown, and in no cell of a table."""
    if text := " ".join(map(_line_text, lines_of(glyphs))):
        yield f"第 {number} 页有看不见的文字（裁切在外、被盖住或与底色相同）：{text[:80]}"


def _outside(glyphs: Iterable[Glyph], tables: list[Table]) -> list[Glyph]:
    """The glyphs that stand in none of the tables."""
    return [glyph for glyph in glyphs if not any(_holds(table, glyph) for table in tables)]


def _holds(table: Table, glyph: Glyph) -> bool:
    return _within(table.box, glyph.home) or glyph in table.beyond


def _line_text(line: list[Glyph]) -> str:
    return "  ".join(piece.text for piece in pieces_of(line))


def _overlap(one: Box, other: Box) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


def _within(box: Box, at: tuple[float, float]) -> bool:
    return box[0] <= at[0] <= box[2] and box[1] <= at[1] <= box[3]


def documents(name: str, kind: str, pages: list[Page]) -> tuple[Document, ...]:
    """What the pages of a file of that kind say, as `read_pdf` gives it. Raises `UnreadableFile("picture")`."""
    scanned = [p.number for p in pages if p.scanned]
    of = kind.upper()
    which = f"{of} 第 {'、'.join(map(str, scanned))} 页" if len(scanned) < len(pages) else f"{of}，共 {len(pages)} 页"
    if len(scanned) == len(pages):
        raise UnreadableFile("picture", which)
    text = "\n".join(line for p in pages for _, line in p.lines)
    ink = tuple(Ink("", "picture") for page in pages for _ in range(page.pictures))
    document = Document(name, kind, tuple(_grids(name, pages)), text, ink)
    return (document, Document(name, "", problem="picture", detail=which)) if scanned else (document,)


def _grids(name: str, pages: list[Page]) -> Iterable[Grid]:
    heights = [[y for y, _ in page.above] for page in pages]
    texts = [[text for _, text in page.above] for page in pages]
    tables = joined(side_by_side([p.tables for p in pages], heights), texts)
    remarks = [Ink("", "comment", r) for p in pages for r in p.remarks]
    remarks += [Ink("", "watermark", text) for text in dict.fromkeys(t for p in pages for t in p.watermarks)]
    lines = list(_around(pages, tables))
    ends = [(0, 0.0), *(_end(table) for table in tables)]
    starts = [*(_start(table) for table in tables), (len(pages) + 1, 0.0)]
    for n, table in enumerate(tables):
        before = [text for at, text in lines if ends[n] <= at < starts[n]]
        within = [text for at, text in lines if starts[n] <= at < ends[n + 1] and text not in before]
        after = [text for at, text in lines if ends[n + 1] <= at < starts[n + 1]]
        yield _grid(name, table, tables, before, [*within, *after], remarks if n == 0 else [])


Spot = tuple[int, float]  # a page and a height on it


def _start(table: Table) -> Spot:
    return table.page, table.box[1]


def _end(table: Table) -> Spot:
    page, box = table.ends
    return page, box[3]


def _around(pages: Sequence[Page], tables: Sequence[Table]) -> Iterator[tuple[Spot, str]]:
    """The lines that stand beside a table: on its pages, and on others that hold no more than what a table's page could not."""
    for page in pages:
        held = any(table.page <= page.number <= table.ends[0] for table in tables)
        if held or len(page.lines) <= _SPILLED:
            yield from (((page.number, y), text) for y, text in page.lines)


def _grid(
    name: str, table: Table, tables: list[Table], before: list[str], after: list[str], remarks: list[Ink]
) -> Grid:
    sheet = rectangle.Sheet()
    for r, row in enumerate(table.rows):
        sheet.rows[r] = [v or None for v in row]
    sheet.merges = list(table.merges)
    for at, facts in table.marks.items():
        sheet.mark(*at, **facts)
    number = 1 + [t for t in tables if t.page == table.page].index(table)
    last = table.ends[0]
    pages = f"{table.page}" if last == table.page else f"{table.page}-{last}"
    ink = [Ink(_address(at), "unseen", "文字顶到或越出格边，可能没有印全，或属于相邻的格") for at in sorted(table.cut)]
    ink += [Ink(_address(at), "picture") for at in sorted(table.pictures)]
    ink += [Ink(_address(at), "shape", what) for at, what in sorted(table.drawn.items())]
    ink += remarks
    read = rectangle.grid(name, f"第{pages}页表{number}", sheet, before=before, after=after, notes=table.notes)
    return replace(read, ink=tuple(ink))


def _address(at: tuple[int, int]) -> str:
    return f"{column_letters(at[1])}{at[0] + 1}"

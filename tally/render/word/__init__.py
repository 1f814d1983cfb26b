"""Blocks -> a Word file that looks like the PDF and is pleasant to edit.

Real heading styles, merged and repeated header rows, landscape sections, page number fields, East Asian
fonts by their official names. Same blocks and timestamp: same bytes.
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator, Sequence
from itertools import zip_longest

from docx.document import Document
from docx.oxml import parse_xml
from docx.oxml.ns import qn
from docx.shared import Mm
from lxml import etree

from tally.blocks import Annex, Block, Chart, Heading, Paragraph, Run, Table, Title
from tally.render.document.measure import ems
from tally.render.document.raster import bitmap, in_words, pixels
from tally.render.document.sections import Section, placed, sections
from tally.render.document.text import shown
from tally.render.document.titles import LANDSCAPE_EM, LINE_EM, title_lines, under_title
from tally.render.document.widths import HIGHEST_LANDSCAPE_MM, HIGHEST_MM, LANDSCAPE_MM, PORTRAIT_MM
from tally.render.pdf.payload import UNTITLED
from tally.render.word.captions import caption_runs
from tally.render.word.package import new_document, packed
from tally.render.word.page import PageNumbers
from tally.render.word.tables import is_drawable, table_xml
from tally.render.word.wordml import NAMESPACES, bookmarked, linked, paragraph, run, runs

EM_POINTS = 15.75  # of the body text
_BELOW = (
    '<w:keepNext w:val="0"/><w:spacing w:before="60" w:after="160"/>'  # of a caption that stands below what it names
)
STYLES = {"body": "BodyText", "note": "Note", "pre": "Printed", "addressee": "Normal"}


def render(blocks: Sequence[Block], *, timestamp: int, edition_note: str = "", name: str = "") -> bytes:
    """The Word file of a document; `timestamp` (seconds since 1970) is the date its properties bear, `name` their title."""
    title = next((b for b in blocks if isinstance(b, Title)), Title(UNTITLED))
    document = new_document(shown(name or title.text.replace("\n", "")), shown(title.issuer), timestamp)
    pages = PageNumbers(document)
    cut = sections(blocks)
    for section, following in zip_longest(cut, cut[1:]):
        _write(section, document, edition_note)
        flat = _flat_end(document)
        if following and following.landscape != section.landscape:
            _end_section(document, pages.section(section.landscape), flat=flat)
    document.element.body.append(parse_xml(pages.section(bool(cut) and cut[-1].landscape)))
    return packed(document)


def _write(section: Section, document: Document, edition_note: str) -> None:
    width = LANDSCAPE_MM if section.landscape else PORTRAIT_MM
    for block, alone in placed(_signed(section.blocks)):
        parts = (
            _table(block, width, alone=alone)
            if isinstance(block, Table)
            else _parts(block, document, width, edition_note)
        )
        for xml in parts:
            document.element.body.append(parse_xml(xml))


def _parts(block: Block, document: Document, width: float, edition_note: str) -> Iterator[str]:
    """The body elements of a block, as XML."""
    match block:
        case Title():
            yield _p("Title", run(title_lines(block.text)))
            yield from (_p("Subtitle", run(line)) for line in under_title(block, edition_note))
            yield _p("BodyText", "")
        case Heading():
            yield _p(f"Heading{min(max(block.level, 1), 3)}", run(block.text))
        case Annex():
            yield _p("AnnexLabel", _marked(block.label))
            yield _p("AnnexTitle", run(title_lines(block.title, LINE_EM if width <= PORTRAIT_MM else LANDSCAPE_EM)))
        case Paragraph(style="attachments"):
            yield from _attachments(block.as_text().split("\n"))
        case Paragraph(style="signature"):
            yield from _signature(block.as_text().split("\n"))
        case Paragraph():
            yield _p(STYLES[block.style], runs(block.runs))
        case Chart():
            yield from _chart(block, document, width)
        case _:
            raise TypeError(f"no Word form for {type(block).__name__}")


def _p(style: str, content: str, look: str = "") -> str:
    return paragraph(style, content, look=look).replace("<w:p>", f"<w:p {NAMESPACES}>", 1)


_HELD = "<w:keepNext/>"  # what stands before the signature goes to the next page with it, which it never has alone


def _attachments(titles: Sequence[str]) -> Iterator[str]:
    """附件说明 below an empty line; a long title goes on under its first character."""
    yield _p("BodyText", "", _HELD)
    left = _twips(2 + ems("附件：") + ems("1. "))
    for n, title in enumerate(titles):
        hanging = _twips(ems("1. ") + (0 if n else ems("附件：")))
        text = linked(_bookmark(n + 1), run(title))
        yield _p(
            "BodyText", ("" if n else run("附件：")) + text, f'{_HELD}<w:ind w:left="{left}" w:hanging="{hanging}"/>'
        )


def _bookmark(annex: int) -> str:
    return f"annex_{annex}"


def _marked(label: str) -> str:
    """附件1, to which 附件说明 leads."""
    number = label.removeprefix("附件")
    return bookmarked(_bookmark(int(number)), int(number), run(label)) if number.isdecimal() else run(label)


def _signature(lines: Sequence[str]) -> Iterator[str]:
    """Below an empty line, placed as in the PDF: the date begins two characters right of the issuer."""
    yield _p("BodyText", "", _HELD)
    first, *rest = map(ems, lines)
    right = max([first + 2, *(n + 4 for n in rest)])
    for at, line in enumerate(lines):
        beside = right - first if not at else right - 2 - ems(line)
        held = _HELD if at < len(rest) else ""
        yield _p("Signature", run(line), f'{held}<w:ind w:right="{_twips(beside)}"/>')


def _twips(em: float) -> int:
    return round(em * EM_POINTS * 20)


def _signed(blocks: Iterable[Block]) -> Iterator[Block]:
    """The blocks with the lines of a signature as one paragraph."""
    lines: list[str] = []
    for block in blocks:
        if isinstance(block, Paragraph) and block.style == "signature":
            lines.append(block.as_text())
            continue
        if lines:
            yield Paragraph((Run("\n".join(lines)),), "signature")
            lines = []
        yield block
    if lines:
        yield Paragraph((Run("\n".join(lines)),), "signature")


def _table(table: Table, width: float, *, alone: bool) -> Iterator[str]:
    if table.caption:
        yield _p("Caption", caption_runs(table.caption))
    if table.unit:
        yield _p("TableUnit", run(f"单位：{table.unit}"))
    if is_drawable(table):
        yield table_xml(table, width, alone=alone)
    yield _p("TableNote", run(table.note)) if table.note else _p("Gap", "")


def _chart(chart: Chart, document: Document, width: float) -> Iterator[str]:
    """The picture on a line of its own, with its alternative text, and the caption below."""
    image = bitmap(chart)
    if image is None:
        yield _p("BodyText", runs(in_words(chart).runs))
        return
    inline = document.part.new_pic_inline(io.BytesIO(image), width=Mm(_shown_width(chart, image, width)))
    about = inline.find(qn("wp:docPr"))
    about.set("name", shown(chart.caption) or "图")
    about.set("descr", shown(chart.alt))
    yield _p("Chart", f"<w:r><w:drawing>{etree.tostring(inline, encoding='unicode')}</w:drawing></w:r>")
    if chart.caption:
        yield _p("Caption", caption_runs(chart.caption), _BELOW)


def _shown_width(chart: Chart, image: bytes, width: float) -> float:
    """The width in mm at which a picture is neither wider than the text nor too high for its page."""
    across, down = pixels(image)
    highest = HIGHEST_MM if width <= PORTRAIT_MM else HIGHEST_LANDSCAPE_MM
    return min(chart.width_mm, width, highest * across / down)


def _flat_end(document: Document) -> bool:
    """The gap below a table that ends a section takes no room: it would begin a page of its own. Whether one stands there."""
    body = document.element.body
    style = body[-1].find(f"{qn('w:pPr')}/{qn('w:pStyle')}") if len(body) else None
    if style is None or style.get(qn("w:val")) != "Gap":
        return False
    style.set(qn("w:val"), "Flat")
    return True


def _end_section(document: Document, properties: str, *, flat: bool) -> None:
    """A section's properties stand in its last paragraph: a flat one of its own if a table or picture is last."""
    last = document.element.body[-1]
    if not flat and (last.tag != qn("w:p") or last.find(qn("w:r")) is None):
        last = parse_xml(_p("Flat", ""))
        document.element.body.append(last)
    last.find(qn("w:pPr")).append(parse_xml(properties))

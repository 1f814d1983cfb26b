"""Summaries and forms as .docx: paragraphs in official faces, tables with merged headers."""

from __future__ import annotations

import io
from dataclasses import dataclass
from datetime import datetime

from docx import Document
from docx.enum.section import WD_ORIENT, WD_SECTION
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from samples.sheet import Block, Page
from samples.write_text import as_text
from samples.zips import repacked

FORM_WIDTH = 261.0  # mm
CREATED = datetime(2021, 4, 1)
FACES = {"title": ("方正小标宋简体", 22), "heading": ("黑体", 16), "body": ("仿宋_GB2312", 16), "small": ("宋体", 10.5)}


@dataclass(frozen=True, slots=True)
class Part:
    """A paragraph of a Word file. `look`: title, heading, body, small, right."""

    text: str
    look: str = "body"


def docx(parts: list[Part | tuple[Block, Page]]) -> bytes:
    """The document's bytes: text on upright pages, then each form on a wide page of its own, notes below its table."""
    document = Document()
    properties = document.core_properties
    properties.created = properties.modified = CREATED
    properties.author, properties.comments = "示例", "虚构样例数据，并非真实报送材料"
    text = [part for part in parts if isinstance(part, Part)]
    for part in text:
        _paragraph(document, part)
    for number, part in enumerate(p for p in parts if not isinstance(p, Part)):
        section = document.add_section(WD_SECTION.NEW_PAGE) if text or number else document.sections[0]
        _paper(section, wide=True)
        _form(document, *part)
    if text:
        _paper(document.sections[0], wide=False)
    out = io.BytesIO()
    document.save(out)
    return repacked(out.getvalue())


def _paper(section, wide: bool) -> None:
    section.page_width, section.page_height = (Mm(297), Mm(210)) if wide else (Mm(210), Mm(297))
    section.orientation = WD_ORIENT.LANDSCAPE if wide else WD_ORIENT.PORTRAIT
    for side in ("left_margin", "right_margin"):
        setattr(section, side, Mm((297 - FORM_WIDTH) / 2 if wide else 27))


def _paragraph(document, part: Part) -> None:
    paragraph = document.add_paragraph()
    if part.look == "title":
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    elif part.look == "right":
        paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    elif part.look in ("body", "heading"):
        paragraph.paragraph_format.first_line_indent = Pt(32)
    _run(paragraph, part.text, *FACES.get(part.look, FACES["body"]))


def _run(paragraph, text: str, face: str, size: float, bold: bool = False) -> None:
    run = paragraph.add_run(text)
    run.font.name, run.font.size, run.font.bold = face, Pt(size), bold
    run._element.rPr.rFonts.set(qn("w:eastAsia"), face)


def _form(document, block: Block, page: Page) -> None:
    for line in block.above:
        text = "　　　　".join(w.text for w in line)
        _paragraph(document, Part(text, "title" if line[0].look == "title" else "small"))
    table = document.add_table(page.rows, page.columns, style="Table Grid")
    table.alignment = WD_TABLE_ALIGNMENT.CENTER
    grid = [list(row.cells) for row in table.rows]
    _widths(table, grid, block.widths)
    for (r, c), cell in sorted(page.cells.items()):
        if cell.shown is not None:
            paragraph = grid[r][c].paragraphs[0]
            _run(paragraph, as_text(cell), "宋体", 9, cell.look == "head")
            paragraph.runs[0].font.strike = cell.struck or None
            paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    for top, left, bottom, right in page.merges:
        grid[top][left].merge(grid[bottom][right])
    for line in block.below:
        _paragraph(document, Part("".join(w.text for w in line), "small"))


def _widths(table, grid: list[list], widths: list[float]) -> None:
    """Columns in the proportions of the form, together as wide as the page allows."""
    table.autofit = False
    for c, width in enumerate(widths):
        table.columns[c].width = Mm(width / sum(widths) * FORM_WIDTH)
        for row in grid:
            row[c].width = table.columns[c].width

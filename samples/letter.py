"""Summaries and forms as .docx: paragraphs in official faces, tables with merged headers."""

from __future__ import annotations

from dataclasses import dataclass

from docx import Document
from docx.enum.section import WD_ORIENT, WD_SECTION
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.shared import Mm, Pt

from samples.drawing import drawn
from samples.sheet import Block, Page
from samples.writers.word import TABLE_WIDTH, add_table, package, set_face

FACES = {"title": ("方正小标宋简体", 22), "heading": ("黑体", 16), "body": ("仿宋_GB2312", 16), "small": ("宋体", 10.5)}


@dataclass(frozen=True, slots=True)
class Part:
    """A paragraph of a Word file. `look`: title, heading, body, small, right."""

    text: str
    look: str = "body"


def letter(parts: list[Part | tuple[Block, Page]]) -> bytes:
    """The document's bytes: text on upright pages, then each form on a wide page of its own, notes below its table."""
    document = Document()
    text = [part for part in parts if isinstance(part, Part)]
    for part in text:
        _paragraph(document, part)
    for number, part in enumerate(p for p in parts if not isinstance(p, Part)):
        section = document.add_section(WD_SECTION.NEW_PAGE) if text or number else document.sections[0]
        _paper(section, wide=True)
        _form(document, *part)
    if text:
        _paper(document.sections[0], wide=False)
    return package(document)


def _paper(section, wide: bool) -> None:
    section.page_width, section.page_height = (Mm(297), Mm(210)) if wide else (Mm(210), Mm(297))
    section.orientation = WD_ORIENT.LANDSCAPE if wide else WD_ORIENT.PORTRAIT
    for side in ("left_margin", "right_margin"):
        setattr(section, side, Mm((297 - TABLE_WIDTH) / 2 if wide else 27))


def _paragraph(document, part: Part) -> None:
    paragraph = document.add_paragraph()
    if part.look == "title":
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    elif part.look == "right":
        paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    elif part.look in ("body", "heading"):
        paragraph.paragraph_format.first_line_indent = Pt(32)
    set_face(paragraph.add_run(part.text), *FACES.get(part.look, FACES["body"]))


def _form(document, block: Block, page: Page) -> None:
    for line in block.above:
        text = "　　　　".join(w.text for w in line)
        _paragraph(document, Part(text, "title" if line[0].look == "title" else "small"))
    add_table(document, drawn(page))
    for line in block.below:
        _paragraph(document, Part("".join(w.text for w in line), "small"))

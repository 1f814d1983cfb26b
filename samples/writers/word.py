"""Sheets as tables of a Word document."""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any

import docx
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from samples.writers.sheet import Ink, Sheet, as_text
from samples.writers.zips import repacked

CREATED = datetime(2021, 4, 1)
TABLE_WIDTH = 261.0  # mm, of a table whose columns have widths


def word_tables(
    sheets: Sequence[Sheet], edit: Callable[[Any, Any], object] | None = None, paragraphs: bool = False
) -> bytes:
    """A document with one table a sheet, paragraphs before and after it; `edit(document, last table)` has the last word.

    `paragraphs`: lines of a cell are paragraphs, not broken lines of one.
    """
    document = docx.Document()
    table = None
    for sheet in sheets:
        for line in sheet.before:
            document.add_paragraph(line)
        table = add_table(document, sheet, paragraphs)
        for line in sheet.after or [""]:
            document.add_paragraph(line)
    if edit:
        edit(document, table)
    return package(document)


def package(document) -> bytes:
    """The document's bytes; the same document gives the same bytes."""
    properties = document.core_properties
    properties.created = properties.modified = CREATED
    properties.author, properties.comments = "示例", "虚构样例数据，并非真实报送材料"
    out = io.BytesIO()
    document.save(out)
    return repacked(out.getvalue())


def add_table(document, sheet: Sheet, paragraphs: bool = False):
    """The table at the document's end; with column widths it is ruled, and as wide as a page across allows."""
    table = document.add_table(*sheet.size, style="Table Grid" if sheet.widths else None)
    grid = [list(row.cells) for row in table.rows]
    if sheet.widths:
        table.alignment = WD_TABLE_ALIGNMENT.CENTER
        _widths(table, grid, sheet.widths)
    covered = sheet.covered
    for (r, c), ink in sheet.inks.items():
        if (r, c) not in covered and (ink.gone or ink.raw is not None):
            _write(grid[r][c], ink, paragraphs)
    for top, left, bottom, right in sheet.merges:
        grid[top][left].merge(grid[bottom][right])
        _drop_empty_paragraphs(grid[top][left])
    return table


def _write(cell, ink: Ink, paragraphs: bool) -> None:
    paragraph = cell.paragraphs[0]
    if ink.gone:
        paragraph.add_run(ink.gone).font.strike = True
    text = as_text(ink.raw)
    first, *more = text.split("\n") if paragraphs else [text]
    add_run(paragraph, first, ink)
    for line in more:
        add_run(cell.add_paragraph(), line, ink)


def add_run(paragraph, text: str, ink: Ink) -> None:
    run = paragraph.add_run(text)
    if ink.look:
        set_face(run, "宋体", 9, ink.look == "head")
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    run.font.strike = ink.struck or None


def set_face(run, face: str, size: float, bold: bool = False) -> None:
    """The run's font, for Latin and Chinese letters alike; `size` in points."""
    run.font.name, run.font.size, run.font.bold = face, Pt(size), bold
    run._element.rPr.rFonts.set(qn("w:eastAsia"), face)


def _drop_empty_paragraphs(cell) -> None:
    """python-docx keeps the empty paragraphs of the cells it merges away; Word does not."""
    for paragraph in cell.paragraphs[1:]:
        if not paragraph.text:
            paragraph._p.getparent().remove(paragraph._p)


def _widths(table, grid: list[list], widths: list[float]) -> None:
    """Columns in the proportions of the sheet, together as wide as the page allows."""
    table.autofit = False
    for c, width in enumerate(widths):
        table.columns[c].width = Mm(width / sum(widths) * TABLE_WIDTH)
        for row in grid:
            row[c].width = table.columns[c].width

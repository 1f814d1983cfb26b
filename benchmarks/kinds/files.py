"""Rows of cells written as files of every kind that counties send; what no description holds is edited in or patched."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from openpyxl.workbook import Workbook

from benchmarks.kinds.forms import Rows
from samples.writers import delimited, web, word, xml_2003
from samples.writers import ods as open_document
from samples.writers import xls as biff
from samples.writers import xlsx as workbook
from samples.writers.sheet import sheet_of
from samples.writers.zips import Patch

Sheets = Mapping[str, Rows]
TOP = 3  # rows that are paragraphs where a format has them
SPACES = " ".join(
    (
        'xmlns:xlink="http://www.w3.org/1999/xlink" xmlns:dc="http://purl.org/dc/elements/1.1/"',
        'xmlns:number="urn:oasis:names:tc:opendocument:xmlns:datastyle:1.0"',
        'xmlns:draw="urn:oasis:names:tc:opendocument:xmlns:drawing:1.0"',
        'xmlns:svg="urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0"',
    )
)


def xlsx(
    sheets: Rows | Sheets,
    edit: Callable[[Workbook], object] | None = None,
    patches: tuple[Patch, ...] = (),
    parts: Mapping[str, bytes] | None = None,
) -> bytes:
    """An .xlsx; `edit(book)` has the last word before saving, `patches` change the saved parts' XML, `parts` are added."""
    named = sheets if isinstance(sheets, Mapping) else {"Sheet1": sheets}
    content = workbook.typed(named)
    return workbook.edited(content, edit, patches, parts) if edit or patches else content


def xls(rows: Rows, edit: Callable[[Any], object] | None = None) -> bytes:
    """A BIFF workbook; `edit(book)` has the last word before saving."""
    return biff.xls([sheet_of(rows)], edit=edit)


def ods(rows: Rows, cells: Mapping[str, str] | None = None, styles: str = "", flat: bool = False) -> bytes:
    """An OpenDocument spreadsheet, flat or packed; `cells` gives a cell's whole XML by address."""
    return open_document.ods([sheet_of(rows, xml=cells)], styles, SPACES, flat)


def docx(rows: Rows, edit: Callable[[Any, Any], object] | None = None, after: tuple[str, ...] = ()) -> bytes:
    """A Word document: paragraphs, a table, `after` as paragraphs; `edit(document, table)` has the last word."""
    sheet = sheet_of(rows, top=TOP)
    sheet.after += after
    return word.word_tables([sheet], edit)


def html(rows: Rows, cells: Mapping[str, str] | None = None, style: str = "", after: tuple[str, ...] = ()) -> bytes:
    """A page with one table; `cells` gives a cell's whole <td> by its address in the rows."""
    sheet = sheet_of(rows, xml=cells, top=TOP)
    sheet.after += after
    return web.web_page([sheet], "utf-8", style)


def text(rows: Rows, delimiter: str = ",", encoding: str = "utf-8-sig") -> bytes:
    """Delimited text."""
    return delimited.delimited(sheet_of(rows), encoding, delimiter)


def xml2003(rows: Rows) -> bytes:
    """XML Spreadsheet 2003."""
    return xml_2003.xml_2003([sheet_of(rows)])

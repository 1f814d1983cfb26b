"""Rows of cells written as files of every kind that counties send; what a kind cannot hold is added by raw XML."""

from __future__ import annotations

import csv as csv_module
import io
import zipfile
from collections.abc import Callable, Mapping
from datetime import date, datetime
from email.message import EmailMessage
from html import escape
from typing import Any

import docx as python_docx
import openpyxl
import xlwt
from openpyxl.utils import get_column_letter
from openpyxl.workbook import Workbook

from benchmarks.kinds.forms import Rows

Sheets = Mapping[str, Rows]
Patch = tuple[str, str, str]  # part of the package, old text, new text
TYPES = {"text": "", "float": "office:value", "currency": "office:value", "percentage": "office:value"}
SPACES = (
    'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:xlink="http://www.w3.org/1999/xlink" '
    'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
    'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" '
    'xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0" xmlns:dc="http://purl.org/dc/elements/1.1/" '
    'xmlns:number="urn:oasis:names:tc:opendocument:xmlns:datastyle:1.0" '
    'xmlns:fo="urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0" '
    'xmlns:draw="urn:oasis:names:tc:opendocument:xmlns:drawing:1.0" '
    'xmlns:svg="urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0"'
)


def xlsx(
    sheets: Rows | Sheets, edit: Callable[[Workbook], object] | None = None, patches: tuple[Patch, ...] = ()
) -> bytes:
    """An .xlsx; `edit(book)` has the last word before saving, `patches` change the saved parts' XML."""
    book = Workbook()
    book.remove(book.active)
    for title, rows in named(sheets).items():
        page = book.create_sheet(title)
        for row in rows:
            page.append(list(row))
    if edit:
        edit(book)
    sink = io.BytesIO()
    book.save(sink)
    return patched(sink.getvalue(), patches)


def named(sheets: Rows | Sheets) -> Sheets:
    return sheets if isinstance(sheets, Mapping) else {"Sheet1": sheets}


def patched(package: bytes, patches: tuple[Patch, ...], more: Mapping[str, bytes] | None = None) -> bytes:
    """The zip package with text replaced in its parts and parts added; a patch that finds nothing is a slip."""
    source, sink = zipfile.ZipFile(io.BytesIO(package)), io.BytesIO()
    with zipfile.ZipFile(sink, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            content = source.read(name)
            for part, old, new in patches:
                if part == name:
                    if old.encode() not in content:
                        raise LookupError(f"{old!r} is not in {part}")
                    content = content.replace(old.encode(), new.encode())
            target.writestr(name, content)
        for name, content in (more or {}).items():
            target.writestr(name, content)
    return sink.getvalue()


def xls(
    sheets: Rows | Sheets, styles: Mapping[str, Any] | None = None, edit: Callable[[Any], object] | None = None
) -> bytes:
    """A BIFF workbook; `styles` by A1 address are xlwt's easyxf texts, or rich text as a list for write_rich_text."""
    book = xlwt.Workbook(encoding="utf-8")
    for title, rows in named(sheets).items():
        page = book.add_sheet(title, cell_overwrite_ok=True)
        for r, row in enumerate(rows):
            for c, value in enumerate(row):
                _xls_cell(page, r, c, value, (styles or {}).get(f"{get_column_letter(c + 1)}{r + 1}"))
    if edit:
        edit(book)
    sink = io.BytesIO()
    book.save(sink)
    return sink.getvalue()


def _xls_cell(page: Any, row: int, column: int, value: object, style: Any) -> None:
    if isinstance(style, list):
        page.write_rich_text(row, column, style)
    elif isinstance(style, tuple):
        page.write(row, column, value, xlwt.easyxf(style[0], num_format_str=style[1]))
    elif style is not None or value is not None:
        page.write(row, column, value, xlwt.easyxf(style or ""))


def ods(sheets: Rows | Sheets, cells: Mapping[str, str] | None = None, styles: str = "", flat: bool = False) -> bytes:
    """An OpenDocument spreadsheet, flat or packed; `cells` gives a cell's whole XML by address."""
    tables = "".join(_ods_table(title, rows, cells or {}) for title, rows in named(sheets).items())
    body = f"<office:automatic-styles>{styles}</office:automatic-styles><office:body><office:spreadsheet>{tables}</office:spreadsheet></office:body>"
    head = '<?xml version="1.0" encoding="UTF-8"?>'
    mime = "application/vnd.oasis.opendocument.spreadsheet"
    if flat:
        return f'{head}<office:document {SPACES} office:version="1.2" office:mimetype="{mime}">{body}</office:document>'.encode()
    manifest = (
        f'{head}<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">'
        f'<manifest:file-entry manifest:full-path="/" manifest:media-type="{mime}"/>'
        '<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/></manifest:manifest>'
    )
    sink = io.BytesIO()
    with zipfile.ZipFile(sink, "w") as package:
        package.writestr("mimetype", mime)
        package.writestr(
            "content.xml",
            f'{head}<office:document-content {SPACES} office:version="1.2">{body}</office:document-content>',
        )
        package.writestr("META-INF/manifest.xml", manifest)
    return sink.getvalue()


def _ods_table(title: str, rows: Rows, cells: Mapping[str, str]) -> str:
    lines = []
    for r, row in enumerate(rows):
        line = [cells.get(f"{get_column_letter(c + 1)}{r + 1}") or ods_cell(value) for c, value in enumerate(row)]
        lines.append(f"<table:table-row>{''.join(line)}</table:table-row>")
    return f'<table:table table:name="{escape(title)}">{"".join(lines)}</table:table>'


def ods_cell(value: object, shown: str = "", more: str = "", kind: str = "float") -> str:
    """A cell's XML: its stored value, what it shows, more attributes."""
    if value is None:
        return "<table:table-cell/>"
    text = escape(shown or str(value))
    if isinstance(value, (int, float)):
        return f'<table:table-cell office:value-type="{kind}" office:value="{value}"{more}><text:p>{text}</text:p></table:table-cell>'
    return f'<table:table-cell office:value-type="string"{more}><text:p>{text}</text:p></table:table-cell>'


def docx(
    rows: Rows, edit: Callable[[Any, Any], object] | None = None, top: int = 3, after: tuple[str, ...] = ()
) -> bytes:
    """A Word document: the first `top` rows as paragraphs, the rest a table; `edit(document, table)` has the last word."""
    document = python_docx.Document()
    for row in rows[:top]:
        document.add_paragraph("　　".join(shown(v) for v in row if v is not None))
    body = rows[top:]
    table = document.add_table(len(body), max(len(row) for row in body))
    for line, row in zip(table.rows, body, strict=True):
        for cell, value in zip(line.cells, row, strict=False):
            cell.text = shown(value)
    for text in after:
        document.add_paragraph(text)
    if edit:
        edit(document, table)
    sink = io.BytesIO()
    document.save(sink)
    return sink.getvalue()


def html(rows: Rows, cells: Mapping[str, str] | None = None, top: int = 3, style: str = "", after: str = "") -> bytes:
    """A page with one table; `cells` gives a cell's whole <td> by its address in the rows."""
    lines = []
    for r, row in enumerate(rows[top:], top + 1):
        tds = [
            (cells or {}).get(f"{get_column_letter(c + 1)}{r}", f"<td>{escape(shown(value))}</td>")
            for c, value in enumerate(row)
        ]
        lines.append(f"<tr>{''.join(tds)}</tr>")
    before = "".join(f"<p>{escape(' '.join(shown(v) for v in row if v is not None))}</p>" for row in rows[:top])
    page = f'<html><head><meta charset="utf-8"><style>{style}</style></head><body>{before}<table>{"".join(lines)}</table>{after}</body></html>'
    return page.encode()


def text(rows: Rows, delimiter: str = ",", encoding: str = "utf-8-sig") -> bytes:
    """Delimited text."""
    sink = io.StringIO()
    csv_module.writer(sink, delimiter=delimiter, lineterminator="\r\n").writerows(
        [[shown(v) for v in row] for row in rows]
    )
    return sink.getvalue().encode(encoding)


def xml2003(rows: Rows, cells: Mapping[str, str] | None = None, styles: str = "") -> bytes:
    """XML Spreadsheet 2003; `cells` gives a cell's whole XML by address."""
    lines = []
    for r, row in enumerate(rows):
        line = [
            (cells or {}).get(f"{get_column_letter(c + 1)}{r + 1}") or _xml_cell(value) for c, value in enumerate(row)
        ]
        lines.append(f"<Row>{''.join(line)}</Row>")
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n<?mso-application progid="Excel.Sheet"?>\n'
        '<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet" xmlns:html="http://www.w3.org/TR/REC-html40" '
        'xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet">'
        f'<Styles>{styles}</Styles><Worksheet ss:Name="Sheet1"><Table>{"".join(lines)}</Table></Worksheet></Workbook>'
    ).encode()


def _xml_cell(value: object) -> str:
    if value is None:
        return "<Cell/>"
    kind = "Number" if isinstance(value, (int, float)) else "String"
    return f'<Cell><Data ss:Type="{kind}">{escape(str(value))}</Data></Cell>'


def shown(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, (date, datetime)):
        return f"{value.year}/{value.month}/{value.day}"
    return str(value)


def packed(files: Mapping[str, bytes]) -> bytes:
    """A zip of files."""
    sink = io.BytesIO()
    with zipfile.ZipFile(sink, "w") as package:
        for name, content in files.items():
            package.writestr(name, content)
    return sink.getvalue()


def mail(subject: str, body: str, files: Mapping[str, bytes], sent: str = "Mon, 31 May 2021 09:00:00 +0800") -> bytes:
    """A mail with attachments."""
    message = EmailMessage()
    message["Subject"], message["From"], message["To"], message["Date"] = (
        subject,
        "a@example.org",
        "b@example.org",
        sent,
    )
    message.set_content(body)
    for name, content in files.items():
        message.add_attachment(content, maintype="application", subtype="octet-stream", filename=name)
    return message.as_bytes()


def reopened(content: bytes) -> Workbook:
    """The workbook, for a test to look at."""
    return openpyxl.load_workbook(io.BytesIO(content))

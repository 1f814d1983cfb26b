"""Write sheets as office files: xlsx, xls (and its twin et), docx, ods."""

from __future__ import annotations

import html
import io
import zipfile
from datetime import datetime

import docx
import xlsxwriter
import xlwt

from benchmarks.mess.text_files import covered_cells, shown
from benchmarks.mess.truth import Book, Ink, Sheet

_ODS_SPACES = (
    'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
    'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
    'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"'
)
_ODS_TYPE = "application/vnd.oasis.opendocument.spreadsheet"


def xlsx(book: Book) -> bytes:
    """An xlsx workbook; a formula without a stored value has an empty <v>."""
    out = io.BytesIO()
    target = xlsxwriter.Workbook(out, {"in_memory": True, "date_1904": book.date_1904})
    target.set_properties({"created": datetime(2021, 5, 31)})
    for sheet in book.sheets:
        page = target.add_worksheet(sheet.name)
        covered = covered_cells(sheet)
        for top, left, bottom, right in sheet.merges:
            page.merge_range(top, left, bottom, right, "")
        for (row, col), ink in sheet.inks.items():
            if (row, col) not in covered:
                _write_xlsx(target, page, row, col, ink)
        for row in sheet.hidden_rows:
            page.set_row(row, None, None, {"hidden": True})
        for col in sheet.hidden_cols:
            page.set_column(col, col, None, None, {"hidden": True})
        if sheet.hidden:
            page.hide()
    if book.sheets[0].hidden:
        target.worksheets()[1].activate()
        target.worksheets()[1].set_first_sheet()
    target.close()
    return out.getvalue()


def _write_xlsx(target, page, row: int, col: int, ink: Ink) -> None:
    raw = ink.raw
    look = {"num_format": ink.number_format or ("yyyy/m/d" if isinstance(raw, datetime) else "General")}
    style = target.add_format(look | ({"font_strikeout": True} if ink.struck else {}))
    if ink.formula:
        page.write_formula(row, col, ink.formula, style, "" if raw is None else raw)
    elif ink.gone:
        page.write_rich_string(row, col, target.add_format({"font_strikeout": True}), ink.gone, style, str(raw))
    elif isinstance(raw, bool):
        page.write_boolean(row, col, raw, style)
    elif isinstance(raw, datetime):
        page.write_datetime(row, col, raw, style)
    elif isinstance(raw, (int, float)):
        page.write_number(row, col, raw, style)
    elif raw is not None and raw != "":
        page.write_string(row, col, raw, style)


def xls(book: Book) -> bytes:
    """A BIFF workbook (.xls, .et)."""
    target = xlwt.Workbook(encoding="utf-8")
    target.dates_1904 = book.date_1904
    for sheet in book.sheets:
        page = target.add_sheet(sheet.name, cell_overwrite_ok=True)
        anchors = {(t, le): (b, r) for t, le, b, r in sheet.merges}
        covered = covered_cells(sheet)
        for (row, col), (bottom, right) in anchors.items():
            ink = sheet.inks.get((row, col), Ink())
            page.write_merge(row, bottom, col, right, ink.raw, _xls_style(ink))
        for (row, col), ink in sheet.inks.items():
            if (row, col) not in covered and (row, col) not in anchors and ink.raw is not None:
                page.write(row, col, ink.raw, _xls_style(ink))
        for row in sheet.hidden_rows:
            page.row(row).hidden = True
        for col in sheet.hidden_cols:
            page.col(col).hidden = True
        page.visibility = int(sheet.hidden)
    out = io.BytesIO()
    target.save(out)
    return out.getvalue()


_STYLES: dict[tuple[str, bool], xlwt.XFStyle] = {}


def _xls_style(ink: Ink) -> xlwt.XFStyle:
    wanted = ink.number_format or ("yyyy/m/d" if isinstance(ink.raw, datetime) else "General")
    if (wanted, ink.struck) not in _STYLES:
        style = xlwt.XFStyle()
        style.num_format_str = wanted
        style.font.struck_out = ink.struck
        _STYLES[wanted, ink.struck] = style
    return _STYLES[wanted, ink.struck]


def docx_tables(book: Book) -> bytes:
    """A Word document with one table a sheet, paragraphs before and after it."""
    target = docx.Document()
    for sheet in book.sheets:
        for line in sheet.before:
            target.add_paragraph(line)
        _docx_table(target, sheet)
        for line in sheet.after or [""]:
            target.add_paragraph(line)
    out = io.BytesIO()
    target.save(out)
    return out.getvalue()


def _docx_table(target, sheet: Sheet) -> None:
    rows, cols = sheet.size
    table = target.add_table(rows, cols)
    cells = [list(row.cells) for row in table.rows]
    covered = covered_cells(sheet)
    for row in range(rows):
        for col in range(cols):
            ink = sheet.inks.get((row, col))
            if ink and (row, col) not in covered:
                _docx_cell(cells[row][col], ink)
    for top, left, bottom, right in sheet.merges:
        cells[top][left].merge(cells[bottom][right])
        _drop_empty_paragraphs(cells[top][left])


def _docx_cell(cell, ink: Ink) -> None:
    paragraph = cell.paragraphs[0]
    if ink.gone:
        paragraph.add_run(ink.gone).font.strike = True
    first, *more = shown(ink).split("\n")
    paragraph.add_run(first).font.strike = ink.struck or None
    for line in more:
        cell.add_paragraph().add_run(line).font.strike = ink.struck or None


def _drop_empty_paragraphs(cell) -> None:
    """python-docx keeps the empty paragraphs of the cells it merges away; Word does not."""
    for paragraph in cell.paragraphs[1:]:
        if not paragraph.text:
            paragraph._p.getparent().remove(paragraph._p)


def ods(book: Book) -> bytes:
    """An OpenDocument spreadsheet with spans and hidden rows."""
    tables = "".join(_ods_table(s) for s in book.sheets)
    content = (
        f'<?xml version="1.0" encoding="UTF-8"?><office:document-content {_ODS_SPACES} office:version="1.2">'
        f"<office:body><office:spreadsheet>{tables}</office:spreadsheet></office:body></office:document-content>"
    )
    manifest = (
        '<?xml version="1.0" encoding="UTF-8"?>'
        '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">'
        f'<manifest:file-entry manifest:full-path="/" manifest:media-type="{_ODS_TYPE}"/>'
        '<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/></manifest:manifest>'
    )
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as z:
        z.writestr(zipfile.ZipInfo("mimetype"), _ODS_TYPE)
        z.writestr("content.xml", content)
        z.writestr("META-INF/manifest.xml", manifest)
    return out.getvalue()


def _ods_table(sheet: Sheet) -> str:
    anchors = {(t, le): (b - t + 1, r - le + 1) for t, le, b, r in sheet.merges}
    covered = covered_cells(sheet)
    rows, cols = sheet.size
    lines = []
    for r in range(rows):
        cells = "".join(
            "<table:covered-table-cell/>"
            if (r, c) in covered
            else _ods_cell(sheet.inks.get((r, c)), *anchors.get((r, c), (1, 1)))
            for c in range(cols)
        )
        hidden = ' table:visibility="collapse"' * (r in sheet.hidden_rows)
        lines.append(f"<table:table-row{hidden}>{cells}</table:table-row>")
    columns = f'<table:table-column table:number-columns-repeated="{cols}"/>'
    return f'<table:table table:name="{html.escape(sheet.name)}">{columns}{"".join(lines)}</table:table>'


def _ods_cell(ink: Ink | None, down: int, right: int) -> str:
    spans = (
        f' table:number-columns-spanned="{right}" table:number-rows-spanned="{down}"' if (down, right) != (1, 1) else ""
    )
    raw = ink.raw if ink else None
    if raw is None or raw == "":
        return f"<table:table-cell{spans}/>"
    if isinstance(raw, bool):
        kind = f' office:value-type="boolean" office:boolean-value="{str(raw).lower()}"'
    elif isinstance(raw, (int, float)):
        kind = f' office:value-type="float" office:value="{raw!r}"'
    elif isinstance(raw, datetime):
        kind = f' office:value-type="date" office:date-value="{raw:%Y-%m-%d}"'
    else:
        kind = ' office:value-type="string"'
    return f"<table:table-cell{kind}{spans}>{_ods_text(shown(ink))}</table:table-cell>"


def _ods_text(text: str) -> str:
    """Paragraphs for lines; blanks and tabs in the elements the format keeps them by."""
    lines = (
        html.escape(line).replace("\t", "<text:tab/>").replace(" ", '<text:s text:c="1"/>') for line in text.split("\n")
    )
    return "".join(f"<text:p>{line}</text:p>" for line in lines)

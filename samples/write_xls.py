"""Pages as BIFF8: .xls, and .et, which is what WPS calls the same thing."""

from __future__ import annotations

import io
from datetime import date

import xlwt

from samples.heights import row_heights
from samples.sheet import Cell, Page

LOOKS = {
    "annex": "font: name 黑体, height 240; align: vert center",
    "title": "font: name {font}, height 360, bold on; align: horiz center, vert center",
    "line": "font: name {font}, height 220; align: vert center",
    "line_right": "font: name {font}, height 220; align: horiz right, vert center",
    "note": "font: name {font}, height 200; align: wrap on",
    "head": "font: name {font}, height 220, bold on; align: horiz center, vert center, wrap on; "
    "borders: left thin, right thin, top thin, bottom thin",
    "body": "font: name {font}, height 220{struck}; align: horiz center, vert center; "
    "borders: left thin, right thin, top thin, bottom thin",
    "text": "font: name {font}, height 220{struck}; align: horiz left, vert center, wrap on; "
    "borders: left thin, right thin, top thin, bottom thin",
}


def xls(pages: list[Page], font: str = "宋体") -> bytes:
    """The workbook's bytes; the same pages give the same bytes. Formulas are not written, their results are."""
    book = xlwt.Workbook(encoding="utf-8")
    styles: dict[tuple, xlwt.XFStyle] = {}
    for page in pages:
        _sheet(book.add_sheet(page.name), page, font, styles)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _style(cell: Cell, font: str, styles: dict) -> xlwt.XFStyle:
    key = (cell.look, cell.struck, isinstance(cell.shown, date))
    if key not in styles:
        struck = ", struck_out on" if cell.struck else ""
        text = LOOKS[cell.look].format(font=font, struck=struck)
        styles[key] = xlwt.easyxf(text, num_format_str="yyyy/m/d" if key[2] else "General")
    return styles[key]


def _sheet(sheet, page: Page, font: str, styles: dict) -> None:
    covered = set()
    for top, left, bottom, right in page.merges:
        cell = page.cells[top, left]
        sheet.write_merge(top, bottom, left, right, _value(cell), _style(cell, font, styles))
        covered |= {(r, c) for r in range(top, bottom + 1) for c in range(left, right + 1)}
    for (r, c), cell in sorted(page.cells.items()):
        if (r, c) not in covered:
            sheet.write(r, c, _value(cell), _style(cell, font, styles))
    for c, width in enumerate(page.widths):
        sheet.col(c).width = int(256 * width)
    for r, height in row_heights(page).items():
        sheet.row(r).height_mismatch = True
        sheet.row(r).height = int(20 * height)
        sheet.row(r).hidden = r in page.hidden
    sheet.portrait = False
    sheet.paper_size_code = 9
    sheet.fit_num_pages = 1
    sheet.fit_height_to_pages = 0
    sheet.fit_width_to_pages = 1


def _value(cell: Cell) -> object:
    return "" if cell.shown is None else cell.shown

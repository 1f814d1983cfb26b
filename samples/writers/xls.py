"""Sheets as BIFF8: .xls, and .et, which is what WPS calls the same thing."""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence

import xlwt

from samples.writers.sheet import Ink, Sheet

LOOKS = {
    "": "",
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


def xls(
    sheets: Sequence[Sheet],
    font: str = "宋体",
    since_1904: bool = False,
    edit: Callable[[xlwt.Workbook], object] | None = None,
) -> bytes:
    """The workbook's bytes; the same sheets give the same bytes. Formulas are not written, their results are.

    `edit(book)` has the last word before saving.
    """
    book = xlwt.Workbook(encoding="utf-8")
    book.dates_1904 = since_1904
    styles = _Styles(font)
    for sheet in sheets:
        _sheet(book.add_sheet(sheet.name, cell_overwrite_ok=True), sheet, styles)
    if edit:
        edit(book)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


class _Styles:
    """One style for each look, made once."""

    def __init__(self, font: str):
        self.font, self.made = font, {}

    def of(self, ink: Ink) -> xlwt.XFStyle:
        key = (ink.look, ink.struck, ink.code)
        if key not in self.made:
            text = LOOKS[ink.look].format(font=self.font, struck=", struck_out on" if ink.struck else "")
            style = xlwt.easyxf(text, num_format_str=ink.code or "General")
            style.font.struck_out = style.font.struck_out or ink.struck
            self.made[key] = style
        return self.made[key]


def _sheet(page, sheet: Sheet, styles: _Styles) -> None:
    for top, left, bottom, right in sheet.merges:
        ink = sheet.inks.get((top, left), Ink())
        page.write_merge(top, bottom, left, right, ink.raw, styles.of(ink))
    merged = sheet.covered | sheet.spans.keys()
    for (r, c), ink in sheet.inks.items():
        if (r, c) not in merged and (ink.look or ink.raw is not None):
            page.write(r, c, ink.raw, styles.of(ink))
    for c, width in enumerate(sheet.widths):
        page.col(c).width = int(256 * width)
    for c in sheet.hidden_cols:
        page.col(c).hidden = True
    for r, height in sheet.heights.items():
        page.row(r).height_mismatch = True
        page.row(r).height = int(20 * height)
    for r in sheet.hidden_rows:
        page.row(r).hidden = True
    page.visibility = int(sheet.hidden)
    if sheet.landscape:
        _across(page)


def _across(page) -> None:
    page.portrait = False
    page.paper_size_code = 9
    page.fit_num_pages = 1
    page.fit_height_to_pages = 0
    page.fit_width_to_pages = 1

"""Sheets as .xlsx: borders, merged ranges, hidden rows, strikethrough, formulas with or without a result."""

from __future__ import annotations

import io
from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from typing import Any

import openpyxl
import xlsxwriter
from openpyxl.workbook import Workbook

from samples.writers.sheet import Ink, Raw, Sheet, sheet_of
from samples.writers.zips import Patch, patched, repacked

CREATED = datetime(2021, 4, 1)
LOOKS: dict[str, dict[str, Any]] = {
    "": {},
    "annex": {"font_size": 12, "font_name": "黑体"},
    "title": {"font_size": 18, "bold": True, "align": "center"},
    "line": {"font_size": 11},
    "line_right": {"font_size": 11, "align": "right"},
    "note": {"font_size": 10, "text_wrap": True},
    "head": {"font_size": 11, "bold": True, "align": "center", "text_wrap": True, "border": 1},
    "body": {"font_size": 11, "align": "center", "border": 1},
    "text": {"font_size": 11, "align": "left", "text_wrap": True, "border": 1},
}


def xlsx(sheets: Sequence[Sheet], font: str = "宋体", since_1904: bool = False) -> bytes:
    """The workbook's bytes; the same sheets give the same bytes. `since_1904`: dates count as on an old Macintosh."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True, "date_1904": since_1904})
    book.set_properties({"created": CREATED, "author": "示例", "comments": "虚构样例数据，并非真实报送材料"})
    formats = _Formats(book, font)
    for sheet in sheets:
        _sheet(book.add_worksheet(sheet.name), sheet, formats)
    if sheets[0].hidden:
        book.worksheets()[1].activate()
        book.worksheets()[1].set_first_sheet()
    book.close()
    return repacked(out.getvalue())


def typed(pages: Mapping[str, Sequence[Sequence[Raw]]]) -> bytes:
    """A workbook of rows by sheet name, as if typed in: what begins with = is a formula without a result."""
    sheets = [sheet_of(rows, name) for name, rows in pages.items()]
    for sheet in sheets:
        formulas = {at: ink.raw for at, ink in sheet.inks.items() if isinstance(ink.raw, str) and ink.raw[:1] == "="}
        sheet.inks |= {at: Ink(formula=text) for at, text in formulas.items()}
    return xlsx(sheets)


def edited(
    content: bytes,
    edit: Callable[[Workbook], object] | None = None,
    patches: Sequence[Patch] = (),
    parts: Mapping[str, bytes] | None = None,
) -> bytes:
    """The workbook as openpyxl saves it after `edit(book)`; `patches` then change its parts' XML, `parts` are added."""
    book = openpyxl.load_workbook(io.BytesIO(content), rich_text=True)
    if edit:
        edit(book)
    sink = io.BytesIO()
    book.save(sink)
    return patched(sink.getvalue(), patches, parts)


class _Formats:
    """One cell format for each look, made once."""

    def __init__(self, book: xlsxwriter.Workbook, font: str):
        self.book, self.font, self.made = book, font, {}

    def of(self, ink: Ink):
        return self._format(ink.look, ink.struck, ink.code)

    def gone(self):
        return self._format("", True, "")

    def _format(self, look: str, struck: bool, code: str):
        key = (look, struck, code)
        if key not in self.made:
            base = {"font_name": self.font, "valign": "vcenter", **LOOKS[look]} if look else {}
            extra = {"font_strikeout": True} if struck else {}
            self.made[key] = self.book.add_format(base | extra | ({"num_format": code} if code else {}))
        return self.made[key]


def _sheet(page, sheet: Sheet, formats: _Formats) -> None:
    for top, left, bottom, right in sheet.merges:
        anchor = sheet.inks.get((top, left), Ink())
        page.merge_range(top, left, bottom, right, "", formats.of(anchor) if anchor.look else None)
    covered = sheet.covered
    for (r, c), ink in sheet.inks.items():
        if (r, c) not in covered:
            _write(page, r, c, ink, formats)
    for c, width in enumerate(sheet.widths):
        page.set_column(c, c, width)
    for c in sheet.hidden_cols:
        page.set_column(c, c, None, None, {"hidden": True})
    for r in sheet.heights.keys() | sheet.hidden_rows:
        page.set_row(r, sheet.heights.get(r), None, {"hidden": r in sheet.hidden_rows})
    if sheet.hidden:
        page.hide()
    if sheet.landscape:
        page.set_landscape()
        page.set_paper(9)
        page.fit_to_pages(1, 0)


def _write(page, r: int, c: int, ink: Ink, formats: _Formats) -> None:
    raw, look = ink.raw, formats.of(ink)
    if ink.formula:  # an empty result is written as an empty <v>: none is stored
        page.write_formula(r, c, ink.formula, look, "" if raw is None else raw)
    elif ink.gone:
        page.write_rich_string(r, c, formats.gone(), ink.gone, look, str(raw))
    elif raw is None or raw == "":
        if ink.look:
            page.write_blank(r, c, None, look)
    elif isinstance(raw, bool):
        page.write_boolean(r, c, raw, look)
    elif isinstance(raw, date):
        moment = raw if isinstance(raw, datetime) else datetime.combine(raw, datetime.min.time())
        page.write_datetime(r, c, moment, look)
    elif isinstance(raw, int | float):
        page.write_number(r, c, raw, look)
    else:
        page.write_string(r, c, raw, look)

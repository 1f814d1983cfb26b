"""Pages as .xlsx: borders, merged ranges, hidden rows, strikethrough, formulas with or without a result."""

from __future__ import annotations

import io
import re
import zipfile
from datetime import date, datetime

import xlsxwriter

from samples.heights import row_heights
from samples.sheet import Cell, Page, a1
from samples.zips import repacked

CREATED = datetime(2021, 4, 1)
UNSTORED = re.compile(rb' t="str"><f>([^<]*)</f><v></v>')


def xlsx(pages: list[Page], font: str = "宋体", since_1904: bool = False) -> bytes:
    """The workbook's bytes; the same pages give the same bytes. `since_1904`: dates count as on an old Macintosh."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True, "date_1904": since_1904})
    book.set_properties({"created": CREATED, "author": "示例", "comments": "虚构样例数据，并非真实报送材料"})
    looks = _Looks(book, font)
    for page in pages:
        _sheet(book.add_worksheet(page.name), page, looks)
    book.close()
    return _without_results(out.getvalue())


class _Looks:
    """One cell format for each look, made once."""

    FORMATS = {
        "annex": {"font_size": 12, "font_name": "黑体"},
        "title": {"font_size": 18, "bold": True, "align": "center"},
        "line": {"font_size": 11},
        "line_right": {"font_size": 11, "align": "right"},
        "note": {"font_size": 10, "text_wrap": True},
        "head": {"font_size": 11, "bold": True, "align": "center", "text_wrap": True, "border": 1},
        "body": {"font_size": 11, "align": "center", "border": 1},
        "text": {"font_size": 11, "align": "left", "text_wrap": True, "border": 1},
    }

    def __init__(self, book: xlsxwriter.Workbook, font: str):
        self.book, self.font, self.made = book, font, {}

    def of(self, cell: Cell):
        dated = isinstance(cell.shown, date)
        key = (cell.look, cell.struck, dated)
        if key not in self.made:
            base = {"font_name": self.font, "valign": "vcenter", **self.FORMATS[cell.look]}
            extra = {"font_strikeout": True} if cell.struck else {}
            self.made[key] = self.book.add_format(base | extra | ({"num_format": "yyyy/m/d"} if dated else {}))
        return self.made[key]


def _sheet(sheet, page: Page, looks: _Looks) -> None:
    for top, left, bottom, right in page.merges:
        sheet.merge_range(top, left, bottom, right, "", looks.of(page.cells[top, left]))
    covered = _covered(page)
    for (r, c), cell in sorted(page.cells.items()):
        if (r, c) not in covered:
            _write(sheet, r, c, cell, looks)
    for c, width in enumerate(page.widths):
        sheet.set_column(c, c, width)
    for r, height in row_heights(page).items():
        sheet.set_row(r, height, None, {"hidden": r in page.hidden})
    if page.hidden_page:
        sheet.hide()
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)


def _covered(page: Page) -> set[tuple[int, int]]:
    return {
        (r, c)
        for top, left, bottom, right in page.merges
        for r in range(top, bottom + 1)
        for c in range(left, right + 1)
        if (r, c) != (top, left)
    }


def _write(sheet, r: int, c: int, cell: Cell, looks: _Looks) -> None:
    look = looks.of(cell)
    if cell.above:
        formula = f"=SUM({a1(r - cell.above, c)}:{a1(r - 1, c)})"
        sheet.write_formula(r, c, formula, look, cell.shown if cell.stored else "")
    elif cell.shown is None or cell.shown == "":
        sheet.write_blank(r, c, None, look)
    elif cell.shown == "#REF!":
        sheet.write_formula(r, c, "=SUM(#REF!)", look, "#REF!")
    elif isinstance(cell.shown, date):
        sheet.write_datetime(r, c, datetime.combine(cell.shown, datetime.min.time()), look)
    elif isinstance(cell.shown, int | float):
        sheet.write_number(r, c, cell.shown, look)
    else:
        sheet.write_string(r, c, str(cell.shown), look)


def _without_results(content: bytes) -> bytes:
    """Takes the empty results away: a formula without a stored value has no <v> at all."""
    with zipfile.ZipFile(io.BytesIO(content)) as book:
        sheets = {n: book.read(n) for n in book.namelist() if n.startswith("xl/worksheets/sheet")}
    return repacked(content, {n: UNSTORED.sub(rb"><f>\1</f>", xml) for n, xml in sheets.items()})

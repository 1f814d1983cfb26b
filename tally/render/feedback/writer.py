"""Writes a sheet of the list from the top down: lines across, boxed records whose heights show every text, links."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from openpyxl.cell import Cell
from openpyxl.drawing.image import Image
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.styles.cell_style import StyleArray
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.cell_range import CellRange
from openpyxl.worksheet.hyperlink import Hyperlink
from openpyxl.worksheet.worksheet import Worksheet

from tally.render.feedback.rebuilt import set_text
from tally.render.workbook.sheet import height

CENTRED = (2, 3)  # columns
_HIGHEST, _WIDEST = 80, 240  # pixels of a picture
_LINE = Side(style="thin", color="A6A6A6")
_HEAD_FILL = "FFE7E6E6"
_BOX = Border(_LINE, _LINE, _LINE, _LINE)


class Writer:
    """`row` is the next row, counted from 1; `widths` are the columns', in digits."""

    def __init__(self, sheet: Worksheet, widths: Sequence[float]):
        self.sheet, self.widths, self.row = sheet, widths, 1
        self._looks: dict[tuple[tuple[str, float | str], ...], StyleArray] = {}
        for c, wide in enumerate(widths, 1):
            sheet.column_dimensions[get_column_letter(c)].width = wide

    def line(self, text: str, *, size: float = 10.5, bold: bool = False, fill: str = "", center: bool = False) -> None:
        """One text across the whole width."""
        cell = self.sheet.cell(self.row, 1)
        self.dress(cell, size=size, bold=bold, fill=fill, center=center, boxed=False)
        set_text(cell, text)
        self._merge(1, len(self.widths))
        self.sheet.row_dimensions[self.row].height = min(max(height([text], [sum(self.widths)]) * size / 10.5, 20), 409)
        self.row += 1

    def record(self, texts: Sequence[str], *, head: bool = False, spans: Sequence[int] = ()) -> list[Cell]:
        """A row of boxed texts, the nth over `spans[n]` columns; its height shows them all."""
        cells, widths, col = [], [], 1
        for text, span in zip(texts, spans or (1,) * len(texts), strict=True):
            for c in range(col, col + span):
                centred = head or c in CENTRED
                self.dress(self.sheet.cell(self.row, c), bold=head, fill=_HEAD_FILL if head else "", center=centred)
            cells.append(self.sheet.cell(self.row, col))
            set_text(cells[-1], text)
            self._merge(col, span)
            widths.append(sum(self.widths[col - 1 : col - 1 + span]))
            col += span
        self.sheet.row_dimensions[self.row].height = height(texts, widths)
        self.row += 1
        return cells

    def heading(self, texts: Sequence[str]) -> None:
        """The table's heading: it stays in sight, and stands on every printed page."""
        self.record(texts, head=True)
        self.sheet.freeze_panes = self.sheet.cell(self.row, 1)
        self.sheet.print_title_rows = f"{self.row - 1}:{self.row - 1}"

    def dress(self, cell: Cell, **look: Any) -> None:
        """Gives a cell a look; each look is worked out once."""
        key = tuple(sorted(look.items()))
        if key not in self._looks:
            _dress(cell, **look)
            self._looks[key] = cell._style
        cell._style = StyleArray(self._looks[key])

    def link(self, cell: Cell, sheet: str, target: str, tooltip: str = "") -> None:
        """Makes `cell` lead to a cell of this workbook."""
        quoted = sheet.replace("'", "''")
        cell.hyperlink = Hyperlink(ref="", location=f"'{quoted}'!{target}", tooltip=tooltip or None)
        self.dress(cell, link=True)

    def picture(self, path: Path) -> None:
        """Puts a picture right of the record written last, no higher than a few lines; the row makes room for it."""
        try:
            image, row = Image(path), self.row - 1
        except OSError:  # cut short, or gone meanwhile: the list stands without it
            return
        scale = min(1.0, _HIGHEST / image.height, _WIDEST / image.width)
        image.width, image.height = image.width * scale, image.height * scale
        column = get_column_letter(len(self.widths) + 1)
        self.sheet.column_dimensions[column].width = _WIDEST / 7
        there = self.sheet.row_dimensions[row].height or 0
        self.sheet.row_dimensions[row].height = max(there, image.height * 0.75 + 4)
        self.sheet.add_image(image, f"{column}{row}")

    def aside(self, text: str) -> None:
        """What programs read of the record written last: in a hidden column right of all that people see."""
        column = len(self.widths) + 2  # a picture stands in the one between
        set_text(self.sheet.cell(self.row - 1, column), text)
        self.sheet.column_dimensions[get_column_letter(column)].hidden = True

    def page(self) -> None:
        """A4 across, one page wide, page numbers."""
        sheet = self.sheet
        sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", 9
        sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
        sheet.sheet_properties.pageSetUpPr.fitToPage = True
        sheet.page_margins.left = sheet.page_margins.right = 0.4
        sheet.page_margins.top, sheet.page_margins.bottom, sheet.page_margins.footer = 0.6, 0.8, 0.35
        sheet.oddFooter.center.text = "第 &P 页，共 &N 页"
        sheet.sheet_view.showGridLines = False

    def _merge(self, col: int, span: int) -> None:
        if span > 1:  # added bare: merge_cells would work out the borders once more
            self.sheet.merged_cells.add(CellRange(None, col, self.row, col + span - 1, self.row))


def _dress(
    cell: Cell,
    size: float = 10,
    bold: bool = False,
    fill: str = "",
    center: bool = False,
    boxed: bool = True,
    link: bool = False,
) -> None:
    blue = {"color": "FF0563C1", "underline": "single"} if link else {}
    cell.font = Font(name="宋体", size=size, bold=bold, **blue)
    cell.alignment = Alignment("center" if center else "left", "center", wrap_text=True)
    if fill:
        cell.fill = PatternFill("solid", fgColor=fill)
    if boxed:
        cell.border = _BOX

"""How the sheets of an old Excel or WPS workbook looked: fonts, borders, fills and sizes for the rebuilt sheets."""

from __future__ import annotations

import io

import xlrd
from openpyxl.cell import Cell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.styles.cell_style import StyleArray
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from tally.render.feedback.rebuilt import Styles

_LINES = (None, "thin", "medium", "dashed", "dotted", "thick", "double", "hair", "mediumDashed", "dashDot",
          "mediumDashDot", "dashDotDot", "mediumDashDotDot", "slantDashDot")  # fmt: skip
_ACROSS = (None, "left", "center", "right", "fill", "justify", "centerContinuous", "distributed")
_DOWN = ("top", "center", "bottom", "justify", "distributed")
_TWIPS = 20  # to a point
_WIDTH = 256  # to a digit's width


def open_looks(data: bytes) -> xlrd.Book | None:
    """The workbook with its formats, None where these are in disorder."""
    try:
        return xlrd.open_workbook(file_contents=data, formatting_info=True, logfile=io.StringIO())
    except Exception:  # xlrd asserts and indexes its way through formats: the sheet then gets plain borders
        return None


def sizes(book: xlrd.Book, name: str, sheet: Worksheet) -> None:
    """Column widths and row heights as they were."""
    source = book.sheet_by_name(name)
    for c, info in source.colinfo_map.items():
        if c < source.ncols:
            sheet.column_dimensions[get_column_letter(c + 1)].width = info.width / _WIDTH
    for r, info in source.rowinfo_map.items():
        if info.height and info.height_mismatch:
            sheet.row_dimensions[r + 1].height = info.height / _TWIPS


def looks(book: xlrd.Book, name: str) -> Styles:
    """Gives a cell the look of the cell at the same place; each look is worked out once."""
    source, made = book.sheet_by_name(name), {}

    def look(cell: Cell, row: int, col: int) -> None:
        if row >= source.nrows or col >= source.row_len(row):
            return
        number = source.cell_xf_index(row, col)
        if number not in made:
            _dress(cell, book, book.xf_list[number])
            made[number] = cell._style
        cell._style = StyleArray(made[number])

    return look


def _dress(cell: Cell, book: xlrd.Book, xf) -> None:
    font = book.font_list[xf.font_index]
    cell.font = Font(
        name=font.name or "宋体",
        size=font.height / _TWIPS,
        bold=bool(font.bold),
        italic=bool(font.italic),
        strike=bool(font.struck_out),
        underline="single" if font.underline_type else None,
        color=_colour(book, font.colour_index),
    )
    b = xf.border
    cell.border = Border(*(_side(book, b, name) for name in ("left", "right", "top", "bottom")))
    a = xf.alignment
    cell.alignment = Alignment(
        horizontal=_ACROSS[a.hor_align % 8], vertical=_DOWN[a.vert_align % 5], wrap_text=bool(a.text_wrapped)
    )
    shown = book.format_map.get(xf.format_key)
    if shown and shown.format_str:
        cell.number_format = shown.format_str
    if xf.background.fill_pattern == 1 and (colour := _colour(book, xf.background.pattern_colour_index)):
        cell.fill = PatternFill("solid", fgColor=colour)


def _side(book: xlrd.Book, border, name: str) -> Side:
    number = getattr(border, f"{name}_line_style")
    return Side(
        _LINES[number] if number < len(_LINES) else "thin", _colour(book, getattr(border, f"{name}_colour_index"))
    )


def _colour(book: xlrd.Book, index: int) -> str | None:
    rgb = book.colour_map.get(index)
    return "".join(f"{part:02X}" for part in rgb) if rgb else None

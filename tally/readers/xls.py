"""Excel 97-2003 and WPS .et workbooks (BIFF), by way of xlrd -> grids."""

from __future__ import annotations

import io
from functools import partial
from typing import Any

import olefile
import xlrd
from xlrd.biffh import error_text_from_code
from xlrd.book import Book
from xlrd.formatting import XF, XFBackground
from xlrd.sheet import Sheet as BiffSheet

from tally.errors import UnreadableFile
from tally.model import Document, RawValue, Span
from tally.readers.biff_conditions import conditions
from tally.readers.biff_drawings import drawings
from tally.readers.biff_formulas import Formula, formulas
from tally.readers.conditional import apply
from tally.readers.format_dates import from_serial
from tally.readers.formats import BUILTIN, tidy
from tally.readers.limits import FLAT_ROW, NARROW_COLUMN
from tally.readers.protected import opened
from tally.readers.rectangle import Sheet, grid
from tally.readers.runs import PLAIN_FONT, UNKNOWN, WHITE, Font, Piece
from tally.readers.sheet_drawings import words_beside
from tally.readers.styles import PLAIN, Style, style
from tally.readers.symbols import face


def read_xls(data: bytes, name: str) -> tuple[Document, ...]:
    """Every worksheet in the workbook's order, hidden ones too."""
    stream = _stream(data)
    if _is_encrypted(stream):
        stream = _stream(opened(data))
    book, notes = _open(stream)
    found_formulas = formulas(stream, book)
    if len(found_formulas) != book.nsheets:
        found_formulas = [{}] * book.nsheets
    ink = drawings(stream)
    if len(ink) != book.nsheets:
        ink = [[] for _ in range(book.nsheets)]
    formats = conditions(stream, book, partial(_colour, book))
    if len(formats) != book.nsheets:
        formats = [[] for _ in range(book.nsheets)]
    styles = [_style(book, xf) for xf in book.xf_list]
    grids = []
    for sheet, cells, lying, conditional in zip(book.sheets(), found_formulas, ink, formats, strict=True):
        content = _read(sheet, cells, styles)
        content.ink += lying
        apply(content, conditional)
        grids.append(
            grid(name, sheet.name, content, hidden=sheet.visibility != 0, before=words_beside(lying), notes=notes)
        )
    return (Document(name, "xls", tuple(grids)),)


def _stream(data: bytes) -> bytes:
    """The workbook stream; olefile puts up with containers that xlrd's own code refuses."""
    if not data.startswith(olefile.MAGIC):
        return data
    with olefile.OleFileIO(io.BytesIO(data)) as ole:
        for name in ("Workbook", "Book"):
            if ole.exists(name):
                return ole.openstream(name).read()
    raise UnreadableFile("damaged", "Workbook")


def _is_encrypted(stream: bytes) -> bool:
    """Whether a FILEPASS record follows the first record (possibly after a write-protection record)."""
    first = 4 + int.from_bytes(stream[2:4], "little")
    codes = (stream[first : first + 2], stream[first + 4 : first + 6])
    return b"\x2f\x00" in codes[:1] or codes == (b"\x86\x00", b"\x2f\x00")


def _open(stream: bytes) -> tuple[Book, tuple[str, ...]]:
    """The workbook, with formats; without them and a note where a writer left those in disorder."""
    log = io.StringIO()
    try:
        return xlrd.open_workbook(file_contents=stream, logfile=log, formatting_info=True, ragged_rows=True), ()
    except xlrd.XLRDError as e:
        if "encrypted" in str(e).lower():
            raise UnreadableFile("encrypted", str(e)) from e
        first = e
    except Exception as e:  # xlrd asserts, indexes and unpacks its way through formats
        first = e
    try:
        book = xlrd.open_workbook(file_contents=stream, logfile=log, ragged_rows=True)
    except Exception:
        raise UnreadableFile("damaged", f"{type(first).__name__}: {first}") from first
    return book, ("单元格格式已损坏：隐藏行列、删除线未能读取",)


def _style(book: Book, xf: XF) -> Style:
    number_format = book.format_map.get(xf.format_key)
    code = (number_format.format_str if number_format else "") or BUILTIN.get(xf.format_key, "General")
    lines = xf.border.diag_line_style and xf.border.diag_up + xf.border.diag_down
    return style(code, _font(book, xf.font_index), _ground(book, xf.background), int(lines))


def _font(book: Book, index: int) -> Font:
    if index >= len(book.font_list):
        return PLAIN_FONT
    font = book.font_list[index]
    flags = {"b": font.bold or font.weight >= 600, "i": font.italic, "u": font.underlined or font.underline_type}
    return Font(
        ink=_colour(book, font.colour_index),
        size=font.height / 20,
        weight="".join(letter for letter, is_so in flags.items() if is_so),
        struck=bool(font.struck_out),
        position={1: "raised", 2: "lowered"}.get(font.escapement, ""),
        face=face(font.name),
    )


def _ground(book: Book, background: XFBackground) -> str:
    if background.fill_pattern == 0:
        return WHITE
    return (_colour(book, background.pattern_colour_index) or UNKNOWN) if background.fill_pattern == 1 else UNKNOWN


def _colour(book: Book, index: int) -> str:
    """RRGGBB of a palette's entry, "" for the automatic colours."""
    rgb = book.colour_map.get(index)
    return "{:02X}{:02X}{:02X}".format(*rgb) if rgb else ""


def _read(sheet: BiffSheet, cells: dict[tuple[int, int], Formula], styles: list[Style]) -> Sheet:
    content = Sheet()
    content.merges = [Span(top, left, bottom - 1, right - 1) for top, bottom, left, right in sheet.merged_cells]
    content.zeros_hidden = not getattr(sheet, "show_zero_values", 1)
    content.hidden_rows = {r for r, info in sheet.rowinfo_map.items() if info.hidden or info.height < FLAT_ROW * 20}
    content.hidden_cols = {
        c for c, info in sheet.colinfo_map.items() if info.hidden or info.width < NARROW_COLUMN * 256
    }
    for row in range(sheet.nrows):
        kinds = sheet.row_types(row)
        for col, (kind, raw) in enumerate(zip(kinds, sheet.row_values(row), strict=True)):
            if kind not in (xlrd.XL_CELL_EMPTY, xlrd.XL_CELL_BLANK):
                number = sheet.cell_xf_index(row, col) if styles else None
                shown = styles[number] if number is not None and number < len(styles) else PLAIN
                _cell(content, sheet, (row, col), kind, raw, shown)
    for at, formula in cells.items():
        _formula(content, at, formula)
    for at, note in sheet.cell_note_map.items():
        if text := (note.text or "").strip():
            content.mark(*at, comment=text)
    return content


def _cell(content: Sheet, sheet: BiffSheet, at: tuple[int, int], kind: int, raw: Any, shown: Style) -> None:
    if kind == xlrd.XL_CELL_ERROR:
        content.mark(*at, problem=error_text_from_code.get(raw, "#N/A"))
        return
    value = _value(sheet.book, kind, raw, shown)
    if value == "":
        return
    content.put(*at, value)
    mark = shown.mark
    if isinstance(value, str):
        value, mark = shown.read_text(value)
        content.put(*at, value)
    elif kind != xlrd.XL_CELL_BOOLEAN:
        mark = shown.number_mark(tidy(raw), sheet.book.datemode == 1)
    if runs := sheet.rich_text_runlist_map.get(at):
        text, mark = shown.read_pieces(_pieces(sheet.book, raw, runs))
        content.put(*at, text)
    if mark:
        content.marks[at] = mark


def _value(book: Book, kind: int, raw: Any, shown: Style) -> RawValue:
    if kind == xlrd.XL_CELL_TEXT:
        return raw
    if kind == xlrd.XL_CELL_BOOLEAN:
        return bool(raw)
    value = tidy(raw)
    is_date = shown.is_date or (shown is PLAIN and kind == xlrd.XL_CELL_DATE)
    return from_serial(value, book.datemode == 1) if is_date else value


def _pieces(book: Book, text: str, runs: list[tuple[int, int]]) -> list[Piece]:
    """Rich text: each run's font holds from its offset on, the cell's own font before the first."""
    ends = [offset for offset, _ in runs[1:]] + [len(text)]
    pieces = [Piece(text[: runs[0][0]])]
    for (start, font), end in zip(runs, ends, strict=True):
        pieces.append(Piece(text[start:end], _font(book, font)))
    return pieces


def _formula(content: Sheet, at: tuple[int, int], formula: Formula) -> None:
    """Keep the text. A result marked empty is a blank text where the formula says "", else none was stored."""
    content.mark(*at, formula=formula.text)
    row, col = at
    line = content.rows.get(row, ())
    stored = line[col] if col < len(line) else None
    zero = stored == 0 and not isinstance(stored, str | bool)
    if zero or (formula.empty and stored is None and '""' not in formula.text and not content.marks[at].problem):
        content.open_formulas[at] = formula.text

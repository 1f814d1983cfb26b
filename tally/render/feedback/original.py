"""An .xlsx as received, made fit to hand back: formats and harmless formulas stay, all that reaches outside goes.

openpyxl keeps no drawings; what is lost is told in the list of problems.
"""

from __future__ import annotations

import io
import re
import warnings
import zipfile
from collections.abc import Iterable, Iterator, Mapping
from copy import copy
from itertools import chain
from pathlib import Path

import openpyxl
from openpyxl import Workbook
from openpyxl.cell import Cell, MergedCell
from openpyxl.comments import Comment
from openpyxl.styles import PatternFill
from openpyxl.styles.cell_style import StyleArray
from openpyxl.utils import range_boundaries
from openpyxl.workbook.properties import CalcProperties
from openpyxl.workbook.protection import DocumentSecurity
from openpyxl.workbook.views import BookView
from openpyxl.worksheet.cell_range import CellRange
from openpyxl.worksheet.worksheet import Worksheet

from tally.locate.imprint import own_words
from tally.model import Document, Grid
from tally.readers.opener import read_with_contents
from tally.render.feedback.formulas import kept
from tally.render.feedback.rebuilt import put, set_text

COLOURS = {"error": "FFFFA7A7", "warning": "FFFFE08A", "note": "FFDCEBF7"}  # of marked cells
_MOST_BYTES = 16 * 2**20  # unpacked
_MOST_CELLS = 200_000  # in merged ranges and ranges of links: each becomes an object
_RANGES = re.compile(rb'<(?:\w+:)?(?:mergeCell|hyperlink)\b[^>]*?\sref="([^"]*)"')
_LOST = (("xl/media/", "图片"), ("xl/charts/", "图表"), ("xl/embeddings/", "嵌入对象"), ("xl/vbaproject.bin", "宏"))


def load(data: bytes) -> Workbook | None:
    """The workbook, None where openpyxl cannot open what our own reader could, or would choke on it."""
    if _too_much(data):
        return None
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return openpyxl.load_workbook(io.BytesIO(data), keep_links=False, keep_vba=False, rich_text=True)
    except Exception:  # it trips over many things that other programs put up with: the sheets are rebuilt then
        return None


def editable(path: Path, name: str) -> tuple[tuple[Document, ...], dict[str, bytes], frozenset[str]]:
    """As `read_with_contents`, and which of the documents `load` opens. Asked in the process that opens received files: a
    workbook that makes openpyxl spin or crash is told there, and rebuilt here.
    """
    documents, contents = read_with_contents(path, name)
    books = (d.file for d in documents if d.kind == "xlsx" and load(contents[d.file]))
    return documents, contents, frozenset(books)


def _too_much(data: bytes) -> bool:
    """Whether the parts are large, or few words in them stand for more cells than openpyxl should make."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        if sum(i.file_size for i in archive.infolist()) > _MOST_BYTES:
            return True
        sheets = [archive.read(n) for n in archive.namelist() if n.lower().startswith("xl/worksheets/")]
    ranges = chain.from_iterable(map(_RANGES.findall, sheets))
    return sum(_area(ref.decode("ascii", "replace")) for ref in ranges) > _MOST_CELLS


def _area(ref: str) -> int:
    try:
        left, top, right, bottom = range_boundaries(ref)
    except (ValueError, TypeError):
        return _MOST_CELLS + 1
    if None in (left, top, right, bottom):
        return _MOST_CELLS + 1  # whole rows or columns
    return (right - left + 1) * (bottom - top + 1)


def lost(data: bytes) -> tuple[str, ...]:
    """What the workbook holds that does not go back, in words."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        names = [n.lower() for n in archive.namelist()]
    gone = tuple(word for part, word in _LOST if _holds(names, part))
    return gone or (("图形",) if _holds(names, "xl/drawings/drawing") else ())


def _holds(names: Iterable[str], beginning: str) -> bool:
    return any(name.startswith(beginning) for name in names)


def strip_book(book: Workbook) -> None:
    """Takes away what belongs to the workbook as a whole: names, links, protection, views, chart sheets."""
    book._sheets = list(book.worksheets)
    book.defined_names.clear()
    book._external_links = []
    book.security = DocumentSecurity()
    book.views = [BookView()]
    book.calculation = CalcProperties(fullCalcOnLoad=True)
    book.template = False


def make_safe(sheet: Worksheet, grid: Grid, names: Mapping[str, str]) -> int:
    """Takes away what reaches outside a sheet; returns how many formulas became their values.

    `names`: sheet names as received -> as handed out.
    """
    sheet._images, sheet._charts, sheet._pivots, sheet.legacy_drawing = [], [], [], None
    sheet.defined_names.clear()
    sheet.tables.clear()
    sheet.scenarios.scenario = []
    sheet.sheet_properties.codeName = None
    sheet.data_validations.dataValidation = [
        v for v in sheet.data_validations.dataValidation if _safe_rules((v.formula1, v.formula2), names)
    ]
    for area in list(sheet.conditional_formatting):
        if not _safe_rules(chain.from_iterable(rule.formula for rule in area.rules), names):
            del sheet.conditional_formatting[str(area.sqref)]
    turned = 0
    for cell in _cells(sheet):
        cell._hyperlink = None
        if cell.comment:
            _without_our_words(cell)
        if cell.data_type == "f":
            turned += _formula(cell, grid, names)
    return turned


def _without_our_words(cell: Cell) -> None:
    """Takes away the comment and colour that an earlier feedback left, the unit's own comment stays."""
    words = own_words(cell.comment.text)
    if words == cell.comment.text.strip():
        return
    cell.comment = Comment(words, cell.comment.author) if words else None
    if cell.fill.fill_type == "solid" and cell.fill.fgColor.rgb in COLOURS.values():
        cell._style = StyleArray(cell._style)
        cell.fill = PatternFill()


def _cells(sheet: Worksheet) -> Iterator[Cell]:
    return (c for c in sheet._cells.values() if not isinstance(c, MergedCell))


def _safe_rules(formulas: Iterable[object], names: Mapping[str, str]) -> bool:
    return all(_safe_rule(formula, names) for formula in formulas)


def _safe_rule(formula: object, names: Mapping[str, str]) -> bool:
    if formula in (None, ""):
        return True
    return kept(f"={formula}", names) is not None


def _formula(cell: Cell, grid: Grid, names: Mapping[str, str]) -> int:
    """Leaves a formula that may stand, with sheets called by their new names; else puts its value (1)."""
    text = cell.value if isinstance(cell.value, str) else None  # array formulas and data tables are objects
    allowed = kept(text, names) if text else None
    if allowed is not None:
        cell.value = allowed
        return 0
    row, col = cell.row - 1, cell.column - 1
    value = grid.rows[row][col] if row < len(grid.rows) and col < len(grid.rows[row]) else None
    cell._value, cell.data_type = None, "n"
    if value is not None:
        put(cell, value)
    elif text:
        set_text(cell, text)
    return 1


def copy_sheet(source: Worksheet, target: Worksheet) -> None:
    """All of `source` into the empty sheet `target` of another workbook: values, looks, sizes, merges, page set-up."""
    looks: dict[tuple[int, ...], StyleArray] = {}
    for (row, col), cell in source._cells.items():
        twin = target.cell(row, col)
        if cell.has_style:
            twin._style = copy(_look(cell, twin, looks))
        if isinstance(cell, MergedCell):
            continue
        twin._value, twin.data_type = cell._value, cell.data_type
        if cell.comment:
            twin.comment = copy(cell.comment)
    for span in source.merged_cells.ranges:
        target.merged_cells.add(CellRange(span.coord))
    _copy_sizes(source, target)
    for name in ("sheet_format", "page_margins", "page_setup", "print_options", "freeze_panes", "sheet_state"):
        setattr(target, name, copy(getattr(source, name)))
    target.sheet_properties.pageSetUpPr = copy(source.sheet_properties.pageSetUpPr)
    target.data_validations = copy(source.data_validations)


def _look(cell: Cell, twin: Cell, looks: dict[tuple[int, ...], StyleArray]) -> StyleArray:
    """The look of `cell` in the twin's workbook; worked out once for each look of the source."""
    key = tuple(cell._style)
    if key not in looks:
        for name in ("font", "fill", "border", "alignment", "number_format", "protection"):
            setattr(twin, name, copy(getattr(cell, name)))
        twin._style.quotePrefix = cell._style.quotePrefix
        looks[key] = twin._style
    return looks[key]


def _copy_sizes(source: Worksheet, target: Worksheet) -> None:
    for key, column in source.column_dimensions.items():
        twin = target.column_dimensions[key]
        twin.width, twin.hidden, twin.min, twin.max = column.width, column.hidden, column.min, column.max
    for key, row in source.row_dimensions.items():
        twin = target.row_dimensions[key]
        twin.height, twin.hidden = row.height, row.hidden

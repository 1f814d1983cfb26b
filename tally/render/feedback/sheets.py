"""The unit's own sheets in one workbook: originals where the format allows, else rebuilt from what was read."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath

from openpyxl import Workbook
from openpyxl.cell import Cell
from openpyxl.worksheet.worksheet import Worksheet

from tally.locate.imprint import HINTS_SHEET, LIST_SHEET, RECORD_SHEET
from tally.model import Grid, RawValue
from tally.render.feedback import original as original
from tally.render.feedback import rebuilt as rebuilt
from tally.render.feedback.sources import Source

_LONGEST_NAME = 31  # UTF-16 units, Excel's limit
_KINDS = {
    "docx": " Word 文件",
    "xls": "旧版 Excel/WPS 文件",
    "ods": " ODS 文件",
    "text": "文本文件",
    "html": "网页格式文件",
}


@dataclass(frozen=True)
class Page:
    """One sheet of the workbook and where it came from; `remarks` are what its unit should know about it."""

    name: str
    grid: Grid
    sheet: Worksheet
    remarks: tuple[str, ...] = ()
    rebuilt: bool = False  # from what was read: its formulas are the values they had


def assemble(received: Sequence[Source]) -> tuple[Workbook, list[Page]]:
    """A workbook with an empty list sheet first and all sheets of `received` after it, in order."""
    plain = sum(s.cells for s in received) > rebuilt.PLAIN_FROM
    opened = {} if plain else _opened(received)
    base = next((s for s in received if s.file in opened), None)
    book = opened[base.file] if base else Workbook()
    originals = {file: _by_title(workbook) for file, workbook in opened.items()}
    if base:
        original.strip_book(book)
    book._sheets = []
    front = book.create_sheet(LIST_SHEET)
    names = _names(received)
    pages = []
    for source in received:
        renamed = {g.sheet: names[source.file, g.sheet] for g in source.grids}
        for grid in source.grids:
            sheet = originals.get(source.file, {}).get(grid.sheet)
            name = renamed[grid.sheet]
            if sheet is None:
                pages.append(_rebuilt(book, name, source, grid, plain))
            else:
                pages.append(_original(book, sheet, name, source, grid, renamed, source is base))
    book.active = book.index(front)
    for page in pages:
        page.sheet.sheet_view.tabSelected = False  # sheets selected together are edited together
    front.sheet_view.tabSelected = True
    return book, pages


def results(pages: Sequence[Page]) -> dict[str, dict[str, RawValue]]:
    """Sheet -> cell -> what the formulas of the original sheets had as results."""
    return {
        p.name: {c.coordinate: _value(p.grid, c) for c in p.sheet._cells.values() if c.data_type == "f"} for p in pages
    }


def _value(grid: Grid, cell: Cell) -> RawValue:
    row, col = cell.row - 1, cell.column - 1
    if (mark := grid.marks.get((row, col))) and mark.problem.startswith("#"):
        return mark.problem
    return grid.rows[row][col] if row < len(grid.rows) and col < len(grid.rows[row]) else None


def _opened(received: Sequence[Source]) -> dict[str, Workbook]:
    """The workbooks that can go back as they came, by file."""
    opened = {}
    for source in received:
        book = _open(source)
        if book is not None:
            opened[source.file] = book
    return opened


def _by_title(book: Workbook) -> dict[str, Worksheet]:
    return {sheet.title: sheet for sheet in book.worksheets}


def _open(source: Source) -> Workbook | None:
    """The original workbook, None where it cannot go back as it came."""
    if not source.editable or not source.grids:
        return None
    book = original.load(source.data)
    titles = {w.title for w in book.worksheets} if book else set()
    return book if book and all(g.sheet in titles for g in source.grids) else None


def _original(
    book: Workbook, sheet: Worksheet, name: str, source: Source, grid: Grid, renamed: dict[str, str], here: bool
) -> Page:
    turned = original.make_safe(sheet, grid, renamed)
    if here:
        book._sheets.append(sheet)
        if sheet.title != name:
            sheet.title = name
    else:
        target = book.create_sheet(name)
        original.copy_sheet(sheet, target)
        sheet = target
    remarks = [f"有 {turned} 个公式引用外部内容或不常用的函数，已换成数值"] if turned else []
    if gone := original.lost(source.data):
        remarks.append(f"原文件中的{'、'.join(gone)}未能保留")
    return Page(name, grid, sheet, (*_hidden(grid), *remarks))


def _rebuilt(book: Workbook, name: str, source: Source, grid: Grid, plain: bool) -> Page:
    sheet = book.create_sheet(name)
    rebuilt.rebuild(sheet, grid, plain)
    rebuilt.fit(sheet, grid)
    sheet.sheet_state = "hidden" if grid.hidden else "visible"
    what = _KINDS.get(source.document.kind, "原文件")
    how = "数据量大，按读到的内容重排，未保留原格式" if plain else f"按读到的内容由{what}重排，单元格位置与读取时一致"
    return Page(name, grid, sheet, (*_hidden(grid), how), rebuilt=True)


def _hidden(grid: Grid) -> Iterable[str]:
    if grid.hidden:
        yield "工作表原为隐藏"
    if grid.hidden_rows:
        yield f"有 {len(grid.hidden_rows)} 个隐藏行"
    if grid.hidden_cols:
        yield f"有 {len(grid.hidden_cols)} 个隐藏列"


def _names(received: Sequence[Source]) -> dict[tuple[str, str], str]:
    """(file, sheet) -> name in the workbook: its own where it is free, else with the file's name after it."""
    taken, names = {LIST_SHEET, HINTS_SHEET, RECORD_SHEET}, {}
    for source in received:
        for grid in source.grids:
            name = _name(grid, PurePosixPath(source.file.rpartition("!")[2]).stem, taken)
            names[source.file, grid.sheet] = name
            taken.add(name.casefold())
    return names


def _name(grid: Grid, stem: str, taken: set[str]) -> str:
    first = _fit(grid.sheet or stem, _LONGEST_NAME) or "表"
    if first.casefold() not in taken:
        return first
    longer = f"{_fit(first, 12)}（{_fit(stem, 15, tail=True)}）"
    n, name = 2, longer
    while name.casefold() in taken:
        name, n = f"{_fit(longer, _LONGEST_NAME - 4)}-{n}", n + 1
    return name


def _fit(text: str, most: int, tail: bool = False) -> str:
    """`text` as a sheet may be called, at most `most` UTF-16 units of its beginning (or end) long."""
    clean = re.sub(r"[\[\]:*?/\\\x00-\x1f]", "-", text)
    while len(clean.encode("utf-16-le", "replace")) // 2 > most:
        clean = clean[1:] if tail else clean[:-1]
    return clean.strip("'")

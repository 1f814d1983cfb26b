"""A unit's sheet as it looks, as plain data for the page: texts, merges, what is struck, hidden, commented or coloured."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal
from functools import lru_cache
from pathlib import Path
from typing import Any

import openpyxl
from openpyxl.utils import get_column_letter
from openpyxl.utils.cell import column_index_from_string, coordinate_from_string

from tally.clean.stored import meant
from tally.errors import UnreadableFile
from tally.model import Document, Grid, Mark, RawValue
from tally.readers.apart import asked, read
from tally.writing.numbers import plain

ABOVE, BELOW = 60, 140  # rows shown around the cell of a long sheet
HEAD = 12  # rows of a long sheet that are always shown
COLOURED = 2**21  # bytes of a workbook whose colours are still worth a second reading
BEGINNING = 40  # lines of a file that could not be placed


@dataclass(frozen=True)
class Look:
    """What only the workbook itself tells: fill colours by cell, widths of columns in characters."""

    fills: Mapping[tuple[int, int], str]
    widths: Mapping[int, float]


@lru_cache(maxsize=32)
def _documents(path: Path, name: str, changed: float) -> tuple[Document, ...]:
    return read(path, name)


def documents(raw: Path, file: str) -> tuple[Document, ...]:
    """The documents of one received file (by the address of any of its members); () if it is gone or cannot be read."""
    name = file.split("!")[0]
    path = raw / name
    try:
        return _documents(path, name, path.stat().st_mtime) if name else ()
    except (OSError, UnreadableFile):
        return ()


def grid_of(raw: Path, file: str, sheet: str) -> Grid | None:
    """The sheet at an address; the file's only or first one where the address names none."""
    grids = [g for d in documents(raw, file) if d.file == file or not d.file for g in d.grids]
    return next((g for g in grids if g.sheet == sheet), grids[0] if grids and not sheet else None)


def position(cell: str) -> tuple[int, int] | None:
    """Row and column, from 0, of an A1 address; of a range, where it begins."""
    try:
        letters, row = coordinate_from_string(cell.split(":")[0])
    except Exception:  # "" or what is no address: nothing to light
        return None
    return row - 1, column_index_from_string(letters) - 1


def sheet(raw: Path, file: str, name: str, cells: tuple[str, ...]) -> dict[str, Any] | None:
    """The sheet around the first of `cells`, all of which are lit; None where there is no such sheet any more."""
    grid = grid_of(raw, file, name)
    if grid is None or not grid.rows:
        return None
    lit = [at for at in map(position, cells) if at is not None]
    shown = rows_shown(len(grid.rows), lit[0][0] if lit else 0)
    looked = look(raw / file, grid.sheet) if "!" not in file else Look({}, {})
    width = max((len(r) for r in grid.rows), default=0)
    return {
        "file": file, "sheet": grid.sheet, "hidden": grid.hidden, "width": width,
        "columns": [get_column_letter(c + 1) for c in range(width)],
        "widths": {c: w for c, w in looked.widths.items() if c < width},
        "hiddenColumns": sorted(grid.hidden_cols), "total": len(grid.rows),
        "rows": [_row(grid, r, looked, width) for r in shown],
        "merges": [list(m) for m in grid.merges if m.top in shown],
        "lit": [list(at) for at in lit], "before": list(grid.before)[-6:], "after": list(grid.after)[:6],
    }  # fmt: skip


def rows_shown(rows: int, around: int) -> list[int]:
    """The rows of a sheet that go to the page: all, or the head and those around a row."""
    if rows <= HEAD + ABOVE + BELOW:
        return list(range(rows))
    first, last = max(0, around - ABOVE), min(rows, around + BELOW)
    return [*range(min(HEAD, first)), *range(first, last)]


def _row(grid: Grid, r: int, looked: Look, width: int) -> dict[str, Any]:
    line = grid.rows[r]
    marks, fills = {}, {}
    for c in range(len(line)):
        if (mark := grid.marks.get((r, c))) is not None:
            marks[c] = _marked(mark)
        if colour := looked.fills.get((r, c)):
            fills[c] = colour
    texts = [shown(line[c], grid, (r, c)) if c < len(line) else "" for c in range(width)]
    return {"n": r, "cells": texts, "hidden": r in grid.hidden_rows, "marks": marks, "fills": fills}


def _marked(mark: Mark) -> dict[str, Any]:
    """What the page shows of a cell beside its text; `runs` are the pieces of a text with the look of each."""
    runs = [[run.text, run.look] for run in mark.runs]
    looks = {
        "struck": mark.struck,
        "unseen": mark.unseen,
        "runs": runs,
        "comment": mark.comment,
        "formula": mark.formula,
    }
    return {name: value for name, value in looks.items() if value}


def shown(value: RawValue, grid: Grid, at: tuple[int, int]) -> str:
    """A cell's text as its sheet shows it, errors included."""
    mark = grid.marks.get(at)
    if mark is not None and mark.shown is not None:
        return mark.shown
    if value is None:
        return mark.problem if mark is not None and mark.problem.startswith("#") else ""
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, int | float | Decimal):
        number = meant(value)
        return str(value) if number is None else plain(number)
    if isinstance(value, datetime) and value.time() == time():
        return value.date().isoformat()
    return value.isoformat() if isinstance(value, date | time) else str(value)


def look(path: Path, sheet: str) -> Look:
    """Colours and widths of an .xlsx sheet of ordinary size; none of anything else."""
    try:
        status = path.stat()
        if path.suffix.lower() not in (".xlsx", ".xlsm") or status.st_size > COLOURED:
            return Look({}, {})
        return _look(path, sheet, status.st_mtime)
    except (OSError, UnreadableFile):  # a workbook that only our own reader can read is shown without its colours
        return Look({}, {})


@lru_cache(maxsize=16)
def _look(path: Path, sheet: str, changed: float) -> Look:
    look: Look = asked(look_of, path, sheet, kinds=(Look,))
    return look


def look_of(path: Path, sheet: str) -> Look:
    """As `look`, asked in the process that opens received files."""
    return _looked(openpyxl.load_workbook(path)[sheet])


def _looked(page: Any) -> Look:
    fills = {}
    for row in page.iter_rows():
        for cell in row:
            colour = cell.fill.fgColor.rgb if cell.has_style and cell.fill.fill_type == "solid" else None
            if isinstance(colour, str) and len(colour) == 8:
                fills[cell.row - 1, cell.column - 1] = f"#{colour[2:].lower()}"
    sizes = {column_index_from_string(k) - 1: d.width for k, d in page.column_dimensions.items() if d.width}
    return Look(fills, sizes)


def beginning(raw: Path, file: str) -> list[str]:
    """The first lines of a file that could not be placed, as its readers see them; [] if nothing can be read."""
    lines: list[str] = []
    for document in documents(raw, file):
        lines += [t for t in document.text.splitlines() if t.strip()]
        for grid in document.grids:
            lines += ["　".join(filter(None, _texts(grid, r))) for r in range(min(len(grid.rows), BEGINNING))]
    return [line[:200] for line in lines if line.strip()][:BEGINNING]


def _texts(grid: Grid, r: int) -> list[str]:
    return [shown(v, grid, (r, c)) for c, v in enumerate(grid.rows[r])]

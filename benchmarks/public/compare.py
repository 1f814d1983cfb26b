"""One workbook by our reader and by calamine, cell by cell; one PDF's tables against the words that pypdf finds on its pages."""

from __future__ import annotations

import io
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from pathlib import PurePath

import pypdf
import python_calamine

from benchmarks.public.word import word_verdicts
from tally.errors import UnreadableFile
from tally.model import Document, Grid
from tally.readers import read_bytes
from tally.readers.limits import allowance
from tally.readers.sums import column_letters

BOOKS = frozenset((".xlsx", ".xlsm", ".xlsb", ".xls", ".ods"))
PAGES = frozenset((".pdf",))
WORDS = frozenset((".docx",))
_CLOSE = 1e-9
_EPOCH = datetime(1899, 12, 30)


@dataclass
class Outcome:
    """Cells by verdict (right, flagged, silent), files by theirs, and where the silent ones are."""

    cells: Counter = field(default_factory=Counter)
    files: Counter = field(default_factory=Counter)
    silent: list[str] = field(default_factory=list)


def compare(name: str, data: bytes, outcome: Outcome) -> None:
    try:
        with allowance():
            documents = read_bytes(data, name)
    except UnreadableFile as e:
        outcome.files[f"refused: {e.problem}"] += 1
        return
    by_ending = {".pdf": _page_verdicts, ".docx": word_verdicts}
    verdicts = list(by_ending.get(PurePath(name).suffix.lower(), _book_verdicts)(documents, data))
    outcome.files["read" if verdicts else "read, nothing to compare"] += 1
    for verdict, where in verdicts:
        outcome.cells[verdict] += 1
        if verdict == "silent":
            outcome.silent.append(f"{name} {where}")


def _book_verdicts(documents: tuple[Document, ...], data: bytes) -> Iterator[tuple[str, str]]:
    try:
        book = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(data))
        sheets = {n: book.get_sheet_by_name(n).to_python(skip_empty_area=False) for n in book.sheet_names}
    except Exception:  # the other reader's limits are no verdict on ours
        return
    for document in documents:
        for grid in document.grids:
            if grid.sheet in sheets:
                yield from _sheet_verdicts(grid, sheets[grid.sheet])


def _sheet_verdicts(grid: Grid, theirs: list[list]) -> Iterator[tuple[str, str]]:
    inked = {i.cell for i in grid.ink}
    covered = {(r, c) for m in grid.merges for r in range(m.top, m.bottom + 1) for c in range(m.left, m.right + 1)}
    covered -= {(m.top, m.left) for m in grid.merges}
    for r, line in enumerate(theirs):
        for c, value in enumerate(line):
            if value in ("", None) or (r, c) in covered:
                continue
            mine = grid.rows[r][c] if r < len(grid.rows) and c < len(grid.rows[r]) else None
            cell = f"{column_letters(c)}{r + 1}"
            if _same(mine, value):
                yield "right", cell
            elif (r, c) in grid.marks or cell in inked:
                yield "flagged", cell
            else:
                yield "silent", f"{grid.sheet}!{cell}: {mine!r} where the other reader has {value!r}"


def _same(mine: object, theirs: object) -> bool:
    if isinstance(mine, bool) or isinstance(theirs, bool):
        return mine == theirs
    a, b = _number(mine), _number(theirs)
    if a is not None and b is not None:
        return abs(a - b) <= _CLOSE * max(1.0, abs(a), abs(b))
    return str(mine if mine is not None else "").split() == str(theirs).split()


def _number(value: object) -> float | None:
    """Numbers, and moments as the days since the epoch that spreadsheets count from."""
    if isinstance(value, int | float | Decimal):
        return float(value)
    if isinstance(value, timedelta):
        return value / timedelta(days=1)
    if isinstance(value, datetime):
        return (value - _EPOCH) / timedelta(days=1)
    if isinstance(value, date):
        return float((datetime(value.year, value.month, value.day) - _EPOCH).days)
    if isinstance(value, time):
        return timedelta(hours=value.hour, minutes=value.minute, seconds=value.second) / timedelta(days=1)
    return None


def _page_verdicts(documents: tuple[Document, ...], data: bytes) -> Iterator[tuple[str, str]]:
    """Whether each cell's text stands on the pages, as another library finds their words."""
    try:
        words = "".join("".join((p.extract_text() or "").split()) for p in pypdf.PdfReader(io.BytesIO(data)).pages)
    except Exception:  # as above
        return
    for grid in (g for d in documents for g in d.grids):
        inked = {i.cell for i in grid.ink}
        for r, line in enumerate(grid.rows):
            for c, value in enumerate(line):
                if isinstance(value, str) and any(ch.isdigit() for ch in value):
                    cell = f"{column_letters(c)}{r + 1}"
                    pieces = value.split()
                    if all(piece in words for piece in pieces):
                        yield "right", cell
                    else:
                        yield "flagged" if cell in inked else "silent", f"{grid.sheet}!{cell}: {value!r}"

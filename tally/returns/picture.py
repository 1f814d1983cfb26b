"""A sheet as it came, each cell coloured by what consumed it: the ledger of ink to look at, in a notebook or on the desk."""

from __future__ import annotations

import html
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from tally.locate.ledger import BEGINNING, BOOKS, Ledger
from tally.locate.view import View
from tally.model import Finding, Grid, RawTable, Span
from tally.returns.unit import UnitReturn

MOST_ROWS, MOST_COLS = BEGINNING, 24  # of a longer sheet the beginning is shown
_LONG = 24  # characters of a cell that are shown
# The colour of each book; what is read is green, what frames it blue, what was left out grey, what was asked about yellow.
_COLOURS: Mapping[str, str] = {
    "value": "#dff2df",
    "continued": "#dff2df",
    "category": "#d5e8f7",
    "field": "#d5e8f7",
    "column number": "#e6eef5",
    "heading": "#e6eef5",
    "title": "#e6eef5",
    "form number": "#e6eef5",
    "reporting unit": "#e6eef5",
    "date": "#e6eef5",
    "measure": "#e6eef5",
    "imprint": "#e6eef5",
    "signature": "#eeeeee",
    "note": "#f6efdc",
    "left out": "#e4e4e4",
    "reference": "#e4e4e4",
    "total": "#e4e4e4",
    "subtotal": "#e4e4e4",
    "example": "#e4e4e4",
    "numbered ahead": "#eeeeee",
    "zero report": "#e6eef5",
    "struck": "#f7d7d7",
    "unknown column": "#fdeeb5",
    "unknown row": "#f7d7d7",
    "beside": "#fdeeb5",
    "said": "#fdeeb5",
}
_REST = "#f2a6a6"  # ink that nothing consumed
_MARKED = {"error": "2px solid #c00000", "warning": "2px solid #d08700"}


@dataclass(frozen=True)
class Picture:
    """A sheet's ledger as a small HTML table; safe to show, since nothing of the sheet is markup in it."""

    caption: str
    markup: str

    def _repr_html_(self) -> str:
        return self.markup

    def __repr__(self) -> str:
        return f"<{self.caption}>"


def picture(table: RawTable, findings: Sequence[Finding] = ()) -> Picture:
    """The beginning of a table's sheet, each cell in the colour of what consumed it and framed where a finding stands."""
    grid = table.grid
    ledger = Ledger(View(grid), table.booked)
    marks = _marks(grid, findings)
    rows = range(min(ledger.view.height, MOST_ROWS))
    cols = range(min(ledger.view.width, MOST_COLS))
    lines = "".join(f"<tr>{''.join(_cells(ledger, row, cols, marks))}</tr>" for row in rows)
    caption = " ".join(filter(None, (grid.file, grid.sheet)))
    more = "（只显示开头）" if ledger.view.height > MOST_ROWS or ledger.view.width > MOST_COLS else ""
    begin = '<table style="border-collapse:collapse;font-size:12px">'
    title = f"<caption style='text-align:left'>{html.escape(caption + more)}</caption>"
    return Picture(f"账目：{caption}", f"{begin}{title}{lines}</table>{_legend(ledger, rows, cols)}")


def pictures(read: UnitReturn) -> list[Picture]:
    """One picture for each sheet that a form of the unit was read from."""
    sheets: dict[tuple[str, str], RawTable] = {}
    for ret in read.returns.values():
        for table in ret.tables:
            if not table.page:  # a page is accounted for under the header of the sheet before
                sheets.setdefault((table.grid.file, table.grid.sheet), table)
    return [picture(table, read.all_findings) for table in sheets.values()]


def _marks(grid: Grid, findings: Sequence[Finding]) -> dict[str, Finding]:
    """The worst finding at each address of the sheet."""
    marks: dict[str, Finding] = {}
    for finding in findings:
        here = (finding.file, finding.sheet) == (grid.file, grid.sheet) and finding.severity in _MARKED
        if here and marks.get(finding.cell, finding).severity != "error":
            marks[finding.cell] = finding
    return marks


def _cells(ledger: Ledger, row: int, cols: Sequence[int], marks: Mapping[str, Finding]) -> Iterator[str]:
    view = ledger.view
    for col in cols:
        span = view.covered.get((row, col))
        if span is not None and (span.top, span.left) != (row, col):
            continue
        raw = view.own(row, col)
        text = " ".join(str(raw).split()) if raw is not None else ""
        by = ledger.taker(row, col) if text else ""
        colour = _COLOURS.get(by, "#ffffff") if by or not text else _REST
        mark = marks.get(view.address(row, col)) if marks else None
        border = _MARKED[mark.severity] if mark else "1px solid #cccccc"
        title = "；".join(filter(None, (BOOKS.get(by, ""), mark.message))) if mark else BOOKS.get(by, "")
        shown = _quoted(text if len(text) <= _LONG else text[: _LONG - 1] + "…")
        style = f"border:{border};background:{colour};padding:1px 4px"
        yield f'<td{_spread(span)} style="{style}" title="{_quoted(title)}">{shown}</td>'


@lru_cache(4096)
def _quoted(text: str) -> str:
    return html.escape(text)


def _spread(span: Span | None) -> str:
    if span is None:
        return ""
    return f' rowspan="{span.bottom - span.top + 1}" colspan="{span.right - span.left + 1}"'


def _legend(ledger: Ledger, rows: Sequence[int], cols: Sequence[int]) -> str:
    """The books that occur, each in its colour; ink that nothing consumed last."""
    view = ledger.view
    books = dict.fromkeys(ledger.taker(r, c) for r in rows for c in view.filled(r, cols))
    parts = [(BOOKS[by], _COLOURS.get(by, "#ffffff")) for by in books if by] + (
        [("无人认领", _REST)] if "" in books else []
    )
    spans = (
        f'<span style="background:{colour};padding:1px 6px;margin-right:6px">{name}</span>' for name, colour in parts
    )
    return f'<p style="font-size:12px">{"".join(spans)}</p>'

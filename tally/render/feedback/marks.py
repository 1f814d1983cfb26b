"""Faulty cells coloured, each with a comment that says what is wrong and what to do."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from openpyxl.cell import Cell
from openpyxl.comments import Comment
from openpyxl.styles import PatternFill
from openpyxl.styles.cell_style import StyleArray
from openpyxl.utils import get_column_letter

from tally.catalogue import SEVERITIES
from tally.locate.imprint import BEFORE
from tally.render.feedback.notices import Notice, at, comment_text
from tally.render.feedback.original import COLOURS
from tally.render.feedback.sheets import Page
from tally.render.workbook.sheet import height

AUTHOR = "数据审核"
MOST_COMMENTS = 3000  # on a sheet: more would make it slow to open; cells beyond that are coloured only
_LONGEST = 8000
_WIDTH, _DIGITS = 340, 48  # pixels, and how many digits of the comment's font stand on a line


@dataclass
class Marked:
    """Where each (file, sheet, cell) of a finding stands in the workbook: (sheet's name, cell); what was left out."""

    places: dict[tuple[str, str, str], tuple[str, str]] = field(default_factory=dict)
    sheets: dict[tuple[str, str], str] = field(default_factory=dict)
    uncommented: int = 0


def mark(pages: Sequence[Page], listed: Iterable[Notice]) -> Marked:
    """Colours and comments the cells of `listed`; a sheet, row or column with an error or warning is shown."""
    marked = Marked(sheets={(p.grid.file, p.grid.sheet): p.name for p in pages})
    by_sheet: dict[tuple[str, str], dict[str, list[Notice]]] = {}
    shown = set()
    for n in listed:
        if n.severity != "note":
            shown.add((n.file, n.sheet))
        for cell in n.cells:
            by_sheet.setdefault((n.file, n.sheet), {}).setdefault(cell, []).append(n)
    paint = _Paint()
    for page in pages:
        cells = by_sheet.get((page.grid.file, page.grid.sheet), {})
        if (page.grid.file, page.grid.sheet) in shown:
            page.sheet.sheet_state = "visible"  # a fault must not stand where nobody can see it
        if cells:
            _mark_page(page, cells, marked, paint)
    return marked


def _mark_page(page: Page, cells: Mapping[str, list[Notice]], marked: Marked, paint: _Paint) -> None:
    anchors = _anchors(page)
    merged: dict[str, list[Notice]] = {}
    for address, some in cells.items():
        anchor = anchors.get(at(address), address)
        merged.setdefault(anchor, []).extend(some)
        marked.places[page.grid.file, page.grid.sheet, address] = (page.name, anchor)
    order = list(SEVERITIES)
    for some in merged.values():
        some.sort(key=lambda n: order.index(n.severity))
    ranked = sorted(merged.items(), key=lambda kv: order.index(kv[1][0].severity))
    for number, (address, some) in enumerate(ranked):
        cell = page.sheet[address]
        paint(cell, some[0].severity)
        if number < MOST_COMMENTS:
            _comment(cell, comment_text(some))
        else:
            marked.uncommented += 1
        if some[0].severity != "note":
            _show(page, cell)


def _anchors(page: Page) -> dict[tuple[int, int], str]:
    """Cells covered by a merged range -> the range's first cell, which alone is shown."""
    return {
        (r, c): f"{get_column_letter(m.left + 1)}{m.top + 1}"
        for m in page.grid.merges
        for r in range(m.top, m.bottom + 1)
        for c in range(m.left, m.right + 1)
    }


class _Paint:
    """Gives cells of one workbook a severity's colour and leaves the rest of their look; each look is worked out once."""

    def __init__(self):
        self._looks: dict[tuple, StyleArray] = {}

    def __call__(self, cell: Cell, severity: str) -> None:
        key = (severity, tuple(cell._style or ()))
        cell._style = StyleArray(cell._style) if cell._style else StyleArray()  # looks are shared between cells
        if key in self._looks:
            cell._style = StyleArray(self._looks[key])
        else:
            cell.fill = PatternFill("solid", fgColor=COLOURS[severity])
            self._looks[key] = cell._style


def _comment(cell: Cell, text: str) -> None:
    before = f"\n\n{BEFORE}{cell.comment.text}" if cell.comment else ""
    text = f"{text}{before}"[:_LONGEST]
    cell.comment = Comment(text, AUTHOR, height=round(height([text], [_DIGITS]) * 4 / 3), width=_WIDTH)


def _show(page: Page, cell: Cell) -> None:
    """Unhides the cell's row and column."""
    page.sheet.row_dimensions[cell.row].hidden = False
    for column in page.sheet.column_dimensions.values():
        if column.hidden and (column.min or 0) <= cell.column <= (column.max or 0):
            column.hidden = False

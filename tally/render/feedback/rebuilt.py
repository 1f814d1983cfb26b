"""Sheets rebuilt from what was read, for files that cannot go back as they came: Word, CSV, old Excel, HTML, ….

Every value stands at the address it had. Texts are texts, whatever they begin with; formulas are the values they had.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from datetime import date, datetime, time
from decimal import Decimal

from openpyxl.cell import Cell
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.styles import Alignment, Border, Font, Side
from openpyxl.styles.cell_style import StyleArray
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.cell_range import CellRange
from openpyxl.worksheet.worksheet import Worksheet

from tally.model import Grid, Mark, RawValue, Run, Span
from tally.render.workbook.sheet import LONGEST_TEXT, height, width

PLAIN_FROM = 200_000  # cells of a unit from which on only the marked ones have a style
UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_SAMPLED = 200  # rows that decide a column's width
_LINE = Side(style="thin", color="808080")
_FORMATS = {datetime: "yyyy-mm-dd hh:mm", date: "yyyy-mm-dd", time: "hh:mm:ss"}


def rebuild(sheet: Worksheet, grid: Grid, plain: bool = False) -> None:
    """Fills the empty `sheet` from `grid`, its cells with borders and wrapped text; `plain`: without either."""
    look = _bordered()
    for r, line in enumerate(grid.rows):
        for c, value in enumerate(line):
            if plain and value is None:
                continue
            cell = sheet.cell(r + 1, c + 1)
            if not plain:
                look(cell)
            put(cell, value)
            if (mark := grid.marks.get((r, c))) is not None:
                _marked(cell, value, mark)
    for span in _apart(grid):
        sheet.merged_cells.add(CellRange(None, span.left + 1, span.top + 1, span.right + 1, span.bottom + 1))
    for r in grid.hidden_rows:
        sheet.row_dimensions[r + 1].hidden = True
    for c in grid.hidden_cols:
        sheet.column_dimensions[get_column_letter(c + 1)].hidden = True
    _words_around(sheet, grid)


def _apart(grid: Grid) -> Iterator[Span]:
    """The merged ranges without those that overlap an earlier one: Excel opens no such file without complaint."""
    taken: dict[int, int] = {}  # row -> its columns that are taken, a bit each
    for span in grid.merges:
        columns = (1 << span.right + 1) - (1 << span.left)
        rows = range(span.top, span.bottom + 1)
        if not any(taken.get(r, 0) & columns for r in rows):
            taken.update((r, taken.get(r, 0) | columns) for r in rows)
            yield span


def _bordered() -> Callable[[Cell], None]:
    """Gives a cell thin borders and wrapped text; the look is worked out once for a sheet."""
    made: list[StyleArray] = []

    def look(cell: Cell) -> None:
        if not made:
            cell.font, cell.border = Font(name="宋体", size=10.5), Border(_LINE, _LINE, _LINE, _LINE)
            cell.alignment = Alignment(vertical="center", wrap_text=True)
            made.append(cell._style)
        cell._style = StyleArray(made[0])

    return look


def put(cell: Cell, value: RawValue) -> None:
    """The value as what it is: a text is never taken for a formula, a number or an error."""
    if isinstance(value, str):
        set_text(cell, value)
    elif value is not None:
        cell.value = float(value) if isinstance(value, Decimal) else value
        if type(value) in _FORMATS and "y" not in cell.number_format and "h" not in cell.number_format:
            cell.number_format = _FORMATS[type(value)]


def set_text(cell: Cell, text: str) -> None:
    """Stores `text` as a text, and so that editing the cell keeps it one where it looks like a formula."""
    clean = UNPRINTABLE.sub("", text)[:LONGEST_TEXT]
    cell._value, cell.data_type = clean, "s"
    if clean[:1] in ("=", "+", "-", "@", "\t", "\r", "|"):
        cell.quotePrefix = True


def _marked(cell: Cell, value: RawValue, mark: Mark) -> None:
    """What the reader saw beside the value: an error value, a formula without result, a unit in the format, a strike."""
    if value is None and (mark.problem.startswith("#") or mark.problem == "uncached"):
        set_text(cell, mark.problem if mark.problem.startswith("#") else mark.formula)
    if mark.number_format and isinstance(value, int | float):
        cell.number_format = mark.number_format
    if mark.runs and isinstance(value, str):
        cell.value = CellRichText(*(_block(run) for run in mark.runs if UNPRINTABLE.sub("", run.text)))
    elif mark.struck:
        font = cell.font
        cell.font = Font(name=font.name, size=font.size, bold=font.bold, strike=True)


def _block(run: Run) -> TextBlock | str:
    """A run as it looked: what did not count is struck through, whatever the reason."""
    text = UNPRINTABLE.sub("", run.text)
    if run.look in ("struck", "deleted", "unseen"):
        return TextBlock(InlineFont(strike=True), text)
    if run.look in ("raised", "lowered"):
        return TextBlock(InlineFont(vertAlign="superscript" if run.look == "raised" else "subscript"), text)
    return text


def fit(sheet: Worksheet, grid: Grid) -> None:
    """Column widths by content, row heights that show every line; printed across, one page wide."""
    sheet.page_setup.orientation, sheet.page_setup.paperSize, sheet.page_setup.fitToHeight = "landscape", 9, 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    across = _across(grid)
    sample = grid.rows[:_SAMPLED]
    columns = range(len(grid.rows[0]) if grid.rows else 0)
    widths = []
    for c in columns:
        widths.append(width([_shown(line[c]) for r, line in enumerate(sample) if (r, c) not in across]))
        sheet.column_dimensions[get_column_letter(c + 1)].width = widths[c]
    for r, line in enumerate(sample):
        shown = [(_shown(line[c]), widths[c]) for c in columns if (r, c) not in across]
        if any(text for text, _ in shown):
            sheet.row_dimensions[r + 1].height = height(*zip(*shown, strict=True))


def _across(grid: Grid) -> set[tuple[int, int]]:
    """Cells whose text may run over the columns of a merged range."""
    cells: set[tuple[int, int]] = set()
    for span in grid.merges:
        if span.right > span.left:
            cells |= {(span.top, c) for c in range(span.left, span.right + 1)}
    return cells


def _shown(value: RawValue) -> str:
    return "" if value is None else str(value)


def _words_around(sheet: Worksheet, grid: Grid) -> None:
    """Title lines of a Word table go to the page's head: a row of their own would move every address."""
    words = " ".join(" ".join(grid.before[_title_line(grid.before) or 0 :]).split())
    if words:
        sheet.oddHeader.center.text = words.replace("&", "＆")[:200]
    for n, line in enumerate(grid.after[: _title_line(grid.after)], len(grid.rows) + 2):
        set_text(sheet.cell(n, 1), line)


def _title_line(lines: Sequence[str]) -> int | None:
    """Where the next form's 附件4 begins: the words between two tables are told of both."""
    return next((n for n, line in enumerate(lines) if line.strip().startswith(("附件", "附表"))), None)

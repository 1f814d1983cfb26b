"""A table that goes on in the next sheet or Word table without a header of its own, read under the header before it."""

from __future__ import annotations

from collections.abc import Sequence

from tally.clean import clean_cell
from tally.clean.words import clean_seq
from tally.declare import Form, Period
from tally.locate.body import Body, Reporter
from tally.locate.closing import Placed, close
from tally.locate.headers import Header
from tally.locate.ledger import Ledger
from tally.locate.list_body import list_body
from tally.locate.matrix_body import matrix_body
from tally.locate.view import View
from tally.model import Grid, RawTable

_PLACED = frozenset(("choice", "yesno", "date", "credit_code", "count", "quantity"))  # kinds that tell a column apart


def page_of(table: RawTable, form: Form, grid: Grid, period: Period | None) -> RawTable | None:
    """`grid` read as the next page of `table`; None if it cannot be that.

    The page of a list goes on with the numbers, or its cells fit the columns; that of a matrix has categories that the
    table lacks. Either says so at its first cell, for a person to look at.
    """
    view = View(grid)
    if not view.height or view.width < max(c.col for c in table.columns) * 2 // 3 or table.grid.turned:
        return None
    header = _header(table, form)
    if view.width > header.right + 1 or any(c.how for c in table.columns):
        return None
    ledger = Ledger(view)
    read = list_body if form.layout == "list" else matrix_body
    body = read(view, header, view.height, ledger, period)
    fits = _list_goes_on if form.layout == "list" else _matrix_goes_on
    if not body.rows or not fits(view, table, form, body):
        return None
    report = Reporter(view, form)
    findings = [report("form.page_without_header", 0, 0), *body.findings]
    findings += close(view, ledger, [Placed(header, body)])[0]
    return RawTable(
        form=form.name,
        grid=grid,
        columns=table.columns,
        rows=tuple(body.rows),
        header=(0, 0),
        notes=tuple(body.notes),
        findings=tuple(findings),
        zero=body.zero,
        lines=body.more,
        refused=body.refused,
        page=True,
    )


def _header(table: RawTable, form: Form) -> Header:
    """The header of the table before, standing above the page's first row."""
    left, right = min(c.col for c in table.columns), max(c.col for c in table.columns)
    left = max(0, left - 1) if form.layout == "matrix" else left
    return Header(form, -1, -1, left, right, table.columns)


def _list_goes_on(view: View, table: RawTable, form: Form, body: Body) -> bool:
    rows = [row for _, row in body.rows]
    misfits = 0
    for column in table.columns:
        field = form.field(column.field)
        if field.kind in _PLACED:
            misfits += sum(clean_cell(view.own(row, column.col), field).state == "unreadable" for row in rows)
    if misfits:
        return False
    seq = table.column("seq")
    if seq is None:
        return True
    last = _number(View(table.grid), table.rows[-1][1], seq.col) if table.rows else 0
    return last is not None and _number(view, rows[0], seq.col) == last + 1


def _number(view: View, row: int, col: int) -> int | None:
    return clean_seq(view.own(row, col)).value


def _matrix_goes_on(view: View, table: RawTable, form: Form, body: Body) -> bool:
    return not {key for key, _ in body.rows} & {key for key, _ in table.rows}


def with_pages(
    tables: Sequence[RawTable], grids: Sequence[Grid], forms: Sequence[Form], period: Period | None
) -> list[RawTable]:
    """The tables of a document, and those of its grids that go on under the header of the grid before."""
    by_grid: dict[str, list[RawTable]] = {}
    for table in tables:
        by_grid.setdefault(table.grid.sheet, []).append(table)
    pages: list[RawTable] = []
    before: RawTable | None = None
    for grid in grids:
        of_grid = by_grid.pop(grid.sheet, [])  # a sheet of several units is several grids
        if not of_grid and before is not None:
            form = next(f for f in forms if f.name == before.form)
            page = page_of(before, form, grid, period)
            of_grid = [page] if page is not None else []
        pages += of_grid
        if of_grid:
            before = of_grid[-1] if len(of_grid) == 1 else None
        elif any(v is not None for row in grid.rows for v in row):
            before = None
    return pages

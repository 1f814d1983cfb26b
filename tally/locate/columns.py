"""Headings against what stands below them: a heading one column beside its figures, figures under no heading at all."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from tally.locate.body import Body, Reporter
from tally.locate.fitting import misfits
from tally.locate.headers import Header
from tally.locate.view import View
from tally.model import Column, Finding, Part

_LOOKED = 40  # rows that tell how well headings stand over their columns


def settled(view: View, header: Header, body: Body) -> tuple[Header, list[Finding]]:
    """The header with each heading over its own figures, and what had to be said of it.

    A field whose column holds nothing while the unheaded column beside it does is read from there. Where a whole run of
    headings is off by one, nothing of it is read.
    """
    report = Reporter(view, header.form)
    rows = [row for _, row in body.rows]
    if all(c.how or view.has_ink(rows, (c.col,)) for c in header.columns):
        return header, []
    headed = {h.col for h in header.headings if h.label}
    around = range(max(0, header.left - 1), min(view.width, header.right + 2))
    filled = _filled(view, rows, [c for c in around if c not in header.beside])
    labels = _labels(view, header, rows)
    findings: list[Finding] = []
    columns = list(header.columns)
    for at, column in enumerate(columns):
        if column.how or column.col in filled:
            continue
        neighbours = {column.col + 1, column.col - 1}
        beside = sorted(neighbours & filled - headed - {labels})
        if len(beside) == 1:
            label = header.form.field(column.field).label
            columns[at] = replace(column, col=beside[0])
            findings.append(report("form.heading_beside", header.last, column.col, field=column.field, label=label))
            headed.add(beside[0])
        else:
            run = _shifted_run(columns, at, 1, filled, headed) or _shifted_run(columns, at, -1, filled, headed)
            if run and not _in_place(view, header, rows, [columns[i] for i in run]):
                columns = _refused(columns, run, 1 if run[0] <= run[-1] else -1)
                label = header.form.field(column.field).label
                count = str(len(run))
                findings.append(report("form.headings_shifted", header.last, column.col, label=label, count=count))
                break
    return replace(header, columns=tuple(columns)), findings


def _in_place(view: View, header: Header, rows: Sequence[int], run: Sequence[Column]) -> bool:
    """True if a run of headings that ends beside figures under no heading has not slipped: one heading was left out."""
    step = run[1].col - run[0].col
    return _left_out(header, run[-1].col + step) or _fits(view, header, rows, run, step)


def _left_out(header: Header, col: int) -> bool:
    """True if the fields left and right of a column are declared with one between them, which heads no column."""
    before = [c.field for c in header.columns if c.col < col][-1:]
    behind = [c.field for c in header.columns if c.col > col][:1]
    names = [f.name for f in header.form.fields]
    missing = {name for name in names if name not in {c.field for c in header.columns}}
    return any(names[at : at + 3] == [*before, name, *behind] for at, name in enumerate(names[1:]) if name in missing)


def _fits(view: View, header: Header, rows: Sequence[int], run: Sequence[Column], step: int) -> bool:
    """True if what stands below a run of headings fits them as they stand, and would not one column on."""
    by_col = {c.col: c.field for c in run}
    looked = rows[:_LOOKED]
    here = sum(misfits(view, header.form, row, by_col, 0) for row in looked)
    beside = sum(misfits(view, header.form, row, by_col, -step) for row in looked)
    return here < beside


def _filled(view: View, rows: Sequence[int], cols: Sequence[int]) -> set[int]:
    """The columns among `cols` that hold something in one of the rows."""
    filled: set[int] = set()
    for row in rows:
        filled.update(view.filled(row, cols))
    return filled


def _labels(view: View, header: Header, rows: Sequence[int]) -> int:
    """The column of a matrix's row names, -1 for a list."""
    if header.form.layout != "matrix" or not rows:
        return -1
    for col in range(header.columns[0].col + 1):
        if all(isinstance(view.raw(row, col), str) for row in rows):
            return col
    return -1


def _shifted_run(columns: Sequence[Column], start: int, step: int, filled: set[int], headed: set[int]) -> list[int]:
    """The places of the headings from `start` on that stand one column beside figures which end under no heading."""
    run = [start]
    at = start + step
    while 0 <= at < len(columns) and columns[at].col == columns[run[-1]].col + step:
        run.append(at)
        at += step
    beyond = columns[run[-1]].col + step
    shifted = len(run) > 1 and beyond in filled and beyond not in headed
    return run if shifted and all(columns[i].col in filled for i in run[1:]) else []


def _refused(columns: Sequence[Column], run: Sequence[int], step: int) -> list[Column]:
    """The columns, those of the run marked so that each cell says what stands beside it and is not read."""
    marked = list(columns)
    for at in run:
        column = columns[at]
        marked[at] = replace(column, how="shifted", parts=(Part(column.col + step, column.label),))
    return marked


def ragged(view: View, header: Header, body: Body) -> dict[int, str]:
    """Rows of a delimited text with one field more than the header: a separator within a figure has shifted them."""
    if view.grid.sheet or view.grid.merges:
        return {}
    beyond = header.right + 1
    longer = [row for _, row in body.rows if beyond < view.width and view.filled(row, (beyond,))]
    return (
        {row: "该行比表头多一格，像是数字中的逗号把它断成了两格" for row in longer}
        if len(longer) * 2 < len(body.rows)
        else {}
    )


def unheaded(view: View, header: Header, body: Body, rest: Sequence[tuple[int, list[int]]]) -> Iterator[Finding]:
    """One finding for each column inside the table that holds something in the records' rows under no heading."""
    report = Reporter(view, header.form)
    records = {row for _, row in body.rows}
    by_col: dict[int, list[int]] = {}
    for row, cols in rest:
        for col in cols if row in records else ():
            if header.left <= col <= header.right:
                by_col.setdefault(col, []).append(row)
    for col, rows in by_col.items():
        texts = [view.text(row, col) for row in rows]
        figures = any(ch.isdigit() for text in texts for ch in text)
        more = f"等 {len(rows)} 处" if len(rows) > 1 else ""
        kind = "form.unheaded_column" if figures else "form.unheaded_column/words"
        yield report(kind, rows[0], col, found="；".join(texts)[:200], text=texts[0][:60], more=more)

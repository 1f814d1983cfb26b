"""Headings against what stands below them: a heading one column beside its figures, figures under no heading at all."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from tally.locate.body import Body, Reporter
from tally.locate.headers import Header
from tally.locate.view import View
from tally.model import Column, Finding, Part


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
    filled = _filled(view, rows, range(max(0, header.left - 1), min(view.width, header.right + 2)))
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
            if run:
                columns = _refused(columns, run, 1 if run[0] <= run[-1] else -1)
                label = header.form.field(column.field).label
                count = str(len(run))
                findings.append(report("form.headings_shifted", header.last, column.col, label=label, count=count))
                break
    return replace(header, columns=tuple(columns)), findings


def _filled(view: View, rows: Sequence[int], cols: range) -> set[int]:
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

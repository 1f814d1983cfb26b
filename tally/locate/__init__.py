"""Where the forms of a campaign stand in what a reader returned; what stands in the way is a finding.

`find_tables` looks at content only: labels of the header, the title, 填报单位. It finds several forms on a sheet,
below or beside one another, and several pages of one form. Which tables are counted, the caller decides.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from tally.clean.text import narrow
from tally.declare import Field, Form, Period
from tally.locate.around import (
    header_without_rows,
    remarks_above,
    remarks_beside,
    totals_that_disagree,
    units_that_contradict,
    with_table_unit,
)
from tally.locate.body import Body, Reporter, list_body, matrix_body, take_paragraphs
from tally.locate.context import Context, context_of, measures_in
from tally.locate.header_findings import header_findings
from tally.locate.headers import Header, Search, find_headers
from tally.locate.labels import parse
from tally.locate.view import View
from tally.model import Document, Finding, Grid, RawTable
from tally.writing.characters import narrow

_ABOVE = 8  # lines above a header that may hold its title, 填报单位 and date


def find_tables(document: Document, forms: Sequence[Form], period: Period | None = None) -> tuple[RawTable, ...]:
    """All tables of the given forms in `document`, in reading order; words of time are held against `period`."""
    return tuple(t for grid in document.grids for t in tables_in(grid, forms, period))


def tables_in(grid: Grid, forms: Sequence[Form], period: Period | None = None) -> Iterator[RawTable]:
    """The tables of one grid; of a header without rows of its own, the grid's first table tells."""
    view = View(grid)
    tables, rowless = [], []
    headers = find_headers(view, Search(forms, _favoured(grid, forms), period))
    for at, header in enumerate(headers):
        end = _end(headers, at, view)
        body = (matrix_body if header.form.layout == "matrix" else list_body)(view, header, end)
        if header.form.layout == "matrix" and not _has_rows(header, body):
            rowless.append(header_without_rows(view, header))
            continue
        if header is headers[-1]:
            take_paragraphs(grid.after, body, Reporter(view, header.form))
        context = _context(view, headers, at, body)
        columns = tuple(with_table_unit(c, header.form, context) for c in header.columns)
        findings = (
            *header_findings(view, header, body, period),
            *units_that_contradict(view, header, context),
            *remarks_above(view, header, _first_above(view, headers, at)),
            *body.findings,
            *remarks_beside(view, header, headers, body),
            *totals_that_disagree(view, header, body),
        )
        tables.append(
            RawTable(
                form=header.form.name,
                grid=grid,
                columns=columns,
                rows=tuple(body.rows),
                header=(header.first, header.last),
                title=context.title,
                unit_text=context.unit_text,
                date_text=context.date_text,
                notes=tuple(body.notes),
                findings=findings,
                zero=body.zero,
            )
        )
    for at, table in enumerate(tables):
        yield table if at else replace(table, findings=(*table.findings, *rowless))


def _has_rows(header: Header, body: Body) -> bool:
    """One row of a matrix is enough below most of its columns, none where words say that there is nothing."""
    known = len(header.columns) * 2 >= len(header.form.fields)
    return len(body.rows) >= (1 if known else 2) or (known and body.zero)


def _favoured(grid: Grid, forms: Sequence[Form]) -> str:
    """The form that the sheet's or the file's name speaks of, "" if none or several."""
    for text in (grid.sheet, grid.file.rsplit("/", 1)[-1]):
        named = {
            f.name for f in forms if any(parse(t).core in parse(text).core for t in (f.number, f.title, *f.aliases))
        }
        if len(named) == 1:
            return named.pop()
    return ""


def _end(headers: list[Header], at: int, view: View) -> int:
    """The row before which the table ends: the next header in its columns, less the lines of that one's title."""
    this = headers[at]
    for other in headers[at + 1 :]:
        if other.first > this.last and other.left <= this.right and other.right >= this.left:
            return _before_title(view, this.last + 1, other)
    return view.height


def _before_title(view: View, start: int, header: Header) -> int:
    """The first line of the block of single texts (title, 附件, 填报单位) right above `header`."""
    row = header.first
    while row - 1 >= start and header.first - row < _ABOVE:
        filled = view.filled(row - 1, range(header.left, header.right + 1))
        texts = [view.text(row - 1, c) for c in filled]
        if len(filled) > 4 or any(t.replace(".", "").isdigit() for t in texts):
            break
        if not any(_heads(t, header.form) for t in texts) and filled:
            break
        row -= 1
    return row


def _heads(text: str, form: Form) -> bool:
    core = parse(text).core
    return (
        text.startswith(("附件", "附表", "填报", "报送", "单位:", "单位："))
        or "年" in text
        or any(parse(t).core in core for t in (form.title, *form.aliases))
        or core.endswith(("统计表", "情况表"))
    )


def _earlier(headers: list[Header], at: int) -> list[Header]:
    """The headers that stand above this one in its columns."""
    this = headers[at]
    return [h for h in headers[:at] if h.left <= this.right and h.right >= this.left and h.last < this.first]


def _first_above(view: View, headers: list[Header], at: int) -> int:
    """The first grid row of what stands above a header: its title, 填报单位, remarks."""
    header, earlier = headers[at], _earlier(headers, at)
    above = _before_title(view, earlier[-1].last + 1, header) if earlier else 0
    return max(above, header.first - _ABOVE)


def _context(view: View, headers: list[Header], at: int, body: Body) -> Context:
    header = headers[at]
    lines = [[] if _earlier(headers, at) else list(view.grid.before)]
    for row in range(_first_above(view, headers, at), header.last + 1):
        texts = [str(view.own(row, c)) for c in view.filled(row, range(view.width))]
        # A column's own label tells of that column alone.
        lines.append(texts if row < header.first else [t for t in texts if "(" not in narrow(t)])
    alone = len(headers) == 1
    titles = (header.form.title, *header.form.aliases)
    context = context_of(lines, titles)
    below = context_of([*body.lines, *([list(view.grid.after)] if alone or view.grid.after else [])], titles)
    return Context(
        context.title,
        context.unit_text or below.unit_text,
        context.date_text or below.date_text,
        context.measures or below.measures or tuple(measures_in(narrow(view.grid.sheet))),
    )

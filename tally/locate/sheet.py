"""One grid worked through: its headers found, each table read down, what stands around it read, and the ledger closed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from tally.declare import Form, Period
from tally.locate.above import read_above
from tally.locate.around import (
    counts_that_disagree,
    header_without_rows,
    units_that_contradict,
    with_table_unit,
    without_unit,
)
from tally.locate.body import Body, Reporter
from tally.locate.choice_lists import book_choices, lists_choices
from tally.locate.closing import Placed, book_table, close
from tally.locate.columns import ragged, settled
from tally.locate.context import Context, context_of, measures_in
from tally.locate.extra_columns import owners
from tally.locate.header_findings import header_findings
from tally.locate.headers import Header, Search, find_headers
from tally.locate.labels import parse
from tally.locate.ledger import Ledger
from tally.locate.list_body import list_body
from tally.locate.marked import marked_words
from tally.locate.matrix_body import matrix_body
from tally.locate.notes import take_paragraphs
from tally.locate.record_words import words_of_records
from tally.locate.regions import end_of, first_above, stands_below
from tally.locate.substitutes import with_substitutes
from tally.locate.sums import sums_that_disagree
from tally.locate.turned import turned
from tally.locate.units_beside import UnitsBeside
from tally.locate.view import View
from tally.model import Finding, Grid, RawTable
from tally.writing.characters import narrow


def tables_in(grid: Grid, forms: Sequence[Form], period: Period | None = None) -> list[RawTable]:
    """The tables of one grid; of what belongs to none of them, the grid's first table tells."""
    sheet = _Sheet(grid, forms, period)
    if not sheet.headers and (part := turned(grid, forms)) is not None:
        return [_on_its_side(table, forms) for table in _Sheet(part, forms, period).tables()]
    return sheet.tables()


def _on_its_side(table: RawTable, forms: Sequence[Form]) -> RawTable:
    """A table of a turned part, with a word that it lay on its side."""
    form = next(f for f in forms if f.name == table.form)
    report = Reporter(View(table.grid), form)
    return replace(table, findings=(report("form.turned", 0, 0), *table.findings))


def account(grid: Grid, forms: Sequence[Form], period: Period | None = None) -> Ledger:
    """The closed ledger of one grid: what consumed each of its cells. A form on its side is accounted for as it is read."""
    sheet = _Sheet(grid, forms, period)
    if not sheet.headers and (part := turned(grid, forms)) is not None:
        sheet = _Sheet(part, forms, period)
    sheet.tables()
    return sheet.ledger


def offers_choices(grid: Grid, forms: Sequence[Form]) -> bool:
    """True if lists of choices stand on the sheet, for drop-downs to offer."""
    return bool(_Sheet(grid, forms, None).choices)


class _Sheet:
    """One grid, its headers and its ledger."""

    def __init__(self, grid: Grid, forms: Sequence[Form], period: Period | None):
        self.view, self.period = View(grid), period
        self.ledger = Ledger(self.view)
        headers = find_headers(self.view, Search(forms, _favoured(grid, forms), period))
        self.choices = [h for h in headers if lists_choices(self.view, h)]
        self.headers = [with_substitutes(self.view, h) for h in headers if h not in self.choices]
        for header in self.choices:
            book_choices(self.view, header, self.ledger)
        self.loose: list[Finding] = []  # of headers without rows
        self.placed: list[Placed] = []

    def tables(self) -> list[RawTable]:
        tables = [t for at in range(len(self.headers)) if (t := self._table(at)) is not None]
        if not tables:
            return []
        for placed in self.placed:
            book_table(self.ledger, placed)
        above = [list(read_above(self.view, p.header, p.above, p.title, self.ledger, self.period)) for p in self.placed]
        rest = close(self.view, self.ledger, self.placed, self.period)
        findings = [[*a, *r] for a, r in zip(above, rest, strict=True)]
        findings[0] += [*self.loose, *marked_words(self.view, self.placed, self.period)]
        booked = self.ledger.beginning()
        told = zip(tables, findings, strict=True)
        return [replace(t, findings=(*t.findings, *more), booked=booked) for t, more in told]

    def _table(self, at: int) -> RawTable | None:
        """The table below one header; None for a header of a matrix to which no rows belong."""
        header, view = self.headers[at], self.view
        form = header.form
        read = matrix_body if form.layout == "matrix" else list_body
        body = read(view, header, end_of(self.headers, at, view), self.ledger, self.period)
        if form.layout == "matrix" and not _has_rows(header, body):
            self.loose.append(header_without_rows(view, header))
            for row in range(header.first, header.last + 1):
                self.ledger.book("said", row, range(header.left, header.right + 1))
            return None
        if header is self.headers[-1]:
            take_paragraphs(view.grid.after, body, Reporter(view, form), self.period)
        context = self._context(at, body)
        body.refused |= ragged(view, header, body)
        header, moved = settled(view, header, body)
        first = first_above(view, self.headers, at)
        self.placed.append(Placed(header, body, first, context.title, bool(moved)))
        beside = UnitsBeside(view, header, body)
        columns = tuple(with_table_unit(beside.on(c), form, context) for c in header.columns)
        findings = (
            *header_findings(view, header, body, self.period),
            *moved,
            *units_that_contradict(view, header, context),
            *beside.findings(),
            *without_unit(view, header, columns),
            *body.findings,
            *words_of_records(view, header, body),
            *sums_that_disagree(view, header, body, self._above(header)),
            *(counts_that_disagree(view, header, body, context.title) if len(self.headers) == 1 else ()),
        )
        return RawTable(
            form=form.name,
            grid=view.grid,
            columns=columns,
            rows=tuple(body.rows),
            header=(header.first, header.last),
            title=context.title,
            unit_text=context.unit_text,
            unit_code=context.unit_code,
            date_text=context.date_text,
            times=context.times,
            notes=tuple(body.notes),
            findings=findings,
            zero=body.zero,
            lines=body.more,
            refused=body.refused,
            owners=owners(view, header, body),
            scopes=tuple(h.column for h, kind in header.left_out if kind == "form.other_scope"),
        )

    def _above(self, header: Header) -> list[int]:
        """The records above a heading that repeats theirs, as each page of a list has it."""
        same = (p for p in self.placed if p.header is not header and p.header.by_col == header.by_col)
        return [row for placed in same for _, row in placed.body.rows]

    def _context(self, at: int, body: Body) -> Context:
        """What the lines above, beside and below a table say of it."""
        header, view = self.headers[at], self.view
        lines = [[] if stands_below(self.headers, at) else list(view.grid.before)]
        for row in range(first_above(view, self.headers, at), header.last + 1):
            texts = [str(view.own(row, c)) for c in header.line(view, row)]
            # A column's own label tells of that column alone.
            lines.append(texts if row < header.first else [t for t in texts if "(" not in narrow(t)])
        titles = (header.form.title, *header.form.aliases)
        above = context_of(lines, titles)
        after = [list(view.grid.after)] if len(self.headers) == 1 or view.grid.after else []
        below = context_of([*body.lines, *after], titles)
        return Context(
            above.title,
            above.unit_text or below.unit_text,
            above.date_text or below.date_text,
            above.measures or below.measures or measures_in(narrow(view.grid.sheet)),
            (*above.times, *below.times),
            above.unit_code or below.unit_code,
        )


def _has_rows(header: Header, body: Body) -> bool:
    """One row of a matrix is enough below most of its columns, none where words say that there is nothing."""
    known = len(header.columns) * 2 >= len(header.form.fields)
    return len(body.rows) >= (1 if known else 2) or (known and body.zero)


def _favoured(grid: Grid, forms: Sequence[Form]) -> str:
    """The form that the sheet's or the file's name speaks of, "" if none or several."""
    for text in (grid.sheet, grid.file.rsplit("/", 1)[-1]):
        core = parse(text).core
        named = {f.name for f in forms for t in (f.number, f.title, *f.aliases) if parse(t).core in core}
        if len(named) == 1:
            return named.pop()
    return ""

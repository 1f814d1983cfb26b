"""What stands around a table and may change what it says: remarks above and beside it, units that contradict, numbers of records."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from tally.clean.units import factor
from tally.declare import Field, Form
from tally.locate.body import Body, Reporter
from tally.locate.context import Context
from tally.locate.counts import counted, counts_in, rates_in
from tally.locate.headers import Header
from tally.locate.sums import counts_records
from tally.locate.view import View
from tally.model import Column, Finding
from tally.writing.characters import narrow


def measure_of(field: Field, measures: Sequence[str]) -> str:
    """The unit among `measures` (of a line such as 单位：元、只) that holds for a column of `field`; "" if none or several."""
    if not field.numeric or not ("元" in field.unit or "只" in field.unit):
        return ""
    same = list(dict.fromkeys(m for m in measures if factor(m, field.unit) is not None and m != "万"))
    return same[0] if len(same) == 1 else ""


def with_table_unit(column: Column, form: Form, context: Context) -> Column:
    """单位：元 above or below the table holds for the columns of money whose own header names no unit."""
    if column.unit or not (unit := measure_of(form.field(column.field), context.measures)):
        return column
    return column if column.how == "sum" else replace(column, unit=unit)


def units_that_contradict(view: View, header: Header, context: Context) -> Iterator[Finding]:
    """Columns whose header writes one unit while a line around the table writes another."""
    report = Reporter(view, header.form)
    for column in header.columns:
        field = header.form.field(column.field)
        outside = measure_of(field, context.measures)
        if outside and column.unit and factor(column.unit, field.unit) not in (None, factor(outside, field.unit)):
            yield report(
                "form.unit_disagrees", header.last, column.col, field=field.name, found=f"{column.unit}；{outside}",
                label=field.label, written=column.unit, outside=outside, expected=field.unit,
            )  # fmt: skip


def without_unit(view: View, header: Header, columns: Sequence[Column]) -> Iterator[Finding]:
    """Columns of money or of pieces for which no unit of measure is written where those beside have theirs.

    A header that names no unit at all is the form's own, and its units hold.
    """
    report, form = Reporter(view, header.form), header.form
    scaled = [c for c in columns if not c.parts and measure_of(form.field(c.field), (form.field(c.field).unit,))]
    written = {c.field for c in header.columns if c.unit}
    if not any(c.field in written for c in scaled):
        return
    for column in scaled:
        field = form.field(column.field)
        if not column.unit:
            words = {"label": field.label, "prescribed": field.unit}
            yield report("form.no_unit", header.last, column.col, field=field.name, **words)


def header_without_rows(view: View, header: Header) -> Finding:
    """A second header of a matrix, whose columns no row labels belong to: nothing of it is read."""
    labels = "、".join(c.label for c in header.columns[:3])
    report = Reporter(view, header.form)
    count = len(header.columns)
    return report("form.columns_without_rows", header.first, header.left, labels=labels, count=count)


def counts_that_disagree(view: View, header: Header, body: Body, title: str) -> Iterator[Finding]:
    """Numbers of records that the title, a line beside the list or its total row says in words, against the records."""
    if header.form.layout != "list" or not body.rows:
        return
    report = Reporter(view, header.form)
    actual = counted(view, header, body)
    said: set[tuple[str, str]] = set()
    for at, col, text in (*_lines_that_count(view, header, body), (None, 0, title)):
        for count in counts_in(narrow(text), header.form):
            expected = actual.get(count.of)
            if expected is None or count.agrees(expected) or (text, count.words) in said:
                continue
            said.add((text, count.words))
            words = {"written": count.words, "expected": f"{count.of or '共'}{expected}{count.classifier}"}
            yield report("form.count_disagrees", at, col, found=text[:200], **words)
        for rate in rates_in(narrow(text), header.form):
            if rate.of in actual and not rate.agrees(actual[rate.of], actual[""]) and (text, rate.words) not in said:
                said.add((text, rate.words))
                words = {"written": rate.words, "expected": f"{rate.of}{actual[rate.of]}、共{actual['']}"}
                yield report("form.count_disagrees", at, col, found=text[:200], **words)


def _lines_that_count(view: View, header: Header, body: Body) -> Iterator[tuple[int | None, int, str]]:
    """Every line above and below the records, cell by cell, and the paragraphs around the table."""
    records = set(body.read)
    for row in range(view.height):
        if header.first <= row <= header.last or row in records:
            continue
        for col in view.filled(row, range(view.width)):
            text = view.own(row, col)
            if isinstance(text, str) and not (row in body.totals and counts_records(narrow(text))):
                yield row, col, text
    for text in (*view.grid.before, *view.grid.after):
        yield None, 0, text

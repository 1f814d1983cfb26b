"""What stands around a table and may change what it says: remarks above and beside it, units that contradict, totals of a list."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from tally.clean.numbers import clean_number
from tally.clean.units import factor
from tally.declare import Field, Form
from tally.imprint import is_reference
from tally.locate.body import Body, Reporter
from tally.locate.context import Context
from tally.locate.headers import Header
from tally.locate.lines import note_corrects
from tally.locate.view import View
from tally.model import Column, Finding
from tally.writing.numbers import plain

_LONG = 120  # a longer paragraph is running text that has a place of its own
_BATCHES = re.compile(r"共?(\d+)个?(?:批次?|条)")


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
    return Column(column.field, column.col, column.label, unit)


def units_that_contradict(view: View, header: Header, context: Context) -> Iterator[Finding]:
    """Columns whose header writes one unit while a line around the table writes another."""
    report = Reporter(view, header.form)
    for column in header.columns:
        field = header.form.field(column.field)
        said = measure_of(field, context.measures)
        if said and column.unit and factor(column.unit, field.unit) not in (None, factor(said, field.unit)):
            yield report(
                "form.unit_disagrees", header.last, column.col, field=field.name, found=f"{column.unit}；{said}",
                label=field.label, written=column.unit, outside=said, expected=field.unit,
            )  # fmt: skip


def remarks_above(view: View, header: Header, first: int) -> Iterator[Finding]:
    """Lines between grid row `first` and the header, or paragraphs before, that correct a figure."""
    report = Reporter(view, header.form)
    places = [
        (str(view.own(row, c)), row, c)
        for row in range(first, header.first)
        for c in view.filled(row, range(view.width))
    ]
    if first == 0:
        places += [(text, None, 0) for text in view.grid.before]
    for text, row, col in places:
        if len(text) <= _LONG and note_corrects("".join(text.split())):
            yield report("form.note_corrects/above", row, col, found=text[:200], text=text[:80])


def remarks_beside(view: View, header: Header, headers: Sequence[Header], body: Body) -> Iterator[Finding]:
    """Figures and words in the records' rows, outside the table and every other; one finding a column."""
    report = Reporter(view, header.form)
    taken = {c for h in headers for c in range(h.left, h.right + 1)}
    above = max(header.first - 1, 0)
    outside = [c for c in range(view.width) if c not in taken and not is_reference(str(view.raw(above, c)))]
    by_col: dict[int, list[int]] = {}
    for _, row in body.rows:
        for c in view.filled(row, outside):
            by_col.setdefault(c, []).append(row)
    for col, rows in by_col.items():
        texts = [view.text(row, col) for row in rows]
        if texts == [str(i + 1) for i in range(len(texts))] and col < header.left:
            continue  # a running number without a header of its own
        figures = any(ch.isdigit() for t in texts for ch in t)
        more = f"等 {len(rows)} 处" if len(rows) > 1 else ""
        kind = "form.beside_table" if figures else "form.beside_table/words"
        yield report(kind, rows[0], col, found="；".join(texts)[:200], text=texts[0][:60], more=more)


def header_without_rows(view: View, header: Header) -> Finding:
    """A second header of a matrix, whose columns no row labels belong to: nothing of it is read."""
    labels = "、".join(c.label for c in header.columns[:3])
    report = Reporter(view, header.form)
    count = len(header.columns)
    return report("form.columns_without_rows", header.first, header.left, labels=labels, count=count)


def totals_that_disagree(view: View, header: Header, body: Body) -> Iterator[Finding]:
    """A list's total row against its records: sums of its numeric columns, and a number of batches in words."""
    report, form = Reporter(view, header.form), header.form
    fields = {c.col: (form.field(c.field), c) for c in header.columns}
    for row in body.totals:
        for col in view.filled(row, range(header.left, header.right + 1)):
            field, column = fields.get(col, (None, None))
            if field is not None and field.numeric:
                said, real = _figure(view, row, field, column), _sum(view, body, field, column)
            elif found := _BATCHES.fullmatch(view.text(row, col)):
                said, real = Decimal(found[1]), Decimal(len(body.rows))
            else:
                continue
            if said is not None and real is not None and said != real:
                written, expected = plain(said), plain(real)
                yield report("form.total_disagrees", row, col, found=written, written=written, expected=expected)


def _figure(view: View, row: int, field: Field, column: Column) -> Decimal | None:
    return clean_number(view.own(row, column.col), field.unit, False, column.unit).value


def _sum(view: View, body: Body, field: Field, column: Column) -> Decimal | None:
    """None where a cell of the column cannot be read: that is said there."""
    readings = [clean_number(view.own(row, column.col), field.unit, False, column.unit) for _, row in body.rows]
    if any(r.state == "unreadable" for r in readings):
        return None
    return sum((r.value for r in readings if r.value is not None), Decimal(0))

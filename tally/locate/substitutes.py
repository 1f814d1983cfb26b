"""A column of a list under a heading that nobody knows, in the very place of the one column that is missing: 品名 for 产品名称.

It is read as that column, and asked about, where nothing else could stand there: between its neighbours in the form's
order one field is missing and one filled column unknown, and what is filled in fits the field.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from tally.clean import clean_cell
from tally.clean.words import answering
from tally.declare import Field, Form
from tally.locate.column_labels import Heading
from tally.locate.headers import Header
from tally.locate.labels import TURNING, parse
from tally.locate.view import View
from tally.model import Column
from tally.writing.firms import ends_as_firm
from tally.writing.nothing import NOTHING

_LOOKED = 60  # rows that tell what a column holds
_RECORD = 3  # known columns that are filled in the row of a record
_UNLIKE = (
    "备注",
    "说明",
    "填报",
    "填表",
    "审核",
    "日期",
    "单位",
    "照片",
    "附件",
)  # what clerks add to a list, not its columns


def with_substitutes(view: View, header: Header) -> Header:
    """The header with such columns among those that are read, as guessed ones."""
    form = header.form
    if form.layout != "list" or not header.unknown or view.grid.turned:
        return header
    rows = _records(view, header)
    for col, label in header.unknown:
        field = _missing_at(form, header, col)
        texts = [text for row in rows if (text := view.text(row, col)) and text not in NOTHING]
        if field is not None and _may_name(label) and _fits(answering(field, label), texts):
            header = _with_column(header, Column(field.name, col, label, parse(label).unit))
    return header


def _records(view: View, header: Header) -> list[int]:
    rows = range(header.last + 1, min(view.height, header.last + 1 + _LOOKED))
    return [row for row in rows if len(view.filled(row, sorted(header.taken))) >= _RECORD]


def _missing_at(form: Form, header: Header, col: int) -> Field | None:
    """The one field that is missing between the known neighbours of a column, if no other unknown column stands there."""
    order = [f.name for f in form.fields]
    left = max((c for c in header.taken if c < col), default=None)
    right = min((c for c in header.taken if c > col), default=None)
    first = order.index(header.by_col[left]) + 1 if left is not None else 0
    last = order.index(header.by_col[right]) if right is not None else len(order)
    rivals = [c for c, _ in header.unknown if (left is None or c > left) and (right is None or c < right)]
    present = {c.field for c in header.columns}
    missing = [f for f in form.fields[first:last] if f.name not in present and f.kind != "seq"]
    alone = len(missing) == 1 and len(rivals) == 1
    return missing[0] if alone and _is_known_by_content(missing[0]) else None


def _is_known_by_content(field: Field) -> bool:
    """Whether what is filled in tells the field: not of 备注, which any words fit, and not of a figure."""
    return not field.numeric and (field.required or field.kind != "text")


def _may_name(label: str) -> bool:
    core = parse(label).core
    return len(core) > 1 and core[0] not in TURNING and not any(word in core for word in _UNLIKE)


def _fits(field: Field, texts: Sequence[str]) -> bool:
    """Whether all that stands in a column is what the field asks for."""
    if not texts:
        return False
    if field.confidential == "firm":
        return all(map(ends_as_firm, texts))
    readings = [clean_cell(text, field) for text in dict.fromkeys(texts)]
    return all(r.state != "unreadable" for r in readings) and (field.kind != "text" or _in_words(texts))


def _in_words(texts: Sequence[str]) -> bool:
    """No numbers, no dates, no firms: these belong to other columns."""
    return all(any("\u4e00" <= ch <= "\u9fff" or ch.isalpha() for ch in t) and not ends_as_firm(t) for t in texts)


def _with_column(header: Header, column: Column) -> Header:
    """The header in which a column that was unknown holds a field, told by its place."""
    heading = Heading(column.col, column.field, column.label, column.unit, outright=False)
    return replace(
        header,
        columns=tuple(sorted((*header.columns, column), key=lambda c: c.col)),
        headings=tuple(heading if h.col == column.col else h for h in header.headings),
        guessed=(*header.guessed, column),
        unknown=tuple(pair for pair in header.unknown if pair[0] != column.col),
    )

"""The part of a unit's page that shows what it reported; every figure opens to the cell it was read from."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import pandas as pd

from tally.blocks import Align, Block, Entry, Heading, Paragraph, Run, Table
from tally.declare import Field, Form
from tally.render.pages.unit_view import HOW, UnitView, as_text, cell_part, figure, heads, label_of


def figures(view: UnitView) -> Iterable[Block]:
    yield Heading("三、填报数据", 1, "figures")
    for form in view.campaign.forms:
        yield Heading(f"{form.number}　{form.title}", 2, f"form-{form.name}")
        yield _form(view, form)


def _form(view: UnitView, form: Form) -> Block:
    frame = view.of(view.tables.forms[form.name])
    if frame.empty or not _came(view, form):
        return Paragraph((Run("没有可用的数据。"),))
    return _matrix(view, form, frame) if form.layout == "matrix" else _list(view, form, frame)


def _came(view: UnitView, form: Form) -> bool:
    """Whether any cell of the form was read: the rows of a matrix stand in the tables even where nothing came."""
    return any(key[0] == form.name for key in view.cells)


def _matrix(view: UnitView, form: Form, frame: pd.DataFrame) -> Table:
    """Categories by measures; every cell opens to what was written, where, and how it was read."""
    records = {record["category"]: record for record in frame.to_dict("records")}
    reported = [category for category in form.categories if category.name in records]
    rows = []
    for category in reported:
        record = records[category.name]
        entries = [_cell(view, form, category.name, category.label, field, record) for field in form.fields]
        rows.append((Entry(category.label), *entries))
    totals = tuple(at for at, category in enumerate(reported) if category.name == form.total)
    head = heads(form.row_header or "类别", *(label_of(field) for field in form.fields))
    align: list[Align] = ["left", *_aligned(form.fields)]
    return Table(f"table-{form.name}", form.title, head, tuple(rows), tuple(align), totals=totals, note=HOW)


def _cell(view: UnitView, form: Form, row: str, label: str, field: Field, record: Mapping[str, Any]) -> Entry:
    text, kind = view.shown(form, row, field, record[field.name])
    if (form.name, row, field.name) not in view.cells:
        return Entry(text, kind=kind)
    ref = f"{form.name}.{row}.{field.name}"
    value = text + (field.unit if kind != "muted" else "")
    view.figures[ref] = figure(f"{label}　{field.label}", value, [cell_part(view, form, row, field, text)])
    return Entry(text, ref=ref, kind=kind)


def _list(view: UnitView, form: Form, frame: pd.DataFrame) -> Table:
    """Records by fields; a record's number opens all its cells."""
    fields = [field for field in form.fields if field.kind != "seq"]
    rows = [_record(view, form, fields, record) for record in frame.sort_values("row").to_dict("records")]
    align: list[Align] = ["center", *_aligned(fields)]
    head = heads("记录", *(label_of(field) for field in fields))
    return Table(f"table-{form.name}", form.title, head, tuple(rows), tuple(align), landscape=True, note=HOW)


def _aligned(fields: Iterable[Field]) -> list[Align]:
    """Numbers to the right, texts to the left."""
    return ["right" if field.numeric else "left" for field in fields]


def _record(view: UnitView, form: Form, fields: list[Field], record: Mapping[str, Any]) -> tuple[Entry, ...]:
    row = str(record["row"])
    ref = f"{form.name}.{row}"
    entries = []
    for field in fields:
        text, kind = view.shown(form, row, field, record[field.name])
        entries.append(Entry(text, kind=kind))
    there = [field for field in form.fields if (form.name, row, field.name) in view.cells]
    parts = [cell_part(view, form, row, field, as_text(record[field.name])) for field in there]
    view.figures[ref] = figure(f"{form.title}　第{row}条", f"第{row}条", parts)
    return (Entry(row, ref=ref), *entries)

"""A located form, cell by cell: typed values, the cell list, and a finding for each repair, doubt and refusal.

Works column by column and cleans each distinct writing once, so a list of 100,000 rows costs little more than
its distinct values.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import groupby
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa

from tally import catalogue
from tally.clean.reading import Reading, Remark
from tally.declare import Field, Form
from tally.locate.view import View
from tally.model import Finding, Place, RawTable
from tally.returns.columns import FieldColumn, Stretch

Spot = tuple[str, int | None, int]  # a record's key, its table's number (None: nowhere), its grid row
_INTEGER, _DECIMAL, _TEXT = pd.Int64Dtype(), pd.Float64Dtype(), pd.StringDtype(na_value=np.nan)
_DTYPES = {"seq": _INTEGER, "count": _INTEGER, "quantity": _DECIMAL, "date": object}  # the rest is text


def clean_tables(unit: str, form: Form, tables: Sequence[RawTable]) -> tuple[pd.DataFrame, pd.DataFrame, list[Finding]]:
    """Values, cells and findings of one form that stands in `tables` (its parts or pages, in order).

    The frame is indexed by category (matrix: all of them, in the form's order) or record number from 1; see
    `tally.model.Return`.
    """
    every = _places(form, tables)
    keys = [key for key, _, _ in every]
    columns: dict[str, Any] = {}
    findings: list[Finding] = []
    grids: dict[str, np.ndarray] = {
        c: np.empty((len(keys), len(form.fields)), dtype=object)
        for c in ("raw", "value", "state", "file", "sheet", "cell")
    }
    views = [View(t.grid) for t in tables]
    for at, field in enumerate(form.fields):
        places = every if form.layout == "list" else _places(form, tables, field.name)
        stretches = _stretches(places)
        column = FieldColumn(field, form, tables, views)
        column.read(stretches)
        written = column.written
        readings = [w.reading for w in written]
        columns[field.name] = _series(field, readings)
        grids["raw"][:, at] = [w.raw for w in written]
        grids["value"][:, at] = [w.value for w in written]
        grids["state"][:, at] = [r.state for r in readings]
        grids["cell"][:, at] = column.addresses
        findings += _findings(unit, form, tables, field, keys, places, column)
        if form.layout == "matrix" or not at:
            files = [tables[t].grid.file if t is not None else None for _, t, _ in places]
            sheets = [tables[t].grid.sheet if t is not None else None for _, t, _ in places]
        grids["file"][:, at] = files
        grids["sheet"][:, at] = sheets
    index = keys if form.layout == "matrix" else [int(k) for k in keys]
    frame = pd.DataFrame(columns, index=pd.Index(index, name="category" if form.layout == "matrix" else "row"))
    return frame, _cells(unit, form, keys, grids), findings


def _findings(
    unit: str,
    form: Form,
    tables: Sequence[RawTable],
    field: Field,
    keys: Sequence[str],
    places: Sequence[Spot],
    column: FieldColumn,
) -> Iterator[Finding]:
    """What is to be said of the cells of one column."""
    for row, written in enumerate(column.written):
        if written.reading.remark is None:
            continue
        table = places[row][1]
        at = tables[table] if table is not None else None
        yield _finding(unit, form, field, keys[row], at, column.addresses[row], written.raw, written.reading.remark)


def _places(form: Form, tables: Sequence[RawTable], field: str = "") -> list[Spot]:
    """(row key, table, grid row) of each record; a matrix has all its categories, absent ones without a table.

    Where the columns of a matrix are spread over tables, those of `field` stand in the tables that have it.
    """
    if form.layout == "list":
        rows = [(t, row) for t, table in enumerate(tables) for _, row in table.rows]
        return [(str(n), t, row) for n, (t, row) in enumerate(rows, 1)]
    having = {t for t, table in enumerate(tables) if table.column(field) is not None}
    at: dict[str, tuple[int, int]] = {}
    for t, table in enumerate(tables):
        for name, row in table.rows if t in having or not having else ():
            at.setdefault(name, (t, row))
    return [(c.name, *at.get(c.name, (None, -1))) for c in form.categories]


def _stretches(places: Sequence[Spot]) -> list[Stretch]:
    """Places one below another in the same table together."""
    stretches: list[Stretch] = []
    for table, group in groupby(places, key=lambda place: place[1]):
        stretches.append((table, [row for _, _, row in group]))
    return stretches


def _series(field: Field, readings: list[Reading]) -> pd.Series:
    values = [r.value for r in readings]
    kind = _DTYPES.get(field.kind, _TEXT)
    if kind is _INTEGER:
        return pd.array([None if v is None else int(v) for v in values], dtype=_INTEGER)
    if kind is _DECIMAL:
        return pd.array([None if v is None else float(v) for v in values], dtype=_DECIMAL)
    if kind is object:
        return np.array([*values, None], dtype=object)[:-1]
    return pd.array(values, dtype=_TEXT)


def _cells(unit: str, form: Form, keys: list[str], grids: dict[str, np.ndarray]) -> pd.DataFrame:
    n, m = len(keys), len(form.fields)
    rows, fields = np.repeat(np.arange(n), m), np.tile(np.arange(m), n)
    return pd.DataFrame(
        {
            "unit": _text(pa.repeat(pa.scalar(unit, pa.string()), n * m)),
            "form": _text(pa.repeat(pa.scalar(form.name, pa.string()), n * m)),
            "row": _text(pa.array(keys, pa.string()).take(rows)),
            "field": _text(pa.array([f.name for f in form.fields], pa.string()).take(fields)),
            **{name: _text(pa.array(values.ravel(), pa.string())) for name, values in grids.items()},
        },
        columns=["unit", "form", "row", "field", "raw", "value", "state", "file", "sheet", "cell"],
    )


def _text(column: pa.Array) -> pd.api.extensions.ExtensionArray:
    return pd.array(column, dtype=_TEXT)


def _finding(
    unit: str,
    form: Form,
    field: Field,
    key: str,
    table: RawTable | None,
    cell: str | None,
    raw: str | None,
    remark: Remark,
) -> Finding:
    file, sheet = (table.grid.file, table.grid.sheet) if table else ("", "")
    remark = replace(remark, message=f"{field.label}：{remark.message}")
    at = Place(file, sheet, cell or "", raw or "")
    return catalogue.finding_at(remark, at, unit=unit, form=form.name, row=key, field=field.name)

"""A located form, cell by cell: typed values, the cell list, and a finding for each repair, doubt and refusal.

Works column by column and cleans each distinct writing once, so a list of 100,000 rows costs little more than
its distinct values.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime
from decimal import Decimal
from typing import Any

import numpy as np
import pandas as pd

from tally import catalogue
from tally.clean import clean_cell
from tally.clean.reading import BLANK, Reading, Remark, doubtful, repaired, unreadable
from tally.clean.stored import value_text
from tally.clean.units import factor
from tally.declare import Field, Form
from tally.imprint import own_words
from tally.locate.view import View, address, column_letters
from tally.model import Column, Finding, Mark, Place, RawTable, RawValue
from tally.writing.numbers import plain

_DTYPES = {"seq": "Int64", "count": "Int64", "quantity": "Float64", "date": object}


def clean_tables(unit: str, form: Form, tables: Sequence[RawTable]) -> tuple[pd.DataFrame, pd.DataFrame, list[Finding]]:
    """Values, cells and findings of one form that stands in `tables` (its parts or pages, in order).

    The frame is indexed by category (matrix: all of them, in the form's order) or record number from 1; see
    `tally.model.Return`.
    """
    places = _places(form, tables)
    keys = [key for key, _, _ in places]
    columns, findings = {}, []
    grids: dict[str, np.ndarray] = {
        c: np.empty((len(keys), len(form.fields)), dtype=object)
        for c in ("raw", "value", "state", "file", "sheet", "cell")
    }
    views = [View(t.grid) for t in tables]
    for at, field in enumerate(form.fields):
        readings, raws, addresses = _read_column(field, form, tables, views, places)
        columns[field.name] = _series(field, readings)
        grids["raw"][:, at] = raws
        grids["value"][:, at] = [value_text(r.value) for r in readings]
        grids["state"][:, at] = [r.state for r in readings]
        grids["cell"][:, at] = addresses
        for row, reading in enumerate(readings):
            if reading.remark is not None:
                table = places[row][1]
                findings.append(
                    _finding(
                        unit,
                        form,
                        field,
                        keys[row],
                        tables[table] if table is not None else None,
                        addresses[row],
                        raws[row],
                        reading.remark,
                    )
                )
    for row, (_, table, _) in enumerate(places):
        grids["file"][row, :] = tables[table].grid.file if table is not None else None
        grids["sheet"][row, :] = tables[table].grid.sheet if table is not None else None
    index = keys if form.layout == "matrix" else [int(k) for k in keys]
    frame = pd.DataFrame(columns, index=pd.Index(index, name="category" if form.layout == "matrix" else "row"))
    return frame, _cells(unit, form, keys, grids), findings


def _places(form: Form, tables: Sequence[RawTable]) -> list[tuple[str, int | None, int]]:
    """(row key, table, grid row) of each record; a matrix has all its categories, absent ones without a table."""
    if form.layout == "list":
        rows = [(t, row) for t, table in enumerate(tables) for _, row in table.rows]
        return [(str(n), t, row) for n, (t, row) in enumerate(rows, 1)]
    at: dict[str, tuple[int, int]] = {}
    for t, table in enumerate(tables):
        for name, row in table.rows:
            at.setdefault(name, (t, row))
    return [(c.name, *at.get(c.name, (None, -1))) for c in form.categories]


def _read_column(
    field: Field, form: Form, tables, views: list[View], places
) -> tuple[list[Reading], list[str | None], list[str | None]]:
    """Readings, raw texts and addresses of one field over all records."""
    columns = [next((c for c in t.columns if c.field == field.name), None) for t in tables]
    letters = [column_letters(c.col) if c else "" for c in columns]
    memo: dict[Any, Reading] = {}
    readings: list[Reading] = []
    raws: list[str | None] = []
    addresses: list[str | None] = []
    previous, previous_row = BLANK, -1
    for _, t, row in places:
        if t is None or columns[t] is None:
            readings.append(BLANK)
            raws.append(None)
            addresses.append(None)
            continue
        column: Column = columns[t]
        mark = tables[t].grid.marks.get((row, column.col))
        raw, merged = _raw_of(views[t], row, column.col, field)
        reading = _read_cell(raw, mark, field, column, memo)
        if merged and reading.value is not None:
            reading = _from_merge(reading, field, row == merged)
        if reading.remark is not None and reading.remark.rule == "cell.ditto":
            reading = _ditto(reading, previous, field, row == previous_row + 1)
        if field.required and reading.state == "blank" and form.layout == "list":
            reading = Reading(None, "blank", catalogue.remark("cell.required", label=field.label))
        readings.append(reading)
        raws.append(_raw_text(raw, mark))
        addresses.append(f"{letters[t]}{row + 1}")
        previous, previous_row = reading, row
    return readings, raws, addresses


def _raw_of(view: View, row: int, col: int, field: Field) -> tuple[RawValue, int]:
    """The cell's value and, where a merged range covers several records, the range's first row (0 if none).

    Words of a merged cell hold for each record; a figure counts once, at the range's first row.
    """
    line = view.grid.rows[row]
    raw = line[col] if col < len(line) else None
    span = view.covered.get((row, col)) if view.grid.merges else None
    if span is None or (span.top == span.bottom and span.left == col):
        return raw, 0
    if span.left != col:  # covered from the left: the text belongs to the column where it begins
        return None, 0
    if field.numeric or field.kind == "seq":
        return raw, span.top if row == span.top and field.numeric else 0
    return view.grid.rows[span.top][span.left], span.top


def _read_cell(raw: RawValue, mark: Mark | None, field: Field, column: Column, memo: dict) -> Reading:
    if mark is None or not (mark.problem or mark.struck or mark.struck_part or mark.number_format or mark.comment):
        key = (type(raw), raw)
        if (reading := memo.get(key)) is None:
            reading = memo[key] = clean_cell(raw, field, column.unit)
        return reading
    if mark.problem.startswith("#"):
        return unreadable("error_value", value=mark.problem, what="")
    if mark.problem == "uncached":
        return unreadable("uncached", formula=mark.formula)
    if mark.struck_part and isinstance(raw, str):
        return _without_struck(raw, mark.struck_part, field, column)
    reading = clean_cell(raw, field, column.unit, mark.number_format)
    if mark.struck and reading.state != "blank":
        return unreadable("struck", seen=raw)
    if mark.problem == "computed" and reading.value is not None and reading.state == "read":
        value = plain(Decimal(str(reading.value))) if field.numeric else reading.value
        return repaired(reading.value, "computed", formula=mark.formula, value=value)
    if comment := own_words(mark.comment):
        return _commented(reading, comment)
    return reading


def _commented(reading: Reading, comment: str) -> Reading:
    """A comment is shown with the cell; one that holds a figure may correct it, and a person must look."""
    figures = any(ch.isdigit() for ch in comment)
    beside = catalogue.remark("cell.comment/figures" if figures else "cell.comment", comment=comment[:80])
    if (remark := reading.remark) is None:
        return replace(reading, remark=beside)
    severity = "warning" if figures and remark.severity == "note" else remark.severity
    return replace(reading, remark=replace(remark, severity=severity, message=f"{remark.message}；{beside.message}"))


def _without_struck(raw: str, struck: str, field: Field, column: Column) -> Reading:
    """A text of which a part is struck out: the rest is what is meant, and a person must look."""
    rest = raw.replace(struck, "", 1)
    reading = clean_cell(rest, field, column.unit)
    if reading.value is None:
        return reading if reading.remark else unreadable("struck/part", seen=raw)
    return doubtful(reading.value, "struck_part", struck=struck, value=value_text(reading.value))


def _from_merge(reading: Reading, field: Field, first: bool) -> Reading:
    if field.numeric:
        return doubtful(reading.value, "merged_figure")
    if first or reading.remark is not None:
        return reading
    return repaired(reading.value, "merged")


def _ditto(reading: Reading, above: Reading, field: Field, adjacent: bool) -> Reading:
    """What the record above says; a figure, or a record with something left out between, a person should look at."""
    if above.value is None:
        return reading
    value = value_text(above.value)
    if field.numeric or not adjacent:
        return doubtful(above.value, "ditto/look", value=value)
    return repaired(above.value, "ditto/above", value=value)


def _raw_text(raw: RawValue, mark: Mark | None) -> str | None:
    """What the cell says, as text: kept for ever beside the value."""
    if raw is None:
        return (mark.problem if mark.problem.startswith("#") else mark.formula or None) if mark else None
    if isinstance(raw, str):
        return raw
    if isinstance(raw, float) and raw.is_integer() and abs(raw) < 1e15:
        return str(int(raw))
    if isinstance(raw, datetime) and raw.hour == raw.minute == raw.second == 0:
        return raw.date().isoformat()
    return str(raw)


def _series(field: Field, readings: list[Reading]) -> pd.Series:
    values = [r.value for r in readings]
    kind = _DTYPES.get(field.kind, "str")
    if kind == "Int64":
        return pd.array([None if v is None else int(v) for v in values], dtype="Int64")
    if kind == "Float64":
        return pd.array([None if v is None else float(v) for v in values], dtype="Float64")
    if kind is object:
        return np.array([*values, None], dtype=object)[:-1]
    return pd.array(values, dtype="str")


def _cells(unit: str, form: Form, keys: list[str], grids: dict[str, np.ndarray]) -> pd.DataFrame:
    n, m = len(keys), len(form.fields)
    return pd.DataFrame(
        {
            "unit": pd.array([unit] * (n * m), dtype="str"),
            "form": pd.array([form.name] * (n * m), dtype="str"),
            "row": pd.array(np.repeat(np.array(keys, dtype=object), m), dtype="str"),
            "field": pd.array([f.name for f in form.fields] * n, dtype="str"),
            **{name: pd.array(values.ravel(), dtype="str") for name, values in grids.items()},
        },
        columns=["unit", "form", "row", "field", "raw", "value", "state", "file", "sheet", "cell"],
    )


def _finding(
    unit: str,
    form: Form,
    field: Field,
    key: str,
    table: RawTable | None,
    cell: str | None,
    raw: str | None,
    said: Remark,
) -> Finding:
    file, sheet = (table.grid.file, table.grid.sheet) if table else ("", "")
    said = replace(said, message=f"{field.label}：{said.message}")
    at = Place(file, sheet, cell or "", raw or "")
    return catalogue.finding_at(said, at, unit=unit, form=form.name, row=key, field=field.name)


def header_unit_findings(unit: str, form: Form, table: RawTable) -> Iterator[Finding]:
    """One finding for each column whose header writes another unit than the form's, beside what its cells say."""
    for column in table.columns:
        field = form.field(column.field)
        if not field.numeric or not column.unit or (by := factor(column.unit, field.unit)) == 1:
            continue
        at = Place(table.grid.file, table.grid.sheet, address(table.header[1], column.col), column.unit)
        kind = "form.header_unit/other" if by is None else "form.header_unit"
        yield catalogue.finding(
            kind, at, unit=unit, form=form.name, field=field.name,
            label=field.label, written=column.unit, expected=field.unit,
        )  # fmt: skip

"""A located form, cell by cell: typed values, the cell list, and a finding for each repair, doubt and refusal.

Works column by column and cleans each distinct writing once, so a list of 100,000 rows costs little more than
its distinct values.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from dataclasses import field as dataclass_field
from datetime import datetime
from decimal import Decimal
from typing import Any

import numpy as np
import pandas as pd

from tally import catalogue
from tally.clean import clean_cell
from tally.clean.reading import BLANK, Reading, Remark, repaired, unreadable
from tally.clean.stored import value_text
from tally.declare import Field, Form
from tally.imprint import own_words
from tally.locate.view import View, column_letters
from tally.model import Column, Finding, Mark, Place, RawTable, RawValue
from tally.returns.several import PartCell, across, ditto, from_merge, joined_lines, rivalled, together
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
        column = _Column(field, form, tables, views)
        column.read(places)
        readings, raws, addresses = column.readings, column.raws, column.addresses
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


@dataclass
class _Column:
    """One field over all tables: where it stands in each, and what each distinct writing was read as."""

    field: Field
    form: Form
    tables: Sequence[RawTable]
    views: Sequence[View]
    readings: list[Reading] = dataclass_field(default_factory=list)
    raws: list[str | None] = dataclass_field(default_factory=list)
    addresses: list[str | None] = dataclass_field(default_factory=list)
    memo: dict[Any, Reading] = dataclass_field(default_factory=dict)

    def __post_init__(self) -> None:
        self.columns = [t.column(self.field.name) for t in self.tables]
        self.plain = [_is_plain(t, c) for t, c in zip(self.tables, self.columns, strict=True)]
        self.letters = [column_letters(c.col) if c else "" for c in self.columns]

    def read(self, places: Sequence[tuple[str, int | None, int]]) -> None:
        """The readings, raw texts and addresses of the column at each place."""
        previous, previous_row = BLANK, -1
        for _, t, row in places:
            column = None if t is None else self.columns[t]
            if t is None or column is None:
                self._take(BLANK, None, None)
                continue
            read = self._plain_cell if self.plain[t] else self._cell
            reading, raw, at = read(t, column, row)
            if reading.remark is not None and reading.remark.rule == "cell.ditto":
                reading = ditto(reading, previous, self.field, row == previous_row + 1)
            if self.field.required and reading.state == "blank" and self.form.layout == "list":
                reading = Reading(None, "blank", catalogue.remark("cell.required", label=self.field.label))
            self._take(reading, raw, at)
            previous, previous_row = reading, row

    def _take(self, reading: Reading, raw: str | None, at: str | None) -> None:
        self.readings.append(reading)
        self.raws.append(raw)
        self.addresses.append(at)

    def _plain_cell(self, t: int, column: Column, row: int) -> tuple[Reading, str | None, str]:
        """The same for a table of one cell a figure and one row a record, as most are."""
        grid = self.tables[t].grid
        line = grid.rows[row]
        raw = line[column.col] if column.col < len(line) else None
        mark = grid.marks.get((row, column.col)) if grid.marks else None
        reading = _read_cell(raw, mark, self.field, column, self.memo)
        return reading, _raw_text(raw, mark), f"{self.letters[t]}{row + 1}"

    def _cell(self, t: int, column: Column, row: int) -> tuple[Reading, str | None, str]:
        """What one cell of the column says, as text, and where it stands."""
        table = self.tables[t]
        if column.how:
            return self._several(t, column, row)
        reading, raw = self._single(t, column, row)
        if row in table.lines:
            reading, raw = self._over_lines(t, column, row, reading, raw)
        if row in table.refused and reading.state != "blank":
            reading = unreadable("row_refused", seen=raw, why=table.refused[row])
        if (row, self.field.name) in table.rivals:
            reading = rivalled(self.field, reading, raw, table.rivals[row, self.field.name])
        return reading, raw, self.views[t].address(row, column.col)

    def _single(self, t: int, column: Column, row: int) -> tuple[Reading, str | None]:
        mark = self.tables[t].grid.marks.get((row, column.col))
        raw, merged = _raw_of(self.views[t], row, column.col, self.field)
        reading = _read_cell(raw, mark, self.field, column, self.memo)
        if merged and reading.value is not None:
            reading = from_merge(reading, self.field, row == merged)
        if self.tables[t].grid.merges and (row, column.col) in self.views[t].covered:
            reading = across(self.tables[t], self.views[t], self.form, self.field, row, column.col, reading)
        return reading, _raw_text(raw, mark)

    def _several(self, t: int, column: Column, row: int) -> tuple[Reading, str | None, str]:
        cells = []
        for part in column.parts:
            single = Column(column.field, part.col, column.label, part.says if column.how == "sum" else column.unit)
            reading, raw = (BLANK, None) if column.how == "ticks" else self._single(t, single, row)
            raw = self.views[t].text(row, part.col) or None if column.how == "ticks" else raw
            cells.append(PartCell(part, reading, raw))
        filled = next((c for c in cells if c.raw), cells[0])
        raws = [c.raw for c in cells if c.raw]
        return together(self.field, column, cells), "；".join(raws) or None, self.views[t].address(row, filled.part.col)

    def _over_lines(
        self, t: int, column: Column, row: int, reading: Reading, raw: str | None
    ) -> tuple[Reading, str | None]:
        """A record that goes on in the lines below: words are joined, a second figure is refused."""
        more = [self._single(t, column, below) for below in self.tables[t].lines[row]]
        texts = [text for _, text in more if text and text.strip()]
        if not texts:
            return reading, raw
        return joined_lines(self.field, reading, raw, texts), "\n".join(filter(None, (raw, *texts)))


def _is_plain(table: RawTable, column: Column | None) -> bool:
    """True if each figure of the column stands in a cell of its own and nothing else speaks of it."""
    apart = table.grid.merges or table.grid.turned or table.lines or table.refused or table.rivals
    return column is not None and not column.how and not apart


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
    if mark is None or _says_nothing(mark):
        key = (type(raw), raw)
        if (reading := memo.get(key)) is None:
            reading = memo[key] = clean_cell(raw, field, column.unit)
        return reading
    if mark.problem.startswith("#"):
        return unreadable("error_value", value=mark.problem, what="")
    if mark.problem in ("uncached", "stale", "ragged"):
        return unreadable(mark.problem, formula=mark.formula, stored=raw)
    reading = clean_cell(raw, field, column.unit, mark)
    if mark.problem == "computed" and reading.value is not None and reading.state == "read":
        value = plain(Decimal(str(reading.value))) if field.numeric else reading.value
        return repaired(reading.value, "computed", formula=mark.formula, value=value)
    if comment := own_words(mark.comment):
        return _commented(reading, comment)
    return reading


def _says_nothing(mark: Mark) -> bool:
    """A mark that only keeps a formula's text."""
    return not (mark.problem or mark.struck or mark.unseen or mark.shown is not None or mark.runs or mark.comment)


def _commented(reading: Reading, comment: str) -> Reading:
    """A comment is shown with the cell; one that holds a figure may correct it, and a person must look."""
    figures = any(ch.isdigit() for ch in comment)
    beside = catalogue.remark("cell.comment/figures" if figures else "cell.comment", comment=comment[:80])
    if (remark := reading.remark) is None:
        return replace(reading, remark=beside)
    severity = "warning" if figures and remark.severity == "note" else remark.severity
    return replace(reading, remark=replace(remark, severity=severity, message=f"{remark.message}；{beside.message}"))


def _raw_text(raw: RawValue, mark: Mark | None) -> str | None:
    """What the cell says, as text: kept for ever beside the value."""
    if raw is None:
        return (mark.problem if mark.problem.startswith("#") else mark.formula or None) if mark else None
    if mark is not None and mark.shown:
        return mark.shown.strip()
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
    remark: Remark,
) -> Finding:
    file, sheet = (table.grid.file, table.grid.sheet) if table else ("", "")
    remark = replace(remark, message=f"{field.label}：{remark.message}")
    at = Place(file, sheet, cell or "", raw or "")
    return catalogue.finding_at(remark, at, unit=unit, form=form.name, row=key, field=field.name)

"""A version that says again what a later one had corrected: it was made from a copy older than the correction.

first version (21)  ->  corrected (2.1)  ->  sent again (21): nobody asked for the 21 to come back
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from tally import catalogue
from tally.declare import Field, Form
from tally.locate.view import View
from tally.model import Finding, Place
from tally.returns.candidates import Candidate, where_of
from tally.returns.records import Record, pairs, records_of


@dataclass(frozen=True, slots=True)
class _Cell:
    """A cell of the newest version with what the version between says there."""

    record: Record
    field: Field
    corrected: str


def undone(
    form: Form, newest: Sequence[Candidate], between: Sequence[Candidate], former: Sequence[Sequence[Candidate]]
) -> list[Finding]:
    """A finding at each cell of `newest` that differs from `between` and says what one of the `former` versions said."""
    records = records_of(form, [c.table for c in newest])
    changed = _changed(form, records, records_of(form, [c.table for c in between]))
    if not changed:
        return []
    before = [_by_record(form, records, records_of(form, [c.table for c in group])) for group in former]
    return [_said(form, newest, between, cell) for cell in changed if any(_says(cell, old) for old in before)]


def _changed(form: Form, records: Sequence[Record], others: Sequence[Record]) -> list[_Cell]:
    cells: list[_Cell] = []
    for at, other in _by_record(form, records, others).items():
        record = records[_place(records, at)]
        for field in form.fields:
            if field.kind != "seq" and record.meaning(field) != other.meaning(field):
                cells.append(_Cell(record, field, other.texts[field.name]))
    return cells


def _by_record(form: Form, records: Sequence[Record], others: Sequence[Record]) -> Mapping[tuple[int, int], Record]:
    """Table and grid row of a record -> the same record in another version."""
    if form.layout == "matrix":
        by_key = {r.key: r for r in others}
        return {(r.table, r.row): by_key[r.key] for r in records if r.key in by_key}
    matched = pairs(form, records, others)
    return {(records[at].table, records[at].row): others[place] for at, place in matched.items()}


def _place(records: Sequence[Record], at: tuple[int, int]) -> int:
    return next(i for i, r in enumerate(records) if (r.table, r.row) == at)


def _says(cell: _Cell, old: Mapping[tuple[int, int], Record]) -> bool:
    before = old.get((cell.record.table, cell.record.row))
    return before is not None and before.meaning(cell.field) == cell.record.meaning(cell.field)


def _said(form: Form, newest: Sequence[Candidate], between: Sequence[Candidate], cell: _Cell) -> Finding:
    table = newest[cell.record.table].table
    column = table.column(cell.field.name)
    address = View(table.grid).address(cell.record.row, column.col) if column else ""
    text = cell.record.texts[cell.field.name]
    return catalogue.finding(
        "returns.undone", Place(table.grid.file, table.grid.sheet, address, text), form=form.name, row=cell.record.key,
        field=cell.field.name, text=text or "空白", corrected=cell.corrected or "空白", other=where_of(between[0]),
    )  # fmt: skip

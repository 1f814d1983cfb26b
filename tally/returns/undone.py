"""A version that says again what a later one had corrected: it was made from a copy older than the correction.

first version (21)  ->  corrected (2.1)  ->  sent again (21): nobody asked for the 21 to come back
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from tally import catalogue
from tally.declare import Field, Form
from tally.locate.view import View
from tally.model import Finding, Place
from tally.returns.candidates import Candidate, where_of
from tally.returns.records import Record, pairs, records_of


@dataclass(frozen=True, slots=True)
class _Cell:
    """A cell of the newest version, `at` the place of its record there, with what the version between says there."""

    at: int
    record: Record
    field: Field
    corrected: str


def undone(
    form: Form, newest: Sequence[Candidate], between: Sequence[Candidate], former: Sequence[Sequence[Candidate]]
) -> list[Finding]:
    """A finding at each cell of `newest` that differs from `between` and says what one of the `former` versions said."""
    records, corrected = _records(form, newest), _records(form, between)
    changed = list(_changed(form, records, corrected))
    if not changed:
        return []
    before = [_same(form, records, _records(form, group)) for group in former]
    return [_said(form, newest, between, cell) for cell in changed if any(_says(cell, old) for old in before)]


def _records(form: Form, group: Sequence[Candidate]) -> list[Record]:
    return records_of(form, [c.table for c in group])


def _same(form: Form, records: Sequence[Record], others: Sequence[Record]) -> dict[int, Record]:
    """A record's place -> the same record in another version."""
    return {at: others[place] for at, place in pairs(form, records, others).items()}


def _changed(form: Form, records: Sequence[Record], others: Sequence[Record]) -> Iterator[_Cell]:
    for at, other in _same(form, records, others).items():
        for field in form.fields:
            if field.kind != "seq" and records[at].meaning(field) != other.meaning(field):
                yield _Cell(at, records[at], field, other.texts[field.name])


def _says(cell: _Cell, old: Mapping[int, Record]) -> bool:
    before = old.get(cell.at)
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

"""Columns whose header writes another unit of measure than the form's: said once, beside what each of their cells says."""

from __future__ import annotations

from collections.abc import Iterator

from tally import catalogue
from tally.clean.units import factor
from tally.declare import Form
from tally.locate.view import View
from tally.model import Finding, Place, RawTable


def header_unit_findings(unit: str, form: Form, table: RawTable) -> Iterator[Finding]:
    """One finding for each column whose header writes another unit than the form's, beside what its cells say."""
    for column in () if table.page else table.columns:
        field = form.field(column.field)
        if not field.numeric or not column.unit or (by := factor(column.unit, field.unit)) == 1:
            continue
        at = Place(
            table.grid.file, table.grid.sheet, View(table.grid).address(table.header[1], column.col), column.unit
        )
        kind = "form.header_unit/other" if by is None else "form.header_unit"
        yield catalogue.finding(
            kind, at, unit=unit, form=form.name, field=field.name,
            label=field.label, written=column.unit, expected=field.unit,
        )  # fmt: skip

"""What a return leaves blank as a whole: a form without one figure, a measure that no row gives."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import pandas as pd

from tally import catalogue
from tally.declare import Form
from tally.locate.view import View
from tally.model import Finding, Place, RawTable


def blank_measures(unit: str, form: Form, tables: Sequence[RawTable], cells: pd.DataFrame) -> Iterator[Finding]:
    """One finding for each measure of a matrix whose column stands there with nothing in it, while others are filled."""
    if form.layout != "matrix" or not tables:
        return
    written = cells["raw"].notna() & (cells["raw"].str.strip() != "")
    filled = set(cells["field"][written])
    for table in tables if filled else ():
        view = View(table.grid)
        for column in table.columns:
            if column.field not in filled and not table.page:
                label = form.field(column.field).label
                at = Place(table.grid.file, table.grid.sheet, view.address(table.header[1], column.col))
                yield catalogue.finding(
                    "form.blank_measure", at, unit=unit, form=form.name, field=column.field, label=label
                )

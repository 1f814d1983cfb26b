"""The records of a whole list as the unit sent them last, put into the blank form's lines: to be changed, struck out, added to.

A clerk types what is new, not the list again. Nothing is carried over where a list holds a period's additions only.
"""

from __future__ import annotations

from datetime import date

import pandas as pd
from xlsxwriter.worksheet import Worksheet

from tally.declare import Field
from tally.render.blank_forms.blank import Blank


def carried(blank: Blank) -> pd.DataFrame:
    """The records to begin with, in the list's own order; without rows where there are none."""
    earlier = blank.earlier()
    if blank.form.layout != "list" or blank.form.accumulates != "whole" or not len(earlier):
        return earlier.iloc[:0]
    return earlier.sort_values("row")


def write_record(blank: Blank, sheet: Worksheet, row: int, record: dict[str, object]) -> None:
    """One record in the columns' own formats; what was blank or could not be read stays blank."""
    for c, field in blank.columns():
        value = record.get(field.name)
        if field.kind != "seq" and value is not None and not pd.isna(value):
            _write(blank, sheet, row, c, field, value)


def _write(blank: Blank, sheet: Worksheet, row: int, c: int, field: Field, value: object) -> None:
    style = blank.style(field.kind if field.kind in ("count", "quantity", "date") else "text")
    if field.kind == "date" and isinstance(value, date):
        sheet.write_datetime(row, c, value, style)
    elif isinstance(value, bool):
        sheet.write_string(row, c, "是" if value else "否", style)
    elif field.numeric:
        sheet.write_number(row, c, float(str(value)), style)
    else:
        sheet.write_string(row, c, str(value), style)

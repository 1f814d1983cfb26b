"""A blank form while it is being written: what it is for, where its columns stand, its cell formats."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import pandas as pd
import xlsxwriter
from xlsxwriter.format import Format

from tally.declare import Campaign, Field, Form, Period, Unit
from tally.model import PeriodTables

HEAD = 3  # 0-based row of the header
_BODY = {"border": 1, "text_wrap": True}
_GREY = {"font_color": "#808080", "bg_color": "#EFEFEF", "font_size": 9, "text_wrap": True}
_STYLES: dict[str, dict[str, Any]] = {
    "annex": {"font_name": "黑体", "font_size": 16},
    "version": {"font_size": 9, "font_color": "#808080", "align": "right"},
    "title": {"font_size": 18, "bold": True, "align": "center"},
    "line": {"font_name": "仿宋", "font_size": 12},
    "line_centre": {"font_name": "仿宋", "font_size": 12, "align": "center"},
    "line_right": {"font_name": "仿宋", "font_size": 12, "align": "right"},
    "foot": {"font_name": "仿宋", "font_size": 12, "align": "right", "valign": "bottom"},
    "day": {
        "font_name": "仿宋",
        "font_size": 12,
        "bottom": 1,
        "num_format": "yyyy-mm-dd",
        "align": "left",
        "locked": False,
    },
    "blank": {
        "font_name": "仿宋",
        "font_size": 12,
        "valign": "bottom",
        "bottom": 1,
        "num_format": "@",
        "locked": False,
    },
    "head": {**_BODY, "font_name": "黑体", "align": "center", "bg_color": "#F2F2F2"},
    "label": {**_BODY, "align": "center"},
    "total": {**_BODY, "align": "center", "bold": True, "bg_color": "#F2F2F2"},
    "total_to_fill": {**_BODY, "align": "center", "bold": True, "locked": False},
    "count": {**_BODY, "num_format": "0", "align": "right", "indent": 1, "locked": False},
    "quantity": {**_BODY, "num_format": "General", "align": "right", "indent": 1, "locked": False},
    "seq": {**_BODY, "num_format": "0", "align": "center", "locked": False},
    "date": {**_BODY, "num_format": "yyyy-mm-dd", "align": "center", "locked": False},
    "text": {**_BODY, "num_format": "@", "locked": False},
    "note": {"font_name": "仿宋", "font_size": 10.5, "text_wrap": True, "valign": "bottom"},
    "past_head": {**_GREY, "align": "center", "italic": True},
    "past": {**_GREY, "align": "right", "indent": 1},
    "past_text": _GREY,
}


@dataclass
class Blank:
    """One form to be written, and the formats made so far. `last` are the tables of the unit's latest return."""

    file: xlsxwriter.Workbook
    campaign: Campaign
    period: Period
    unit: Unit
    form: Form
    version: str
    last: PeriodTables | None = None
    formats: dict[str, Format] = field(default_factory=dict)

    def style(self, name: str) -> Format:
        if name not in self.formats:
            self.formats[name] = self.file.add_format(_STYLES[name])
        return self.formats[name]

    @property
    def first(self) -> int:
        """The column of the first field: a matrix has its categories before it."""
        return 1 if self.form.layout == "matrix" else 0

    @property
    def right(self) -> int:
        return self.first + len(self.form.fields) - 1

    def earlier(self) -> pd.DataFrame:
        """The unit's records of its latest return; without rows if there is none."""
        if self.last is None:
            return pd.DataFrame()
        frame = self.last.forms[self.form.name]
        return frame[frame["unit"] == self.unit.code]

    def columns(self) -> Iterator[tuple[int, Field]]:
        """The form's columns from left to right."""
        yield from enumerate(self.form.fields, self.first)

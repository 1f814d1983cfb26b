"""What is printed on a blank form, and told again when it comes back: the declaration it was made from, its period."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable

from tally.declare import Category, Field, Form
from tally.model import RawTable

PRINTED, PERIOD = "表式版本", "报送期"
_VERSION = re.compile(rf"{PRINTED}\s*([0-9a-f]{{8}})")
_PERIOD = re.compile(rf"{PERIOD}[：:]\s*([^（(\s　]+)")


def form_version(form: Form) -> str:
    """Eight characters that change whenever the form's columns, rows or choices do."""
    parts = (form.name, form.number, form.title, form.layout, *_categories(form.categories), *_fields(form.fields))
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()[:8]


def _categories(categories: Iterable[Category]) -> list[str]:
    return [f"{c.name}|{c.label}" for c in categories]


def _fields(fields: Iterable[Field]) -> list[str]:
    return [
        "|".join((f.name, f.label, f.kind, f.unit, str(f.cumulative), str(f.required), *(c.name for c in f.choices)))
        for f in fields
    ]


def printed_version(table: RawTable) -> str:
    """The version that stands above a table as it came back, "" if it was made from no blank form of ours."""
    return _above(table, _VERSION)


def printed_period(table: RawTable) -> str:
    """The period that a blank form of ours was made for, as it stands above the table; "" if it says none."""
    return _above(table, _PERIOD)


def _above(table: RawTable, pattern: re.Pattern[str]) -> str:
    texts = (str(v) for row in table.grid.rows[: table.header[0]] for v in row if v is not None)
    return next((found[1] for text in texts if (found := pattern.search(text))), "")

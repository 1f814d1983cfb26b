"""The column that a cell stands in, added up: what its parts come to beside what its total says."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from tally.rules.view import FormView
from tally.writing.numbers import addend, plain

ZERO = Decimal(0)


def column(view: FormView, row: str, field: str) -> dict[str, Any] | None:
    """Each part's number, their sum, the total and what they differ by; of a list, its numbers added up. None for no number.

    `at` is the row that is looked at, so that the page can add up anew while another number is typed there.
    """
    spec = next((f for f in view.form.fields if f.name == field), None)
    if spec is None or not spec.numeric:
        return None
    matrix = view.form.layout == "matrix"
    places = view.parts if matrix else range(view.size)
    numbers = [addend(view.value(at, field)) for at in places]
    total = view.value(view.total, field) if matrix and view.total is not None else None
    shown: dict[str, Any] = {"label": view.label(field), "unit": spec.unit, "at": row, "sum": plain(sum(numbers, ZERO))}
    shown |= {"total": "" if total is None else plain(addend(total)), "isTotal": matrix and row == view.form.total}
    names = {at: name for name, at in view.index.items()}
    if matrix:
        labels = {c.name: c.label for c in view.form.categories}
        lines = [[names[at], labels[names[at]], plain(n)] for at, n in zip(places, numbers, strict=True)]
        return shown | {"parts": lines, "records": 0}
    return shown | {"parts": [], "records": len(numbers)}

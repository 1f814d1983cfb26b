"""Whether what stands in a row fits the columns it stands in, or those beside them: what tells a row or heading that has slipped."""

from __future__ import annotations

from collections.abc import Mapping

from tally.clean import clean_cell
from tally.declare import Form
from tally.locate.view import View

_PLACED = frozenset(
    ("choice", "yesno", "date", "credit_code", "count", "quantity", "seq")
)  # kinds that not any text fits


def misfits(view: View, form: Form, row: int, by_col: Mapping[int, str], shift: int, left: int = 0) -> int:
    """How many cells of a row do not fit their field, were each read `shift` columns further left; none left of `left`."""
    count = 0
    for col, name in by_col.items():
        field, at = form.field(name), col - shift
        if field.kind in _PLACED and at >= left and name != "seq":
            reading = clean_cell(view.own(row, at), field)
            count += reading.state == "unreadable" or (field.required and reading.state == "blank")
    return count

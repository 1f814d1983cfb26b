"""Text to typed values: what a cell means, what was repaired, what cannot be read. See `clean_cell`."""

from __future__ import annotations

from collections.abc import Callable

from tally.clean.colloquial import without_rate
from tally.clean.dates import clean_date
from tally.clean.numbers import clean_number
from tally.clean.reading import Reading
from tally.clean.shown import clean_shown
from tally.clean.words import clean_choice, clean_code, clean_phone, clean_seq, clean_text, clean_yesno
from tally.declare import Field
from tally.model import RawValue

_BY_KIND: dict[str, Callable[[RawValue, Field, str], Reading]] = {
    "count": lambda raw, f, unit: clean_number(raw, f.unit, True, unit),
    "quantity": lambda raw, f, unit: clean_number(_rateless(raw, f), f.unit, False, unit),
    "text": lambda raw, f, unit: clean_text(raw),
    "choice": lambda raw, f, unit: clean_choice(raw, f.choices),
    "yesno": lambda raw, f, unit: clean_yesno(raw),
    "date": lambda raw, f, unit: clean_date(raw),
    "credit_code": lambda raw, f, unit: clean_code(raw),
    "phone": lambda raw, f, unit: clean_phone(raw),
    "seq": lambda raw, f, unit: clean_seq(raw),
}


def _rateless(raw: RawValue, field: Field) -> RawValue:
    return without_rate(raw, field.label) if isinstance(raw, str) else raw


def clean_cell(raw: RawValue, field: Field, written_unit: str = "", shown: str | None = None) -> Reading:
    """What `raw` means in a column of `field`: a value, repaired or not, a blank, or something unreadable.

    `written_unit`: the unit the column's own header writes, "" if none or the form's own. `shown`: the text that the
    cell shows, None where that is `raw` itself.
    """
    clean = _BY_KIND[field.kind]
    if shown is None:
        return clean(raw, field, written_unit)
    return clean_shown(raw, shown, field.kind, lambda value: clean(value, field, written_unit))

"""Text to typed values: what a cell means, what was repaired, what cannot be read. See `clean_cell`."""

from __future__ import annotations

from collections.abc import Callable

from tally.clean.colloquial import without_rate
from tally.clean.dates import clean_date
from tally.clean.looks import clean_runs, crossed
from tally.clean.names import clean_firm, clean_model, clean_one_product, clean_person, clean_product
from tally.clean.numbers import clean_number
from tally.clean.reading import Reading, doubtful, unreadable
from tally.clean.shown import clean_shown
from tally.clean.small_figures import has_small_figures, without_small_figures
from tally.clean.words import clean_choice, clean_code, clean_phone, clean_seq, clean_text, clean_yesno
from tally.declare import Field
from tally.model import Mark, RawValue
from tally.writing.characters import narrow
from tally.writing.numbers import plain

UNMARKED = Mark()
_BESIDE_NUMBERS = ("date", "phone", "credit_code", "seq", "choice", "yesno")  # numbers know their footnotes themselves
_BY_KIND: dict[str, Callable[[RawValue, Field, str], Reading]] = {
    "count": lambda raw, f, unit: _to_date(raw, f, clean_number(raw, f.unit, True, unit)),
    "quantity": lambda raw, f, unit: _to_date(raw, f, clean_number(_rateless(raw, f), f.unit, False, unit)),
    "text": lambda raw, f, unit: _text(raw, f),
    "choice": lambda raw, f, unit: clean_choice(raw, f.choices),
    "yesno": lambda raw, f, unit: clean_yesno(raw),
    "date": lambda raw, f, unit: clean_date(raw),
    "credit_code": lambda raw, f, unit: clean_code(raw),
    "phone": lambda raw, f, unit: clean_phone(raw),
    "seq": lambda raw, f, unit: clean_seq(raw),
}


_NAMES: dict[str, Callable[[RawValue], Reading]] = {  # how a column's label ends -> whose name stands under it
    "产品名称": clean_product,
    "型号": clean_model,
    "法定代表人": clean_person,
}


def _text(raw: RawValue, field: Field) -> Reading:
    if field.confidential == "firm":
        return clean_firm(raw)
    clean = next((clean for ending, clean in _NAMES.items() if field.label.endswith(ending)), clean_text)
    return clean_one_product(raw) if clean is clean_product and field.required else clean(raw)


def _rateless(raw: RawValue, field: Field) -> RawValue:
    return without_rate(raw, field.label) if isinstance(raw, str) else raw


def _to_date(raw: RawValue, field: Field, reading: Reading) -> Reading:
    """+45 in a column of figures to date is what came on top: it is taken as it stands, and a person must look."""
    if not field.cumulative or not isinstance(raw, str) or reading.value is None or not narrow(raw).startswith("+"):
        return reading
    return doubtful(reading.value, "increment", seen=raw.strip(), value=plain(reading.value))


def clean_cell(raw: RawValue, field: Field, written_unit: str = "", mark: Mark = UNMARKED) -> Reading:
    """What `raw` means in a column of `field`: a value, repaired or not, a blank, or something unreadable.

    `written_unit`: the unit the column's own header writes, "" if none or the form's own. `mark`: what is special about
    the cell; of it the text that the cell shows, the runs of its text and whether it can be seen count here.
    """

    def clean(value: RawValue) -> Reading:
        if isinstance(value, str) and field.kind in _BESIDE_NUMBERS and has_small_figures(value):
            return without_small_figures(value, lambda text: _BY_KIND[field.kind](text, field, written_unit))
        return _BY_KIND[field.kind](value, field, written_unit)

    if mark.shown is not None:
        reading = clean_shown(raw, mark.shown, field.kind, clean)
    elif mark.runs:
        reading = clean_runs(raw, mark.runs, field.kind, clean)
    else:
        reading = clean(raw)
    if reading.state == "blank" or not (mark.struck or mark.unseen or mark.crossed):
        return reading
    if mark.crossed and not (mark.struck or mark.unseen):
        return crossed(reading, raw, mark.crossed)
    return unreadable("struck" if mark.struck else "unseen", seen=raw)

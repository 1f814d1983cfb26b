"""The catalogue of findings: every kind that reading, cleaning and checking can say, each a row of a literal table.

`KINDS` maps a key to its `Kind`. A key is the finding's `rule` (`form.unknown_row`), or that with a variant behind a
stroke where one rule has several things to say (`form.duplicate_row/same`). The rules of a campaign are classes and
say their own texts (`tally.rules`); everything else that is found is built here:

    finding("form.unknown_column", Place(file, sheet, cell, label), form="cases", label=label)

A new kind is a row of the table that it belongs to; `docs/findings.md` is printed from them.
"""

from __future__ import annotations

from tally.catalogue.cells import CELLS
from tally.catalogue.forms import FORMS
from tally.catalogue.intake import INTAKE
from tally.catalogue.kind import NOWHERE, Kind, Remark, Saying, finding_at, remark_of
from tally.catalogue.ledger import LEDGER
from tally.catalogue.returns import RETURNS
from tally.catalogue.rules import SAYINGS
from tally.catalogue.words import CELL_STATES, RETURN_STATES, SEVERITIES, SEVERITY_DUTIES, place_in_words
from tally.model import Finding, Place

KINDS: dict[str, Kind] = {**INTAKE, **FORMS, **LEDGER, **CELLS, **RETURNS}

__all__ = [
    "CELL_STATES",
    "KINDS",
    "NOWHERE",
    "RETURN_STATES",
    "SAYINGS",
    "SEVERITIES",
    "SEVERITY_DUTIES",
    "Kind",
    "Remark",
    "Saying",
    "finding",
    "finding_at",
    "place_in_words",
    "remark",
]


def remark(key: str, **words: object) -> Remark:
    """What the kind says, its templates filled with `words`. KeyError for a kind or a word that is not there."""
    return remark_of(key.partition("/")[0], KINDS[key], words)


def finding(
    key: str,
    at: Place = NOWHERE,
    *,
    unit: str = "",
    form: str = "",
    row: str = "",
    field: str = "",
    **words: object,
) -> Finding:
    """The finding of that kind at an address; `at.raw` is what was found there, `words` fill the templates."""
    return finding_at(remark(key, **words), at, unit=unit, form=form, row=row, field=field)

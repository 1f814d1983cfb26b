"""Columns of this period beside the figures to date, or of figures to date beside the period's: not counted, yet witnesses.

The one that counts, the unit's earlier returns and the column left out are three figures of which any two give the third.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from decimal import Decimal

from tally import catalogue
from tally.clean.numbers import clean_number
from tally.declare import Campaign, Field, Form, Period
from tally.locate.view import View
from tally.model import ABSENT, Column, Finding, Place, RawTable, Return
from tally.writing.numbers import exact, exponent, plain

Earlier = Callable[[], Sequence[Mapping[str, Return]]]  # the unit's returns of each earlier period, oldest first
_ROUNDED = Decimal("1.5")  # three figures, each within half of its last digit


def scope_findings(campaign: Campaign, period: Period, form: Form, ret: Return, earlier: Earlier) -> Iterator[Finding]:
    """Each figure of a matrix that the column of the other scope beside it contradicts; `earlier` gives what it names."""
    if form.layout != "matrix" or not any(table.scopes for table in ret.tables):
        return
    before = _in_a_row(campaign, period, form, earlier())
    for table in ret.tables:
        for column in table.scopes:
            field = form.field(column.field)
            for row, at in table.rows:
                value, beside = exact(ret.frame.loc[row, field.name]), _figure(table, column, field, at)
                if value is not None and beside is not None:
                    known = [exact(r.frame.loc[row, field.name]) for r in before]
                    yield from _disagreement(ret, form, field, row, value, beside, known)


def _in_a_row(
    campaign: Campaign, period: Period, form: Form, earlier: Sequence[Mapping[str, Return]]
) -> Sequence[Return]:
    """The form's returns of all the campaign's periods before, oldest first; none where one of them is not there."""
    names = [p.name for p in campaign.periods]
    sent = [r[form.name] for r in earlier if form.name in r and r[form.name].state not in ABSENT]
    return sent if len(sent) == names.index(period.name) else ()


def _figure(table: RawTable, column: Column, field: Field, row: int) -> Decimal | None:
    raw = View(table.grid).own(row, column.col)
    value = clean_number(raw, field.unit, False, column.unit).value
    return value if isinstance(value, Decimal) else None


def _disagreement(
    ret: Return, form: Form, field: Field, row: str, value: Decimal, beside: Decimal, before: Sequence[Decimal | None]
) -> Iterator[Finding]:
    """One row's finding: the part is more than the whole, or with what is known of earlier periods it makes another whole."""
    part, whole = (beside, value) if field.cumulative else (value, beside)
    words = {"label": field.noun, "part": plain(part), "whole": plain(whole), "measure": field.unit}
    last = before[-1] if before and field.cumulative else sum((v or Decimal(0) for v in before), Decimal(0))
    if part > whole:
        kind = "returns.scopes/more"
    elif before and last is not None and not _agree(last, part, whole):
        kind, words["last"], words["sum"] = "returns.scopes", plain(last), plain(last + part)
    else:
        return
    yield catalogue.finding(
        kind, _place(ret, row, field, plain(value)), unit=ret.unit, form=form.name, row=row, field=field.name, **words
    )


def _agree(last: Decimal, part: Decimal, whole: Decimal) -> bool:
    """Whether the figures add up, each as far as its decimals go."""
    coarsest = max(exponent(v) for v in (last, part, whole) if v) if last or part or whole else 0
    slack = Decimal(0) if coarsest >= 0 else _ROUNDED * Decimal(10) ** coarsest
    return abs(last + part - whole) <= slack


def _place(ret: Return, row: str, field: Field, found: str) -> Place:
    cells = ret.cells
    here = cells[(cells["row"] == row) & (cells["field"] == field.name)].iloc[0]
    return Place(here["file"], here["sheet"], here["cell"], found)

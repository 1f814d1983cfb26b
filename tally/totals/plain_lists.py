"""List forms of any other kind: how many records there are, and how many under each choice or yes/no column.

`<form>.records` counts all; `<form>.<field>.<value>` those that say so, `未注明` those that say nothing usable.
"""

from __future__ import annotations

from tally.declare import Campaign, Field, Form
from tally.totals.figures import TO_DATE, Book
from tally.totals.history import History
from tally.totals.lists import Counted, add_count
from tally.totals.roster import roster_form
from tally.totals.sampling import sampling_form

UNSAID = "未注明"
YES_NO = ("是", "否")


def plain_lists(campaign: Campaign) -> tuple[Form, ...]:
    """The campaign's list forms that are neither its sampling form nor its roster."""
    known = (sampling_form(campaign), roster_form(campaign))
    return tuple(f for f in campaign.forms if f.layout == "list" and f not in known)


def sorted_fields(form: Form) -> tuple[Field, ...]:
    """The columns by which a list's records are told apart."""
    return tuple(f for f in form.fields if f.kind in ("choice", "yesno"))


def values_of(field: Field) -> tuple[str, ...]:
    """What such a column may say, in the declared order, then `UNSAID`."""
    return (*(c.name for c in field.choices), UNSAID) if field.kind == "choice" else (*YES_NO, UNSAID)


def list_figures(history: History, form: Form) -> Book:
    """Records of one form, this period and to date, for all units together and for each."""
    book = Book()
    shown = next((f.name for f in form.fields if f.required), form.fields[-1].name)
    for scope in ("", TO_DATE):
        rows = history.rows(form, to_date=bool(scope))
        units = _units(history, form, scope)
        what = Counted(f"{form.name}.records{scope}", f"《{form.title}》记录", "条", "表中记录的条数", form.name, shown)
        add_count(book, history, rows, what, units)
        for field in sorted_fields(form):
            answers = rows[field.name].map(_answer)
            for value in values_of(field):
                ref, rule = f"{form.name}.{field.name}.{value}{scope}", f"“{field.label}”为{value}的记录条数"
                label = f"《{form.title}》{field.label}{value}"
                add_count(
                    book, history, rows[answers == value], Counted(ref, label, "条", rule, form.name, field.name), units
                )
    return book


def _answer(value: object) -> str:
    """A choice as its name, a yes or no as 是 or 否."""
    if value is None or value != value:
        return UNSAID
    return YES_NO[not value] if isinstance(value, bool) else str(value)


def _units(history: History, form: Form, scope: str) -> list[str]:
    if scope:
        return [c for c in history.units if history.latest(form.name, c) is not None]
    there = history.reported(history.now, form.name)
    return [c for c in history.units if c in there]

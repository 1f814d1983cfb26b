"""A list form of any other kind in words: how many records, what they say, unit by unit."""

from __future__ import annotations

from tally.blocks import RIGHT, Block, Head, Table
from tally.declare import Field, Form
from tally.report.basics import campaign_period
from tally.report.phrases import Clause, day, listed, paragraph
from tally.report.tables.lists import carried_note
from tally.report.tables.matrix import marks, missing_note, row
from tally.totals import TO_DATE, Totals
from tally.totals.plain_lists import UNSAID, sorted_fields, values_of


def plain_list(totals: Totals, form: Form) -> tuple[Block, ...]:
    """The records to date and this period's, what their columns of choices say, and a table by unit."""
    book, name = totals.book, form.name
    every = book[f"{name}.records{TO_DATE}"]
    if not every.value:
        return (paragraph(f"各单位报送的《{form.title}》中没有记录。"),)
    start = f"截至{day(campaign_period(totals).end)}，{totals.history.whole}《{form.title}》共列"
    fresh = len(totals.history.periods) > 1 and form.accumulates == "additions"
    clauses: list[Clause] = [(start, every, "条"), ("其中本期新增", book[f"{name}.records"], "条") if fresh else ()]
    splits = [listed(_split(totals, form, field), between="、", end="") for field in sorted_fields(form)]
    return (
        paragraph(*listed(clauses)),
        *([paragraph(*listed(splits, between="；"))] if splits else []),
        _by_unit(totals, form),
    )


def _split(totals: Totals, form: Form, field: Field) -> list[Clause]:
    """整改情况：已整改3条、整改中1条; what nobody wrote down only where there is some."""
    figures = [(v, totals.book[f"{form.name}.{field.name}.{v}{TO_DATE}"]) for v in values_of(field)]
    counted = [(v, f, "条") for v, f in figures if f.value]
    return [(f"{field.label}：{counted[0][0]}", *counted[0][1:]), *counted[1:]]


def _by_unit(totals: Totals, form: Form) -> Table:
    columns = [("条数", "records")]
    groups = []
    for field in sorted_fields(form):
        values = [
            v for v in values_of(field) if v != UNSAID or totals.book.count(f"{form.name}.{field.name}.{v}{TO_DATE}")
        ]
        groups.append((field.label, values))
        columns += [(v, f"{field.name}.{v}") for v in values]
    places = [*((n, f"@{c}") for c, n in totals.history.units.items()), (f"{totals.history.whole}合计", "")]
    stems = [f"{form.name}.{ref}{TO_DATE}" for _, ref in columns]
    body = tuple(row(totals, name, stems, at) for name, at in places)
    spans = 2 if groups else 1
    first = (
        Head("报送单位", rowspan=spans),
        Head("条数", rowspan=spans),
        *(Head(g, colspan=len(v)) for g, v in groups),
    )
    head = (first, tuple(Head(v) for _, values in groups for v in values)) if groups else (first,)
    n = len(columns)
    note = marks(body) + missing_note(totals, form.name) + carried_note(totals, form.name)
    return Table(
        f"{form.name}-unit", f"{form.title}（按报送单位，累计）", head, body, ("left", *[RIGHT] * n), (2, *[1] * n),
        note=note, totals=(len(body) - 1,),
    )  # fmt: skip

"""Counting records of a list form: for all units together and for each, down to the cells that were counted."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cache

import pandas as pd

from tally.totals.figures import Book, Figure, Part, ranged
from tally.totals.history import History
from tally.writing.periods import month


@dataclass(frozen=True, slots=True)
class Counted:
    """What is counted: the figure's `ref`, and the `field` of `form` whose cells show it; `beside` another form that decides it."""

    ref: str
    label: str
    unit: str
    rule: str
    form: str
    field: str
    beside: str = ""


def add_count(book: Book, history: History, rows: pd.DataFrame, what: Counted, units: Iterable[str]) -> None:
    """Adds the number of `rows` (with unit, row and period) as a figure, and each unit's as its parts.

    `units` are those that can be counted at all: one with no rows counts 0.
    """
    sizes = rows["unit"].value_counts().to_dict()
    by_unit = cache(lambda: _numbered(rows))
    mine = [_unit(history, by_unit, what, code, sizes.get(code, 0)) for code in dict.fromkeys([*units, *sizes])]
    for figure in mine:
        book.add(figure)
    parts = lambda: tuple(Part(history.units[f.ref.split("@")[1]], f.text, f.ref) for f in mine)  # noqa: E731
    rule = f"{what.rule}，共{len(mine)}个单位"
    label = f"{history.whole} {what.label}"
    named = [f"{history.units[f.ref.split('@')[1]]}{f.doubt}" for f in mine if f.doubt]
    doubt = "；".join(named)
    book.add(Figure(what.ref, label, Decimal(len(rows)), what.unit, rule, parts, n_units=len(mine), doubt=doubt))


Numbered = dict[str, dict[str, list[int]]]  # unit to period to the numbers of its records


def _numbered(rows: pd.DataFrame) -> Numbered:
    units: Numbered = {}
    for unit, period, number in zip(rows["unit"].tolist(), rows["period"].tolist(), rows["row"].tolist(), strict=True):
        units.setdefault(unit, {}).setdefault(period, []).append(int(number))
    return units


def _unit(history: History, by_unit: Callable[[], Numbered], what: Counted, code: str, size: int) -> Figure:
    latest = history.latest(what.form, code)
    carried = f"沿用{month(latest.period)}报送数" if latest and latest.period != history.now.period else ""
    parts = lambda: _parts(history, by_unit()[code], what, code) if size else ()  # noqa: E731
    name = f"{history.units[code]} {what.label}"
    ref = f"{what.ref}@{code}"
    doubt = _doubt(history, by_unit()[code] if size else (), what, code)
    return Figure(
        ref, name, Decimal(size), what.unit, what.rule, parts, n_units=1, note=carried if size else "", doubt=doubt
    )


def _doubt(history: History, periods: Iterable[str], what: Counted, code: str) -> str:
    """How many of the unit's records, in the returns that are counted, have an open error where they are counted."""
    counts = [history.records_in_doubt.get(p, {}).get((code, what.form, what.field), 0) for p in periods]
    doubts = [f"{sum(counts)}条记录的该栏待核实"] * bool(sum(counts))
    doubts += [words for form in filter(None, (what.form, what.beside)) if (words := _list_doubt(history, form, code))]
    if waiting := _waiting(history, what, code):
        doubts.append(f"另有{waiting}条扫描件记录待核实，未计入")
    return "，".join(doubts)


def _list_doubt(history: History, form: str, code: str) -> str:
    """What is said of the unit's list itself, in the returns that count."""
    declared = history.campaign.form(form)
    latest = history.latest(form, code)
    counted = [t for t in history.periods if declared.accumulates == "additions" or t is latest]
    words = (history.lists_in_doubt[t.period].get((code, form), "") for t in counted)
    return "，".join(filter(None, words))


def _waiting(history: History, what: Counted, code: str) -> int:
    """How many records of the unit's latest return are only known from a picture."""
    latest = history.latest(what.form, code)
    return sum(unit == code for unit, _ in history.waiting(latest, what.form)) if latest else 0


def _parts(history: History, periods: Mapping[str, list[int]], what: Counted, code: str) -> tuple[Part, ...]:
    """One part for each period whose records were counted."""
    made = []
    for period, numbers in periods.items():
        places = (history.cells.at(period, code, what.form, n, what.field) for n in numbers)
        earlier = "" if period == history.now.period else period
        cells = ranged(p for addresses in places for p in addresses)
        made.append(Part(f"{month(period)}记录", f"{len(numbers)}{what.unit}", cells=cells, period=earlier))
    return tuple(made)

"""Totals by unit, category and period, this period and to date: contract tables in, figures out.

    totals = tally.totals.work_out(history)              once a run, in totals.ipynb, which writes them
    totals = tally.totals.open_totals(campaign, paths)   everywhere else
    totals.book["cases.total.cases_handled"]     -> Figure, with the units' figures and their cells

Next in the flow: `tally.report.tables`, `tally.report.charts` and `tally.report`, which state these figures.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property

import pandas as pd

from tally.declare import Campaign
from tally.errors import TallyError
from tally.paths import Paths
from tally.store import tables
from tally.totals import stored
from tally.totals.change import Change, matrix_change, rate_change
from tally.totals.figures import TO_DATE, Book, Figure, Part
from tally.totals.history import History
from tally.totals.levels import adds_up, at_level, level_of
from tally.totals.matrix import left_out, matrix_figures
from tally.totals.plain_lists import list_figures, plain_lists
from tally.totals.record import Submission, record_figures, submissions
from tally.totals.reported import Matrix
from tally.totals.roster import Roster, roster, roster_figures, roster_form, sizes
from tally.totals.sampling import Sampling, sampling_figures, sampling_form
from tally.totals.trend import Series, trends
from tally.writing.numbers import plain

__all__ = [
    "TO_DATE",
    "Book",
    "Figure",
    "History",
    "Part",
    "Totals",
    "as_table",
    "of_history",
    "open_totals",
    "plain_lists",
    "read_history",
    "work_out",
    "write",
]

COLUMNS = ("level", "unit", "category", "form", "measure", "scope", "value", "unit_of_measure", "n_units", "derived")


@dataclass(frozen=True)
class Totals:
    """Everything worked out for one period. A part the campaign has no form for is None or empty.

    `book`, `changes`, `left_out` and `trends` are what is worked out and stored; the rest are views of the tables, made when asked for.
    """

    history: History
    book: Book
    changes: Mapping[str, Change] = field(default_factory=dict)  # by the figure's ref, without ".change"
    left_out: Mapping[str, tuple[str, ...]] = field(default_factory=dict)  # by the figure's ref: unit codes
    trends: tuple[Series, ...] = ()

    @cached_property
    def matrices(self) -> Mapping[str, Matrix]:
        forms = self.history.campaign.forms
        return {f.name: Matrix(self.history, f) for f in forms if f.layout == "matrix"}

    @cached_property
    def record(self) -> Mapping[tuple[str, str], Submission]:
        return submissions(self.history)

    @cached_property
    def sampling(self) -> Sampling | None:
        form = sampling_form(self.history.campaign)
        return Sampling(self.history, form, sizes(self.history, roster_form(self.history.campaign))) if form else None

    @cached_property
    def roster(self) -> Roster | None:
        form = roster_form(self.history.campaign)
        return roster(self.history, form, self.sampling) if form else None


def work_out(history: History) -> Totals:
    """All figures of the last period in `history`."""
    empty = Totals(history, Book())
    book, changes, without = Book(), {}, {}
    for name, matrix in empty.matrices.items():
        book |= matrix_figures(matrix)
        for measure in matrix.form.measures if matrix.form.total else ():
            ref = f"{name}.{matrix.form.total}.{measure.name}"
            changes[ref] = matrix_change(book, matrix, measure)
            without[ref] = left_out(matrix, measure)
    batches, firms = empty.sampling, empty.roster
    if batches:
        book |= sampling_figures(batches)
        changes["sampling.failing_rate"] = rate_change(book, batches)
    if firms:
        book |= roster_figures(firms, None if batches is None else batches.form)
    for form in plain_lists(history.campaign):
        book |= list_figures(history, form)
    book |= record_figures(history, dict(empty.record))
    comparable = {ref: change for ref, change in changes.items() if change is not None}
    gaps = {ref: units for ref, units in without.items() if units}
    return Totals(history, book, comparable, gaps, trends(history))


def open_totals(campaign: Campaign, paths: Paths, area: str = "") -> Totals:
    """The period's totals: as totals.ipynb wrote them if they still follow from the tables, else worked out here."""
    return of_history(read_history(campaign, paths, area), replace(paths, area=area))


def of_history(history: History, level: Paths) -> Totals:
    """As `open_totals`, for tables that are read already."""
    campaign = history.campaign
    stored_figures = stored.read(level, stored.basis(campaign.whole or campaign, level))
    if stored_figures is None:
        return work_out(history)
    return Totals(history, stored_figures.book, stored_figures.changes, stored_figures.left_out, stored_figures.trends)


def read_history(campaign: Campaign, paths: Paths, area: str = "") -> History:
    """This period's tables and those of every earlier processed period; TallyError if this one is not processed.

    `area` is the code of the level to see it from (a city, a province), "" for the campaign's top.
    """
    names = [p.name for p in campaign.periods]
    upto = names[: names.index(campaign.period(paths.period).name) + 1]
    places = [paths.beside(name) for name in upto]
    if not tables.is_processed(paths, campaign):
        raise TallyError(f"{paths.period} 期尚未处理", f"请先运行 python pipeline.py run {paths.typed}")
    whole, code = campaign.whole or campaign, area or campaign.top.code
    cells = not adds_up(whole, code)  # a level that adds areas up shows no cell, and a nation has millions
    periods = tuple(tables.load_period(p, campaign, cells=cells) for p in places if tables.is_processed(p, campaign))
    return at_level(History(whole, periods), code)


def as_table(totals: Totals) -> pd.DataFrame:
    """The figures as one long table with the columns `COLUMNS`; `value` is the exact decimal as text.

    `level` is "unit", "city", "province" or "nation"; `category` is the matrix form's category, or the list form's breakdown
    ("" for the whole); `scope` is "period" or "to_date".
    """
    forms = {f.name: f for f in totals.history.campaign.forms}
    rows = [_long(f, forms, totals.history) for f in totals.book.values() if f.ref.split(".")[0] in _TABLES | set(forms)]  # fmt: skip
    return pd.DataFrame([r for r in rows if r], columns=list(COLUMNS)).astype({"n_units": "Int64", "derived": bool})


_TABLES = {"sampling", "enterprises", "coverage"}


def _long(figure: Figure, forms: Mapping, history: History) -> tuple | None:
    name, _, unit = figure.ref.partition("@")
    value = figure.value
    if name.endswith(".change") or value is None:
        return None
    scope = "to_date" if name.endswith(TO_DATE) or name.split(".")[0] in ("enterprises", "coverage") else "period"
    form, *middle = name.removesuffix(TO_DATE).split(".")
    category, measure = (".".join(middle[:-1]), middle[-1])
    code = unit or history.campaign.top.code
    level = "unit" if code == unit == history.campaign.top.code else level_of(history.campaign, code)
    return (
        level,
        code,
        category,
        form,
        measure,
        scope,
        plain(value),
        figure.unit,
        figure.n_units,
        figure.derived,
    )


def write(totals: Totals, paths: Paths, area: str = "") -> pd.DataFrame:
    """Writes the period's totals (`tally.totals.stored`) and the contract's `totals.parquet`; returns that table."""
    campaign, level = totals.history.campaign, replace(paths, area=area)
    made_from = stored.basis(campaign.whole or campaign, level)
    table = as_table(totals)
    tables.write_table(table, stored.folder(level) / "totals.parquet")
    stored.write(level, stored.Worked(totals.book, totals.changes, totals.left_out, totals.trends), made_from)
    return table

"""All of a campaign's processed periods as tables in memory, and the questions one asks of them."""

from __future__ import annotations

from functools import cached_property
from pathlib import Path

import pandas as pd

from tally import campaigns, totals
from tally.blocks import Chart, paint
from tally.declare import Campaign
from tally.errors import TallyError, UsageError
from tally.explore import charting, comparing, finding, labelling, querying
from tally.explore.trace import Traced, trace
from tally.paths import Paths, chosen
from tally.store import tables as store

FIGURES = "figures"  # every figure of every period: `tally.totals.COLUMNS`
UNITS, CATEGORIES = "units", "categories"  # what codes mean, to be joined to the others


class Database:
    """The tables of one campaign, read once. Each is an attribute and has a `period` column first.

    Tables: one a form, `cells`, `findings`, `returns` (columns as in the Parquet files), and `figures`. Beside them, without
    a period: `units` (unit, name, office, parent) and `categories` (form, category, label), as the campaign declares them.
    """

    def __init__(self, campaign: Campaign, root: Path):
        self.campaign, self.root = campaign, root
        places = (Paths(root, campaign.name, p.name) for p in campaign.periods)
        self._places = tuple(p for p in places if store.is_processed(p, campaign))
        if not self._places:
            raise TallyError(f"{campaign.title}还没有处理过的报送期", "请先运行 python pipeline.py run")
        self._tables: dict[str, pd.DataFrame] = {}

    @property
    def periods(self) -> list[str]:
        """The processed periods, oldest first."""
        return [p.period for p in self._places]

    @property
    def names(self) -> list[str]:
        """The tables' names."""
        return [*store.table_names(self.campaign), FIGURES]

    def table(self, name: str) -> pd.DataFrame:
        """One table over all periods, a copy of one's own; UsageError for an unknown name."""
        if name not in (every := (*self.names, UNITS, CATEGORIES)):
            raise UsageError(f"没有名为 {name!r} 的数据表", f"可用：{'、'.join(every)}")
        if name not in self._tables:
            make = {FIGURES: lambda: self._figures, UNITS: self._units, CATEGORIES: self._categories}
            self._tables[name] = make[name]() if name in make else self._read(name)
        return self._tables[name].copy()

    def __getattr__(self, name: str) -> pd.DataFrame:
        if name.startswith("_"):
            raise AttributeError(name)
        try:
            return self.table(name)
        except UsageError as e:
            raise AttributeError(str(e)) from e

    def __dir__(self) -> list[str]:
        return [*super().__dir__(), *self.names, UNITS, CATEGORIES]

    def __repr__(self) -> str:
        rows = "、".join(f"{n} {len(self.table(n))} 行" for n in store.table_names(self.campaign))
        return f"{self.campaign.title}：{'、'.join(self.periods)}；{rows}"

    @property
    def refs(self) -> list[str]:
        """The names of the newest period's figures for all units together, as `trace` takes them."""
        return [ref for ref in self._worked[self.periods[-1]].book if "@" not in ref]

    def latest(self, name: str) -> pd.DataFrame:
        """The table's rows of the newest period alone: a whole list stands in every period again."""
        table = self.table(name)
        return table[table["period"] == self.periods[-1]] if "period" in table else table

    def labelled(self, name: str) -> pd.DataFrame:
        """The table with Chinese column labels, units' and categories' names; for reading, not for reckoning."""
        return labelling.labelled(self.campaign, name, self.table(name))

    def sql(self, query: str) -> pd.DataFrame:
        """The answer to a DuckDB `select` over the tables by name; it can neither write nor open files."""
        return querying.answer(query, {n: self.table for n in (*self.names, UNITS, CATEGORIES)})

    def compare(self, form: str, measure: str = "", period: str = "", before: str = "") -> pd.DataFrame:
        """`before` (by default the period before) against `period` (the newest): every measure, or one unit by unit."""
        return comparing.compare(self.campaign, self.table(form), form, measure, self._pair(period, before))

    def find(self, what: str | float) -> pd.DataFrame:
        """Every cell that says `what` (a number, or part of a text), as written or as taken, with its address."""
        return labelling.labelled(self.campaign, "cells", finding.find(self.table("cells"), what))

    def trace(self, ref: str, period: str = "") -> Traced:
        """A figure followed down to its cells, as `pipeline.py trace` does."""
        return trace(self.campaign.name, period or self.periods[-1], ref, self.root)

    def chart(self, frame: pd.DataFrame, x: str, y: str, kind: str = "bar", caption: str = "") -> Chart:
        """A chart of one's own in the report's style: `kind` "bar" or "line"."""
        return charting.chart(frame, x, y, kind, caption)

    def _pair(self, period: str, before: str) -> tuple[str, str]:
        now = self.campaign.period(period or self.periods[-1]).name
        last = self.campaign.period(before) if before else self.campaign.before(now)
        if now not in self.periods or last is None or last.name not in self.periods:
            raise UsageError(f"{now} 期没有可比的上期", f"已处理的报送期：{'、'.join(self.periods)}")
        return last.name, now

    def _units(self) -> pd.DataFrame:
        every = (self.campaign.top, *self.campaign.units)
        return pd.DataFrame(
            [(u.code, u.name, u.office, u.parent) for u in every], columns=["unit", "name", "office", "parent"]
        )

    def _categories(self) -> pd.DataFrame:
        rows = [(form.name, c.name, c.label) for form in self.campaign.forms for c in form.categories]
        return pd.DataFrame(rows, columns=["form", "category", "label"])

    def _read(self, name: str) -> pd.DataFrame:
        return _over_periods({p.period: store.read_table(p.processed / f"{name}.parquet") for p in self._places})

    @cached_property
    def _worked(self) -> dict[str, totals.Totals]:
        return {p.period: totals.open_totals(self.campaign, p) for p in self._places}

    @cached_property
    def _figures(self) -> pd.DataFrame:
        tables = {period: totals.as_table(t) for period, t in self._worked.items()}
        return _over_periods({p: t.assign(value=pd.to_numeric(t["value"])) for p, t in tables.items()})


def _over_periods(tables: dict[str, pd.DataFrame]) -> pd.DataFrame:
    for period, table in tables.items():
        table.insert(0, "period", period)
    filled = [t for t in tables.values() if len(t)] or list(tables.values())[:1]
    return pd.concat(filled, ignore_index=True)


def open_campaign(campaign: str = campaigns.DEFAULT, root: str | Path = "") -> Database:
    """The campaign's processed periods below `root` (the project by default). From then on matplotlib shows Chinese in one's own charts."""
    paint.stand_in()
    declared = campaigns.load(campaign, root)
    return Database(declared, chosen(root).resolve())

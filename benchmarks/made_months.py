"""Invented months of form 4 as a city of eleven units would report them without a slip: counts of chance, money by the case.

Written without regard to how slips are looked for: sizes, growth and noise are set here and nowhere read by the program.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import numpy as np
import pandas as pd

from tally.campaigns.masks_2021 import CAMPAIGN
from tally.model import PeriodTables, Return
from tally.store.tables import CELL_COLUMNS, FINDING_COLUMNS, RETURN_COLUMNS
from tally.writing.numbers import plain

FORM = CAMPAIGN.form("cases")
PERIODS = tuple(p.name for p in CAMPAIGN.periods[:6])
MEASURES = tuple(f.name for f in FORM.fields)
CUMULATIVE = tuple(f.name for f in FORM.fields if f.cumulative)
PARTS = tuple(c.name for c in FORM.parts)
SHARES = np.array([0.12, 0.38, 0.08, 0.1, 0.14, 0.1, 0.08])  # of the seven categories in a unit's cases
Month = dict[str, pd.DataFrame]  # unit -> categories (total last) × measures, as reported


def made_city(seed: int) -> list[Month]:
    """Six months of all units, oldest first."""
    rng = np.random.default_rng(seed)
    sizes = {u.code: float(rng.lognormal(3.4, 0.6)) for u in CAMPAIGN.units}  # cases a month: 10 to 90
    months: list[Month] = []
    for _ in PERIODS:
        season = float(rng.lognormal(0, 0.15))
        before = months[-1] if months else {}
        months.append({unit: _reported(rng, size * season, before.get(unit)) for unit, size in sizes.items()})
    return months


def _reported(rng: np.random.Generator, size: float, before: pd.DataFrame | None) -> pd.DataFrame:
    """One unit's form: what happened in the month, on top of the last return in the cumulative columns."""
    rows = [_happened(rng, size * share * float(rng.lognormal(0, 0.15))) for share in SHARES]
    frame = pd.DataFrame(rows, index=list(PARTS), columns=list(MEASURES))
    if before is not None:
        for name in CUMULATIVE:
            frame[name] = (frame[name] + before.loc[list(PARTS), name]).round(4)
    return with_total(frame)


def _happened(rng: np.random.Generator, size: float) -> list[float]:
    handled = int(rng.poisson(size))
    filed = int(rng.binomial(handled, 0.89))
    closed = int(rng.binomial(handled, 0.8))
    officers = int(rng.poisson(6 * size + 4))
    operators = int(round(officers * 1.33 * float(rng.lognormal(0, 0.12))))
    fines = round(float(rng.lognormal(-0.1, 0.6, closed).sum()), 4)
    value = round(float(rng.lognormal(-0.2, 0.6, handled).sum()), 4)
    masks = round(float(rng.lognormal(-1.0, 0.7, handled).sum()), 4)
    return [officers, operators, handled, filed, closed, fines, value, masks, int(rng.binomial(filed, 0.028))]


def with_total(frame: pd.DataFrame) -> pd.DataFrame:
    """The form with its 合计 added up rightly, whatever stands in its rows."""
    parts = frame.loc[list(PARTS)]
    return pd.concat([parts, pd.DataFrame([parts.sum().round(4)], index=[FORM.total])])


def returned(unit: str, frame: pd.DataFrame) -> Return:
    """The form as a return that was read without a word."""
    typed = {f.name: pd.array(_typed(frame[f.name], f.kind), dtype="Int64" if f.kind == "count" else "Float64") for f in FORM.fields}  # fmt: skip
    cells = [
        (unit, "cases", row, name, plain(float(frame.at[row, name])), plain(float(frame.at[row, name])), "read",
         f"{unit}/附件4.xlsx", "附件4", f"{chr(66 + c)}{r + 5}")
        for r, row in enumerate(frame.index)
        for c, name in enumerate(MEASURES)
    ]  # fmt: skip
    values = pd.DataFrame(typed, index=pd.Index(frame.index, name="category"))
    return Return(unit, "cases", "on time", values, pd.DataFrame(cells, columns=list(CELL_COLUMNS)))


def _typed(column: pd.Series, kind: str) -> list[float]:
    return [int(v) if kind == "count" else float(v) for v in column]


def tables_of(period: str, returns: Mapping[str, Return]) -> PeriodTables:
    """The month as the program keeps it, with no other form."""
    frames = [r.frame.reset_index().assign(unit=u) for u, r in returns.items()]
    forms = {f.name: pd.DataFrame(columns=["unit", "row", *(x.name for x in f.fields)]) for f in CAMPAIGN.forms}
    forms["cases"] = pd.concat(frames, ignore_index=True)
    cells = pd.concat([r.cells for r in returns.values()], ignore_index=True)
    rows = [(u, "cases", "附件4.xlsx", "0" * 64, None, None, "on time") for u in returns]
    return PeriodTables(
        period,
        forms,
        cells,
        pd.DataFrame(columns=list(FINDING_COLUMNS)),
        pd.DataFrame(rows, columns=list(RETURN_COLUMNS)),
    )


def month_tables(period: str, month: Month) -> PeriodTables:
    return tables_of(period, {unit: returned(unit, frame) for unit, frame in month.items()})


def replaced(tables: PeriodTables, unit: str, frame: pd.DataFrame) -> PeriodTables:
    """The month with one unit's form sent otherwise."""
    cases = tables.forms["cases"]
    one = returned(unit, frame).frame.reset_index().assign(unit=unit)
    forms = {**tables.forms, "cases": pd.concat([cases[cases["unit"] != unit], one], ignore_index=True)}
    return replace(tables, forms=forms)

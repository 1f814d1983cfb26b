"""The levels between the units and the top: a city, a province and the nation each have totals and a report of their own.

What an area reports to the level above is its consolidated forms, as in practice: a cumulative column is the sum of
each unit's latest return, any other the sum of this period's; of a list, the records that count. So a level is
worked out and written exactly as a city is, with the areas below it in the place of reporting units. The cells
stay with the level that the units report to.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from decimal import ROUND_HALF_UP, Decimal
from functools import cache

import pandas as pd

from tally.declare import Campaign, Form
from tally.errors import UsageError
from tally.model import ABSENT, PeriodTables
from tally.store.tables import RETURN_COLUMNS
from tally.totals.figures import total
from tally.totals.history import History
from tally.totals.reported import Matrix

Owners = Mapping[str, str]  # reporting unit -> the unit or area directly below the level in question


def level_of(campaign: Campaign, code: str) -> str:
    """`unit` for one that reports, else `nation`, `province` or `city` by the area's name."""
    unit = campaign.unit(code)
    if unit is not campaign.top and unit not in campaign.areas:
        return "unit"
    return "nation" if unit.name.endswith("国") else "province" if unit.name.endswith(("省", "自治区")) else "city"


def within(campaign: Campaign, code: str) -> Campaign:
    """The campaign as one of its areas sees it: that area at the top, what lies directly below it as units."""
    area = next((a for a in (campaign.top, *campaign.areas) if a.code == code), None)
    if area is None:
        raise UsageError(f"没有代码为 {code!r} 的地区", f"可用：{campaign.top.code}" + "".join(f"、{a.code} {a.name}" for a in campaign.areas[:20]))  # fmt: skip
    if not campaign.areas:
        return campaign  # one level only
    areas = tuple(a for a in campaign.areas if a.parent == code)
    units = (*areas, *(u for u in campaign.units if u.parent == code))
    return replace(campaign, top=area, issuer=area.office or campaign.issuer, units=units, areas=areas, whole=campaign)


def owners(campaign: Campaign, code: str) -> Owners:
    """For each reporting unit below the area: what it belongs to directly below the area."""
    parents = {u.code: u.parent for u in (*campaign.units, *campaign.areas)}

    @cache
    def owner(unit: str) -> str:
        parent = parents.get(unit, "")
        return unit if parent == code else owner(parent) if parent else ""

    owners_below = {u.code: owner(u.code) for u in campaign.units}
    bureau = {code: code} if code == campaign.top.code else {}
    return {u: o for u, o in owners_below.items() if o} | bureau


def adds_up(campaign: Campaign, code: str) -> bool:
    """Whether what lies directly below the area is areas, or areas among units."""
    return any(a.parent == code for a in campaign.areas)


def at_level(history: History, code: str) -> History:
    """`history` as the area `code` has it. Below an area whose units report themselves nothing is added up."""
    campaign = history.campaign
    seen, below = within(campaign, code), owners(campaign, code)
    if not campaign.areas:
        return history
    tables = tuple(_only(t, set(below)) for t in history.periods)
    if not adds_up(campaign, code):
        return History(seen, tables)
    unit_level = replace(campaign, units=tuple(u for u in campaign.units if u.code in below), areas=())
    periods = tuple(_rolled(History(unit_level, tables[: n + 1]), seen, below) for n in range(len(tables)))
    return History(seen, periods, rolled=True)


def _only(tables: PeriodTables, units: set[str]) -> PeriodTables:
    def some(frame: pd.DataFrame) -> pd.DataFrame:
        return frame[frame["unit"].isin(units)].reset_index(drop=True)

    forms = {name: some(frame) for name, frame in tables.forms.items()}
    return PeriodTables(tables.period, forms, some(tables.cells), some(tables.findings), some(tables.returns))


def _rolled(history: History, seen: Campaign, below: Owners) -> PeriodTables:
    """The last period of `history` with each area's figures in the place of its units'."""
    now = history.now
    forms = {
        f.name: _matrix(history, f, below) if f.layout == "matrix" else _list(history, f, below)
        for f in history.campaign.forms
    }
    findings = now.findings.assign(unit=now.findings["unit"].map(below))
    return PeriodTables(now.period, forms, now.cells.iloc[:0], findings, _returns(history, seen, below))


def _matrix(history: History, form: Form, below: Owners) -> pd.DataFrame:
    """Each area's row for each category: exact sums of the units' figures, null where no unit gave one."""
    matrix, rows = Matrix(history, form), []
    parts: dict[str, list[str]] = {}
    for unit in history.units:
        parts.setdefault(below[unit], []).append(unit)
    for owner, units in parts.items():
        for category in form.categories:
            sums = _sums(matrix, units, category.name)
            rows.append(
                (owner, category.name, *(None if (s := sums[f.name]) is None else float(s) for f in form.fields))
            )
    frame = pd.DataFrame(rows, columns=["unit", "category", *(f.name for f in form.fields)])
    like = history.now.forms[form.name].dtypes
    return frame.astype({f.name: like[f.name] for f in form.fields} | {"unit": "str", "category": "str"})


def _sums(matrix: Matrix, units: list[str], category: str) -> dict[str, Decimal | None]:
    """An area's figures by field: sums, and of ratios what follows from the sums they are of."""
    sums: dict[str, Decimal | None] = {f.name: None for f in matrix.form.fields}
    for field in matrix.form.fields:
        if field.summed:
            sums[field.name] = total(_given(matrix, u, category, field) for u in units)
    for field in matrix.form.fields:
        above, below = (sums.get(name) for name in field.ratio_of or ("", ""))
        if above is not None and below:
            sums[field.name] = (100 * above / below).quantize(Decimal("0.01"), ROUND_HALF_UP)
    return sums


def _given(matrix: Matrix, unit: str, category: str, field):
    """A unit's figure as its area adds it up; visits copied into every category belong to none."""
    returns = (matrix.to_date if field.cumulative else matrix.this_period)(unit, category, field)
    if not returns or (category != matrix.form.total and matrix.copied(returns, unit, field)):
        return None
    return returns[-1].value


def _list(history: History, form: Form, below: Owners) -> pd.DataFrame:
    """The records that count, under their area and numbered through; `reporter` is the unit that listed them."""
    rows = history.rows(form, to_date=form.accumulates == "whole").drop(columns="period")
    rows = rows.assign(reporter=rows["unit"], unit=rows["unit"].map(below))
    rows = rows.sort_values("unit", kind="stable", key=lambda u: u.map({o: n for n, o in enumerate(below.values())}))
    return rows.assign(row=(rows.groupby("unit", sort=False).cumcount() + 1).astype("Int64")).reset_index(drop=True)


def _returns(history: History, seen: Campaign, below: Owners) -> pd.DataFrame:
    """One row an area and form: on time only if every unit's was, "partial" if some have not come."""
    returns = history.now.returns
    live = returns[returns["state"] != "replaced"]
    expected = pd.Series(below).value_counts()
    rows = []
    for (owner, form), some in live.assign(unit=live["unit"].map(below)).groupby(["unit", "form"], sort=False):
        dates = [d for d in some["received"] if not pd.isna(d)]
        state = _state(list(some["state"]), int(expected[owner]))
        rows.append((owner, form, None, None, max(dates, default=None), some["due"].iloc[0], state))
    return pd.DataFrame(rows, columns=list(RETURN_COLUMNS))


def _state(states: list[str], expected: int) -> str:
    came = [s for s in states if s not in ABSENT]
    expected -= states.count("not asked")
    if not expected:
        return "not asked"
    if not came:
        return "missing"
    if len(came) < expected:
        return "partial"
    return "late" if "late" in came else "zero return" if set(came) == {"zero return"} else "on time"

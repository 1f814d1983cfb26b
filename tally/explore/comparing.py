"""Two periods side by side, like with like: a unit or measure without a figure in one of them has no difference."""

from __future__ import annotations

from decimal import Decimal

import pandas as pd

from tally.declare import Campaign, Form
from tally.errors import UsageError
from tally.writing.numbers import exact


def compare(campaign: Campaign, table: pd.DataFrame, form: str, measure: str, periods: tuple[str, str]) -> pd.DataFrame:
    """Measure by measure (units that give it in both), or unit by unit for one `measure`; a list's records by unit.

    Columns: what is compared, 上期, 本期, 增减 and, measure by measure, 单位数.
    """
    declared = campaign.form(form)
    names = {u.code: u.name for u in (campaign.top, *campaign.units)}
    if declared.layout == "list":
        if measure:
            raise UsageError(f"《{declared.title}》是清单，按记录数比较", f"请写 compare({form!r})")
        counts = (table[table["period"] == p]["unit"].value_counts() for p in periods)
        return _by_unit([c.to_dict() for c in counts], names)
    if measure:
        declared.field(measure)
        return _by_unit([_totals(declared, table, p, measure) for p in periods], names)
    rows = []
    for field in declared.fields:
        last, now = (_totals(declared, table, period, field.name) for period in periods)
        rows.append(_measure(field.label, last, now))
    columns = ["指标", "上期", "本期", "增减", "单位数"]
    return pd.DataFrame(rows, columns=columns, dtype=object).astype({"单位数": "int64"})


def _totals(form: Form, table: pd.DataFrame, period: str, measure: str) -> dict:
    """Unit to the figure in its total row (the last category where the form has no total)."""
    row = form.total or form.categories[-1].name
    mine = table[(table["period"] == period) & (table["category"] == row)]
    pairs = zip(mine["unit"], mine[measure].astype(object), strict=True)
    return {u: v for u, raw in pairs if (v := exact(raw)) is not None}


def _measure(label: str, last: dict, now: dict) -> tuple:
    both = [u for u in now if u in last]
    if not both:
        return label, None, None, None, 0
    before, after = sum(last[u] for u in both), sum(now[u] for u in both)
    return label, _plain(before), _plain(after), _plain(after - before), len(both)


def _plain(number: Decimal | int) -> int | float:
    """A count without a decimal point, money with its own digits."""
    return int(number) if number == int(number) else float(number)


def _by_unit(sides: list[dict], names: dict[str, str]) -> pd.DataFrame:
    last, now = sides
    rows = [
        (name, last.get(c), now.get(c), now[c] - last[c] if c in now and c in last else None)
        for c, name in names.items()
        if c in last or c in now
    ]
    frame = pd.DataFrame(rows, columns=["报送单位", "上期", "本期", "增减"])
    numbers = frame[["上期", "本期", "增减"]].astype("Float64")
    whole = bool((numbers.stack().dropna() % 1 == 0).all())
    return frame.astype(dict.fromkeys(numbers.columns, "Int64" if whole else "Float64"))

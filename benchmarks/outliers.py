"""Measure how many slips that contradict nothing within a return are found, and how often a clean one is asked about.

    python -m benchmarks.outliers [--cities 12] [--seed 1]

Slips are planted one a unit and month into invented clean months (`benchmarks.made_months`), each consistent: the unit's own
total follows. Prints the share found by kind (at least 95 % over all), false alarms of outliers a unit and month (at most 1),
and warnings of all rules on clean months a unit and month (at most 2). Exit code 1 if a bound is broken.

`digits swapped` exchanges the first two digits of a figure where that moves it by the setting `jump` (30 %) or more: below it
the program does not ask. `row` slips hit every measure of a category with three cases or more, `cell` slips one figure of three
or more (of money, any). `retyped` repeats a category's figures of the last month.
"""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Callable, Iterator

import numpy as np
import pandas as pd

from benchmarks.made_months import (  # fmt: skip
    CUMULATIVE,
    FORM,
    MEASURES,
    PARTS,
    PERIODS,
    Month,
    made_city,
    month_tables,
    replaced,
    returned,
    with_total,
)
from tally.campaigns.masks_2021 import CAMPAIGN
from tally.check.findings import check_all, check_return, check_unit
from tally.model import Finding, PeriodTables
from tally.rules import Outlier
from tally.rules.base import CityScope

FOUND_AT_LEAST, ALARMS_AT_MOST, WARNINGS_AT_MOST = 0.95, 1.0, 2.0
FIRST = 2  # the first month that is judged: the two before are its past
RULE = next(r for r in CAMPAIGN.rules if isinstance(r, Outlier))
Slip = tuple[pd.DataFrame, str]  # the form as sent, and the row that is wrong


def _row_times(factor: int) -> Callable[..., Slip | None]:
    def slip(rng: np.random.Generator, now: pd.DataFrame, before: pd.DataFrame) -> Slip | None:
        rows = [r for r in PARTS if now.at[r, "cases_handled"] >= 3]
        return _scaled(now, str(rng.choice(rows)), MEASURES, factor) if rows else None

    return slip


def _cell_times(factor: int) -> Callable[..., Slip | None]:
    def slip(rng: np.random.Generator, now: pd.DataFrame, before: pd.DataFrame) -> Slip | None:
        row, name = _cell(rng, now)
        return _scaled(now, row, (name,), factor)

    return slip


def _scaled(now: pd.DataFrame, row: str, names: tuple[str, ...], factor: int) -> Slip:
    sent = now.copy()
    sent.loc[row, list(names)] = (sent.loc[row, list(names)] * factor).round(4)
    return with_total(sent), row


def _cell(rng: np.random.Generator, now: pd.DataFrame) -> tuple[str, str]:
    counts = {f.name: f.kind == "count" for f in FORM.fields}
    cells = [(r, m) for r in PARTS for m in MEASURES if now.at[r, m] >= (3 if counts[m] else 0.01)]
    row, name = cells[int(rng.integers(len(cells)))]
    return row, name


def _swapped(rng: np.random.Generator, now: pd.DataFrame, before: pd.DataFrame) -> Slip | None:
    cells = []
    for row in PARTS:
        for name in MEASURES:
            value = float(now.at[row, name])
            whole, _, rest = f"{value:.4f}".partition(".")
            if (
                len(whole) >= 2
                and whole[1] != "0"
                and abs(float(f"{whole[1]}{whole[0]}{whole[2:]}.{rest}") / value - 1) >= RULE.jump
            ):
                cells.append((row, name, float(f"{whole[1]}{whole[0]}{whole[2:]}.{rest}")))
    if not cells:
        return None
    row, name, value = cells[int(rng.integers(len(cells)))]
    sent = now.copy()
    sent.at[row, name] = value
    return with_total(sent), row


def _retyped(rng: np.random.Generator, now: pd.DataFrame, before: pd.DataFrame) -> Slip | None:
    rows = [r for r in PARTS if before.at[r, "cases_closed"] >= 1]
    if not rows:
        return None
    row, fresh = str(rng.choice(rows)), [m for m in MEASURES if m not in CUMULATIVE]
    sent = now.copy()
    sent.loc[row, fresh] = before.loc[row, fresh]
    return with_total(sent), row


SLIPS: dict[str, Callable[..., Slip | None]] = {
    "row ×10": _row_times(10),
    "row ×100": _row_times(100),
    "cell ×10": _cell_times(10),
    "cell ×100": _cell_times(100),
    "digits swapped": _swapped,
    "last month retyped": _retyped,
}


def asked(now: PeriodTables, past: list[PeriodTables]) -> set[tuple[str, str]]:
    """(unit, row) of the outliers of a month."""
    scope = CityScope(CAMPAIGN, CAMPAIGN.period(now.period), now, past[-1], tuple(past))
    return {(f.unit, f.row) for f in RULE.faults(scope)}


def measure(seeds: range) -> tuple[Counter, Counter, list[int], list[int]]:
    """(planted by kind, found by kind, outliers of each clean city month, warnings of all rules of each clean unit month)."""
    planted, found, alarms, warnings = Counter(), Counter(), [], []
    for seed in seeds:
        months = made_city(seed)
        tables = [month_tables(p, m) for p, m in zip(PERIODS, months, strict=True)]
        rng = np.random.default_rng(seed + 10_000)
        for at in range(FIRST, len(months)):
            alarms.append(len(asked(tables[at], tables[:at])))
            warnings += _warnings(months, tables, at)
            for kind, unit, sent, row in _planted(rng, months, at):
                planted[kind] += 1
                here = {(unit, row), (unit, FORM.total)}
                said = asked(replaced(tables[at], unit, sent), tables[:at]) & here
                found[kind] += bool(said or _contradicted(unit, row, sent, months, at))
    return planted, found, alarms, warnings


def _contradicted(unit: str, row: str, sent: pd.DataFrame, months: list[Month], at: int) -> bool:
    """Whether another rule says of the row or its total what it does not say of the form without the slip."""
    clean, wrong = (_said(unit, frame, months, at) for frame in (months[at][unit], sent))
    return bool({w for w in wrong - clean if w[0] in (row, FORM.total)})


def _said(unit: str, frame: pd.DataFrame, months: list[Month], at: int) -> set[tuple[str, str, str]]:
    """(row, field, rule) of the errors and warnings of one unit's form and its last."""
    return {(f.row, f.field, f.rule) for f in _of_unit(unit, frame, months, at) if f.severity != "note"}


def _of_unit(unit: str, frame: pd.DataFrame, months: list[Month], at: int) -> list[Finding]:
    now, before = returned(unit, frame), returned(unit, months[at - 1][unit])
    period, declared = CAMPAIGN.period(PERIODS[at]), CAMPAIGN.unit(unit)
    across = check_unit(CAMPAIGN, period, declared, {"cases": now}, {"cases": before})
    return [*check_return(FORM, now, before), *across]


def _planted(rng: np.random.Generator, months: list[Month], at: int) -> Iterator[tuple[str, str, pd.DataFrame, str]]:
    """One slip of each kind, each in a unit of its own."""
    units = [str(u) for u in rng.permutation(list(months[at]))]
    for unit, (kind, slip) in zip(units, SLIPS.items(), strict=False):
        made = slip(rng, months[at][unit], months[at - 1][unit])
        if made is not None:
            yield kind, unit, *made


def _warnings(months: list[Month], tables: list[PeriodTables], at: int) -> list[int]:
    """Warnings of all rules on form 4 of one clean month, unit by unit."""
    period = CAMPAIGN.period(PERIODS[at])
    findings = list(check_all(CAMPAIGN, period, tables[at], tables[at - 1], tuple(tables[:at])))
    for unit, frame in months[at].items():
        findings += _of_unit(unit, frame, months, at)
    counts = Counter(f.unit for f in findings if f.severity != "note")
    return [counts[unit] for unit in months[at]]


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--cities", type=int, default=12)
    parser.add_argument("--seed", type=int, default=1)
    args = parser.parse_args()
    planted, found, alarms, warnings = measure(range(args.seed, args.seed + args.cities))
    for kind in SLIPS:
        print(f"{kind:<24}{found[kind]:>6} of {planted[kind]:>5}{100 * found[kind] / max(planted[kind], 1):>8.1f} %")
    share, units = found.total() / planted.total(), len(CAMPAIGN.units)
    alarm, warning = sum(alarms) / len(alarms) / units, sum(warnings) / len(warnings)
    print(
        f"{'all':<24}{found.total():>6} of {planted.total():>5}{100 * share:>8.1f} %   (at least {100 * FOUND_AT_LEAST:.0f} %)"
    )
    print(f"false alarms a unit and month{alarm:>10.2f}   (at most {ALARMS_AT_MOST:.0f})")
    print(f"warnings of all rules a clean unit and month{warning:>8.2f}   (at most {WARNINGS_AT_MOST:.0f})")
    return int(share < FOUND_AT_LEAST or alarm > ALARMS_AT_MOST or warning > WARNINGS_AT_MOST)


if __name__ == "__main__":
    raise SystemExit(main())

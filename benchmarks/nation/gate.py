"""Nothing is printed unless every total of every level is right against the truth."""

from __future__ import annotations

from collections import defaultdict
from decimal import Decimal
from pathlib import Path

from benchmarks.mess.content import CATEGORIES, MEASURES
from benchmarks.nation.places import NAME, TOP, Nation
from benchmarks.nation.returns import PERIOD, Truth
from tally import campaigns, totals
from tally.paths import Paths
from tally.store import tables
from tally.totals.levels import at_level

Sums = dict[str, Decimal]


def expected(made: Nation, truths: list[Truth]) -> dict[str, Sums]:
    """Place code -> figure -> what it must be, added up in plain Python."""
    found: dict[str, Sums] = defaultdict(lambda: defaultdict(Decimal))
    for county, truth in zip(made.counties, truths, strict=True):
        for code in (county.code, *made.path(county)):
            sums = found[code]
            for (category, measure), value in truth.cases.items():
                sums[f"cases.{category}.{measure}"] += value
            sums["sampling.batches"] += truth.batches
            sums["sampling.failing"] += truth.failing
            sums["enterprises.count"] += truth.firms
            sums["coverage.producing"] += truth.producing
    return found


def problems(root: Path, made: Nation, truths: list[Truth]) -> list[str]:
    """What is wrong with the totals of the nation, its provinces, cities and counties; empty if nothing is."""
    campaign = campaigns.load(NAME, root)
    whole = totals.History(campaign, (tables.load_period(Paths(root, NAME, PERIOD), campaign),))
    right, wrong = expected(made, truths), []
    areas = [TOP[0], *(p.code for p in made.provinces), *(c.code for c in made.cities)]
    for code in areas:
        book = totals.work_out(at_level(whole, code)).book
        below = [p.code for p in (*made.provinces, *made.cities, *made.counties) if p.parent == code]
        for at, place in (("", code), *((f"@{b}", b) for b in below)):
            wrong += [
                f"{place} {figure}{at}: {book.value(f'{figure}{at}')}, should be {value}"
                for figure, value in right[place].items()
                if (book.value(f"{figure}{at}") or Decimal(0)) != value
            ]
    return wrong


def figures_checked(made: Nation) -> int:
    """How many figures `problems` compares."""
    places = 1 + 2 * (len(made.provinces) + len(made.cities)) + len(made.counties)
    return places * ((len(CATEGORIES) + 1) * len(MEASURES) + 4)

"""How much CPU (user and system, of all processes) this checkout takes, beside another one.

    python -m benchmarks.cpu [--against ANOTHER_CHECKOUT] [--rounds 3] [--only 50 100000 nation sample]

A unit of 50 rows and one of 100,000 (a form 5 in .xlsx, read, cleaned, checked, written and shown by the cells of the unit's
notebook), a unit of the sample likewise, a nation's unit (`check` of 100 made ones), `check` and `run` of the sample's second
period from nothing. Checkouts take turns within each round, each on a root of its own; medians are printed, and their ratio.
Shares of what both do first (imports) are taken off where a unit is measured, by running the same once and many times.
"""

from __future__ import annotations

import argparse
import shutil
import statistics
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

from benchmarks import lists
from benchmarks.cpu.checkout import Checkout
from benchmarks.nation.places import NAME, declare, nation
from benchmarks.nation.returns import make
from tally import campaigns
from tally.paths import PROJECT

CAMPAIGN, FIRST, PERIOD = "masks_2021", "2021-04", "2021-05"
TIMES, COUNTIES = 30, 100
LISTED = "320902"  # the unit that sends the list

Figure = Callable[[Checkout, Path], float]


def unit_of_50(checkout: Checkout, root: Path) -> float:
    _listed(root, 50)
    return _each(checkout, root, PERIOD, [LISTED])


def unit_of_100_000(checkout: Checkout, root: Path) -> float:
    _listed(root, 100_000)
    return checkout.cells(root, CAMPAIGN, PERIOD, [LISTED], 1)


def unit_of_the_sample(checkout: Checkout, root: Path) -> float:
    _sample(root)
    return _each(checkout, root, FIRST, [u.code for u in campaigns.load(CAMPAIGN).units])


def unit_from_nothing(checkout: Checkout, root: Path) -> float:
    _sample(root)
    return checkout.cells(root, CAMPAIGN, FIRST, [LISTED], 1)


def nations_unit(checkout: Checkout, root: Path) -> float:
    made = nation(COUNTIES)
    declare(made, root)
    make(made.counties, root, 2)
    return checkout.pipeline("check", PERIOD, "--campaign", NAME, "--root", str(root)) / COUNTIES


def sample_checked(checkout: Checkout, root: Path) -> float:
    _sample(root)
    return checkout.pipeline("check", PERIOD, "--root", str(root))


def sample_run(checkout: Checkout, root: Path) -> float:
    _sample(root)
    return checkout.pipeline("run", PERIOD, "--root", str(root))


FIGURES: dict[str, tuple[str, Figure]] = {
    "50": ("a unit of 50 rows", unit_of_50),
    "unit": ("a unit of the sample", unit_of_the_sample),
    "cold": ("the same, one, with all imports", unit_from_nothing),
    "100000": ("a unit of 100,000 rows, with all imports", unit_of_100_000),
    "nation": (f"a nation's unit (check of {COUNTIES})", nations_unit),
    "check": ("check of the sample from nothing", sample_checked),
    "sample": ("all files of the sample from nothing", sample_run),
}


def _listed(root: Path, rows: int) -> None:
    path = root / "data/raw" / CAMPAIGN / PERIOD / "亭湖区" / "附件5.xlsx"
    path.parent.mkdir(parents=True)
    lists.write(path, rows)


def _sample(root: Path) -> None:
    for part in ("raw", "narrative"):
        shutil.copytree(PROJECT / "data" / part, root / "data" / part)


def _each(checkout: Checkout, root: Path, period: str, units: list[str]) -> float:
    once = checkout.cells(root, CAMPAIGN, period, units, len(units))
    return (checkout.cells(root, CAMPAIGN, period, units, TIMES + len(units)) - once) / TIMES


def measured(figure: Figure, checkouts: list[Checkout], rounds: int) -> list[float]:
    """Medians of the figure, one a checkout; a round before them compiles what is not yet compiled."""
    taken: dict[Path, list[float]] = {checkout.place: [] for checkout in checkouts}
    for _ in range(rounds + 1):
        for checkout in checkouts:
            with tempfile.TemporaryDirectory() as root:
                taken[checkout.place].append(figure(checkout, Path(root)))
    return [statistics.median(seconds[1:]) for seconds in taken.values()]


def line(words: str, seconds: list[float]) -> str:
    ratio = f"{seconds[0] / seconds[1]:.2f}" if len(seconds) > 1 else "–"
    return f"| {words} | " + " | ".join(f"{s:.3f}" for s in seconds) + f" | {ratio} |"


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.cpu", description=__doc__.splitlines()[0])
    parser.add_argument("--against", type=Path, help="another checkout of the project")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--only", nargs="+", choices=FIGURES, default=[*FIGURES])
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as compiled:
        places = [PROJECT, *([args.against.resolve()] if args.against else [])]
        checkouts = [Checkout(place, Path(compiled)) for place in places]
        print("| CPU seconds | here | " + ("other | " if args.against else "") + "here / other |")
        print("|" + "---|" * (len(places) + 2))
        for name in args.only:
            words, figure = FIGURES[name]
            print(line(words, measured(figure, checkouts, args.rounds)), flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())

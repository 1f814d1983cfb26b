"""The ways to run the county notebooks, taking turns: in a process that has run some before, and from nothing."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, field

from benchmarks.engine.bench import Bench, each
from tally.paths import PROJECT

SLOW = 6  # units that the slow ways run in a round: one after the other, each takes what every other takes
PAPERMILL, PLAIN, ONE, LIMIT = "papermill 原样，逐个", "plain，逐个", "fork，逐个", "不用笔记本（极限）"


@dataclass(frozen=True)
class Way:
    """One way: the runs of it, and how many of the units each run takes (None: all)."""

    run: Callable[[Sequence[str]], None]
    units: int | None = None


@dataclass(frozen=True)
class Taken:
    """Seconds a county took, one figure a round, by the name of the way; `counties` of the size."""

    counties: int
    seconds: dict[str, list[float]] = field(default_factory=dict)


def ways(bench: Bench, workers: int) -> dict[str, Way]:
    return {
        PAPERMILL: Way(bench.papermill, SLOW),
        PLAIN: Way(bench.engine("plain", 1), SLOW),
        ONE: Way(bench.engine("fork", 1)),
        parallel(workers): Way(bench.engine("fork", workers)),
        LIMIT: Way(bench.functions),
    }


def parallel(workers: int) -> str:
    return f"fork，{workers} 个并行"


def steady(bench: Bench, rounds: int, workers: int) -> Taken:
    """Every way once a round, so that whatever else the machine does falls on all of them."""
    taken, every = Taken(len(bench.units)), ways(bench, workers)
    every[ONE].run(bench.units[:2])  # the first brings the warm process up, or imports
    bench.functions(bench.units[:2])
    for _ in range(rounds):
        for name, way in every.items():
            taken.seconds.setdefault(name, []).append(each(way.run, bench.units[: way.units]))
    return taken


def cold(bench: Bench, rounds: int, workers: int) -> Taken:
    """The same, each time in a new process with nothing running: imports and the warm process's start are in it."""
    taken = Taken(len(bench.units))
    for _ in range(rounds):
        for name in (PAPERMILL, parallel(workers), LIMIT):
            units = bench.units[: ways(bench, workers)[name].units]
            asked = json.dumps(
                {**asdict(bench), "root": str(bench.root), "units": units, "way": name, "workers": workers}
            )
            begun = time.perf_counter()
            subprocess.run([sys.executable, "-m", "benchmarks.engine.cold", asked], check=True, cwd=PROJECT)
            taken.seconds.setdefault(name, []).append((time.perf_counter() - begun) / len(units))
    return taken


def once(bench: Bench, workers: int) -> Taken:
    """A size too large for rounds: only our engine, once."""
    return Taken(len(bench.units), {parallel(workers): [each(bench.engine("fork", workers), bench.units)]})


def whole_run(bench: Bench, engine: str) -> float:
    """Seconds of `pipeline.py run` from nothing to every output."""
    line = [
        sys.executable, str(PROJECT / "pipeline.py"), "run", bench.period, "--force", "--engine", engine,
        "--campaign", bench.campaign, "--root", str(bench.root),
    ]  # fmt: skip
    begun = time.perf_counter()
    subprocess.run(line, check=True, cwd=PROJECT, stdout=subprocess.DEVNULL)
    return time.perf_counter() - begun

"""`python -m benchmarks.desk`: what a decision costs at the desk, and what the same costs in the CSV files.

A made period with five hundred findings: as many mistakes as can be planted, and columns of numbers with a letter in
them (tests/desk/world.py). Printed: seconds
until the command answers, until the queue stands, to the next finding's evidence (first look, and as the page has it:
fetched ahead), to an effect; what would have to be typed into the corrections file for the same mistakes; and how many
hands a mess costs in its first period and in its second (tests/desk/mess.py). What the page needs is counted by tests/browser (`-s -m slow -k sixty`).
"""

from __future__ import annotations

import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from tally.paths import PROJECT, Paths
from tests.desk import mess, world
from tests.life import truth

COUNT, SEED, LETTERS = 1000, 7, 300  # more than there is room for; cells with a letter
REASON = "县局6月8日来电更正"


def seconds(function, *args) -> float:
    begun = time.perf_counter()
    function(*args)
    return time.perf_counter() - begun


def main() -> None:
    mistakes = lettered(LETTERS) | world.planted(COUNT, SEED)
    with tempfile.TemporaryDirectory() as folder:
        paths = world.checked(Path(folder), mistakes)
        desk = world.desk(paths)
        print(f"findings                 {sum(f.severity != 'note' for f in desk.snapshot.findings.values())}")
        elapsed = min(seconds(start, paths) for _ in range(3))
        print(f"started, second time     {elapsed:.2f} s, of computing {computing(start, paths):.2f} s")
        print(f"queue and stop line      {seconds(desk.answer, {'ask': 'overview'}):.2f} s")
        names = [i["name"] for i in desk.answer({"ask": "overview"})["items"]]
        first = [seconds(desk.answer, {"ask": "evidence", "name": n}) for n in names]
        again = [seconds(desk.answer, {"ask": "evidence", "name": n}) for n in names]
        print(f"evidence, first look     median {statistics.median(first):.3f} s, longest {max(first):.3f} s")
        print(f"evidence, looked at once median {statistics.median(again):.3f} s, longest {max(again):.3f} s")
        print(f"effect of a proposal     median {statistics.median(effects(desk, names)):.3f} s")
    with tempfile.TemporaryDirectory() as folder:
        learnt = mess.learnt(Path(folder))
        hands = [f"{learnt.per_hundred(n):.1f}" for n in (learnt.first, learnt.second)]
        print(f"hands per 100 returns    first period {hands[0]}, second {hands[1]}; read wrongly {len(learnt.wrong)}")
    typed = [len(line(place, mistake)) for place, mistake in mistakes.items()]
    print(f"typed into the CSV file  {statistics.mean(typed):.0f} characters a line, after looking up 4 names")


def computing(function: Callable[..., None], *args: object) -> float:
    """Seconds of computing in processes that it starts: what a machine with nothing else to do would take."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    function(*args)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime - before.ru_utime + after.ru_stime - before.ru_stime


def lettered(count: int) -> dict[world.Place, world.Mistake]:
    """So many cells of the cases form that end in a letter."""
    places: dict[world.Place, world.Mistake] = {}
    for unit in truth.UNITS:
        for row, record in world.records(unit, truth.MAY)["cases"].items():
            for field, true in record.items():
                if len(places) < count:
                    places[unit, "cases", row, field] = world.Mistake(f"{true}O", true)
    return places


def start(paths: Paths) -> None:
    """The command, until it says where the desk is."""
    command = [sys.executable, "pipeline.py", "desk", paths.period, "--root", str(paths.root), "--no-browser"]
    with subprocess.Popen(
        command, cwd=PROJECT, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    ) as process:
        assert process.stdout is not None and "http" in process.stdout.readline()
        process.terminate()


def effects(desk, names: list[str]) -> list[float]:
    times = []
    for name in names:
        for proposal in desk.answer({"ask": "evidence", "name": name})["proposals"][:1]:
            request = {"ask": "effect", "name": name, "changes": proposal["changes"]}
            times.append(seconds(desk.answer, request))
    return times


def line(place: world.Place, mistake: world.Mistake) -> str:
    """The line of the corrections file that mends a mistake."""
    return ",".join((*place, str(mistake.written), world.typed(mistake.true), REASON, "李分析", "2021-06-08"))


if __name__ == "__main__":
    main()

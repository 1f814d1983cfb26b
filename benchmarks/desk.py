"""`python -m benchmarks.desk`: what a decision costs at the desk, and what the same costs in the CSV files.

A made period of sixty mistakes (tests/desk/world.py). Printed: seconds until the queue stands, to the next finding's
evidence (first look, and as the page has it: fetched ahead), to an effect; and what would have to be typed into the
corrections file for the same mistakes. What the page needs is counted by tests/browser (`-s -m slow -k sixty`).
"""

from __future__ import annotations

import statistics
import tempfile
import time
from pathlib import Path

from tests.desk import world

COUNT, SEED = 60, 7
REASON = "县局6月8日来电更正"


def seconds(function, *args) -> float:
    begun = time.perf_counter()
    function(*args)
    return time.perf_counter() - begun


def main() -> None:
    mistakes = world.planted(COUNT, SEED)
    with tempfile.TemporaryDirectory() as folder:
        paths = world.checked(Path(folder), mistakes)
        desk = world.desk(paths)
        print(f"queue and stop line      {seconds(desk.answer, {'ask': 'overview'}):.2f} s")
        names = [i["name"] for i in desk.answer({"ask": "overview"})["items"]]
        first = [seconds(desk.answer, {"ask": "evidence", "name": n}) for n in names]
        again = [seconds(desk.answer, {"ask": "evidence", "name": n}) for n in names]
        print(f"evidence, first look     median {statistics.median(first):.3f} s, longest {max(first):.3f} s")
        print(f"evidence, looked at once median {statistics.median(again):.3f} s, longest {max(again):.3f} s")
        print(f"effect of a proposal     median {statistics.median(effects(desk, names)):.3f} s")
    typed = [len(line(place, mistake)) for place, mistake in mistakes.items()]
    print(f"typed into the CSV file  {statistics.mean(typed):.0f} characters a line, after looking up 4 names")


def effects(desk, names: list[str]) -> list[float]:
    found = []
    for name in names:
        for proposal in desk.answer({"ask": "evidence", "name": name})["proposals"][:1]:
            request = {"ask": "effect", "name": name, "changes": proposal["changes"]}
            found.append(seconds(desk.answer, request))
    return found


def line(place: world.Place, mistake: world.Mistake) -> str:
    """The line of the corrections file that mends a mistake."""
    return ",".join((*place, str(mistake.written), world.typed(mistake.true), REASON, "李分析", "2021-06-08"))


if __name__ == "__main__":
    main()

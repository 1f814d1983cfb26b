"""The table of kinds: `python -m benchmarks.kinds`."""

from __future__ import annotations

import argparse
import sys
import traceback
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path

from benchmarks.kinds.judge import WORST_FIRST, Verdict, built, worst
from benchmarks.kinds.run import verdicts
from benchmarks.kinds.sent import CASES
from benchmarks.kinds.truth import Case

DOUBLE_ENTRY = 0.046  # wrong fields in 1,000 of manual double entry (Paulsen et al. 2012, PLOS ONE e35087)
Row = tuple[str, ...]


def judged(cases: Iterable[Case]) -> Iterator[tuple[Case, list[Verdict]]]:
    """Each case with its verdicts; one that stops the reading is silent about everything."""
    for case in cases:
        try:
            yield case, verdicts(case)
        except Exception:  # no return may stop a run: the benchmark counts it and goes on
            end = traceback.format_exc(limit=-1).replace("\n", " ")
            yield case, [Verdict("silent", None, "no crash", None, end)]


def table(results: list[tuple[Case, list[Verdict]]]) -> str:
    """A line for each kind: returns by their worst outcome, the cells silently wrong, and what that bounds."""
    by_kind: dict[str, Counter] = defaultdict(Counter)
    cells: dict[str, Counter] = defaultdict(Counter)
    for case, made in results:
        for kind in (case.kind, "ALL"):
            by_kind[kind][worst(made)] += 1
            cells[kind].update(v.outcome for v in made if v.key)
    lines = [("kind", "sent", *reversed(WORST_FIRST), "cells", "silent cells"), *_lines(by_kind, cells)]
    return "\n".join(f"{line[0]:<34}" + "".join(f"{text:>13}" for text in line[1:]) for line in lines)


def _lines(by_kind: dict[str, Counter], cells: dict[str, Counter]) -> Iterator[Row]:
    for kind in sorted(by_kind, key=lambda name: (name == "ALL", name)):
        n, c = by_kind[kind], cells[kind]
        yield (kind, str(n.total()), *(str(n[o]) for o in reversed(WORST_FIRST)), str(c.total()), str(c["silent"]))


def bound(results: list[tuple[Case, list[Verdict]]]) -> str:
    """What the count of silent returns and cells says at 95 %, beside manual double entry."""
    silent = sum(worst(made) == "silent" for _, made in results)
    outcomes = Counter(v.outcome for _, made in results for v in made if v.key)
    cells, wrong = outcomes.total(), outcomes["silent"]
    said = f"silently wrong: {silent} of {len(results)} returns, {wrong} of {cells} cells ({1000 * wrong / max(cells, 1):.3f} per 1,000)"
    if not silent and results:
        said += f"; at 95 % no more than {min(1, 3 / len(results)):.2%} of returns of these kinds, {3000 / cells:.3f} per 1,000 cells"
    return f"{said}\nmanual double entry: {DOUBLE_ENTRY} per 1,000 fields; every cell here stands in a return made to be misread"


def listed(results: list[tuple[Case, list[Verdict]]]) -> Iterator[str]:
    """What to look at: every return that is not right, noted or flagged."""
    for case, made in results:
        bad = [v for v in made if v.outcome in ("silent", "vague", "false alarm")]
        if bad:
            yield f"{worst(made).upper()} [{case.kind}] {case.name}"
            yield from (f"    {v.line()}" for v in bad[:6])


def chosen(kind: str, only: str) -> list[Case]:
    return [case for case in CASES if kind in case.kind and only in case.name]


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.kinds", description=__doc__)
    parser.add_argument("--kind", default="", help="only kinds with this word")
    parser.add_argument("--only", default="", help="only returns with this word in their name")
    parser.add_argument("--keep", type=Path, help="write what is sent below this folder too")
    parser.add_argument("--list", action="store_true", help="name every return that is silent, vague or a false alarm")
    choice = parser.parse_args(arguments)
    cases = chosen(choice.kind, choice.only)
    if choice.keep:
        for case in cases:
            built(case, choice.keep / f"{case.kind} - {case.name}".replace("/", "_"))
    results = list(judged(cases))
    if choice.list:
        print("\n".join(listed(results)))
    print(table(results))
    print(bound(results))
    return 1 if any(worst(made) == "silent" for _, made in results) else 0


if __name__ == "__main__":
    sys.exit(main())

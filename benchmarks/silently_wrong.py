"""Measure the promise that nothing is silently wrong, on messy returns with known truth.

    python -m benchmarks.silently_wrong [--returns 500] [--seed 1] [--only SEED] [--list 40]

Prints how many cells were right, repaired, flagged and silently wrong (must be 0), how many planted mistakes
were found at their exact cell (at least 99 %), the errors on clean returns (must be 0), and what to look at:
seed, file, cell, what was written, what was expected, what came out. Exit code 1 if a promise is broken.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import traceback
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from benchmarks.mess.compose import CAMPAIGN, compose
from benchmarks.mess.judge import Judgement, Verdict, judge
from tally.returns.unit import read_unit

FOUND_AT_LEAST = 0.99


@dataclass
class Score:
    """The sum over all returns."""

    returns: int = 0
    outcomes: Counter = field(default_factory=Counter)
    planted: int = 0
    found: int = 0
    weak: int = 0
    judgements: list[Judgement] = field(default_factory=list)
    crashed: list[tuple[int, str]] = field(default_factory=list)  # seed, the end of the traceback

    @property
    def extra(self) -> int:
        return sum(len(j.extra) for j in self.judgements)

    @property
    def alarms(self) -> int:
        return sum(len(j.alarms) for j in self.judgements)

    @property
    def silent(self) -> int:
        return self.outcomes["silent"] + self.extra

    @property
    def kept(self) -> bool:
        """Whether all three promises hold."""
        return not self.silent and not self.alarms and not self.crashed and self.found >= FOUND_AT_LEAST * self.planted


def judged(seed: int) -> Judgement:
    """Write the return of `seed` to a folder of its own, read it, and judge the reading."""
    with tempfile.TemporaryDirectory() as folder:
        messy = compose(seed, Path(folder))
        made = read_unit(CAMPAIGN, messy.period, messy.unit, Path(folder))
        return judge(messy, made.returns, made.findings)


def measure(seeds: range) -> Score:
    """The score over the returns of `seeds`."""
    score = Score()
    for seed in seeds:
        score.returns += 1
        try:
            one = judged(seed)
        except Exception:  # no return may stop a run: the benchmark counts it and goes on
            score.crashed.append((seed, traceback.format_exc(limit=-2).replace("\n", " ")))
            continue
        score.outcomes.update(v.outcome for v in one.cells)
        score.planted += len(one.found)
        score.found += sum(bool(severity) for _, severity in one.found)
        score.weak += sum(bool(severity) and severity != p.severity == "error" for p, severity in one.found)
        score.judgements.append(one)
    return score


def table(score: Score) -> str:
    """The score as lines of text."""
    n = score.outcomes
    lines = (
        ("returns", score.returns),
        ("  that stopped the reading", len(score.crashed)),
        ("cells", n.total()),
        ("right", n["right"]),
        ("repaired, and listed", n["repaired"] + n["underwarned"]),
        ("  of them listed as a note where a warning is due", n["underwarned"]),
        ("right, repair not listed", n["unlisted"]),
        ("flagged", n["flagged"] + n["timid"]),
        ("  of them readable", n["timid"]),
        ("SILENTLY WRONG", score.silent),
        ("  of them records too many", score.extra),
        ("planted mistakes", score.planted),
        ("  found at their cell", score.found),
        ("  found, but as a warning where an error is due", score.weak),
        ("errors on clean returns", score.alarms),
    )
    return "\n".join(f"{label:<55}{value:>9}" for label, value in lines)


def failures(score: Score) -> Iterator[str]:
    """One line for each thing to look at, the worst kind first."""
    yield from (f"CRASHED seed {seed} {text}" for seed, text in score.crashed)
    for one in score.judgements:
        yield from (_line(one, v) for v in one.cells if v.outcome == "silent")
        yield from (f"EXTRA   seed {one.messy.seed} {text}" for text in one.extra)
    for one in score.judgements:
        for planted, severity in one.found:
            if not severity:
                yield f"MISSED  seed {one.messy.seed} {planted.kind} {planted.form} {planted.places}"
        for f in one.alarms:
            yield f"ALARM   seed {one.messy.seed} {f.rule} {f.form}/{f.row}/{f.field} {f.file}!{f.sheet}!{f.cell}: {f.message}"
    for outcome in ("timid", "unlisted", "underwarned"):
        for one in score.judgements:
            yield from (_line(one, v) for v in one.cells if v.outcome == outcome)


def _line(one: Judgement, v: Verdict) -> str:
    k = v.known
    place = "!".join(k.place) if k.place else "(no such column)"
    ink = k.writing.ink
    written = repr(ink.raw) + (f" {ink.formula}" if ink.formula else "") + (f" struck {ink.gone}" if ink.gone else "")
    return (
        f"{v.outcome.upper():<8}seed {one.messy.seed} {k.form}/{k.row}/{k.field} {place} "
        f"written {written} expected {k.writing.must} {k.writing.value!r} got {v.got!r} {v.why}"
    )


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--returns", type=int, default=500)
    parser.add_argument("--seed", type=int, default=1, help="seed of the first return")
    parser.add_argument("--only", type=int, help="judge the return of this seed alone")
    parser.add_argument("--list", type=int, default=40, help="how many failures to list")
    chosen = parser.parse_args(arguments)
    seeds = range(chosen.seed, chosen.seed + chosen.returns)
    score = measure(seeds if chosen.only is None else range(chosen.only, chosen.only + 1))
    print(table(score))
    for number, line in enumerate(failures(score)):
        if number >= chosen.list:
            print("…")
            break
        print(line)
    return 0 if score.kept else 1


if __name__ == "__main__":
    sys.exit(main())

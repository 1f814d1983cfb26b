"""Spoils returns of every kind and takes each the whole line; counts how it ended and keeps what must not have happened."""

from __future__ import annotations

import argparse
import random
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import psutil

from benchmarks.fuzz.line import Ending, Line
from benchmarks.fuzz.mutations import spoil
from benchmarks.fuzz.seeds import Seed, seeds

SLOW_SHARE = 0.02  # of the files: those that take LibreOffice


def outcomes(number: int, seed: int, folder: Path, *, slow: float = SLOW_SHARE) -> Iterator[tuple[Ending, Seed, bytes]]:
    """How each of so many spoilt files ended, what it was before, and its content; `slow`: the share that is converted."""
    chance, line = random.Random(seed), Line(folder)
    every = seeds(with_libreoffice=bool(slow))
    by_ending: dict[str, list[Seed]] = {}
    for sound in every:
        by_ending.setdefault(sound.ending, []).append(sound)
    converted = [ending for ending, some in by_ending.items() if some[0].slow]
    others = [ending for ending in by_ending if ending not in converted]
    for _ in range(number):
        kinds = converted if converted and chance.random() < slow else others
        sound = chance.choice(by_ending[chance.choice(kinds)])
        content = spoil(sound.content, chance)
        yield line.ending(sound, content), sound, content


def main() -> int:
    asked = argparse.ArgumentParser(prog="python -m benchmarks.fuzz")
    asked.add_argument("number", type=int, nargs="?", default=500)
    asked.add_argument("--seed", type=int, default=0)
    asked.add_argument("--slow", type=float, default=SLOW_SHARE, help="share of files that LibreOffice has to convert")
    asked.add_argument("--keep", type=Path, help="put files that fail there")
    args = asked.parse_args()
    counted: Counter[str] = Counter()
    kinds: Counter[str] = Counter()
    begun, failures, longest = time.monotonic(), 0, 0.0
    with tempfile.TemporaryDirectory() as folder:
        for number, (ending, sound, content) in enumerate(
            outcomes(args.number, args.seed, Path(folder), slow=args.slow)
        ):
            counted[ending.how] += 1
            kinds[sound.ending] += 1
            longest = max(longest, ending.seconds)
            if ending.is_failure:
                failures += 1
                print(f"{number}: {sound.name}: {ending.how} ({ending.seconds:.1f} s)", flush=True)
                if args.keep:
                    args.keep.mkdir(parents=True, exist_ok=True)
                    (args.keep / f"{args.seed}-{number}.{sound.ending}").write_bytes(content)
    seconds = time.monotonic() - begun
    memory = psutil.Process().memory_info().rss / 2**20
    print("  ".join(f"{name} {count}" for name, count in kinds.most_common()))
    print("  ".join(f"{name} {count}" for name, count in counted.most_common()))
    print(
        f"{sum(counted.values())} files, {failures} failures, {seconds:.0f} s: {sum(counted.values()) / seconds:.1f} a second"
    )
    print(f"longest computing here {longest:.1f} s; this process {memory:.0f} MB")
    return int(failures > 0)


if __name__ == "__main__":
    raise SystemExit(main())

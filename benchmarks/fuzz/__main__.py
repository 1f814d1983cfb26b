"""Spoils the sample's files and opens each; counts how it ended and keeps what must not have happened."""

from __future__ import annotations

import argparse
import random
import tempfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from benchmarks.fuzz.mutations import spoil
from tally.errors import UnreadableFile
from tally.paths import PROJECT
from tally.readers import apart

FAILURES = ("too_slow", "crashed")  # of what a reader may say, these are our faults and not the file's


def seeds() -> list[Path]:
    """The sample's returns that need no converter."""
    files = sorted((PROJECT / "data" / "raw").rglob("*.*"))
    return [
        f
        for f in files
        if f.suffix in (".xlsx", ".xls", ".et", ".docx", ".ods", ".csv", ".txt", ".zip", ".htm", ".html")
    ]


def outcomes(number: int, seed: int, folder: Path) -> Iterator[tuple[str, Path, bytes]]:
    """How each of so many spoilt files ended ("read", a problem, or an exception's name), its origin and its content."""
    chance, files = random.Random(seed), seeds()
    for _ in range(number):
        source = chance.choice(files)
        content = spoil(source.read_bytes(), chance)
        place = folder / "return.bin"
        place.write_bytes(content)
        yield _ended(place), source, content


def _ended(place: Path) -> str:
    try:
        apart.read(place, place.name)
    except UnreadableFile as e:
        return e.problem
    except Exception as e:
        return type(e).__name__
    return "read"


def is_failure(ended: str) -> bool:
    return ended in FAILURES or ended not in ("read", *UnreadableFile.PROBLEMS)


def main() -> int:
    asked = argparse.ArgumentParser(prog="python -m benchmarks.fuzz")
    asked.add_argument("number", type=int, nargs="?", default=500)
    asked.add_argument("--seed", type=int, default=0)
    asked.add_argument("--keep", type=Path, help="put files that fail there")
    args = asked.parse_args()
    counted: Counter[str] = Counter()
    with tempfile.TemporaryDirectory() as folder:
        for number, (ended, source, content) in enumerate(outcomes(args.number, args.seed, Path(folder))):
            counted[ended] += 1
            if is_failure(ended):
                print(f"{number}: {source.name}: {ended}")
                if args.keep:
                    args.keep.mkdir(parents=True, exist_ok=True)
                    (args.keep / f"{args.seed}-{number}-{ended}{source.suffix}").write_bytes(content)
    print("  ".join(f"{name} {count}" for name, count in counted.most_common()))
    return int(any(map(is_failure, counted)))


if __name__ == "__main__":
    raise SystemExit(main())

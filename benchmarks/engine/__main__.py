"""How much a county's notebook costs: papermill as it comes, our engines, and the same functions without notebooks.

    python -m benchmarks.engine [--rounds 5] [--workers 2] [--counties 100] [--nation 2900] [--keep DIR] [--picture FILE]

At 11 units (the sample) and at 100 (an invented nation) all ways take turns within each round; with --nation our engine
runs so many counties once, beside papermill extrapolated. Nothing is printed of a size unless the executed notebooks
and tables of every engine equal papermill's, a probe finds nothing left over from one notebook in the next, and
notebooks that crash or never end fail as they should.
"""

from __future__ import annotations

import argparse
import os
import shutil
import statistics
import sys
import tempfile
from pathlib import Path

from benchmarks.engine import gate, measure, told
from benchmarks.engine.bench import Bench
from benchmarks.nation.places import NAME, declare, nation
from benchmarks.nation.returns import PERIOD, kept, make
from tally import campaigns, engine
from tally.paths import PROJECT, Paths


def sample(root: Path) -> Bench:
    """The eleven units of the sample's first period."""
    for part in ("raw", "narrative"):
        shutil.copytree(PROJECT / "data" / part, root / "data" / part)
    return _ready(Bench(root, "masks_2021", "2021-04", tuple(u.code for u in campaigns.load("masks_2021").units)))


def counties(root: Path, n: int, workers: int) -> Bench:
    """An invented nation of `n` counties, made unless it is there."""
    made = nation(n)
    declare(made, root)
    kept(root) or make(made.counties, root, workers)
    return _ready(Bench(root, NAME, PERIOD, tuple(c.code for c in made.counties)))


def _ready(bench: Bench) -> Bench:
    assert Paths(bench.root, bench.campaign, bench.period).raw.is_dir()
    bench.hand_over()
    return bench


def gated(bench: Bench) -> Bench:
    """The bench, if its figures may be printed."""
    if problems := gate.problems(bench):
        raise SystemExit("\n".join(["不输出数字：", *problems]))
    return bench


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.engine", description="执行引擎的耗时对比")
    parser.add_argument("--rounds", type=int, default=5, help="轮数")
    parser.add_argument("--workers", type=int, default=os.cpu_count() or 1, help="并行个数")
    parser.add_argument("--counties", type=int, default=100, help="中等规模的单位数，0 为不测")
    parser.add_argument("--nation", type=int, default=0, help="大规模的单位数（如 2900），0 为不测")
    parser.add_argument("--keep", type=Path, help="把造出的报表留在这个文件夹里，下次不必再造")
    parser.add_argument("--picture", type=Path, help="把每个单位的用时随单位数的变化画到这个文件")
    args = parser.parse_args()
    found: list[measure.Taken] = []
    with tempfile.TemporaryDirectory() as folder:
        place = (args.keep or Path(folder)).resolve()
        small = gated(sample(Path(folder) / "sample"))
        print(f"样例，{len(small.units)} 个单位，稳态（{args.rounds} 轮，{os.cpu_count()} 核）\n")
        found.append(measure.steady(small, args.rounds, args.workers))
        print(told.table(found[-1]), flush=True)
        engine.close()
        print("\n样例，从零开始（新进程，含导入和预热）\n")
        print(told.table(measure.cold(small, max(2, args.rounds // 2), args.workers)), flush=True)
        runs = [measure.whole_run(Bench(small.root, small.campaign, "2021-05", ()), "fork") for _ in range(3)]
        plain = measure.whole_run(Bench(small.root, small.campaign, "2021-05", ()), "plain")
        print(f"\n两期全部重来到全部输出：fork {statistics.median(runs):.1f} 秒（3 次的中位数），plain {plain:.1f} 秒")
        if args.counties:
            middle = gated(counties(place / str(args.counties), args.counties, args.workers))
            print(f"\n{args.counties} 个单位（造出的报表），稳态\n")
            found.append(measure.steady(middle, max(2, args.rounds // 2), args.workers))
            print(told.table(found[-1]), flush=True)
        if args.nation:
            large = counties(place / str(args.nation), args.nation, args.workers)
            engine.close()
            print(f"\n{args.nation:,} 个单位，一次\n")
            found.append(measure.once(large, args.workers))
            print(told.extrapolated(found[-1], found[-2]), flush=True)
    if args.picture:
        told.picture(found, args.picture)
    return 0


if __name__ == "__main__":
    sys.exit(main())

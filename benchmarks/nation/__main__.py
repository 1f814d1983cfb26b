"""What a province and a nation cost: returns for N counties made, run, run again unchanged, and with one county changed.

    python -m benchmarks.nation --counties 2900 [--counties 100 …] [--jobs 2] [--keep DIR]

Seconds of wall time and of processor (with all processes), memory of the driver, cost a county. Nothing is printed of a
size unless every total of every county, city, province and of the nation equals the truth.
"""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

from benchmarks.nation import gate
from benchmarks.nation.places import NAME, Nation, declare, nation
from benchmarks.nation.returns import PERIOD, Truth, kept, make
from tally.paths import PROJECT, Paths


@dataclass(frozen=True)
class Cost:
    """One command: seconds of wall time, of processor, and the driver's peak memory in MB."""

    wall: float
    cpu: float
    memory: float


@dataclass(frozen=True)
class Measured:
    """What one size cost. `counties` are those that sent something or nothing, all of them."""

    counties: int
    figures: int
    cold: Cost
    unchanged: Cost
    changed: Cost
    totals: Cost


def pipeline(root: Path, command: str, *more: str) -> Cost:
    """Runs the command line and measures it; SystemExit with what it said if it fails."""
    line = [
        sys.executable,
        str(PROJECT / "pipeline.py"),
        command,
        PERIOD,
        "--campaign",
        NAME,
        "--root",
        str(root),
        *more,
    ]
    begun = time.perf_counter()
    with tempfile.TemporaryFile() as said:
        process = subprocess.Popen(line, cwd=PROJECT, stdout=said, stderr=said)
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode:
            said.seek(0)
            raise SystemExit(said.read().decode()[-2000:])
    return Cost(time.perf_counter() - begun, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024)


def measure(root: Path, counties: int, jobs: int) -> Measured:
    """Makes (unless they are there), runs and checks one size."""
    made = nation(counties)
    declare(made, root)
    truths = kept(root) or make(made.counties, root, jobs)
    shutil.rmtree(root / "data" / "processed", ignore_errors=True)
    options = ("--jobs", str(jobs))
    cold = pipeline(root, "check", *options)
    refuse(root, made, truths)
    unchanged = pipeline(root, "check", *options)
    totals = pipeline(root, "run", *options)
    touch(root, made)
    changed = pipeline(root, "run", *options)
    refuse(root, made, truths)
    return Measured(counties, gate.figures_checked(made), cold, unchanged, changed, totals)


def touch(root: Path, made: Nation) -> None:
    """One county sends again: the same figures in a file of another day."""
    folder = Paths(root, NAME, PERIOD).raw / f"{made.counties[0].code}{made.counties[0].name}"
    for path in folder.rglob("*"):
        os.utime(path, (path.stat().st_mtime + 86400,) * 2)


def refuse(root: Path, made: Nation, truths: list[Truth]) -> None:
    """SystemExit if any total is wrong."""
    if wrong := gate.problems(root, made, truths):
        raise SystemExit("\n".join([f"不输出数字：{len(wrong)} 个合计不对", *wrong[:10]]))


def table(found: list[Measured]) -> str:
    """A Markdown table, one line a size."""
    lines = [
        "| 单位数 | 首次：墙钟/处理器秒 | 每单位：墙钟/处理器毫秒 | 驱动进程内存 MB | 无变化 秒 | 最高一级汇总和报告 秒 | 一个单位变动到报告 秒 | 核对的合计数 |",
        "|---|---|---|---|---|---|---|---|",
    ]
    for m in found:
        each = f"{m.cold.wall / m.counties * 1e3:.0f}/{m.cold.cpu / m.counties * 1e3:.0f}"
        cells = (m.counties, f"{m.cold.wall:.0f}/{m.cold.cpu:.0f}", each, f"{m.cold.memory:.0f}", *(f"{c.wall:.1f}/{c.cpu:.1f}" for c in (m.unchanged, m.totals, m.changed)), f"{m.figures:,}")  # fmt: skip
        lines.append("| " + " | ".join(map(str, cells)) + " |")
    return "\n".join(lines)


def main() -> int:
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.nation", description="从一个县到全国：耗时、内存、合计核对"
    )
    parser.add_argument("--counties", type=int, action="append", help="单位数，可多次给出（默认 100）")
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1, help="同时处理的笔记本个数")
    parser.add_argument("--keep", type=Path, help="把报表留在这个文件夹里，下次不必再造")
    args = parser.parse_args()
    found = []
    for counties in args.counties or [100]:
        with tempfile.TemporaryDirectory() as folder:
            root = args.keep / str(counties) if args.keep else Path(folder)
            root.mkdir(parents=True, exist_ok=True)
            found.append(measure(root, counties, args.jobs))
        print(table(found), flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())

"""How much a county's notebook costs: plain papermill, our engine, and the same functions without notebooks.

    python -m benchmarks.engine [--rounds 5] [--units 3] [--workers 2]

The three take turns within each round, so that whatever else the machine does falls on all of them. Nothing
is printed unless the executed notebooks and the tables of both engines are equal, a probe finds nothing left
over from one notebook in the next, and notebooks that crash or never end fail as they should.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import shutil
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from tally import campaigns, engine, executors
from tally.paths import PROJECT, Paths, notebooks

CAMPAIGN, PERIOD = "masks_2021", "2021-04"
NOTEBOOK = notebooks() / "county.ipynb"


@dataclass(frozen=True)
class Bench:
    """Where the measured runs read and write, and for which units."""

    root: Path
    units: tuple[str, ...]

    @property
    def paths(self) -> Paths:
        return Paths(self.root, CAMPAIGN, PERIOD)

    def job(self, unit: str, engine_name: str) -> executors.Job:
        parameters = {"campaign": CAMPAIGN, "period": PERIOD, "unit": unit, "root": str(self.root)}
        return executors.Job(unit, NOTEBOOK, self.root / engine_name / f"{unit}.ipynb", parameters)

    def run(self, engine_name: str, workers: int) -> float:
        """Seconds a county takes with `workers` at a time."""
        begun = time.perf_counter()
        outcomes = executors.run([self.job(u, engine_name) for u in self.units], workers=workers, engine=engine_name)
        seconds = time.perf_counter() - begun
        if bad := [o for o in outcomes if not o.ok]:
            raise SystemExit(f"{bad[0].job.name} 执行失败：{bad[0].error}")
        return seconds / len(self.units)

    def run_functions(self) -> float:
        """Seconds a county takes as plain calls in this process: the notebook's code, shown but not recorded."""
        begun = time.perf_counter()
        for unit in self.units:
            run_cells(self.job(unit, "functions").parameters)
        return (time.perf_counter() - begun) / len(self.units)

    def results(self, engine_name: str) -> dict[str, object]:
        """All that a run of the units has made, in a form in which two runs can be compared."""
        made: dict[str, object] = {u: cells_of(self.job(u, engine_name).output) for u in self.units}
        for unit in self.units:
            for path in sorted(self.paths.unit(unit).iterdir()):
                made[f"{unit}/{path.name}"] = path.read_bytes()
        return made


def run_cells(parameters: dict) -> None:
    """The notebook's code cells, each shown as a notebook would show it."""
    import ast

    names: dict[str, object] = {}
    for cell in json.loads(NOTEBOOK.read_text(encoding="utf-8"))["cells"]:
        if cell["cell_type"] != "code":
            continue
        body = ast.parse("".join(cell["source"])).body
        last = body.pop() if body and isinstance(body[-1], ast.Expr) else None
        exec(compile(ast.Module(body, []), "cell", "exec"), names)
        shown = None if last is None else eval(compile(ast.Expression(last.value), "cell", "eval"), names)
        if hasattr(shown, "_repr_mimebundle_"):
            shown._repr_mimebundle_()
        if "parameters" in cell["metadata"].get("tags", []):
            names |= parameters


def cells_of(path: Path) -> list:
    """Source, outputs and counts of an executed notebook, without addresses and process ids."""
    text = re.sub(r"0x[0-9a-f]{6,}|ipykernel_\d+", "", path.read_text(encoding="utf-8"))
    kept = ("cell_type", "source", "outputs", "execution_count")
    return [[c.get(k) for k in kept] for c in json.loads(text)["cells"]]


def gate(bench: Bench) -> list[str]:
    """What is wrong with the engines; empty when their figures may be printed."""
    problems, made = [], {}
    for name in engine.ENGINES:
        shutil.rmtree(bench.paths.processed, ignore_errors=True)
        bench.run(name, 1)
        made[name] = bench.results(name)
    problems += [f"{key} 两种引擎结果不同" for key in made["plain"] if made["fork"].get(key) != made["plain"][key]]
    if made["fork"].keys() != made["plain"].keys():
        problems.append("两种引擎写出的文件不同")
    return problems + isolation_problems(bench.root) + failure_problems(bench.root)


def small_notebook(root: Path, name: str, *cells: str) -> Path:
    """A notebook with the given code cells."""
    sources = [("unit = ''", ["parameters"]), *((c, []) for c in cells)]
    content = {
        "nbformat": 4,
        "nbformat_minor": 5,
        "metadata": {"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}},
        "cells": [
            {"cell_type": "code", "id": f"c{i}", "metadata": {"tags": tags}, "source": source, "outputs": [], "execution_count": None}
            for i, (source, tags) in enumerate(sources)
        ],
    }  # fmt: skip
    path = root / f"{name}.ipynb"
    path.write_text(json.dumps(content), encoding="utf-8")
    return path


PROBE = (
    "import os, sys, threading, matplotlib, matplotlib.pyplot as plt, pandas as pd\n"
    "print(pd.options.display.max_columns, matplotlib.rcParams['font.size'], plt.get_fignums(), os.getcwd(),"
    " 'SPOILT' in os.environ, 'colorsys' in sys.modules, sorted(t.name for t in threading.enumerate()))"
)
SPOIL = (
    "import colorsys, os, threading, time, matplotlib.pyplot as plt, pandas as pd\n"
    "pd.options.display.max_columns = 3; plt.rcParams['font.size'] = 99; plt.ioff(); plt.figure(); os.chdir('/')\n"
    "os.environ['SPOILT'] = '1'; threading.Thread(target=time.sleep, args=(60,), daemon=True).start()"
)


def isolation_problems(root: Path) -> list[str]:
    seen, output = [], root / "probe.out.ipynb"
    probe, spoil = small_notebook(root, "probe", PROBE), small_notebook(root, "spoil", SPOIL)
    for path in (probe, spoil, probe):
        engine.execute(path, output, {})
        seen.append(cells_of(output)[-1][2])
    return [] if seen[0] == seen[2] else [f"前一个笔记本影响了后一个：{seen[0]} → {seen[2]}"]


FAILURES = {
    "import ctypes; ctypes.string_at(0)": "NotebookDied",
    "while True: pass": "CellTimeoutError",
    "1 / 0": "ZeroDivisionError",
}


def failure_problems(root: Path) -> list[str]:
    problems = []
    for cell, expected in FAILURES.items():
        got = "没有失败"
        try:
            engine.execute(small_notebook(root, "fails", cell), root / "fails.out.ipynb", {}, cell_timeout=1)
        except engine.NotebookFailed as e:
            got = e.ename
        if got != expected:
            problems.append(f"单元格 {cell!r} 应以 {expected} 失败，结果是 {got}")
    return problems


def measure(bench: Bench, rounds: int, workers: int) -> dict[str, list[float]]:
    """Seconds a county of each way to run, one figure a round."""
    ways: dict[str, Callable[[], float]] = {
        "plain，逐个": lambda: bench.run("plain", 1),
        "fork，逐个": lambda: bench.run("fork", 1),
        f"fork，{workers} 个并行": lambda: bench.run("fork", workers),
        "不用笔记本（极限）": bench.run_functions,
    }
    bench.run_functions()  # the first call imports; the others' warm process has it all imported
    taken: dict[str, list[float]] = {name: [] for name in ways}
    for _ in range(rounds):
        for name, run in ways.items():
            taken[name].append(run())
    return taken


def table(taken: dict[str, list[float]]) -> str:
    """A Markdown table of medians with quartiles, and ratios to the first row and to the last."""
    medians = {name: statistics.median(times) for name, times in taken.items()}
    first, last = (medians[k] for k in (list(medians)[0], list(medians)[-1]))
    lines = ["| 方式 | 每个单位（毫秒）：中位数 [四分位] | 快于 plain | 为极限的 |", "|---|---|---|---|"]
    for name, times in taken.items():
        low, _, high = statistics.quantiles(times, n=4, method="inclusive") if len(times) > 1 else times * 3
        m = medians[name]
        lines.append(
            f"| {name} | {m * 1e3:.0f} [{low * 1e3:.0f}-{high * 1e3:.0f}] | {first / m:.1f}× | {m / last:.1f}× |"
        )
    return "\n".join(lines)


def cold_start() -> float:
    """Seconds until a warm process is ready, nothing running before."""
    from tally.engine import pool

    engine.close()
    begun = time.perf_counter()
    pool.current()
    return time.perf_counter() - begun


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.engine", description="执行引擎的耗时对比")
    parser.add_argument("--rounds", type=int, default=5, help="轮数")
    parser.add_argument("--units", type=int, default=3, help="取前几个单位")
    parser.add_argument("--workers", type=int, default=os.cpu_count() or 1, help="并行个数")
    args = parser.parse_args()
    codes = tuple(u.code for u in campaigns.load(CAMPAIGN).units)[: args.units]
    with tempfile.TemporaryDirectory() as folder:
        bench = Bench(Path(folder), codes)
        raw = Paths(PROJECT, CAMPAIGN, PERIOD).raw
        shutil.copytree(raw, bench.paths.raw)
        if problems := gate(bench):
            print("\n".join(["不输出数字：", *problems]), file=sys.stderr)
            return 1
        taken = measure(bench, args.rounds, args.workers)
    print(table(taken))
    print(f"\n预热进程启动：{cold_start():.1f} 秒；{len(codes)} 个单位 × {args.rounds} 轮，{os.cpu_count()} 核")
    return 0


if __name__ == "__main__":
    sys.exit(main())

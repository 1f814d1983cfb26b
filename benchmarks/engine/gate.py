"""What must hold before a figure is printed: equal outputs, nothing left over, and failures that fail as they should."""

from __future__ import annotations

import json
import shutil
from dataclasses import replace
from pathlib import Path

from benchmarks.engine.bench import Bench, cells_of
from tally import engine

GATED = 6  # units whose notebooks are compared


def problems(bench: Bench) -> list[str]:
    """What is wrong with the engines; empty when their figures may be printed."""
    some, found, made = replace(bench, units=bench.units[:GATED]), [], {}
    ways = {"papermill": some.papermill, "plain": some.engine("plain", 1), "fork": some.engine("fork", 2)}
    for name, run in ways.items():
        for unit in some.units:
            some.paths.unit_tables(unit).unlink(missing_ok=True)
        run(some.units)
        made[name] = some.results(name)
    for name in ("plain", "fork"):
        found += [f"{key}：{name} 与 papermill 的结果不同" for key, value in made["papermill"].items() if made[name].get(key) != value]  # fmt: skip
    shutil.rmtree(bench.root / "made")
    return found + _isolation_problems(bench.root) + _failure_problems(bench.root)


def _small_notebook(root: Path, name: str, *cells: str) -> Path:
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


def _isolation_problems(root: Path) -> list[str]:
    seen, output = [], root / "probe.out.ipynb"
    probe, spoil = _small_notebook(root, "probe", PROBE), _small_notebook(root, "spoil", SPOIL)
    for path in (probe, spoil, probe):
        engine.execute(path, output, {})
        seen.append(cells_of(output)[-1][2])
    return [] if seen[0] == seen[2] else [f"前一个笔记本影响了后一个：{seen[0]} → {seen[2]}"]


FAILURES = {
    "import ctypes; ctypes.string_at(0)": "NotebookDied",
    "while True: pass": "CellTimeoutError",
    "1 / 0": "ZeroDivisionError",
}


def _failure_problems(root: Path) -> list[str]:
    problems = []
    for cell, expected in FAILURES.items():
        got = "没有失败"
        try:
            engine.execute(_small_notebook(root, "fails", cell), root / "fails.out.ipynb", {}, cell_timeout=1)
        except engine.NotebookFailed as e:
            got = e.ename
        if got != expected:
            problems.append(f"单元格 {cell!r} 应以 {expected} 失败，结果是 {got}")
    return problems

"""The county notebooks of one root, and the ways to run them: each gives the seconds it took a county."""

from __future__ import annotations

import ast
import contextlib
import json
import os
import re
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from tally import campaigns, engine, executors
from tally.engine.preload import preloaded
from tally.executors import jobs
from tally.intake import survey_file
from tally.intake.survey import survey
from tally.paths import Paths, notebooks

NOTEBOOK = notebooks() / "county.ipynb"


@dataclass(frozen=True)
class Bench:
    """Where the measured runs read and write, and for which units."""

    root: Path
    campaign: str
    period: str
    units: tuple[str, ...]

    @property
    def paths(self) -> Paths:
        return Paths(self.root, self.campaign, self.period)

    def hand_over(self) -> None:
        """Surveys the files once and hands each unit its part, as a run does before the notebooks."""
        surveyed = survey(campaigns.load(self.campaign, self.root), self.paths)
        for unit in self.units:
            survey_file.hand_over(self.paths, unit, surveyed)

    def job(self, unit: str, way: str) -> jobs.Job:
        received = (self.paths.unit(unit) / "survey.json").relative_to(self.root).as_posix()
        parameters = {
            "campaign": self.campaign, "period": self.period, "unit": unit,
            "root": str(self.root), "received": received,
        }  # fmt: skip
        return jobs.Job(unit, NOTEBOOK, self.root / "made" / way / f"{unit}.ipynb", parameters)

    def papermill(self, units: Sequence[str]) -> None:
        """As `papermill county.ipynb out.ipynb` runs it, with its own engine and its own saving, one by one."""
        import papermill

        with _quiet():
            for unit in units:
                job = self.job(unit, "papermill")
                job.output.parent.mkdir(parents=True, exist_ok=True)
                papermill.execute_notebook(str(job.notebook), str(job.output), job.parameters, progress_bar=False)

    def engine(self, name: str, workers: int) -> Callable[[Sequence[str]], None]:
        """On one of our engines, so many at a time, the warm process being that of a run."""

        def run(units: Sequence[str]) -> None:
            if name == "fork":
                engine.warm(preloaded(self.campaign, str(self.root)))
            outcomes = executors.run([self.job(u, name) for u in units], workers=workers, engine=name)
            if bad := [o for o in outcomes if not o.ok]:
                raise SystemExit(f"{bad[0].job.name} 执行失败：{bad[0].error}")

        return run

    def functions(self, units: Sequence[str]) -> None:
        """The notebook's code as plain calls in this process, shown but not recorded: the limit."""
        for unit in units:
            run_cells(self.job(unit, "functions").parameters)

    def results(self, way: str) -> dict[str, object]:
        """All that a run of the units has made, in a form in which two runs can be compared."""
        made: dict[str, object] = {u: cells_of(self.job(u, way).output) for u in self.units}
        return made | {f"{u}/tables": self.paths.unit_tables(u).read_bytes() for u in self.units}


@contextlib.contextmanager
def _quiet() -> Iterator[None]:
    """Without what kernels write to the terminal: they warn at every start."""
    kept, nowhere = os.dup(2), os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 2)
    try:
        yield
    finally:
        os.dup2(kept, 2)
        os.close(kept)
        os.close(nowhere)


def each(run: Callable[[Sequence[str]], None], units: Sequence[str]) -> float:
    """Seconds a county takes."""
    begun = time.perf_counter()
    run(units)
    return (time.perf_counter() - begun) / len(units)


def run_cells(parameters: dict) -> None:
    """The notebook's code cells, each shown as a notebook would show it."""
    names: dict[str, object] = {"display": shown}
    for cell in json.loads(NOTEBOOK.read_text(encoding="utf-8"))["cells"]:
        if cell["cell_type"] != "code":
            continue
        body = ast.parse("".join(cell["source"])).body
        last = body.pop() if body and isinstance(body[-1], ast.Expr) else None
        exec(compile(ast.Module(body, []), "cell", "exec"), names)
        shown(None if last is None else eval(compile(ast.Expression(last.value), "cell", "eval"), names))
        if "parameters" in cell["metadata"].get("tags", []):
            names |= parameters


def shown(value: object) -> None:
    """Makes what a notebook would show of a value, each block of several."""
    for block in value if isinstance(value, tuple) else (value,):
        if hasattr(block, "_repr_mimebundle_"):
            block._repr_mimebundle_()


def cells_of(path: Path) -> list:
    """Source, outputs and counts of an executed notebook, texts joined, without addresses and process ids."""
    text = re.sub(r"0x[0-9a-f]{6,}|ipykernel_\d+", "", path.read_text(encoding="utf-8"))
    return [[c["cell_type"], *map(_joined, (c["source"], c.get("outputs"), c.get("execution_count")))] for c in json.loads(text)["cells"]]  # fmt: skip


def _joined(value):
    """A notebook's texts may be lists of lines."""
    if isinstance(value, list) and all(isinstance(v, str) for v in value):
        return "".join(value)
    if isinstance(value, list):
        return [_joined(v) for v in value]
    return {k: _joined(v) for k, v in value.items()} if isinstance(value, dict) else value

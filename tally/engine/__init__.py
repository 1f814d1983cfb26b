"""Runs one parameterised notebook: the only place where a notebook is executed.

    execute(notebook, output, parameters)  ->  the executed notebook at `output`, or NotebookFailed

Two engines give equal notebooks. "fork" (Linux) forks a child from a warm process that has the libraries
loaded (`tally.engine.zygote`), so that a notebook costs what its cells cost; "plain" is papermill's own,
a fresh Jupyter kernel for each notebook. Both run under papermill and leave its marks: parameters cell,
timings, the red anchor at a failed cell.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from pathlib import Path
from typing import Any, Literal

from tally.engine.calls import call
from tally.engine.failure import NotebookFailed, Unsupported
from tally.engine.pool import available, close, warm
from tally.errors import TallyError, UsageError

__all__ = ["ENGINES", "Engine", "NotebookFailed", "available", "call", "close", "execute", "warm"]

Engine = Literal["fork", "plain"]
ENGINES: dict[str, str] = {"fork": "tally", "plain": "tally-plain"}  # engine -> its name at papermill


def _log(text: str) -> None:
    logging.getLogger(__name__).warning(text)


def execute(
    notebook: Path,
    output: Path,
    parameters: dict[str, Any],
    *,
    engine: Engine = "fork",
    cell_timeout: float | None = None,
    memory_limit: int | None = None,
    announce: Callable[[str], None] = _log,
) -> None:
    """Runs `notebook` with `parameters` and puts the executed notebook at `output`, whole or not at all.

    `cell_timeout` is in seconds of wall time for each cell; `memory_limit` in bytes, beyond what a process
    with the libraries loaded takes. A notebook that "fork" cannot run (another language, widgets) runs
    on "plain" by itself; `announce` is told so. A parameter that the notebook does not have or that is of
    another type is a UsageError; what is no runnable notebook, and a place that cannot be written, a
    TallyError; a cell that fails, is killed, runs too long or writes without end a NotebookFailed, with the
    notebook up to there at `output`.
    """
    if engine not in ENGINES:
        raise UsageError(f"没有名为 {engine!r} 的执行引擎", f"可用：{'、'.join(ENGINES)}")
    from tally.engine.source import load_notebook

    notebook, output = Path(notebook), Path(output)
    node = load_notebook(notebook, parameters)
    if engine == "fork" and (reason := available()):
        raise TallyError(f"这台机器不能使用 fork 引擎：{reason}", "请改用 --engine plain")
    from tally.engine.run import run_notebook

    options = {"cell_timeout": cell_timeout, "memory_limit": memory_limit}
    try:
        run_notebook(node, notebook, output, parameters, ENGINES[engine], options)
    except Unsupported as e:
        announce(f"{notebook.name}：{e}，改用 plain 引擎执行")
        node = load_notebook(notebook, parameters)
        run_notebook(node, notebook, output, parameters, ENGINES["plain"], options)

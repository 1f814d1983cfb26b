"""How a notebook's run can fail."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

DIED = "NotebookDied"  # the process ended in the middle of a cell
EXITED = "NotebookExited"  # it ended itself
TIMEOUT = "CellTimeoutError"
FLOOD = "OutputFlood"
_ENDED = (DIED, EXITED, TIMEOUT, FLOOD)


@dataclass(eq=False)
class NotebookFailed(Exception):
    """A cell failed. `cell` is its index in the source notebook (0-based), `execution_count` its In [n].

    `output` holds the notebook as far as it came, with a red anchor at the cell.
    """

    notebook: Path
    cell: int
    execution_count: int | None
    ename: str
    evalue: str
    output: Path

    def __post_init__(self) -> None:
        self.args = (self.notebook, self.cell, self.execution_count, self.ename, self.evalue, self.output)

    @property
    def died(self) -> bool:
        """Whether the process was lost, so that another try may succeed."""
        return self.ename == DIED

    @property
    def cause(self) -> str:
        """Why, wherever in the notebook and in whosever notebook it was."""
        return f"{self.ename}: {(self.evalue.strip().splitlines() or [''])[0]}"

    @property
    def remedy(self) -> str:
        """What to do, where the engine ended the cell and says so."""
        return self.evalue.partition("\n")[2].strip() if self.ename in _ENDED else ""

    def __str__(self) -> str:
        count = "" if self.execution_count is None else f"（In [{self.execution_count}]）"
        fact = f"{self.notebook.name} 第 {self.cell + 1} 个单元格{count}出错：{self.cause}（详见 {self.output}）"
        return f"{fact}\n{self.remedy}" if self.remedy else fact


class Unsupported(Exception):
    """The notebook needs something that only a real Jupyter kernel has; the text says what, in Chinese."""


class Stopped(Exception):
    """The run was ended from outside (`tally.engine.close`) while a notebook ran; nothing was written."""


class CellFailed(Exception):
    """A cell cannot go on for a reason outside its code; becomes an error output of the cell."""

    def __init__(self, ename: str, evalue: str, remedy: str = ""):
        super().__init__(f"{evalue}\n{remedy}" if remedy else evalue)
        self.ename, self.evalue, self.remedy = ename, evalue, remedy

    def output(self) -> dict[str, Any]:
        """The error as the content of a Jupyter `error` message."""
        lines = [f"\x1b[31m{self.ename}\x1b[39m: {self.evalue}", *filter(None, [self.remedy])]
        return {"ename": self.ename, "evalue": str(self), "traceback": lines}

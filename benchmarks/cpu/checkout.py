"""One checkout of the project, and the CPU that a program of it takes with all the processes that it starts."""

from __future__ import annotations

import json
import os
import resource
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from tally.system import linux

CELLS = Path(__file__).with_name("cells.py")


@dataclass(frozen=True)
class Checkout:
    """`place`: its folder; `compiled`: where its compiled modules lie, so that no run pays for compiling them."""

    place: Path
    compiled: Path

    def pipeline(self, *words: str) -> float:
        """CPU seconds of a command."""
        return self._cpu([str(self.place / "pipeline.py"), *words])

    def cells(self, root: Path, campaign: str, period: str, units: Sequence[str], times: int) -> float:
        """CPU seconds of the cells of the notebook for one unit, so many times, the units in turn."""
        asked = {"root": str(root), "campaign": campaign, "period": period, "units": [*units], "times": times}
        return self._cpu([str(CELLS), json.dumps(asked)])

    def _python(self) -> str:
        own = self.place / ".venv" / "bin" / "python"
        return str(own) if own.exists() else sys.executable

    def _cpu(self, words: list[str]) -> float:
        """User and system seconds, of processes too that outlive the one that started them. SystemExit where it fails."""
        linux.adopt_orphans()
        environment = os.environ | {"PYTHONPATH": str(self.place), "PYTHONPYCACHEPREFIX": str(self.compiled)}
        environment.pop("PYTHONDONTWRITEBYTECODE", None)
        before = _spent()
        done = subprocess.run([self._python(), *words], cwd=self.place, env=environment, capture_output=True, text=True)
        if done.returncode:
            raise SystemExit(f"{self.place}: {' '.join(words)}\n{done.stdout[-1000:]}{done.stderr[-2000:]}")
        _wait_for_all()
        return _spent() - before


def _spent() -> float:
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    return usage.ru_utime + usage.ru_stime


def _wait_for_all() -> None:
    while True:
        try:
            os.wait()
        except ChildProcessError:
            return

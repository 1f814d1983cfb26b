"""A Dask cluster as an administrator starts it, one process a machine, whose parts are killed and started again."""

from __future__ import annotations

import contextlib
import json
import os
import subprocess
import sys
import time
import uuid
from collections.abc import Iterator
from pathlib import Path

import psutil

from tally.paths import PROJECT
from tests.kills.fire import MARK, living, marked, notebooks, warm_processes, words

DASK = str(Path(sys.executable).with_name("dask"))


def _worker(p: psutil.Process) -> bool:
    """Whether a nanny's child is its worker: the others are helpers of Python's own."""
    return "spawn_main" in " ".join(words(p))


class Cluster:
    """A scheduler and workers, each worker under a nanny of its own. Every process of it carries its mark."""

    def __init__(self, folder: Path, workers: int = 2):
        self.folder, self.mark, self.project = folder, uuid.uuid4().hex, PROJECT
        self.file = folder / "scheduler.json"
        self.scheduler = self._start("scheduler", "--port", "0")
        self.address = self._address()
        self.nannies = [self.worker() for _ in range(workers)]

    def _start(self, kind: str, *more: str) -> psutil.Popen:
        with (self.folder / f"{kind}.log").open("a") as log:
            return psutil.Popen(
                [DASK, kind, "--host", "127.0.0.1", "--scheduler-file", str(self.file), "--no-dashboard", *more],
                cwd=self.folder,
                env={**os.environ, MARK: self.mark, "PYTHONPATH": f"{self.project}{os.pathsep}{PROJECT}"},
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )

    def _address(self) -> str:
        until = time.monotonic() + 60
        while time.monotonic() < until:
            with contextlib.suppress(OSError, ValueError):  # not there yet, or half written
                return json.loads(self.file.read_text())["address"]
            time.sleep(0.05)
        raise AssertionError((self.folder / "scheduler.log").read_text())

    def worker(self, *more: str) -> psutil.Popen:
        """Starts one more machine."""
        place = ("--local-directory", str(self.folder))
        return self._start("worker", "--nthreads", "1", "--nworkers", "1", *place, *more)

    def workers(self) -> list[psutil.Process]:
        return [p for n in self.nannies for p in living(n.pid) if _worker(p)]

    def busy(self) -> list[psutil.Process]:
        """Workers that have had a notebook. A nanny whose worker dies while it starts gives up."""
        return [w for w in self.workers() if warm_processes(w.pid)]

    def warm(self) -> list[psutil.Process]:
        return [p for w in self.workers() for p in warm_processes(w.pid)]

    def notebooks(self) -> list[psutil.Process]:
        return [p for w in self.workers() for p in notebooks(w.pid)]

    def either(self) -> list[psutil.Process]:
        return self.busy() + self.notebooks()

    def machines(self) -> list[psutil.Process]:
        """The nannies of busy workers."""
        busy = {w.pid for w in self.busy()}
        return [n for n in self.nannies if not busy.isdisjoint(p.pid for p in living(n.pid))]

    def mend(self) -> None:
        """Starts dead nannies again, as a service manager does."""
        self.nannies = [n if n.poll() is None else self.worker() for n in self.nannies]

    def _ended(self, process: psutil.Popen) -> None:
        """Waits for one of Dask's own to end; a nanny that is told to while it starts its worker may never do so."""
        dasks = [process, *(p for p in living(process.pid) if _worker(p))]
        try:
            process.wait(5)
        except (psutil.TimeoutExpired, subprocess.TimeoutExpired):
            for p in dasks:
                with contextlib.suppress(psutil.Error):
                    p.kill()
            process.wait(5)

    def close(self) -> list[int]:
        """Ends all; what of it, warm processes and notebooks above all, is left although Dask's own have ended."""
        for machines in (self.nannies, [self.scheduler]):  # a nanny takes its leave of the scheduler
            for process in machines:
                with contextlib.suppress(psutil.Error):
                    process.terminate()
            for process in machines:
                self._ended(process)
        until = time.monotonic() + 10
        while (left := marked(self.mark)) and time.monotonic() < until:
            time.sleep(0.05)
        for pid in left:
            with contextlib.suppress(psutil.Error):
                psutil.Process(pid).kill()
        return left


@contextlib.contextmanager
def cluster(folder: Path, workers: int = 2) -> Iterator[Cluster]:
    """A cluster that leaves no process behind, whatever was done to it."""
    made = Cluster(folder, workers)
    try:
        yield made
    except BaseException:
        made.close()
        raise
    assert made.close() == []

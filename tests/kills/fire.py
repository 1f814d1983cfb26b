"""Runs of the real command line under fire: their processes are found from the run's own tree and killed at random."""

from __future__ import annotations

import contextlib
import os
import re
import signal
import subprocess
import threading
import time
import uuid
from collections.abc import Callable, Iterator
from pathlib import Path
from random import Random

import psutil

from tally.paths import PROJECT
from tests.scale.conftest import Run

MARK = "TALLY_UNDER_FIRE"  # in the environment of a run and of all that it starts, whoever their parent is by now
WARM = "tally.engine.zygote"


def words_of(run: Run, command: str) -> tuple[str, ...]:
    """`check`, `run`, or `city`: the report of the first city, with its counties' pages and files."""
    return ("run", "--area", run.made.cities[0].code) if command == "city" else (command,)


Victims = Callable[[], list[psutil.Process]]


class Driver:
    """A run in a process group of its own, as a terminal starts it; both its streams go to one file."""

    def __init__(self, run: Run, command: str, *more: str):
        self.mark = uuid.uuid4().hex
        self.log = run.root / f"{self.mark}.log"
        with self.log.open("w") as log:
            self.process = subprocess.Popen(
                run.command(*words_of(run, command), *more),
                cwd=PROJECT,
                env={**os.environ, MARK: self.mark},
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )

    def wait(self, seconds: float) -> int | None:
        """Its exit code (negative: the signal that ended it), None if it is still at work after so many seconds."""
        with contextlib.suppress(subprocess.TimeoutExpired):
            return self.process.wait(seconds)
        return None

    def signal(self, number: int) -> None:
        """As a terminal sends it: to the whole process group."""
        os.killpg(self.process.pid, number)

    @property
    def output(self) -> str:
        return self.log.read_text(encoding="utf-8")

    def ended_with_all(self, seconds: float) -> list[int]:
        """The processes of this run that are still there after so many seconds; [] as soon as there is none."""
        until = time.monotonic() + seconds
        while (left := marked(self.mark)) and time.monotonic() < until:
            time.sleep(0.02)
        return left


def marked(mark: str) -> list[int]:
    """All living processes that carry the mark."""
    wanted, pids = f"{MARK}={mark}".encode(), []
    for folder in Path("/proc").glob("[0-9]*"):
        with contextlib.suppress(OSError):  # gone, or another user's
            if wanted in (folder / "environ").read_bytes().split(b"\0"):
                pids.append(int(folder.name))
    return pids


def warm_processes(of: int) -> list[psutil.Process]:
    """The warm processes that the process of this id has started."""
    return [p for p in living(of) if WARM in words(p)]


def notebooks(of: int) -> list[psutil.Process]:
    """The notebooks' processes: children of the warm ones."""
    return [child for p in warm_processes(of) for child in living(p.pid)]


def living(of: int) -> list[psutil.Process]:
    try:
        return [p for p in psutil.Process(of).children() if p.status() != psutil.STATUS_ZOMBIE]
    except psutil.Error:
        return []


def words(p: psutil.Process) -> list[str]:
    try:
        return p.cmdline()
    except psutil.Error:
        return []


class Fire(threading.Thread):
    """Kills one of `victims()` after each random pause until `most` are killed; `parents` are those of the killed."""

    def __init__(self, chance: Random, victims: Victims, pause: tuple[float, float], most: int):
        super().__init__(daemon=True)
        self.chance, self.victims, self.pause, self.most = chance, victims, pause, most
        self.parents, self.over = [], threading.Event()

    @property
    def hits(self) -> int:
        return len(self.parents)

    def run(self) -> None:
        while self.hits < self.most and not self.over.wait(self.chance.uniform(*self.pause)):
            if pids := self.victims():
                with contextlib.suppress(psutil.Error):
                    victim = self.chance.choice(pids)
                    parent = victim.ppid()
                    victim.kill()
                    self.parents.append(parent)


@contextlib.contextmanager
def firing(fire: Fire) -> Iterator[Fire]:
    fire.start()
    try:
        yield fire
    finally:
        fire.over.set()
        fire.join()


def reported(output: str) -> list[str]:
    """The lines that name a unit whose notebook was given up."""
    return re.findall(r"^.*：处理失败，已跳过：.*$", output, re.MULTILINE)


def interrupt(driver: Driver) -> float:
    """Sends Ctrl-C and waits until nothing of the run is left; the seconds that took."""
    begun = time.monotonic()
    driver.signal(signal.SIGINT)
    left = None if driver.wait(30) is None else driver.ended_with_all(30)
    assert left == [], f"still there after {time.monotonic() - begun:.0f} s: {left}"
    return time.monotonic() - begun

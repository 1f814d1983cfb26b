"""A run is disturbed by what is no kill: a full disk, a clock that jumps, returns that change under its hands, a second run."""

from __future__ import annotations

import os
import resource
import shutil
import signal
import subprocess
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from random import Random

import pytest

from tally.paths import PROJECT
from tests.kills.conftest import Nation
from tests.kills.fire import Driver, words_of
from tests.scale.conftest import Run

JUMPS = """
import os, random, time
_chance, _time = random.Random(int(os.environ["TALLY_JUMPS"])), time.time
time.time = lambda: _time() + _chance.choice((0, 0, -3600, -259200, 34560000))
"""
Disturbed = Callable[[Run, str, Random], str]  # runs once, disturbed; what was printed


def _ran(run: Run, command: str, **more) -> str:
    words = run.command(*words_of(run, command), "--jobs", "2")
    done = subprocess.run(words, cwd=PROJECT, capture_output=True, text=True, timeout=300, **more)
    return done.stdout + done.stderr


def full_disk(run: Run, command: str, chance: Random) -> str:
    """No file can become larger than some bytes: what is written fails as on a full disk."""
    size = chance.choice((0, 60, 700, 5_000, 30_000))

    def limit() -> None:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))

    return _ran(run, command, preexec_fn=limit)


def jumping_clock(run: Run, command: str, chance: Random) -> str:
    """Each look at the clock may be hours or years off, in every process of the run."""
    place = run.root / "jumps"
    place.mkdir(exist_ok=True)
    (place / "sitecustomize.py").write_text(JUMPS)
    clock = {"TALLY_JUMPS": str(chance.randrange(10**6)), "PYTHONPATH": os.fspath(place)}
    try:
        return _ran(run, command, env=os.environ | clock)
    finally:
        shutil.rmtree(place)


def returns_that_change(run: Run, command: str, chance: Random) -> str:
    """Returns are replaced by another unit's and put back, size and time as before, while the run reads them."""
    files = sorted(p for p in (run.root / "data" / "raw").rglob("*.xlsx"))
    with _exchanging(files, chance):
        return _ran(run, command)


@contextmanager
def _exchanging(files: list[Path], chance: Random) -> Iterator[None]:
    over = threading.Event()

    def exchange() -> None:
        while not over.wait(chance.uniform(0, 0.05)):
            first, second = chance.sample(files, 2)
            sound, status = first.read_bytes(), first.stat()
            _put(first, second.read_bytes())
            over.wait(chance.uniform(0, 0.3))
            _put(first, sound)
            os.utime(first, ns=(status.st_atime_ns, status.st_mtime_ns))

    thread = threading.Thread(target=exchange, daemon=True)
    thread.start()
    try:
        yield
    finally:
        over.set()
        thread.join()


def _put(place: Path, content: bytes) -> None:
    part = place.with_name(f".{place.name}.coming")
    part.write_bytes(content)
    part.replace(place)


def second_run(run: Run, command: str, chance: Random) -> str:
    """Another run on the same root begins some moments later; one of them is told to wait."""
    first = Driver(run, command, "--jobs", "2")
    first.wait(chance.uniform(0.2, 3))
    second = Driver(run, command, "--jobs", "2")
    assert second.wait(300) is not None and first.wait(300) is not None
    output = first.output + second.output
    for driver in (first, second):
        assert driver.ended_with_all(10) == []
        driver.log.unlink()
    return output


DISTURBANCES: dict[str, Disturbed] = {
    "full disk": full_disk,
    "jumping clock": jumping_clock,
    "returns that change": returns_that_change,
    "second run": second_run,
}


def disturb(nation: Nation, run: Run, kind: str, command: str, seed: int, times: int) -> None:
    chance = Random(seed)
    for _ in range(times):
        output = DISTURBANCES[kind](run, command, chance)
        assert "Traceback" not in output, output
    nation.assert_ends_well(run, command)


def test_returns_that_change_while_they_are_read_leave_no_trace(nation: Nation, tmp_path):
    disturb(nation, nation.fresh(tmp_path), "returns that change", "check", seed=1, times=1)


@pytest.mark.slow
@pytest.mark.parametrize("kind", DISTURBANCES)
@pytest.mark.parametrize(("command", "seed"), [("check", 10), ("check", 11), ("city", 20)])
def test_a_disturbed_run_is_made_good_by_the_next(nation: Nation, tmp_path, kind, command, seed):
    disturb(nation, nation.fresh(tmp_path), kind, command, seed, times=5)

"""The driver itself is killed, or told to stop by Ctrl-C, at any moment; the next run goes on from there."""

from __future__ import annotations

import re
import signal
from random import Random

import pytest

from tests.kills.conftest import Nation
from tests.kills.fire import Driver, interrupt
from tests.scale.conftest import Run

# A killed run ends in so many seconds with all it started. Within one second is what is promised of Ctrl-C; measured
# times stand in docs/performance.md, this margin is for a machine with other work.
GONE = 5
TOLD = re.compile(r"上次运行（.+ 上的进程 \d+，开始于 .+）没有正常结束，从断点继续")
START = 0.3  # before, it is Python itself that is interrupted
DONE = {"check": "\n数据：", "run": "\n报告："}
LATEST = {"check": 3.0, "run": 8.0}  # seconds after the start at which the last kills come


def killed(run: Run, command: str, seed: int, kills: int) -> int:
    """Kills so many runs in a row; how many of them were still at work."""
    chance, hits = Random(seed), 0
    for _ in range(kills):
        driver = Driver(run, command, "--jobs", "2")
        if driver.wait(chance.uniform(0.05, LATEST[command])) is None:
            driver.process.kill()
            hits += driver.wait(10) == -signal.SIGKILL
        assert driver.ended_with_all(GONE) == []
        assert "Traceback" not in driver.said, driver.said
        driver.log.unlink()
    return hits


def interrupted(run: Run, command: str, seed: int, kills: int) -> int:
    """Sends so many runs in a row Ctrl-C; how many of them were still at work."""
    chance, hits, times = Random(seed), 0, []
    for _ in range(kills):
        driver = Driver(run, command, "--jobs", "2")
        if driver.wait(chance.uniform(START, LATEST[command])) is None:
            times.append(interrupt(driver))
            told = "再次运行会接着做" in driver.said
            assert told == (driver.process.returncode == 130), driver.said
            # Else the work was done, and Python itself was about to end.
            assert told or (driver.process.returncode in (0, -signal.SIGINT) and DONE[command] in driver.said), driver.said
            hits += told
            assert not [p for p in run.root.rglob(".*") if p.is_file()]
        assert "Traceback" not in driver.said, driver.said
        driver.log.unlink()
    print("seconds from Ctrl-C to the end of all:", *(f"{t:.2f}" for t in sorted(times)))
    assert max(times, default=0) < GONE
    return hits


WAYS = {"killed": killed, "interrupted": interrupted}


@pytest.mark.parametrize("way", WAYS)
def test_a_stopped_driver_changes_nothing_in_the_end(nation: Nation, tmp_path, way):
    run = nation.fresh(tmp_path)
    assert WAYS[way](run, "check", 1, 3) >= 2
    nation.assert_ends_well(run, "check")


@pytest.mark.slow
@pytest.mark.parametrize(
    ("way", "command", "kills", "seed"),
    [(way, "check", 6, seed) for way in WAYS for seed in range(10, 18)]
    + [(way, "run", 5, seed) for way in WAYS for seed in range(20, 24)],
)
def test_a_driver_stopped_many_times_changes_nothing_in_the_end(nation: Nation, tmp_path, way, command, kills, seed):
    run = nation.fresh(tmp_path)
    assert WAYS[way](run, command, seed, kills) >= kills / 2
    nation.assert_ends_well(run, command)

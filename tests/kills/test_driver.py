"""The driver itself is killed, or told to stop by Ctrl-C, at any moment; the next run goes on from there."""

from __future__ import annotations

import signal
from collections.abc import Callable
from random import Random

import pytest

from tests.kills.conftest import Nation, holder
from tests.kills.fire import Driver, interrupt
from tests.scale.conftest import Run

# Within so many seconds of its driver's end nothing of a run is left. Of Ctrl-C one second is promised: measured times
# stand in docs/performance.md, this margin is for a machine with other work.
GONE = 5
START = 0.3  # seconds; before, it is Python itself that is stopped
DONE = {"check": "\n数据：", "run": "\n报告：", "city": "\n报告："}
GOES_ON = "没有正常结束，从断点继续"


def killed(driver: Driver, run: Run, command: str) -> bool:
    """Kills the driver; whether it was still at work."""
    driver.process.kill()
    hit = driver.wait(10) == -signal.SIGKILL
    assert driver.ended_with_all(GONE) == []
    return hit


def interrupted(driver: Driver, run: Run, command: str) -> bool:
    """Sends Ctrl-C; whether the run was still at work."""
    took, code, output = interrupt(driver), driver.process.returncode, driver.output
    print(f"{took:.2f} s from Ctrl-C to the end of all")
    assert took < GONE
    hit = "再次运行会接着做" in output
    assert hit == (code == 130), output
    assert hit or (code in (0, -signal.SIGINT) and DONE[command] in output), output  # Python itself was about to end
    assert not [p for p in run.root.rglob(".*") if p.is_file()]
    return hit


Stop = Callable[[Driver, Run, str], bool]


def stopped(nation: Nation, run: Run, command: str, ways: list[Stop], chance: Random) -> None:
    """Stops runs in these ways one after the other, each at a random moment of its work."""
    nation.expected(command)
    whole = False
    for way in ways:
        hit = False
        while not hit:
            left_behind = holder(run)
            driver = Driver(run, command, "--jobs", "2", *["--force"] * whole)
            if driver.wait(chance.uniform(START, nation.seconds[command])) is None:
                hit = way(driver, run, command)
            whole, output = not hit, driver.output
            assert "Traceback" not in output, output
            if output and left_behind:
                assert f"进程 {left_behind['pid']}，" in output and GOES_ON in output, output
            driver.log.unlink()


def test_a_stopped_driver_changes_nothing_in_the_end(nation: Nation, tmp_path):
    run = nation.fresh(tmp_path)
    stopped(nation, run, "check", [killed, interrupted], Random(1))
    nation.assert_ends_well(run, "check")


@pytest.mark.slow
@pytest.mark.parametrize(
    ("way", "command", "kills", "seed"),
    [
        *((killed, "check", 6, seed) for seed in range(10, 16)),
        *((killed, "run", 5, seed) for seed in range(20, 22)),
        *((killed, "city", 5, seed) for seed in range(25, 27)),
        *((interrupted, "check", 6, seed) for seed in range(30, 36)),
        *((interrupted, "run", 5, seed) for seed in range(40, 42)),
        *((interrupted, "city", 5, seed) for seed in range(45, 47)),
    ],
)
def test_a_driver_stopped_many_times_changes_nothing_in_the_end(nation: Nation, tmp_path, way, command, kills, seed):
    run = nation.fresh(tmp_path)
    stopped(nation, run, command, [way] * kills, Random(seed))
    nation.assert_ends_well(run, command)

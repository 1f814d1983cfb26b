"""Notebooks' processes and the warm process are killed again and again while a run goes on."""

from __future__ import annotations

from functools import partial
from random import Random

import pytest

from tests.kills.conftest import Nation, all_lost
from tests.kills.fire import Driver, Fire, firing, notebooks, reported, warm_processes
from tests.scale.conftest import Run

# What is killed, and how often.
KINDS = {"notebook": (notebooks, (0.02, 0.25)), "warm": (warm_processes, (0.1, 1.6))}
JOBS = 2
LOST_REPORT = (
    "ipynb 没有执行成功",
    " 没有完成：笔记本进程意外结束",
)  # the report, or what goes with it, was lost twice


def under_fire(run: Run, kind: str, command: str, seed: int, kills: int) -> int:
    """Runs until so many kills have hit; the number of hits. Every run must end by itself and tell what it lost."""
    victims, pause = KINDS[kind]
    chance, hits, whole = Random(seed), 0, False
    while hits < kills:
        driver = Driver(run, command, "--jobs", str(JOBS), *["--force"] * whole)
        with firing(Fire(chance, partial(victims, driver.process.pid), pause, kills - hits)) as fire:
            code = driver.wait(240)
        output, lost = driver.output, reported(driver.output)
        assert "Traceback" not in output, output
        assert driver.ended_with_all(5) == []
        given_up = any(words in output for words in LOST_REPORT)
        remedies = sum("原因同上" not in line for line in lost) + given_up  # a cause is told once
        assert code == (given_up or all_lost(lost)), output
        assert output.count("办法：") == remedies, output
        losses = sum(JOBS if parent == driver.process.pid else 1 for parent in fire.parents)
        assert 2 * (len(lost) + given_up) <= losses, output  # given up only after the second loss
        assert all("进程" in line or "原因同上" in line for line in lost), output
        hits, whole = hits + fire.hits, not lost and not given_up
        driver.log.unlink()
    return hits


def test_killed_processes_change_nothing_in_the_end(nation: Nation, tmp_path):
    run = nation.fresh(tmp_path)
    assert under_fire(run, "notebook", "check", seed=1, kills=5) >= 5
    assert under_fire(run, "warm", "check", seed=2, kills=2) >= 2
    nation.assert_ends_well(run, "check")


@pytest.mark.slow
@pytest.mark.parametrize(
    ("kind", "command", "kills", "seed"),
    [
        *(("notebook", "check", 25, seed) for seed in range(10, 14)),
        *(("notebook", "run", 12, seed) for seed in range(20, 22)),
        *(("notebook", "city", 15, seed) for seed in range(25, 27)),
        *(("warm", "check", 6, seed) for seed in range(30, 34)),
        *(("warm", "run", 5, seed) for seed in range(40, 42)),
        *(("warm", "city", 5, seed) for seed in range(45, 47)),
    ],
)
def test_many_killed_processes_change_nothing_in_the_end(nation: Nation, tmp_path, kind, command, kills, seed):
    run = nation.fresh(tmp_path)
    assert under_fire(run, kind, command, seed, kills) >= kills
    nation.assert_ends_well(run, command)

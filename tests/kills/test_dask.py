"""A run on a Dask cluster whose workers, nannies, warm processes and notebooks are killed while it goes on."""

from __future__ import annotations

from random import Random

import pytest

from tests.kills.cluster import Cluster, cluster
from tests.kills.conftest import Nation, all_lost
from tests.kills.fire import Driver, Fire, firing, reported
from tests.scale.conftest import Run

PAUSES = {
    "busy": (0.3, 2.5),
    "machines": (0.5, 4.0),
    "warm": (0.3, 1.5),
    "notebooks": (0.05, 0.4),
    "either": (0.1, 1.0),
}


@pytest.fixture(scope="module")
def machines(tmp_path_factory):
    with cluster(tmp_path_factory.mktemp("cluster")) as made:
        yield made


def on(machines: Cluster) -> tuple[str, ...]:
    return ("--executor", "dask", "--scheduler", machines.address)


def under_fire(run: Run, machines: Cluster, kind: str, seed: int, kills: int) -> int:
    """Runs until so many kills have hit; how many did. Every run must end by itself and tell what it lost."""
    chance, hits, whole = Random(seed), 0, False
    while hits < kills:
        driver = Driver(run, "check", *on(machines), *["--force"] * whole)

        def victims() -> list:
            machines.mend()
            return getattr(machines, kind)()

        with firing(Fire(chance, victims, PAUSES[kind], kills - hits)) as fire:
            code = driver.wait(240)
        output, lost = driver.output, reported(driver.output)
        assert code == all_lost(lost) and "Traceback" not in output, output
        assert driver.ended_with_all(5) == []
        assert output.count("办法：") == sum("原因同上" not in line for line in lost), output  # a cause is told once
        assert 2 * len(lost) <= 2 * fire.hits, output
        hits, whole = hits + fire.hits, not lost
        driver.log.unlink()
    return hits


@pytest.mark.slow
def test_a_killed_worker_and_notebook_change_nothing_in_the_end(nation: Nation, machines, tmp_path):
    run = nation.fresh(tmp_path)
    assert under_fire(run, machines, "either", seed=1, kills=3) >= 3
    nation.assert_ends_well(run, "check")


@pytest.mark.slow
@pytest.mark.parametrize(
    ("kind", "kills", "seed"),
    [
        *(("busy", 6, seed) for seed in range(10, 13)),
        *(("machines", 4, seed) for seed in range(20, 22)),
        *(("warm", 6, seed) for seed in range(30, 32)),
        *(("notebooks", 15, seed) for seed in range(40, 42)),
    ],
)
def test_killed_parts_of_a_cluster_change_nothing_in_the_end(nation: Nation, machines, tmp_path, kind, kills, seed):
    run = nation.fresh(tmp_path)
    assert under_fire(run, machines, kind, seed, kills) >= kills
    machines.mend()
    nation.assert_ends_well(run, "check", *on(machines))

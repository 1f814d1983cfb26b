"""As many seeded kills as `TALLY_KILLS` says (1,000 by `make nightly`, 20 otherwise), over every kind of process, in turns."""

from __future__ import annotations

import os
from random import Random

import pytest

from tests.kills import test_dask, test_notebooks
from tests.kills.cluster import cluster
from tests.kills.conftest import Nation
from tests.kills.test_driver import interrupted, killed, stopped

KILLS = int(os.environ.get("TALLY_KILLS", "20"))
SEED = int(os.environ.get("TALLY_SEED", "1"))
# Share of the kills, and how many hit one root before its results are compared.
NOTEBOOKS = {("notebook", "check"): (0.25, 25), ("notebook", "city"): (0.15, 15), ("warm", "check"): (0.15, 6), ("warm", "city"): (0.05, 5)}  # fmt: skip
DRIVERS = {(killed, "check"): (0.1, 6), (killed, "city"): (0.05, 5), (interrupted, "check"): (0.05, 6)}
ON_DASK = {"busy": (0.05, 6), "warm": (0.05, 4), "notebooks": (0.1, 10)}


def rounds(share: float, size: int) -> list[int]:
    """How often a root is hit, for each root that it takes."""
    due = max(1, round(KILLS * share))
    return [min(size, due - done) for done in range(0, due, size)]


@pytest.mark.slow
@pytest.mark.parametrize(("kind", "command"), NOTEBOOKS)
def test_notebooks_and_warm_processes(nation: Nation, tmp_path, kind, command):
    for n, kills in enumerate(rounds(*NOTEBOOKS[kind, command])):
        run = nation.fresh(tmp_path / str(n))
        assert test_notebooks.under_fire(run, kind, command, SEED * 1000 + n, kills) >= kills
        nation.assert_ends_well(run, command)


@pytest.mark.slow
@pytest.mark.parametrize(("way", "command"), DRIVERS, ids=lambda v: getattr(v, "__name__", v))
def test_drivers(nation: Nation, tmp_path, way, command):
    for n, kills in enumerate(rounds(*DRIVERS[way, command])):
        run = nation.fresh(tmp_path / str(n))
        stopped(nation, run, command, [way] * kills, Random(SEED * 1000 + n))
        nation.assert_ends_well(run, command)


@pytest.mark.slow
@pytest.mark.parametrize("kind", ON_DASK)
def test_dask_workers_and_what_runs_on_them(nation: Nation, tmp_path, tmp_path_factory, kind):
    with cluster(tmp_path_factory.mktemp("cluster")) as machines:
        for n, kills in enumerate(rounds(*ON_DASK[kind])):
            run = nation.fresh(tmp_path / str(n))
            assert test_dask.under_fire(run, machines, kind, SEED * 1000 + n, kills) >= kills
            nation.assert_ends_well(run, "check")

"""The same jobs on a Dask cluster: what is lost is tried again or told, never silent."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tally.errors import TallyError, UsageError
from tally.executors import dask as dask_executor
from tally.executors import run
from tally.executors.encrypted import refuse_open
from tests.unit.engine.test_executors import jobs_of, shown, wait_for


@pytest.fixture
def cluster():
    from distributed import LocalCluster

    with LocalCluster(n_workers=2, threads_per_worker=1, processes=True, dashboard_address=None) as made:
        yield made


def on(cluster, jobs, **options):
    return run(jobs, workers=2, executor="dask", scheduler=cluster.scheduler_address, **options)


# The notebook's parent is the warm process, whose parent is the Dask worker.
KILL_WORKER = (
    "import os, time\nif unit == '1':\n"
    "    os.kill(int(open(f'/proc/{os.getppid()}/stat').read().rsplit(')', 1)[1].split()[1]), 9); time.sleep(60)\nunit"
)


@pytest.mark.slow
def test_outcomes_come_in_order_from_the_workers(book, cluster):
    jobs, seen = jobs_of(book, "import os\nif unit == '2': 1 / 0\nunit", 4), []
    outcomes = on(cluster, jobs, on_done=seen.append)
    assert [o.ok for o in outcomes] == [True, True, False, True] and len(seen) == 4
    assert "ZeroDivisionError" in outcomes[2].error and shown(jobs[3]) == "'3'"


@pytest.mark.slow
def test_a_notebook_that_always_kills_its_worker_costs_only_itself(book, cluster):
    outcomes = on(cluster, jobs_of(book, KILL_WORKER, 4))
    assert [o.ok for o in outcomes] == [True, False, True, True]
    assert "工作节点每次都意外结束" in outcomes[1].error


@pytest.mark.slow
def test_a_lost_worker_is_made_up_for(book, cluster):
    marker = book.folder / "marker"
    cell = KILL_WORKER.replace(
        "if unit == '1':", f"if unit == '1' and not os.path.exists({str(marker)!r}):\n    open({str(marker)!r}, 'w')"
    )
    assert all(o.ok for o in on(cluster, jobs_of(book, cell, 4)))


@pytest.fixture
def machines(tmp_path):
    """A scheduler and a worker as an administrator starts them; yields the scheduler's process and address."""
    place = tmp_path / "scheduler.json"
    parts = (
        ["scheduler", "--host", "127.0.0.1", "--port", "0", "--no-dashboard"],
        ["worker", "--host", "127.0.0.1", "--nthreads", "1", "--no-dashboard"],
    )
    started = [
        subprocess.Popen(
            [str(Path(sys.executable).with_name("dask")), *p, "--scheduler-file", str(place)], stderr=subprocess.DEVNULL
        )
        for p in parts
    ]
    assert wait_for(place.exists, 30)
    time.sleep(0.2)  # the file is there before it is written
    yield started[0], json.loads(place.read_text())["address"]
    for process in started:
        process.terminate()
    for process in started:
        process.wait(20)


@pytest.mark.slow
def test_a_lost_scheduler_is_told_and_finished_work_stays(book, machines, monkeypatch):
    monkeypatch.setattr(dask_executor, "LOST_SECONDS", 1)
    scheduler, address = machines
    jobs = jobs_of(book, "import time\nif unit != '0': time.sleep(20)\nunit", 3)
    begun = time.monotonic()
    with pytest.raises(TallyError, match="Dask 调度器.*失联") as e:
        run(jobs, workers=1, executor="dask", scheduler=address, on_done=lambda outcome: scheduler.kill())
    assert "重新运行" in e.value.remedy
    assert shown(jobs[0]) == "'0'" and not jobs[2].output.exists() and time.monotonic() - begun < 60


@pytest.mark.slow
def test_a_scheduler_that_is_not_there_is_told(book):
    with pytest.raises(TallyError, match="连接不上 Dask 调度器 tcp://127.0.0.1:1") as e:
        run(jobs_of(book, "1", 1), workers=1, executor="dask", scheduler="tcp://127.0.0.1:1")
    assert "dask scheduler" in e.value.remedy


def test_dask_needs_an_address(book):
    with pytest.raises(UsageError, match="没有给出 Dask 调度器地址"):
        run(jobs_of(book, "1", 1), workers=1, executor="dask")


@pytest.mark.parametrize(
    "address", ["tcp://10.0.0.1:8786", "10.0.0.1:8786", "tcp://scheduler:8786", "ws://[2001:db8::1]:1"]
)
def test_a_scheduler_that_others_on_the_network_reach_is_refused_without_encryption(book, address):
    with pytest.raises(UsageError, match="没有加密") as e:
        run(jobs_of(book, "1", 1), workers=1, executor="dask", scheduler=address)
    assert "--without-tls" in e.value.remedy


@pytest.mark.parametrize(
    "address", ["tls://10.0.0.1:8786", "tcp://127.0.0.1:1", "tcp://[::1]:1", "localhost:1", "inproc://1/2"]
)
def test_what_is_encrypted_or_of_this_machine_alone_may_be_used(address):
    refuse_open([address])


def test_a_cluster_that_listens_to_the_network_is_refused_although_it_is_reached_by_loopback():
    with pytest.raises(UsageError, match="10.0.0.7"):
        refuse_open(["tcp://127.0.0.1:8786", "tcp://10.0.0.7:40001"])

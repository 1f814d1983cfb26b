"""A Dask cluster whose workers share no folder with the driver: the results are those of a run on a folder."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import time
from urllib.parse import quote

import pytest

from tally.paths import PROJECT
from tests.remote.conftest import COUNTIES, Remote, below, new_bucket, result_of, unit_folder


@pytest.fixture
def cluster(wire, tmp_path, monkeypatch):
    """Two workers, each a process of its own; their working copies lie apart from the driver's."""
    from distributed import LocalCluster

    monkeypatch.setenv("TALLY_CACHE", str(tmp_path / "workers"))
    with LocalCluster(n_workers=2, threads_per_worker=1, processes=True, dashboard_address=":0") as made:
        yield made


def on(cluster) -> tuple[str, ...]:
    return "--executor", "dask", "--scheduler", cluster.scheduler_address


def test_workers_without_a_shared_folder_make_the_same(remote, cluster, checked, tmp_path):
    done = remote.pipeline("check", *on(cluster))
    assert done.returncode == 0, done.stdout + done.stderr
    assert remote.results() == checked
    notebooks = [n for n in remote.bucket.names() if n.endswith(".ipynb")]
    assert len(notebooks) == COUNTIES
    here = next(remote.cache.glob("*/root"))
    for name in notebooks:
        text = remote.bucket.get(name).decode()
        assert str(here) in text and str(tmp_path / "workers") not in text
    again = remote.pipeline("check", *on(cluster))
    assert "没有任何变化" in again.stdout, again.stdout + again.stderr


@pytest.mark.slow
def test_a_report_made_with_a_cluster_is_the_same(remote, cluster, on_folder):
    done = remote.pipeline("run", *on(cluster))
    assert done.returncode == 0, done.stdout + done.stderr
    assert remote.results() == on_folder


@pytest.mark.slow
def test_a_later_period_has_what_the_workers_made_of_the_earlier_one(wire, cluster, tmp_path):
    """The project's own sample: cumulative columns are compared with the period before, on the workers."""
    folder = tmp_path / "folder"
    for period in ("2021-04", "2021-05"):
        shutil.copytree(PROJECT / "data/raw/masks_2021" / period, folder / "data/raw/masks_2021" / period)
    bucket = new_bucket()
    for name, content in below(folder).items():
        bucket.put(name, content)
    command = [sys.executable, str(PROJECT / "pipeline.py"), "check", "2021-05"]
    for root, more in ((str(folder), ()), (bucket.url, ("--cache", str(tmp_path / "cache"), *on(cluster)))):
        done = subprocess.run([*command, "--root", root, *more], cwd=PROJECT, capture_output=True, text=True)
        assert done.returncode == 0, done.stdout + done.stderr
    assert result_of(bucket.all()) == result_of(below(folder))


@pytest.mark.slow
def test_a_notebook_that_fails_on_a_worker_can_be_opened_by_the_driver(remote, cluster):
    done = remote.pipeline("check", *on(cluster), "--cell-timeout", "0.01")
    assert "处理失败，已跳过" in done.stdout
    assert not [n for n in remote.bucket.names() if "/units/" in n and n.endswith(("state.json", "cases.parquet"))]
    assert len([n for n in remote.bucket.names() if n.endswith(".ipynb")]) == COUNTIES
    assert len(list(remote.cache.glob("*/root/reports/*/*/runs/*.ipynb"))) == COUNTIES
    again = remote.pipeline("check", *on(cluster))
    assert again.returncode == 0 and f"[{COUNTIES}/{COUNTIES}]" in again.stdout


@pytest.mark.slow
def test_a_driver_killed_while_workers_are_at_work_is_taken_up(remote, cluster, checked, wire):
    process = subprocess.Popen(
        remote.command("check", *on(cluster)), cwd=PROJECT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    first = unit_folder(remote, 0).rpartition("/")[0]

    def at(method: str, path: str) -> None:
        if method == "PUT" and first in path and process.poll() is None:
            os.kill(process.pid, signal.SIGKILL)

    wire.at = at
    assert process.wait(120) == -signal.SIGKILL
    wire.at = lambda method, path: None
    time.sleep(1)
    done = remote.pipeline("check", *on(cluster))
    assert done.returncode == 0, done.stdout + done.stderr
    assert remote.results() == checked


@pytest.mark.slow
def test_a_return_replaced_while_workers_are_at_work_is_told_and_read_by_the_next_run(remote, cluster, checked, wire):
    unit = remote.made.made.counties[1]
    name = next(n for n in remote.bucket.names() if f"/{unit.code}{unit.name}/" in n)
    content, asked = remote.bucket.get(name), []

    def at(method: str, path: str) -> None:
        if method == "GET" and path.endswith(quote(name)):
            asked.append(path)
            if len(asked) == 2:  # the driver has had it, now a worker asks
                remote.bucket.put(name, content + b" ")

    wire.at = at
    done = remote.pipeline("check", *on(cluster))
    assert f"{unit.name}：处理失败，已跳过" in done.stdout and "运行期间被改动" in done.stdout, done.stderr
    wire.at = lambda method, path: None
    remote.bucket.put(name, content)
    done = remote.pipeline("check", *on(cluster))
    assert done.returncode == 0 and "[1/1]" in done.stdout, done.stderr
    assert remote.results() == checked


def test_two_notebooks_on_one_machine_have_a_working_copy_each(wire, bucket, tmp_path, monkeypatch):
    from tally.executors import remote_worker
    from tally.store.remote.address import Address

    monkeypatch.setenv("TALLY_CACHE", str(tmp_path))
    address = Address(bucket.url)
    with remote_worker._copy(address) as one, remote_worker._copy(address) as two:
        assert one.root != two.root
        first = one.root
    with remote_worker._copy(address) as again:
        assert again.root == first


def test_a_cluster_of_which_nothing_is_due_is_not_asked_for(ran: Remote):
    done = ran.pipeline("check", "--executor", "dask", "--scheduler", "tcp://127.0.0.1:1")
    assert done.returncode == 0, done.stderr

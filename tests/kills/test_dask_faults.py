"""What can go wrong with a Dask cluster as a whole: each ends well, or says what to do, and the next run goes on."""

from __future__ import annotations

import contextlib
import shutil
import signal
import subprocess
import sys
import time

import psutil
import pytest

from tally.errors import TallyError
from tally.executors import dask as dask_executor
from tally.executors import run as run_jobs
from tally.paths import PROJECT
from tests.kills.cluster import Cluster, cluster
from tests.kills.conftest import Nation, holder
from tests.kills.fire import Driver, interrupt
from tests.unit.engine.conftest import Written
from tests.unit.engine.test_executors import jobs_of, wait_for

pytestmark = pytest.mark.slow

# The notebook's parent is the warm process, whose parent is the Dask worker.
WORKER = "int(open(f'/proc/{os.getppid()}/stat').read().rsplit(')', 1)[1].split()[1])"


@pytest.fixture(scope="module")
def machines(tmp_path_factory):
    with cluster(tmp_path_factory.mktemp("cluster")) as made:
        yield made


@pytest.fixture
def book(tmp_path) -> Written:
    return Written(tmp_path)


def on(machines: Cluster) -> tuple[str, ...]:
    return ("--executor", "dask", "--scheduler", machines.address)


def at_work(machines: Cluster) -> bool:
    return wait_for(machines.notebooks, 60)


def falls_quiet(machines: Cluster, seconds: float) -> bool:
    """Whether within so many seconds no notebook runs, and none is begun for a second."""
    until = quiet = time.monotonic()
    while quiet < until + seconds and time.monotonic() - quiet < 1:
        if machines.notebooks():
            quiet = time.monotonic()
        time.sleep(0.02)
    return time.monotonic() - quiet >= 1


@pytest.mark.parametrize("way", ["killed", "interrupted"])
def test_a_driver_that_ends_leaves_no_notebook_running_on_the_workers(nation: Nation, machines, tmp_path, way):
    run = nation.fresh(tmp_path)
    driver = Driver(run, "check", *on(machines))
    assert at_work(machines)
    if way == "killed":
        driver.process.kill()
    else:
        assert interrupt(driver) < 5
        assert driver.process.returncode == 130 and "再次运行会接着做" in driver.output
    assert falls_quiet(machines, 10)
    nation.assert_ends_well(run, "check", *on(machines))


ONE_JOB = (
    "import sys; from pathlib import Path; from tally.executors import Job, run\n"
    "run([Job('a', Path(sys.argv[1]), Path(sys.argv[2]), {'unit': '1'})], workers=1, engine=sys.argv[4],"
    " executor='dask', scheduler=sys.argv[3])"
)


@pytest.mark.parametrize("engine", ["fork", "plain"])
def test_a_notebook_that_is_no_longer_wanted_is_ended(book, machines, engine):
    """However long it would still take: a run that begins since must not find its tables written over by it."""
    place = book.folder / "pid"
    notebook = book.path(f"import os, time\nopen({str(place)!r}, 'w').write(str(os.getpid()))\ntime.sleep(600)")
    words = [str(notebook), str(book.folder / "out.ipynb"), machines.address, engine]
    driver = subprocess.Popen([sys.executable, "-c", ONE_JOB, *words], cwd=PROJECT)
    assert wait_for(lambda: place.exists() and place.read_text(), 60)
    notebook = psutil.Process(int(place.read_text()))
    driver.kill()
    driver.wait()
    assert wait_for(lambda: _gone(notebook), 10)


def _gone(p: psutil.Process) -> bool:
    with contextlib.suppress(psutil.NoSuchProcess):
        return p.status() == psutil.STATUS_ZOMBIE
    return True


def test_a_scheduler_killed_in_the_middle_ends_the_run_with_a_remedy(nation: Nation, tmp_path, tmp_path_factory):
    run = nation.fresh(tmp_path)
    with cluster(tmp_path_factory.mktemp("lost")) as machines:
        driver = Driver(run, "check", *on(machines))
        assert wait_for(lambda: "[3/" in driver.output, 60)
        machines.scheduler.kill()
        assert driver.wait(60) == 1
        output = driver.output
        assert f"错误：Dask 调度器 {machines.address} 失联" in output and "重新运行，会从断点继续" in output, output
        assert "Traceback" not in output, output
        assert driver.ended_with_all(5) == []
        driver.log.unlink()
    done = len(list(run.paths.processed.glob("units/*/state.json")))
    assert 3 <= done < len(run.made.counties)
    nation.assert_ends_well(run, "check")


def test_two_drivers_on_one_root_do_not_mix(nation: Nation, machines, tmp_path):
    run = nation.fresh(tmp_path)
    first = Driver(run, "check", *on(machines))
    assert wait_for(lambda: holder(run), 60)
    first.process.send_signal(signal.SIGSTOP)  # so that it still holds the root when the second comes
    second = Driver(run, "check", *on(machines))
    assert second.wait(60) == 1
    assert f"上的进程 {first.process.pid}" in second.output and "请等它结束后再运行" in second.output, second.output
    first.process.send_signal(signal.SIGCONT)
    assert first.wait(120) == 0, first.output
    for driver in (first, second):
        driver.log.unlink()
    nation.assert_ends_well(run, "check", *on(machines))


def test_two_drivers_on_two_roots_share_a_cluster(nation: Nation, machines, tmp_path):
    runs = [nation.fresh(tmp_path / name) for name in ("a", "b")]
    drivers = [Driver(run, "check", *on(machines)) for run in runs]
    assert [d.wait(120) for d in drivers] == [0, 0], [d.output for d in drivers]
    for run, driver in zip(runs, drivers, strict=True):
        driver.log.unlink()
        nation.assert_ends_well(run, "check")


def test_workers_that_come_late_are_waited_for(nation: Nation, tmp_path, tmp_path_factory):
    run = nation.fresh(tmp_path)
    with cluster(tmp_path_factory.mktemp("late"), workers=0) as machines:
        driver = Driver(run, "check", *on(machines))
        time.sleep(4)
        assert driver.process.poll() is None, driver.output
        machines.nannies.append(machines.worker())
        assert wait_for(lambda: "[2/" in driver.output, 60)
        machines.nannies.append(machines.worker())
        assert driver.wait(120) == 0, driver.output
        driver.log.unlink()
    nation.assert_ends_well(run, "check")


def test_without_any_worker_the_run_ends_with_a_remedy(book, monkeypatch, tmp_path_factory):
    monkeypatch.setattr(dask_executor, "LOST_SECONDS", 1)
    with cluster(tmp_path_factory.mktemp("none"), workers=0) as machines, pytest.raises(TallyError) as e:
        run_jobs(jobs_of(book, "1", 2), workers=1, executor="dask", scheduler=machines.address)
    assert e.value.fact == f"Dask 调度器 {machines.address} 下没有工作节点"
    assert "请确认 dask worker 已启动，并装有与本机相同版本的 tally" in e.value.remedy


@pytest.mark.parametrize("number", ["SIGSEGV", "SIGABRT", "SIGTERM"])
def test_a_notebook_that_always_ends_its_worker_costs_only_itself(book, machines, number):
    cell = f"import os, signal, time\nif unit == '1':\n    os.kill({WORKER}, signal.{number}); time.sleep(60)\nunit"
    outcomes = run_jobs(jobs_of(book, cell, 4), workers=2, executor="dask", scheduler=machines.address)
    assert [o.ok for o in outcomes] == [True, False, True, True]
    assert "工作节点每次都意外结束" in outcomes[1].error and "单机上运行" in outcomes[1].error


def test_a_notebook_whose_output_fills_its_workers_memory_costs_only_itself(book, tmp_path_factory):
    """The worker itself takes it in, so Dask ends the worker, each time anew."""
    cell = (
        "from IPython.display import display\nfor i in range(9 if unit == '1' else 0):\n"
        "    display({'text/html': 'z' * 10**7}, raw=True)\nunit"
    )
    with cluster(tmp_path_factory.mktemp("tight"), workers=0) as machines:
        machines.nannies = [machines.worker("--memory-limit", "300MiB")]
        outcomes = run_jobs(jobs_of(book, cell, 3), workers=1, executor="dask", scheduler=machines.address)
    assert [o.ok for o in outcomes] == [True, False, True]
    assert "内存" in outcomes[1].error


def test_a_worker_with_another_program_is_refused_by_name(nation: Nation, tmp_path, tmp_path_factory):
    """It runs, but its files differ: the same return might be read in another way there."""
    run = nation.fresh(tmp_path)
    other = tmp_path_factory.mktemp("other")
    shutil.copytree(PROJECT / "tally", other / "tally", ignore=shutil.ignore_patterns("__pycache__"))
    (other / "tally" / "__init__.py").write_text("# an earlier version\n")
    metadata = other / "pandas-0.25.3.dist-info" / "METADATA"
    metadata.parent.mkdir()
    metadata.write_text("Metadata-Version: 2.1\nName: pandas\nVersion: 0.25.3\n")
    with cluster(tmp_path_factory.mktemp("mixed"), workers=0) as machines:
        machines.project = other
        machines.nannies = [machines.worker()]
        driver = Driver(run, "check", *on(machines))
        assert driver.wait(60) == 1
        output = driver.output
        assert "上的程序与本机不同：pandas 0.25.3 ≠ " in output and "、tally " in output, output
        assert "请在每个节点安装与本机相同版本" in output, output
        assert "Traceback" not in driver.output, driver.output
        driver.log.unlink()
    nation.assert_ends_well(run, "check")


@pytest.mark.parametrize(
    ("lacking", "words"),
    [
        ("tally", ("下没有工作节点", "装有与本机相同版本的 tally")),  # Dask ends a worker that cannot load its task
        ("papermill", ("Dask 工作节点上缺少程序包", "请在每个节点安装")),
    ],
)
def test_a_worker_that_lacks_a_package_is_told(nation: Nation, tmp_path, tmp_path_factory, lacking, words):
    run = nation.fresh(tmp_path)
    other = tmp_path_factory.mktemp("without")
    (other / f"{lacking}.py").write_text("# something else of this name, found first\n")
    with cluster(tmp_path_factory.mktemp("bare"), workers=0) as machines:
        machines.project = other
        machines.nannies = [machines.worker()]
        driver = Driver(run, "check", *on(machines))
        assert driver.wait(60) == 1
        assert all(word in driver.output for word in words), driver.output
        assert "Traceback" not in driver.output, driver.output
        driver.log.unlink()
    nation.assert_ends_well(run, "check")

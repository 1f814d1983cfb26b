"""Many notebooks at a time: order, retries, kills, Ctrl-C, and nothing left behind."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import textwrap
import threading
import time

import psutil
import pytest

from tally.engine import pool
from tally.errors import UsageError
from tally.executors import run
from tally.executors.jobs import Job, Outcome
from tests.unit.engine.conftest import read


def jobs_of(book, cell: str, count: int) -> list[Job]:
    path = book.path(cell)
    return [Job(f"n{i}", path, book.folder / f"{i}.ipynb", {"unit": str(i)}) for i in range(count)]


def shown(job: Job) -> str:
    return "".join(read(job.output)["cells"][-1]["outputs"][-1]["data"]["text/plain"])


def test_outcomes_are_in_the_order_of_the_jobs(book):
    jobs, seen = jobs_of(book, "import time; time.sleep(0.3 * (unit == '0')); unit", 4), []
    outcomes = run(jobs, workers=2, on_done=seen.append)
    assert [o.job for o in outcomes] == jobs and all(o.ok and o.tries == 1 for o in outcomes)
    assert [shown(j) for j in jobs] == ["'0'", "'1'", "'2'", "'3'"]
    assert {o.job.name for o in seen} == {j.name for j in jobs} and seen[0].job.name != "n0"


def test_a_failing_notebook_costs_only_itself_and_is_not_tried_again(book):
    outcomes = run(jobs_of(book, "1 / int(unit)", 3), workers=2)
    assert [(o.ok, o.tries) for o in outcomes] == [(False, 1), (True, 1), (True, 1)]
    assert "第 2 个单元格（In [3]）出错：ZeroDivisionError" in outcomes[0].error


def test_a_lost_process_is_tried_once_more(book):
    marker = book.folder / "marker"
    cell = f"import os, pathlib\nm = pathlib.Path({str(marker)!r})\nif unit == '1' and not m.exists():\n    m.touch(); os.kill(os.getpid(), 9)\nunit"
    outcomes = run(jobs_of(book, cell, 3), workers=2)
    assert [(o.ok, o.tries) for o in outcomes] == [(True, 1), (True, 2), (True, 1)]


def test_a_process_lost_every_time_is_reported_after_the_second(book):
    outcomes = run(jobs_of(book, "import os\nif unit == '1': os.abort()\nunit", 3), workers=2)
    assert [(o.ok, o.tries) for o in outcomes] == [(True, 1), (False, 2), (True, 1)]
    assert "SIGABRT" in outcomes[1].error


def test_a_job_that_cannot_start_is_an_outcome_with_its_remedy(book):
    path = book.path("unit")
    jobs = [
        Job("gone", book.folder / "gone.ipynb", book.folder / "a.ipynb"),
        Job("odd", path, book.folder / "b.ipynb", {"unti": "1"}),
    ]
    gone, odd = run(jobs, workers=2)
    assert not gone.ok and "找不到笔记本" in gone.error
    assert not odd.ok and "没有参数 'unti'" in odd.error and "可用参数" in odd.error


def test_no_jobs_and_unknown_executors(book):
    assert run([], workers=2) == []
    with pytest.raises(UsageError, match="没有名为 'cloud' 的执行方式.*\n可用：local、dask"):
        run([], workers=2, executor="cloud")


def results(jobs: list[Job], outcomes: list[Outcome]) -> list:
    return [(o.ok, [c.get("outputs") for c in read(j.output)["cells"]]) for j, o in zip(jobs, outcomes, strict=True)]


def kill_at_random(seed: int, kills: int, done: threading.Event, victims) -> int:
    """Kills one of `victims()` now and then until `done`; how many it killed."""
    chance, killed = random.Random(seed), 0
    while killed < kills and not done.wait(chance.uniform(0.0, 0.25)):
        if found := victims():
            try:
                os.kill(chance.choice(found), signal.SIGKILL)
                killed += 1
            except ProcessLookupError:
                pass
    return killed


def run_under_fire(book, seed: int, kills: int) -> tuple[list, list[Job]]:
    """Runs jobs again and again until all are done, while their processes and the warm one are killed."""
    jobs = jobs_of(book, "import time, pandas as pd\ntime.sleep(0.05)\npd.DataFrame({'a': [unit]})", 20)

    def victims() -> list[int]:
        zygote = pool._current
        if zygote is None or not zygote.ready:
            return []
        try:
            children = psutil.Process(zygote.process.pid).children()
        except psutil.Error:
            return []
        return [p.pid for p in children] or [zygote.process.pid]

    done, count = threading.Event(), []
    killer = threading.Thread(target=lambda: count.append(kill_at_random(seed, kills, done, victims)))
    killer.start()
    waiting, rounds = jobs, 0
    while waiting and rounds < 200:
        waiting = [o.job for o in run(waiting, workers=2, cell_timeout=30) if not o.ok]
        rounds += 1
        if not waiting and killer.is_alive():
            waiting = jobs
    done.set()
    killer.join()
    assert count[0] >= kills and not waiting
    return results(jobs, run(jobs, workers=2)), jobs


def test_kills_at_random_moments_change_nothing_in_the_end(book):
    fired, jobs = run_under_fire(book, seed=1, kills=6)
    assert fired == results(jobs, run(jobs, workers=2))


@pytest.mark.slow
def test_two_hundred_kills_change_nothing_in_the_end(book):
    fired, jobs = run_under_fire(book, seed=2021, kills=200)
    assert fired == results(jobs, run(jobs, workers=2))


DRIVER = """\
import sys, pathlib, signal
signal.signal(signal.SIGINT, signal.default_int_handler)  # a suite started in the background hands down that it is ignored
from tally.executors import Job, run
folder = pathlib.Path({folder!r})
jobs = [Job(f"n{{i}}", folder / "book.ipynb", folder / f"{{i}}.ipynb", {{"unit": str(i)}}) for i in range(6)]
try:
    run(jobs, workers=2, engine={engine!r}, on_done=lambda o: print("done", o.job.name, o.ok, flush=True))
except KeyboardInterrupt:
    sys.exit(130)
"""


def driver(book, engine: str) -> tuple[subprocess.Popen, list[psutil.Process]]:
    """A driver of its own, in the middle of two notebooks that never end, and all processes it has started."""
    book.path(
        "import pathlib, subprocess, time\nsleeper = subprocess.Popen(['sleep', '4712'])\n"
        f"pathlib.Path({str(book.folder)!r}, f'running{{unit}}').touch()\nif unit != '0': time.sleep(600)"
    )
    source = textwrap.dedent(DRIVER.format(folder=str(book.folder), engine=engine))
    process = subprocess.Popen([sys.executable, "-c", source], stdout=subprocess.PIPE, text=True)
    wait_for(lambda: (book.folder / "running1").exists() and (book.folder / "running2").exists(), 40)
    return process, psutil.Process(process.pid).children(recursive=True)


def wait_for(happened, seconds: float) -> bool:
    until = time.monotonic() + seconds
    while not happened() and time.monotonic() < until:
        time.sleep(0.01)
    return happened()


def all_gone(processes: list[psutil.Process]) -> bool:
    def alive(p: psutil.Process) -> bool:
        try:
            return p.status() != psutil.STATUS_ZOMBIE
        except psutil.NoSuchProcess:
            return False

    return not any(map(alive, processes))


@pytest.mark.parametrize("engine", ["fork", pytest.param("plain", marks=pytest.mark.slow)])
def test_ctrl_c_ends_everything_and_keeps_finished_work(book, engine):
    process, started = driver(book, engine)
    assert len(started) >= 3
    process.send_signal(signal.SIGINT)
    assert process.wait(10) == 130
    assert wait_for(lambda: all_gone(started), 5)
    assert process.stdout.read() == "done n0 True\n"
    assert sorted(p.name for p in book.folder.glob("*.ipynb")) == ["0.ipynb", "book.ipynb"]
    assert not list(book.folder.glob(".*.ipynb"))


def test_a_killed_driver_takes_everything_with_it(book):
    process, started = driver(book, "fork")
    process.kill()
    process.wait(5)
    assert wait_for(lambda: all_gone(started), 5)
    process.stdout.close()

"""One notebook on a Dask worker, whose program must be the driver's, for as long as the driver wants it. Runs on the worker."""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Iterator, Mapping
from dataclasses import replace

from tally.engine import running
from tally.engine.failure import Stopped
from tally.errors import TallyError
from tally.executors.jobs import Job, Outcome, Settings, run_job
from tally.store.digests import program

LOOK_SECONDS = 0.2


def task(job: Job, settings: Settings) -> Outcome:
    """One job on this worker: the notebook's process comes from the worker's own warm process."""
    refuse_another_program(settings.program)
    try:
        with while_wanted() as stop:
            return run_job(job, replace(settings, announce=lambda line: None), stop)
    except Stopped:
        return Outcome(job, False, "节点正在停止，笔记本未执行完\n请重新运行")


def refuse_another_program(drivers: Mapping[str, str]) -> None:
    """TallyError if this worker's program is not the driver's: the same return could be read in two ways."""
    mine = program()
    other = [name for name in sorted({*drivers, *mine}) if drivers.get(name) != mine.get(name)]
    if other:
        from distributed import get_worker

        versions = "、".join(f"{n} {mine.get(n) or '–'} ≠ {drivers.get(n) or '–'}" for n in other)
        raise TallyError(
            f"Dask 工作节点 {get_worker().address} 上的程序与本机不同：{versions}",
            "请在每个节点安装与本机相同版本的 tally 及其依赖，并重新启动 dask worker",
        )


@contextlib.contextmanager
def while_wanted() -> Iterator[threading.Event]:
    """Ends this thread's notebook when its task is withdrawn: the driver has ended, or the run was broken off.

    Else it would write its tables later, over those of a run that was started since.
    """
    from distributed import get_worker

    worker, thread = get_worker(), threading.get_ident()
    key, stop, done = worker.get_current_task(), threading.Event(), threading.Event()

    def look() -> None:
        while not done.wait(LOOK_SECONDS):
            task = worker.state.tasks.get(key)
            if task is None or task.state == "cancelled":
                stop.set()
                running.end(thread)

    looking = threading.Thread(target=look, daemon=True)
    looking.start()
    try:
        yield stop
    finally:
        done.set()
        looking.join()

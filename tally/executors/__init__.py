"""Where notebooks run: several at a time on this machine, or on the workers of a Dask cluster.

    run([Job, …], workers=2, …)  ->  [Outcome, …] in the order of the jobs

One notebook's failure never touches another. A notebook whose process was lost (killed, crashed) is run
once more, then reported; one that failed by its own code is reported at once.
"""

from __future__ import annotations

import queue
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tally import engine as notebooks
from tally.engine import Engine, NotebookFailed
from tally.engine.calls import TRIES
from tally.errors import TallyError, UsageError
from tally.executors.memory import Gate
from tally.store.digests import program


@dataclass(frozen=True)
class Job:
    """One notebook to run."""

    name: str
    notebook: Path
    output: Path
    parameters: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Outcome:
    """How it went. `error` says what failed and what to do, "" if nothing did; `seconds` of the last try."""

    job: Job
    ok: bool
    error: str = ""
    seconds: float = 0.0
    tries: int = 1


@dataclass(frozen=True)
class Settings:
    """What is the same for all jobs of a run; as for `tally.engine.execute`."""

    workers: int = 1
    engine: Engine = "fork"
    cell_timeout: float | None = None
    memory_limit: int | None = None
    scheduler: str = ""
    announce: Callable[[str], None] = print
    away: Any = None  # tally.executors.parcels.Away, where Dask workers share no folder with this machine
    program: Mapping[str, str] = field(default_factory=dict)  # of the driver, for a Dask worker to compare


Executor = Callable[[Sequence[Job], Settings, Callable[[int, Outcome], None]], None]


def run(
    jobs: Sequence[Job],
    *,
    workers: int,
    engine: Engine = "fork",
    on_done: Callable[[Outcome], None] = lambda outcome: None,
    executor: str = "local",
    cell_timeout: float | None = None,
    memory_limit: int | None = None,
    scheduler: str = "",
    announce: Callable[[str], None] = print,
    away: Any = None,
) -> list[Outcome]:
    """Runs all jobs, `workers` at a time; outcomes in the order of `jobs`.

    `on_done` is called in this thread as each job ends; `announce` (from any thread) for what the user should know.
    KeyboardInterrupt ends every running notebook within a second and is passed on. TallyError if the executor
    itself cannot go on (no such scheduler, scheduler lost); what was finished by then stays.
    """
    if executor not in EXECUTORS:
        raise UsageError(f"没有名为 {executor!r} 的执行方式", f"可用：{'、'.join(EXECUTORS)}")
    settings = Settings(max(1, workers), engine, cell_timeout, memory_limit, scheduler, announce, away)
    outcomes: list[Outcome | None] = [None] * len(jobs)

    def done(index: int, outcome: Outcome) -> None:
        outcomes[index] = outcome
        on_done(outcome)

    if jobs:
        EXECUTORS[executor](jobs, settings, done)
    return outcomes


def run_job(job: Job, settings: Settings, stop: threading.Event | None = None) -> Outcome:
    """One job to its end: run, and run again if its process was lost. Only bugs and `Stopped` are raised."""
    for tries in range(1, TRIES + 1):
        begun = time.monotonic()
        try:
            notebooks.execute(
                job.notebook,
                job.output,
                job.parameters,
                engine=settings.engine,
                cell_timeout=settings.cell_timeout,
                memory_limit=settings.memory_limit,
                announce=settings.announce,
            )
            return Outcome(job, True, "", time.monotonic() - begun, tries)
        except NotebookFailed as e:
            outcome = Outcome(job, False, str(e), time.monotonic() - begun, tries)
            if not e.died or (stop is not None and stop.is_set()):
                break
        except TallyError as e:
            return Outcome(job, False, str(e), time.monotonic() - begun, tries)
    return outcome


def run_local(jobs: Sequence[Job], settings: Settings, done: Callable[[int, Outcome], None]) -> None:
    """Threads of this process, each driving one notebook's process at a time; fewer while memory is short."""
    waiting = iter(list(enumerate(jobs)))
    ended: queue.SimpleQueue[tuple[int, Outcome | BaseException]] = queue.SimpleQueue()
    stop, taking, gate = threading.Event(), threading.Lock(), Gate(settings.announce)

    def work() -> None:
        while not stop.is_set():
            with gate.entered(stop):
                with taking:
                    index, job = next(waiting, (-1, None))
                if job is None:
                    return
                try:
                    ended.put((index, run_job(job, settings, stop)))
                except BaseException as e:
                    ended.put((index, e))

    threads = [threading.Thread(target=work, daemon=True) for _ in range(min(settings.workers, len(jobs)))]
    try:
        for t in threads:
            t.start()
        for _ in jobs:
            index, outcome = ended.get()
            if isinstance(outcome, BaseException):
                raise outcome
            done(index, outcome)
    except BaseException:
        stop.set()
        notebooks.close()
        raise


LOST_SECONDS = 15  # without a scheduler, or without any worker


def run_dask(jobs: Sequence[Job], settings: Settings, done: Callable[[int, Outcome], None]) -> None:
    """The workers of the Dask cluster at `settings.scheduler`, which have this package.

    They see the same files under the same paths, or, with `settings.away`, get and send them by way of the storage.
    """
    from distributed import Client

    if not settings.scheduler:
        raise UsageError("没有给出 Dask 调度器地址", "请加上 --scheduler tcp://主机:8786")
    if settings.away:
        settings.away.prepare()
    try:
        client = Client(settings.scheduler, timeout=10, set_as_default=False)
    except (OSError, ValueError) as e:
        raise TallyError(
            f"连接不上 Dask 调度器 {settings.scheduler}：{e}", "请确认地址无误、dask scheduler 已启动且端口可达"
        ) from e
    tasks = _Tasks(client, jobs, settings, done)
    try:
        for index in range(len(jobs)):
            tasks.submit(index)
        for index in tasks.finish(len(jobs)):  # Dask blames all that was on a lost worker:
            tasks.submit(index)  # alone, each answers for itself
            tasks.take(tasks.finish(1))
    finally:
        # What waits is withdrawn, and so is what runs on a worker (`tally.executors.dask_worker`).
        if client.status == "running":
            client.cancel([*tasks.futures.values()], force=True)
        client.close(timeout=1)


class _Tasks:
    """The jobs as tasks of a Dask cluster, by their index."""

    def __init__(self, client, jobs: Sequence[Job], settings: Settings, done: Callable[[int, Outcome], None]):
        self.client, self.jobs, self.away, self.done = client, jobs, settings.away, done
        self.plain = Settings(1, settings.engine, settings.cell_timeout, settings.memory_limit, program=program())
        self.watch = _Watch(client, settings.scheduler)
        self.futures: dict[int, Any] = {}
        self.ended: queue.SimpleQueue[int] = queue.SimpleQueue()

    def submit(self, index: int) -> None:
        self.futures[index] = self.client.submit(*_call(self.jobs[index], self.plain, self.away), pure=False)
        self.futures[index].add_done_callback(lambda _: self.ended.put(index))

    def finish(self, count: int) -> list[int]:
        """Waits for so many to end and takes what they brought; those that Dask gave up are left and returned."""
        given_up: list[int] = []
        while count:
            arrived = [self.watch.next(self.ended), *_more(self.ended)]
            count -= len(arrived)
            given_up += (lost := [index for index in arrived if _lost_its_workers(self.futures[index])])
            self.take([index for index in arrived if index not in lost])
        return given_up

    def take(self, arrived: Sequence[int]) -> None:
        outcomes = [_outcome(self.jobs[index], self.futures[index]) for index in arrived]
        outcomes = self.away.taken(outcomes) if self.away else outcomes
        for index, outcome in zip(arrived, outcomes, strict=True):
            self.done(index, outcome)


def _call(job: Job, settings: Settings, away: Any) -> tuple:
    """What a worker is to call, and with what."""
    if away is None:
        from tally.executors import dask_worker

        return dask_worker.task, job, settings
    from tally.executors import away_worker

    return away_worker.task, away.parcel(job), settings


def _more(ended: queue.SimpleQueue[int]) -> list[int]:
    """Whatever else has ended by now."""
    return [ended.get_nowait() for _ in range(ended.qsize())]


class _Watch:
    """Waits for jobs to end, and notices when none can end any more."""

    def __init__(self, client, scheduler: str):
        self.client, self.scheduler = client, scheduler
        self.well = time.monotonic()  # when all was last well

    def next(self, ended: queue.SimpleQueue[int]) -> int:
        while True:
            try:
                index = ended.get(timeout=1)
                if self.client.status == "running":
                    return index
            except queue.Empty:
                pass
            problem = self._problem()
            if not problem:
                self.well = time.monotonic()
            elif time.monotonic() - self.well > LOST_SECONDS or self.client.status == "closed":
                raise problem

    def _problem(self) -> TallyError | None:
        if self.client.status != "running":
            return TallyError(
                f"Dask 调度器 {self.scheduler} 失联", "已完成的笔记本保留；请检查集群后重新运行，会从断点继续"
            )
        if self.client.scheduler_info(n_workers=-1)["workers"]:
            return None
        return TallyError(  # one that lacks this package ends when it gets its first task
            f"Dask 调度器 {self.scheduler} 下没有工作节点",
            "已完成的笔记本保留；请确认 dask worker 已启动，并装有与本机相同版本的 tally，再重新运行，会从断点继续",
        )


def _lost_its_workers(future) -> bool:
    """Whether Dask gave a task up because every worker that had it was lost."""
    from distributed import KilledWorker

    return future.status == "error" and isinstance(future.exception(), KilledWorker)


def _outcome(job: Job, future) -> Outcome:
    """What a Dask task brought; a task that keeps killing its worker is reported as such."""
    error = future.exception() if future.status == "error" else None
    if error is None and future.status == "finished":
        return future.result()
    if _lost_its_workers(future):
        return Outcome(
            job, False, "执行它的工作节点每次都意外结束\n请检查该笔记本的内存占用，或在单机上运行它", 0.0, TRIES
        )
    if isinstance(error, ImportError):
        raise TallyError(f"Dask 工作节点上缺少程序包：{error}", "请在每个节点安装与本机相同版本的 tally 及其依赖")
    if error is not None:
        raise error
    return Outcome(job, False, f"Dask 任务未完成（{future.status}）\n请重新运行")


EXECUTORS: dict[str, Executor] = {"local": run_local, "dask": run_dask}

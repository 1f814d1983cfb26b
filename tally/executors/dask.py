"""Notebooks on the workers of a Dask cluster. A worker that is lost costs its notebooks a second try, and no more."""

from __future__ import annotations

import queue
import time
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from tally.engine.calls import TRIES
from tally.errors import TallyError, UsageError
from tally.executors.encrypted import listening, refuse_open
from tally.executors.jobs import Job, Outcome, Settings
from tally.store.digests import program

if TYPE_CHECKING:
    from distributed import Client, Future

    from tally.store.remote.work import RemoteWork


LOST_SECONDS = 15  # without a scheduler, or without any worker


def run_dask(jobs: Sequence[Job], settings: Settings, done: Callable[[int, Outcome], None]) -> None:
    """The workers of the Dask cluster at `settings.scheduler`, which have this package.

    They see the same files under the same paths, or, with `settings.remote`, get and send them by way of the storage.
    """
    from distributed import Client

    if not settings.scheduler:
        raise UsageError("没有给出 Dask 调度器地址", "请加上 --scheduler tls://主机:8786")
    if not settings.without_tls:
        refuse_open([settings.scheduler])
    if settings.remote:
        from tally.executors import parcels

        parcels.prepare(settings.remote)
    try:
        client = Client(settings.scheduler, timeout=10, set_as_default=False)
    except (OSError, ValueError) as e:
        raise TallyError(
            f"连接不上 Dask 调度器 {settings.scheduler}：{e}", "请确认地址无误、dask scheduler 已启动且端口可达"
        ) from e
    try:
        if not settings.without_tls:
            refuse_open(listening(client))
        _run(client, jobs, settings, done)
    finally:
        client.close(timeout=1)


def _run(client: Client, jobs: Sequence[Job], settings: Settings, done: Callable[[int, Outcome], None]) -> None:
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


class _Tasks:
    """The jobs as tasks of a Dask cluster, by their index."""

    def __init__(self, client: Client, jobs: Sequence[Job], settings: Settings, done: Callable[[int, Outcome], None]):
        self.client, self.jobs, self.remote, self.done = client, jobs, settings.remote, done
        self.plain = Settings(1, settings.engine, settings.cell_timeout, settings.memory_limit, program=program())
        self.watch = _Watch(client, settings.scheduler)
        self.futures: dict[int, Any] = {}
        self.ended: queue.SimpleQueue[int] = queue.SimpleQueue()

    def submit(self, index: int) -> None:
        self.futures[index] = self.client.submit(*_call(self.jobs[index], self.plain, self.remote), pure=False)
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
        if self.remote:
            from tally.executors import parcels

            outcomes = parcels.unpack(self.remote, outcomes)
        for index, outcome in zip(arrived, outcomes, strict=True):
            self.done(index, outcome)


def _call(job: Job, settings: Settings, remote: RemoteWork | None) -> tuple[Any, ...]:
    """What a worker is to call, and with what."""
    if remote is None:
        from tally.executors import dask_worker

        return dask_worker.task, job, settings
    from tally.executors import parcels, remote_worker

    return remote_worker.task, parcels.pack(remote, job), settings


def _more(ended: queue.SimpleQueue[int]) -> list[int]:
    """Whatever else has ended by now."""
    return [ended.get_nowait() for _ in range(ended.qsize())]


class _Watch:
    """Waits for jobs to end, and notices when none can end any more."""

    def __init__(self, client: Client, scheduler: str):
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


def _lost_its_workers(future: Future[Outcome]) -> bool:
    """Whether Dask gave a task up because every worker that had it was lost."""
    from distributed import KilledWorker

    return future.status == "error" and isinstance(future.exception(), KilledWorker)


def _outcome(job: Job, future: Future[Outcome]) -> Outcome:
    """What a Dask task brought; a task that keeps killing its worker is reported as such."""
    error = future.exception() if future.status == "error" else None
    if error is None and future.status == "finished":
        outcome: Outcome = future.result()
        return outcome
    if _lost_its_workers(future):
        return Outcome(
            job, False, "执行它的工作节点每次都意外结束\n请检查该笔记本的内存占用，或在单机上运行它", 0.0, TRIES
        )
    if isinstance(error, ImportError):
        raise TallyError(f"Dask 工作节点上缺少程序包：{error}", "请在每个节点安装与本机相同版本的 tally 及其依赖")
    if error is not None:
        raise error
    return Outcome(job, False, f"Dask 任务未完成（{future.status}）\n请重新运行")

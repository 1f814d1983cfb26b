"""Notebooks on this machine: threads of this process, each driving one notebook's process at a time."""

from __future__ import annotations

import queue
import threading
from collections.abc import Callable, Sequence

from tally import engine as notebooks
from tally.executors.jobs import Job, Outcome, Settings, run_job
from tally.executors.memory import Gate


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

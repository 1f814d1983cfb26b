"""Where notebooks run: several at a time on this machine, or on the workers of a Dask cluster.

    run([Job, …], workers=2, …)  ->  [Outcome, …] in the order of the jobs

One notebook's failure never touches another. A notebook whose process was lost (killed, crashed) is run
once more, then reported; one that failed by its own code is reported at once.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from tally.engine import Engine
from tally.errors import UsageError
from tally.executors.dask import run_dask
from tally.executors.jobs import Executor, Job, Outcome, Settings
from tally.executors.local import run_local

if TYPE_CHECKING:
    from tally.store.remote.work import RemoteWork

EXECUTORS: dict[str, Executor] = {"local": run_local, "dask": run_dask}


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
    without_tls: bool = False,
    announce: Callable[[str], None] = print,
    remote: RemoteWork | None = None,
) -> list[Outcome]:
    """Runs all jobs, `workers` at a time; outcomes in the order of `jobs`.

    `on_done` is called in this thread as each job ends; `announce` (from any thread) for what the user should know.
    KeyboardInterrupt ends every running notebook within a second and is passed on. TallyError if the executor
    itself cannot go on (no such scheduler, scheduler lost); what was finished by then stays.
    """
    if executor not in EXECUTORS:
        raise UsageError(f"没有名为 {executor!r} 的执行方式", f"可用：{'、'.join(EXECUTORS)}")
    settings = Settings(max(1, workers), engine, cell_timeout, memory_limit, scheduler, announce, without_tls, remote)
    outcomes: dict[int, Outcome] = {}

    def done(index: int, outcome: Outcome) -> None:
        outcomes[index] = outcome
        on_done(outcome)

    if jobs:
        EXECUTORS[executor](jobs, settings, done)
    return [outcomes[index] for index in range(len(jobs))]

"""How a run is to be done, where it tells what it does, and what came of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

from tally import executors
from tally.check.past import Changes
from tally.declare import Campaign
from tally.engine import Engine
from tally.executors.jobs import Job, Outcome
from tally.intake.survey import Survey
from tally.model import PeriodTables
from tally.paths import Paths

if TYPE_CHECKING:
    from tally.store.remote.work import RemoteWork


@dataclass(frozen=True)
class Options:
    """How to run. `memory_limit` in bytes, `cell_timeout` in seconds; 0 means none."""

    engine: Engine | Literal[""] = ""  # "" picks the forking engine where it works
    jobs: int = 0  # 0: one a core
    force: bool = False
    edition: str = "internal"
    area: str = ""  # the level whose report is wanted, by its code; "" for the campaign's top
    executor: str = "local"
    scheduler: str = ""
    without_tls: bool = False  # such a cluster may be open to its network
    cell_timeout: float = 0
    memory_limit: int = 0
    remote: RemoteWork | None = None  # the root is a working copy of object storage


@dataclass(frozen=True)
class Reporting:
    """Where a run tells what it does: lines, and the progress over a number of notebooks."""

    say: Callable[[str], None] = print
    progress: Callable[[str, int], Callable[[str], None]] = lambda title, total: lambda name: None
    explain: bool = False


@dataclass
class Result:
    """What came of it. `failed`: unit -> reason; `ran`: names of the steps that were run, in order."""

    campaign: Campaign
    paths: Paths
    tables: PeriodTables
    surveyed: Survey
    failed: dict[str, str] = field(default_factory=dict)
    ran: list[str] = field(default_factory=list)
    changes: Changes = field(default_factory=Changes)  # findings that came up and went with this run


def run_notebooks(
    title: str,
    jobs: list[Job],
    options: Options,
    reporting: Reporting,
    ended: Callable[[Outcome], None] = lambda outcome: None,
) -> list[Outcome]:
    """Runs the jobs, with progress under `title`; `ended` hears of each as soon as it has ended."""
    if not jobs:
        return []
    step = reporting.progress(title, len(jobs))

    def done(outcome: Outcome) -> None:
        ended(outcome)
        step(outcome.job.name)

    return executors.run(
        jobs,
        workers=options.jobs,
        engine=options.engine or "fork",
        on_done=done,
        executor=options.executor,
        cell_timeout=options.cell_timeout or None,
        memory_limit=options.memory_limit or None,
        scheduler=options.scheduler,
        without_tls=options.without_tls,
        announce=reporting.say,
        remote=options.remote,
    )

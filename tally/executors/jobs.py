"""What an executor is given and what it answers: jobs, settings, outcomes; and one job run to its end."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tally import engine as notebooks
from tally.engine import Engine, NotebookFailed
from tally.engine.calls import TRIES
from tally.errors import TallyError

if TYPE_CHECKING:
    from tally.store.remote.work import RemoteWork


@dataclass(frozen=True)
class Job:
    """One notebook to run."""

    name: str
    notebook: Path
    output: Path
    parameters: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Outcome:
    """How it went. `error` says what failed and what to do, "" if nothing did; `cause` is what it has in common with the
    others that failed for the same reason; `seconds` of the last try."""

    job: Job
    ok: bool
    error: str = ""
    seconds: float = 0.0
    tries: int = 1
    cause: str = ""


@dataclass(frozen=True)
class Settings:
    """What is the same for all jobs of a run; as for `tally.engine.execute`."""

    workers: int = 1
    engine: Engine = "fork"
    cell_timeout: float | None = None
    memory_limit: int | None = None
    scheduler: str = ""
    announce: Callable[[str], None] = print
    without_tls: bool = False  # a Dask cluster that is open to its network may be used
    remote: RemoteWork | None = None  # where Dask workers share no folder with this machine
    program: Mapping[str, str] = field(default_factory=dict)  # of the driver, for a Dask worker to compare


Executor = Callable[[Sequence[Job], Settings, Callable[[int, Outcome], None]], None]


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
            outcome = Outcome(job, False, str(e), time.monotonic() - begun, tries, e.cause)
            if not e.died or (stop is not None and stop.is_set()):
                break
        except TallyError as e:
            return Outcome(job, False, str(e), time.monotonic() - begun, tries, _cause(e))
    return outcome


def _cause(error: TallyError) -> str:
    """Of what the system refused its own words: a full disk is one cause, whichever file it was."""
    system = error.__cause__
    return (isinstance(system, OSError) and system.strerror) or error.fact

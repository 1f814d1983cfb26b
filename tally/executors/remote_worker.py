"""A unit's notebook on a Dask worker that shares no folder with the driver: fetch, run, send. Runs on the worker.

Each notebook has a working copy to itself for as long as it runs; one that is free is used again, so that the declaration
of the campaign is not fetched for each unit.
"""

from __future__ import annotations

import contextlib
import itertools
import json
import os
import shutil
import tempfile
import threading
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from pathlib import Path

from tally.engine.failure import Stopped
from tally.errors import TallyError
from tally.executors.dask_worker import refuse_another_program, while_wanted
from tally.executors.jobs import Job, Outcome, Settings, run_job
from tally.executors.parcels import Parcel, Returned
from tally.intake import survey_file
from tally.paths import Paths, notebooks
from tally.store.remote import lock
from tally.store.remote.address import Address
from tally.store.remote.index import Index, hash_of
from tally.store.remote.objects import Object
from tally.store.remote.pull import Copy, some
from tally.store.remote.storage import Storage
from tally.store.remote.work import cache_folder

try:
    import fcntl
except ImportError:
    fcntl = None  # type: ignore[assignment]


def task(parcel: Parcel, settings: Settings) -> Returned:
    """Runs a parcel's notebook; what went wrong on the way is an outcome like a notebook's own failure."""
    refuse_another_program(settings.program)
    try:
        with _copy(parcel.address) as copy, while_wanted() as stop:
            return _run(copy, parcel, settings, stop)
    except Stopped:
        return Returned(Outcome(parcel.job, False, "节点正在停止，笔记本未执行完\n请重新运行"))
    except TallyError as e:
        return Returned(Outcome(parcel.job, False, str(e)))


def _run(copy: Copy, parcel: Parcel, settings: Settings, stop: threading.Event) -> Returned:
    _bring(copy, parcel)
    job = _here(copy, parcel)
    outcome = run_job(job, replace(settings, announce=lambda line: None), stop)
    if stop.is_set():  # nobody waits for it any more
        return Returned(replace(outcome, job=parcel.job))
    _rename_root(job.output, str(copy.root), parcel.root)
    if not lock.holds(copy.storage, parcel.lock):
        raise TallyError(f"{copy.storage.address} 的锁已被另一个运行接管，结果没有上传", "请等那个运行结束后重新运行")
    made = _send(copy, [_made(copy, job)] * outcome.ok + [job.output] * job.output.exists())
    return Returned(replace(outcome, job=parcel.job), made)


def _here(copy: Copy, parcel: Parcel) -> Job:
    """The job on this worker's copy and with this installation's notebook."""
    job = parcel.job
    output = copy.root / job.output.relative_to(parcel.root)
    parameters = {**job.parameters, "root": str(copy.root)}
    return Job(job.name, notebooks() / job.notebook.name, output, parameters)


def _bring(copy: Copy, parcel: Parcel) -> None:
    """Makes the copy hold what the unit needs, of the very content that the driver saw, and nothing else."""
    copy.root.mkdir(parents=True, exist_ok=True, mode=0o700)
    for path in [p for p in copy.root.rglob("*") if p.is_file()]:
        name = path.relative_to(copy.root).as_posix()
        if name not in parcel.needs or hash_of(path) != parcel.needs[name]:
            path.unlink()
    due = [n for n in parcel.needs if not copy.path(n).exists()]
    came, failure = copy.storage.fetch(dict.fromkeys(due), copy.path, copy.coming)
    copy.storage.raise_for(failure)
    if other := [n for n in due if not came[n] or hash_of(copy.path(n)) != parcel.needs[n]]:
        raise TallyError(f"{copy.storage.address} 上的文件在运行期间被改动：{some(other)}", "请重新运行")
    parameters = parcel.job.parameters
    paths = Paths(copy.root, parameters["campaign"], parameters["period"])
    paths.raw.mkdir(parents=True, exist_ok=True)
    survey_file.hand_on(paths, parameters["received"], parcel.received)


def _made(copy: Copy, job: Job) -> Path:
    parameters = job.parameters
    return Paths(copy.root, parameters["campaign"], parameters["period"]).unit_tables(parameters["unit"])


def _send(copy: Copy, files: list[Path]) -> dict[str, Object]:
    names = {p.relative_to(copy.root).as_posix(): p for p in files}
    made, failure = copy.storage.put({n: (p, None) for n, p in names.items()})
    copy.storage.raise_for(failure)
    return made


def _rename_root(notebook: Path, here: str, there: str) -> None:
    """The executed notebook names the driver's working copy: this one is nobody's to open."""
    with contextlib.suppress(FileNotFoundError):
        text = notebook.read_text(encoding="utf-8")
        for written in (str, lambda s: s.encode("unicode_escape").decode()):  # as shown, and as in a cell of parameters
            mine, theirs = (json.dumps(written(s), ensure_ascii=False)[1:-1] for s in (here, there))
            text = text.replace(mine, theirs)
        notebook.write_text(text, encoding="utf-8")


@contextlib.contextmanager
def _copy(address: Address) -> Iterator[Copy]:
    """A working copy that nobody else uses."""
    with _place(address) as place:
        shutil.rmtree(place / "coming", ignore_errors=True)
        yield Copy(place, _storage(address), Index(place / "index.json"), print)


@contextlib.contextmanager
def _place(address: Address) -> Iterator[Path]:
    """The first folder of this machine's that is free; a fresh one where the system has no locks."""
    workers = cache_folder() / address.folder_name / "workers"
    if fcntl is None:
        with tempfile.TemporaryDirectory(prefix="tally-worker-") as folder:
            yield Path(folder)
        return
    for number in itertools.count():
        place = workers / str(number)
        place.mkdir(parents=True, exist_ok=True, mode=0o700)
        with (place / "use.lock").open("a") as file:
            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except OSError:
                continue
            yield place
            return


@cache
def _storage_of(address: Address, process: int) -> Storage:
    return Storage(address)


def _storage(address: Address) -> Storage:
    """One connection a process."""
    return _storage_of(address, os.getpid())

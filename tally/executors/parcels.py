"""The driver's side of units' notebooks on Dask workers that share no folder with it: parcels out, tables back.

Used by `tally.executors`. Before the workers begin, the storage is brought up to date with the working copy, so that each
can fetch what its unit needs; what they send there is fetched as they end, and only the driver keeps a unit's state.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from tally import campaigns
from tally.executors.jobs import Job, Outcome
from tally.paths import Paths
from tally.store.remote.address import Address
from tally.store.remote.areas import scope
from tally.store.remote.index import Index
from tally.store.remote.objects import Object
from tally.store.remote.pull import Copy, fetch
from tally.store.remote.push import push
from tally.store.remote.work import RemoteWork


@dataclass(frozen=True)
class Parcel:
    """What a worker needs to run one unit's notebook. `needs`: name -> sha256; `received`: the unit's part of the survey."""

    address: Address
    job: Job
    root: str  # the driver's working copy, which the executed notebook names
    lock: str
    needs: Mapping[str, str]
    received: str


@dataclass(frozen=True)
class Returned:
    """How a parcel's notebook went and what the worker put into the storage: name -> object."""

    outcome: Outcome
    made: Mapping[str, Object] = field(default_factory=dict)


def prepare(remote: RemoteWork) -> None:
    """Makes the storage hold all that workers are about to fetch, and nothing that vouches for what they make."""
    remote.writer.confirm()
    push(remote.copy, scope(remote.campaign))


def pack(remote: RemoteWork, job: Job) -> Parcel:
    """The parcel of a unit's job; the unit's part of the survey lies where the job's parameters say."""
    copy, asked = remote.copy, job.parameters
    received = (copy.root / asked["received"]).read_text(encoding="utf-8")
    needs = _Needs(copy, asked["campaign"], asked["period"], asked["unit"]).all(json.loads(received)["files"])
    return Parcel(copy.storage.address, job, str(copy.root), remote.writer.id, needs, received)


def unpack(remote: RemoteWork, arrived: Sequence[Returned | Outcome]) -> list[Outcome]:
    """Fetches what the workers made into the working copy; how their notebooks went."""
    made: dict[str, Object] = {}
    outcomes: list[Outcome] = []
    for answer in arrived:
        if isinstance(answer, Returned):
            made.update(answer.made)
            outcomes.append(answer.outcome)
        else:
            outcomes.append(answer)
    fetch(remote.copy, made)
    return outcomes


@dataclass(frozen=True)
class _Needs:
    """Which files reading one unit takes."""

    copy: Copy
    campaign: str
    period: str
    unit: str

    def all(self, files: Sequence[Mapping[str, Any]]) -> dict[str, str]:
        paths = Paths(self.copy.root, self.campaign, self.period)
        single = [*(paths.raw / f["path"] for f in files), paths.register, paths.corrections]
        names = [p.relative_to(self.copy.root).as_posix() for p in single]
        folders = [f"campaigns/{self.campaign}", *self._earlier(paths)]
        return _known(self.copy.index, [*names, *(n for f in folders for n in _below(self.copy, f))])

    def _earlier(self, paths: Paths) -> list[str]:
        periods = [p.name for p in campaigns.load(self.campaign, self.copy.root).periods]
        before = periods[: periods.index(self.period)]
        return [paths.beside(p).unit(self.unit).relative_to(self.copy.root).as_posix() for p in before]


def _below(copy: Copy, folder: str) -> list[str]:
    """The files of a folder of the working copy."""
    files = (p for p in (copy.root / folder).rglob("*") if p.is_file())
    return [p.relative_to(copy.root).as_posix() for p in sorted(files)]


def _known(index: Index, names: Sequence[str]) -> dict[str, str]:
    return {n: index.entries[n].sha256 for n in names if n in index.entries}

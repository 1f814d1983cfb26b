"""The driver's side of units' notebooks on Dask workers that share no folder with it: parcels out, tables back.

Used by `tally.executors`. Before the workers begin, the storage is brought up to date with the working copy, so that each
can fetch what its unit needs; what they send there is fetched as they end, and only the driver keeps a unit's state.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from tally import campaigns
from tally.executors import Job, Outcome
from tally.paths import Paths
from tally.remote.address import Address
from tally.remote.areas import scope
from tally.remote.index import Index
from tally.remote.lock import Held
from tally.remote.objects import Object
from tally.remote.pull import Copy, fetch
from tally.remote.push import push


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


@dataclass
class Away:
    """A command's working copy, and its lock if it writes."""

    copy: Copy
    campaign: str
    held: Held | None = None

    def shown(self, path: Path) -> str:
        """Where a file of the working copy lies for everybody."""
        return f"{self.copy.storage.address}/{path.relative_to(self.copy.root).as_posix()}"

    def prepare(self) -> None:
        """Makes the storage hold all that workers are about to fetch, and nothing that vouches for what they make."""
        self.held.sure()
        push(self.copy, scope(self.campaign))

    def parcel(self, job: Job) -> Parcel:
        own = job.parameters
        received = (self.copy.root / own["received"]).read_text(encoding="utf-8")
        needs = _Needs(self.copy, own["campaign"], own["period"], own["unit"]).all(json.loads(received)["files"])
        return Parcel(self.copy.storage.address, job, str(self.copy.root), self.held.id, needs, received)

    def taken(self, arrived: Sequence[Returned | Outcome]) -> list[Outcome]:
        """Fetches what the workers made into the working copy; how their notebooks went."""
        made = {n: o for r in arrived if isinstance(r, Returned) for n, o in r.made.items()}
        fetch(self.copy, made)
        return [r.outcome if isinstance(r, Returned) else r for r in arrived]


@dataclass(frozen=True)
class _Needs:
    """Which files reading one unit takes."""

    copy: Copy
    campaign: str
    period: str
    unit: str

    def all(self, files: Sequence[Mapping]) -> dict[str, str]:
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
    found = (p for p in (copy.root / folder).rglob("*") if p.is_file())
    return [p.relative_to(copy.root).as_posix() for p in sorted(found)]


def _known(index: Index, names: Sequence[str]) -> dict[str, str]:
    return {n: index.entries[n].sha256 for n in names if n in index.entries}

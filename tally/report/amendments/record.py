"""What a release says of itself: `release.json`, read back and written whole."""

from __future__ import annotations

import dataclasses
import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tally.errors import TallyError
from tally.paths import Paths

RECORD = "release.json"


@dataclass(frozen=True)
class Release:
    """One approved report.

    `figures`: ref -> {"label", "value" (exact decimal as text, "" for none), "unit"}, all of them; `stated`: the refs
    that the report's text and tables state. `files`: path below the release's folder -> sha256. `inputs`: the
    manifest's. `reasons`: why it was released with the errors that stood. `previous`: sha256 of the release.json
    before, "" for the first. `amended`: what it amends, as in amendments.json, {} if nothing. `contents`: edition -> a
    hash of what its report said before it was dated and numbered (`tally.report.issue`).
    """

    number: int
    campaign: str
    period: str
    by: str
    when: str  # ISO date
    figures: Mapping[str, Mapping[str, str]]
    stated: tuple[str, ...]
    files: Mapping[str, str]
    inputs: tuple[Mapping[str, str], ...]
    versions: Mapping[str, str]
    code: str  # hash of the program
    declared: str  # hash of the campaign's declaration, where it lies below the root
    gaps: int = 0
    warnings: int = 0
    reasons: tuple[Mapping[str, str], ...] = ()
    previous: str = ""
    amended: Mapping[str, Any] = dataclasses.field(default_factory=dict)
    contents: Mapping[str, str] = dataclasses.field(default_factory=dict)

    def json(self) -> str:
        return json.dumps(dataclasses.asdict(self), ensure_ascii=False, indent=1, sort_keys=True)


def folder(paths: Paths) -> Path:
    """Where a period's releases lie."""
    return paths.reports / "releases"


def place(paths: Paths, number: int) -> Path:
    return folder(paths) / str(number)


def releases(paths: Paths) -> tuple[Release, ...]:
    """A period's releases, oldest first; TallyError if one's record cannot be read."""
    numbers = sorted(int(p.name) for p in folder(paths).glob("*") if p.name.isdigit())
    return tuple(read(place(paths, n)) for n in numbers)


def latest(paths: Paths) -> Release | None:
    """The last release of a period, None if there is none."""
    numbers = [int(p.name) for p in folder(paths).glob("*") if p.name.isdigit()]
    return read(place(paths, max(numbers))) if numbers else None


def read(where: Path) -> Release:
    """The record in a release's folder."""
    try:
        record = json.loads((where / RECORD).read_text(encoding="utf-8"))
        lists = {name: tuple(record[name]) for name in ("stated", "inputs", "reasons")}
        return Release(**(record | lists))
    except (OSError, ValueError, TypeError, KeyError) as e:
        raise TallyError(
            f"发布记录 {where / RECORD} 缺失或已损坏：{e}", "请从备份恢复该文件夹；发布过的文件不应改动"
        ) from e


def sha256(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()

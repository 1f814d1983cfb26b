"""What a run's survey says of one unit's files, handed to that unit's notebook, so that it need not look at all files.

The run writes `units/<unit>/survey.json` and names it in the notebook's parameter `received`. The notebook takes its
word only while the unit's files and folders are as they were; otherwise, or without it, it makes a survey of its own.
"""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import Any

from tally.intake.survey import Survey
from tally.model import ReceivedFile
from tally.paths import Paths
from tally.store.seals import SUM, read_record, write_record


def hand_over(paths: Paths, unit: str, surveyed: Survey) -> str:
    """Writes the unit's part of the survey; returns where it lies, below the root."""
    part = surveyed.part(unit)
    content = written(part) | {"marks": _marks(paths, [f.path for f in part.files])}
    place = _place(paths, unit)
    write_record(place, content)
    return place.relative_to(paths.root).as_posix()


def hand_on(paths: Paths, received: str, content: str) -> None:
    """Writes what was handed over to another root whose files of the unit are the same, so that it is believed there."""
    handed = json.loads(content)
    handed["marks"] = _marks(paths, [f["path"] for f in handed["files"]])
    write_record(paths.root / received, {key: value for key, value in handed.items() if key != SUM})


def withdraw(paths: Paths, unit: str) -> None:
    """Removes what was handed over: it holds for one run."""
    _place(paths, unit).unlink(missing_ok=True)


def taken_over(paths: Paths, received: str) -> Survey | None:
    """The unit's part of the survey; None if there is none or something has changed since."""
    content = read_record(paths.root / received)  # "" names a folder
    if content is None or content["marks"] != _marks(paths, [f["path"] for f in content["files"]]):
        return None
    return read(content)


def written(part: Survey) -> dict[str, Any]:
    """A part of a survey (`Survey.part`) as JSON has it."""
    return {
        "files": [asdict(f) | {"received": f.received.isoformat(), "mark": ()} for f in part.files],
        "claims": {p: sorted(c) for p, c in part.claims.items()},
        "register": dict(part.register),
        "shared": {h: list(p) for h, p in part.shared.items()},
        "several": sorted(part.several),
    }


def read(content: Mapping[str, Any]) -> Survey:
    """The part of a survey that `written` wrote."""
    return Survey(
        tuple(ReceivedFile(**f | {"received": date.fromisoformat(f["received"])}) for f in content["files"]),
        {p: frozenset(c) for p, c in content["claims"].items()},
        content["register"],
        (),
        {h: tuple(p) for h, p in content["shared"].items()},
        frozenset(content["several"]),
    )


def _marks(paths: Paths, files: list[str]) -> list:
    """Size and time of each file, and the times of the folders: a new file changes its folder's."""
    folders = sorted({paths.raw, *((paths.raw / f).parent for f in files)})
    stats = [_stat(paths.raw / f) for f in files] + [_stat(paths.register)]
    return [[s.st_size, s.st_mtime_ns] if s else None for s in stats] + [
        s and s.st_mtime_ns for s in map(_stat, folders)
    ]


def _stat(path: Path) -> os.stat_result | None:
    try:
        return path.stat()
    except OSError:
        return None


def _place(paths: Paths, unit: str) -> Path:
    return paths.unit(unit) / "survey.json"

"""The files that notebooks being executed are written to before they get their names."""

from __future__ import annotations

import os
from pathlib import Path

from tally.store import files

_made: set[Path] = set()


def temporary(output: Path) -> Path:
    """A new empty file in the folder of `output` (made if need be), hidden, for its content to come."""
    handle, part = files.begin(output)
    os.close(handle)
    _made.add(part)
    return part


def discard(path: Path) -> None:
    path.unlink(missing_ok=True)
    _made.discard(path)


def discard_all() -> None:
    """For the end of a run that is broken off: threads that would tidy up may not live to do it."""
    for path in list(_made):
        discard(path)

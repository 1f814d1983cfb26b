"""Files being written: hidden, marked as parts in their names, renamed when whole. What a killed process leaves is told by that.

Every file that this package writes goes through `begin`. A part whose writer is dead is removed by `sweep`: whoever
holds the root's lock may do so, because nobody else writes there.
"""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

_MARK = ".part"


def begin(target: Path) -> tuple[int, Path]:
    """A new empty part in the folder of `target` (made if need be): its open descriptor and its place."""
    target.parent.mkdir(parents=True, exist_ok=True)
    suffix = _MARK + target.suffix * (target.suffix == ".ipynb")  # papermill asks for the name of a notebook
    handle, name = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name}.", suffix=suffix)
    return handle, Path(name)


def sweep(*folders: Path) -> None:
    """Removes every part that lies directly in the folders."""
    for folder in folders:
        for pattern in (f".*{_MARK}", f".*{_MARK}.ipynb"):
            for part in folder.glob(pattern):
                part.unlink(missing_ok=True)


def sweep_below(*folders: Path) -> None:
    """Removes every part in the folders and all folders below."""
    for folder in folders:
        for place, _, _ in os.walk(folder):
            sweep(Path(place))

"""The warm process started while the driver is still importing: on a first run, both take the better part of a second.

Nothing here may import what takes long; nothing is decided here but whether notebooks will surely run.
"""

from __future__ import annotations

from pathlib import Path

from tally import engine
from tally.engine.preload import preloaded
from tally.paths import Paths


def start(campaign: str, period: str, root: Path, *, force: bool = False) -> None:
    """Starts the warm process if the period (or the newest, for "") has never been run, or all is to run again."""
    raw = Paths(root, campaign, period or "-").raw
    there = [raw] if period else sorted(p for p in raw.parent.glob("*") if p.is_dir())
    if not there or not there[-1].is_dir():
        return  # what is wrong is said by who runs it
    if force or not (Paths(root, campaign, there[-1].name).processed / "state.json").exists():
        engine.warm(preloaded(campaign, str(root.resolve())))

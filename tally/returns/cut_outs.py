"""The piece of a scan that a finding is about, as its reading kept it below the period's `scans`, and its name in the finding."""

from __future__ import annotations

import re
from pathlib import Path

from tally.paths import Paths

_NAMED = re.compile(r"（原图：([^）]+\.png)）")


def cut_out_file(paths: Paths, message: str) -> Path | None:
    """The cut-out that a finding's message names; None where it names none or it is gone.

    The name stands in a text that holds what was read from a picture: only a file among the period's cut-outs counts.
    """
    named = _NAMED.search(message)
    folder = (paths.processed / "scans").resolve()
    path = (paths.root / named[1]).resolve() if named else None
    return path if path is not None and path.is_relative_to(folder) and path.is_file() else None


def without_name(message: str) -> str:
    """The message as a unit is told it: where we keep the cut-out is nothing to it."""
    return _NAMED.sub("", message)

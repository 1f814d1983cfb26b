"""Paths that are too long for the system: Windows says of them only that there is no such file."""

from __future__ import annotations

import errno
import os
from pathlib import Path

_MOST = 259  # characters of a path on Windows, where nobody has allowed longer ones


def is_too_long(path: Path, error: OSError) -> bool:
    """Whether that is why `path` could not be opened or made."""
    if error.errno == errno.ENAMETOOLONG:
        return True
    return os.name == "nt" and len(str(path.absolute())) > _MOST and isinstance(error, FileNotFoundError)

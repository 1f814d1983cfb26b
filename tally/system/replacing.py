"""A finished file or folder takes its place at once: who looks sees the old one or the new one, never a part."""

from __future__ import annotations

import os
import time
from pathlib import Path

_PATIENCE = (0.01, 0.05, 0.2, 0.5, 1.0)  # seconds: a virus scanner or a preview lets go within them


def replace(part: Path, target: Path) -> None:
    """Puts a finished part in the place of `target`. Where a file that somebody reads cannot be replaced, waits a moment for him."""
    for wait in (*_PATIENCE, None):
        try:
            part.replace(target)
            return
        except PermissionError:
            if os.name != "nt" or wait is None:
                raise
            time.sleep(wait)

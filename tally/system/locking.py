"""The system's own lock of an open file, which ends with the process that holds it, however that ends."""

from __future__ import annotations

import os
from types import ModuleType

_FAR = 2**30  # on Windows a lock keeps others from reading what it covers: a byte beyond all content


def is_offered() -> bool:
    """Whether this system has such locks."""
    return _posix() is not None or _windows() is not None


def take(handle: int) -> None:
    """Locks an open file for this process; OSError at once if another holds it. Nothing where there are no such locks."""
    if (posix := _posix()) is not None:
        posix.flock(handle, posix.LOCK_EX | posix.LOCK_NB)
    elif (windows := _windows()) is not None:
        os.lseek(handle, _FAR, os.SEEK_SET)
        windows.locking(handle, windows.LK_NBLCK, 1)


def _posix() -> ModuleType | None:
    try:
        import fcntl
    except ImportError:
        return None
    return fcntl


def _windows() -> ModuleType | None:
    try:
        import msvcrt
    except ImportError:
        return None
    return msvcrt

"""The few things of Linux that Python's os module does not offer."""

from __future__ import annotations

import ctypes
import os
import signal
from functools import cache
from pathlib import Path

_SET_PDEATHSIG = 1
_SET_CHILD_SUBREAPER = 36


@cache
def _libc() -> ctypes.CDLL:
    return ctypes.CDLL(None, use_errno=True)


def die_with_parent(parent: int) -> None:
    """Lets the kernel kill this process when its parent (of process id `parent`) ends."""
    _libc().prctl(_SET_PDEATHSIG, signal.SIGKILL)
    if os.getppid() != parent:  # it ended before the request
        os._exit(1)


def adopt_orphans() -> None:
    """Makes this process the parent of descendants whose own parent ends, so that none slips away."""
    _libc().prctl(_SET_CHILD_SUBREAPER, 1)


def flush_c_streams() -> None:
    """Writes out what C code has left in its stdio buffers."""
    _libc().fflush(None)


def children() -> list[int]:
    """The process ids of this (single-threaded) process's children."""
    return [int(p) for p in Path(f"/proc/self/task/{os.getpid()}/children").read_text().split()]


def threads() -> list[str]:
    """The names of this process's threads, as the kernel sees them."""
    return [(t / "comm").read_text().strip() for t in Path("/proc/self/task").iterdir()]


def limit_memory(extra: int, pid: int = 0) -> None:
    """Lets a process take `extra` bytes of private memory beyond what it has now; then MemoryError."""
    import resource

    status = Path(f"/proc/{pid or 'self'}/status").read_text()
    now = next(int(line.split()[1]) for line in status.splitlines() if line.startswith("VmData:")) * 1024
    resource.prlimit(pid, resource.RLIMIT_DATA, (now + extra, now + extra))

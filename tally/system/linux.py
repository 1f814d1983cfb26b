"""The few things of Linux that Python's os module does not offer."""

from __future__ import annotations

import ctypes
import os
import select
import signal
import socket
from collections.abc import Iterator
from contextlib import contextmanager
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


@contextmanager
def ended_with(connection: socket.socket | int, *, tidily: bool = False) -> Iterator[None]:
    """While the body runs, whatever it computes, the end of the connection's other side ends this process; `tidily`: by
    SystemExit, as soon as Python code runs, so that what it has begun is taken back.

    For a body that neither gives nor takes anything over the connection. Not the parent's end: that would be the end of
    the thread that started this process.
    """
    import fcntl

    signal.signal(signal.SIGIO, _leave if tidily else signal.SIG_DFL)
    fcntl.fcntl(connection, fcntl.F_SETOWN, os.getpid())
    flags = fcntl.fcntl(connection, fcntl.F_GETFL)
    fcntl.fcntl(connection, fcntl.F_SETFL, flags | os.O_ASYNC)
    hangup = select.poll()
    hangup.register(connection, 0)
    if hangup.poll(0):  # it ended before the kernel was asked to tell
        os._exit(1)
    try:
        yield
    finally:
        fcntl.fcntl(connection, fcntl.F_SETFL, flags)


def _leave(number: int, frame: object) -> None:
    raise SystemExit(1)


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
    most = resource.prlimit(pid, resource.RLIMIT_DATA)[1]  # nobody but root may raise it
    limit = now + extra if most == resource.RLIM_INFINITY else min(now + extra, most)
    resource.prlimit(pid, resource.RLIMIT_DATA, (limit, limit))

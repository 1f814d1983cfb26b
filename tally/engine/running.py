"""The process of each notebook that runs, by the thread that drives it: so that another thread can end just this one."""

from __future__ import annotations

import contextlib
import os
import signal
import threading

_guard = threading.Lock()
_processes: dict[int, int] = {}  # thread -> pidfd: a number that is used again can never be meant


def begun(pid: int) -> None:
    """This thread's notebook runs in process `pid`. Where the system has no pidfd it cannot be ended from outside."""
    with contextlib.suppress(AttributeError, OSError):
        pidfd = os.pidfd_open(pid)
        over()
        with _guard:
            _processes[threading.get_ident()] = pidfd


def over() -> None:
    """This thread's notebook has ended."""
    with _guard:
        pidfd = _processes.pop(threading.get_ident(), None)
        if pidfd is not None:
            os.close(pidfd)


def end(thread: int) -> None:
    """Kills the process of that thread's notebook, if one runs."""
    with _guard, contextlib.suppress(OSError):
        if (pidfd := _processes.get(thread)) is not None:
            signal.pidfd_send_signal(pidfd, signal.SIGKILL)

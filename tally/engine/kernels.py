"""The Jupyter kernels that the plain engine has running: so that Ctrl-C can end them all at once."""

from __future__ import annotations

import contextlib
import os
import signal
import threading

from tally.engine import running

_guard = threading.Lock()
_live: set[int] = set()  # process ids; jupyter_client makes each the leader of its process group
_killed: set[int] = set()


def started(pid: int) -> None:
    with _guard:
        _live.add(pid)
    running.begun(pid)


def ended(pid: int) -> bool:
    """Forgets a kernel; whether `kill_all` ended it."""
    running.over()
    with _guard:
        _live.discard(pid)
        killed = pid in _killed
        _killed.discard(pid)
        return killed


def kill_all() -> None:
    with _guard:
        for pid in _live:
            with contextlib.suppress(ProcessLookupError, PermissionError, AttributeError):
                os.killpg(pid, signal.SIGKILL) if hasattr(os, "killpg") else os.kill(pid, signal.SIGTERM)
        _killed.update(_live)

"""A call in a process of its own that may use so much CPU and memory and no more: a hang costs seconds, not the machine.

Elsewhere than on Linux it is called here, without limits.
"""

from __future__ import annotations

import mmap
import multiprocessing
import sys
import traceback
from collections.abc import Callable
from multiprocessing.connection import Connection
from pathlib import Path

CASE_SECONDS = 8
CASE_BYTES = 2 * 1024**3  # address space on top of what the process has


class BeyondLimit(Exception):
    """The call was ended from outside, or ended with the traceback that is quoted."""


def limited(call: Callable[[], object]) -> object:
    """What `call` returns; BeyondLimit if it fails, or needs more than CASE_SECONDS or CASE_BYTES."""
    return _limited(call) if sys.platform == "linux" else call()


def _limited(call: Callable[[], object]) -> object:
    context = multiprocessing.get_context("fork")
    here, there = context.Pipe(duplex=False)
    child = context.Process(target=_child, args=(call, there))
    child.start()
    there.close()
    try:
        worked, value = here.recv()
    except EOFError:
        worked, value = False, f"ended from outside after {CASE_SECONDS} s of CPU at the most"
    child.join()
    if not worked:
        raise BeyondLimit(value)
    return value


def _child(call: Callable[[], object], there: Connection) -> None:
    import resource

    resource.setrlimit(resource.RLIMIT_CPU, (CASE_SECONDS, CASE_SECONDS))
    resource.setrlimit(resource.RLIMIT_AS, (_size() + CASE_BYTES, resource.RLIM_INFINITY))
    try:
        there.send((True, call()))
    except BaseException:
        there.send((False, traceback.format_exc()))


def _size() -> int:
    """Bytes of address space that this process has already."""
    return int(Path("/proc/self/statm").read_text("ascii").split()[0]) * mmap.PAGESIZE

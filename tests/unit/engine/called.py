"""What the tests of `tally.engine.call` call in a process of its own."""

from __future__ import annotations

import os
import signal
from pathlib import Path

from tally.errors import UsageError


def double(number: int) -> dict:
    print("printed, not returned")
    return {"doubled": 2 * number, "process": os.getpid()}


def refuse(what: str) -> None:
    raise UsageError(f"没有 {what!r}", "请换一个")


def fail() -> None:
    raise ZeroDivisionError("a bug")


def die(marks: str, times: int) -> str:
    """Dies the first `times` it is called, leaving a mark each time."""
    folder = Path(marks)
    if len(list(folder.iterdir())) < times:
        (folder / str(os.getpid())).touch()
        os.kill(os.getpid(), signal.SIGKILL)
    return "lives"

"""One run at a time on a root: a second one is told who is at work, and nothing is mixed.

On one machine, and on shared storage that passes locks on, the system's own file lock decides: it ends with the
process that holds it, however that ends. For storage that does not pass locks on, the holder also touches the file
every few seconds; a lock of another machine that has not been touched for a while is taken over, with a word.
"""

from __future__ import annotations

import contextlib
import json
import os
import platform
import threading
import time
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path
from typing import IO, Any

from tally.errors import TallyError
from tally.store import files
from tally.system import locking

BEAT = 10.0  # seconds between two touches
Record = dict[str, Any]  # who holds the lock
STALE = 60.0  # seconds without a touch after which another machine's lock counts as left behind


@contextlib.contextmanager
def held(root: Path, say: Callable[[str], None] = print) -> Iterator[None]:
    """Holds the root's lock; TallyError at once if another run holds it, or if the lock cannot be written.

    What a dead holder left half written is removed.
    """
    path = root / "data" / "processed" / "run.lock"
    with _opened(path) as file:
        if _take(file, path, say):
            files.sweep_below(path.parent, root / "reports")
        mine = {"pid": os.getpid(), "host": platform.node(), "since": datetime.now().isoformat(" ", "seconds")}
        try:
            _write(file, mine)
        except OSError as e:
            raise files.unwritable(path, e) from e
        done = threading.Event()
        beating = threading.Thread(target=_beat, args=(path, done), daemon=True)
        beating.start()
        try:
            yield
        finally:
            done.set()
            beating.join()
            with contextlib.suppress(OSError):  # a full disk: the next run says that this one did not end well
                _write(file, {})


def _opened(path: Path) -> IO[bytes]:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        return path.open("a+b", buffering=0)  # nothing is left to be written when it is closed
    except OSError as e:
        raise files.unwritable(path, e) from e


def _take(file: IO[bytes], path: Path, say: Callable[[str], None]) -> bool:
    """Takes the system's lock; whether the last holder left it behind, which is said."""
    try:
        locking.take(file.fileno())
    except OSError as e:
        raise _busy(_holder(file), path) from e
    if not (holder := _holder(file)):
        return False
    elsewhere = not locking.is_offered() or holder.get("host") != platform.node()
    if elsewhere and time.time() - path.stat().st_mtime < STALE:
        raise _busy(holder, path)
    say(f"上次运行（{_who(holder)}）没有正常结束，从断点继续")
    return True


def _busy(holder: Record, path: Path) -> TallyError:
    return TallyError(
        f"另一个运行正在使用这个数据文件夹：{_who(holder)}", f"请等它结束后再运行；锁文件是 {path}，不必手工删除"
    )


def _who(holder: Record) -> str:
    return f"{holder.get('host', '')} 上的进程 {holder.get('pid', '')}，开始于 {holder.get('since', '')}"


def _holder(file: IO[bytes]) -> Record:
    file.seek(0)
    try:
        record = json.loads(file.read() or b"{}")
        return record if isinstance(record, dict) else {}
    except (ValueError, RecursionError):
        return {}


def _write(file: IO[bytes], holder: Record) -> None:
    file.seek(0)
    file.truncate()
    if holder:
        file.write(json.dumps(holder).encode())


def _beat(path: Path, done: threading.Event) -> None:
    while not done.wait(BEAT):
        with contextlib.suppress(OSError):
            os.utime(path)

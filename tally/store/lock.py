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

try:
    import fcntl
except ImportError:  # Windows: the record alone decides
    fcntl = None  # type: ignore[assignment]

BEAT = 10.0  # seconds between two touches
Record = dict[str, Any]  # who holds the lock
STALE = 60.0  # seconds without a touch after which another machine's lock counts as left behind


@contextlib.contextmanager
def held(root: Path, say: Callable[[str], None] = print) -> Iterator[None]:
    """Holds the root's lock; TallyError at once if another run holds it, or if the lock cannot be written.

    What a dead holder left half written is removed.
    """
    path = root / "data" / "processed" / "run.lock"
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        file = path.open("a+", encoding="utf-8")
    except OSError as e:
        raise TallyError(f"无法写入 {path}：{e.strerror or e}", "请检查磁盘空间和文件夹的写入权限") from e
    with file:
        if _take(file, path, say):
            files.sweep_below(path.parent, root / "reports")
        _write(file, {"pid": os.getpid(), "host": platform.node(), "since": datetime.now().isoformat(" ", "seconds")})
        done = threading.Event()
        beating = threading.Thread(target=_beat, args=(path, done), daemon=True)
        beating.start()
        try:
            yield
        finally:
            done.set()
            beating.join()
            _write(file, {})


def _take(file: IO[str], path: Path, say: Callable[[str], None]) -> bool:
    """Takes the system's lock; whether the last holder left it behind, which is said."""
    if fcntl is not None:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as e:
            raise _busy(_holder(file), path) from e
    if not (holder := _holder(file)):
        return False
    elsewhere = fcntl is None or holder.get("host") != platform.node()
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


def _holder(file: IO[str]) -> Record:
    file.seek(0)
    try:
        record = json.loads(file.read() or "{}")
        return record if isinstance(record, dict) else {}
    except (ValueError, RecursionError):
        return {}


def _write(file: IO[str], holder: Record) -> None:
    file.seek(0)
    file.truncate()
    file.write(json.dumps(holder) if holder else "")
    file.flush()


def _beat(path: Path, done: threading.Event) -> None:
    while not done.wait(BEAT):
        with contextlib.suppress(OSError):
            os.utime(path)

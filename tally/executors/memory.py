"""How much memory there is for another notebook: of the machine, and of the container that this process may be in."""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Callable, Iterator
from pathlib import Path, PurePosixPath

import psutil

ROOM = 512 * 2**20  # bytes that must be free before one more notebook is started beside others
_WAIT = 0.2  # seconds between two looks


def free(system: Path = Path("/")) -> int:
    """Bytes that can be taken without swapping; `system` is where proc and sys lie."""
    bounds: list[int] = [psutil.virtual_memory().available, *_of_containers(system)]
    return max(0, min(bounds))


def _of_containers(system: Path) -> Iterator[int]:
    """What is left of the limits of this process's control groups (versions 2 and 1) and of those above them."""
    try:
        lines = (system / "proc/self/cgroup").read_text().splitlines()
    except OSError:
        return
    for line in lines:
        _, kinds, path = line.split(":", 2)
        if kinds == "":
            top, most, now = "sys/fs/cgroup", "memory.max", "memory.current"
        elif "memory" in kinds.split(","):
            top, most, now = "sys/fs/cgroup/memory", "memory.limit_in_bytes", "memory.usage_in_bytes"
        else:
            continue
        group_path = PurePosixPath(path.lstrip("/"))
        for group in (group_path, *group_path.parents):
            with contextlib.suppress(OSError, ValueError):  # "max": no limit
                folder = system / top / group
                yield int((folder / most).read_text()) - int((folder / now).read_text())


class Gate:
    """Lets the first notebook in at once, any further one only while there is room; all of them in the end."""

    def __init__(self, announce: Callable[[str], None], room: Callable[[], int] = free):
        self._changed, self._announce, self._room = threading.Condition(), announce, room
        self._inside, self._announced = 0, False

    @contextlib.contextmanager
    def entered(self, stopped: threading.Event) -> Iterator[None]:
        """Waits for room, or for all others to be through, or until `stopped`."""
        with self._changed:
            while self._inside and not stopped.is_set() and self._room() < ROOM:
                if not self._announced:
                    self._announced = True
                    self._announce(f"空闲内存不足 {ROOM // 2**20} MB，暂缓同时执行更多笔记本")
                self._changed.wait(_WAIT)
            self._inside += 1
        try:
            yield
        finally:
            with self._changed:
                self._inside -= 1
                self._changed.notify_all()

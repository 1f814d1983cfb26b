"""One writing command at a time on a root in object storage: an object says who is at work, and is written every few seconds.

As `tally.store.lock` does for folders, and at the same place, so that a run on the mounted bucket sees it too. A holder that has
died on this machine is told by its process; one elsewhere is taken over when its object has not been written for a
while, which is watched and not only reckoned from clocks that may differ.
"""

from __future__ import annotations

import contextlib
import json
import os
import platform
import threading
import time
import uuid
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

from tally.errors import TallyError
from tally.store.remote.index import ABSENT
from tally.store.remote.objects import Object
from tally.store.remote.storage import Storage

NAME = "data/processed/run.lock"
BEAT = 10.0  # seconds between two writings
STALE = 60.0  # seconds without one after which the holder may be gone
WATCH = 15.0  # seconds it is then watched before it is believed gone
LOST = 45.0  # seconds without a writing of one's own after which one no longer trusts to hold it
SETTLE = 0.3  # seconds before looking whether a storage without conditions kept one's own writing


Record = dict[str, Any]  # who holds the lock


class Held:
    """The lock while it is held."""

    def __init__(self, storage: Storage, record: Record, mark: str):
        self.storage, self.record, self.mark = storage, record, mark
        self.beaten, self.taken = time.monotonic(), False
        self._writing = threading.Lock()

    @property
    def id(self) -> str:
        return str(self.record["id"])

    def beat(self) -> None:
        """Writes the object again, unless it is no longer ours."""
        with self._writing:
            if self.taken:
                return
            self.record["beat"] = self.record["beat"] + 1
            written = self.storage.write(NAME, _text(self.record), self.mark)
            if written is None and _id(self.storage) != self.id:
                self.taken = True
                return
            self.mark = written.mark if written else self.storage.marks([NAME])[NAME]
            self.beaten = time.monotonic()

    def confirm(self) -> None:
        """TallyError unless the lock is certainly still held."""
        if not self.taken and time.monotonic() - self.beaten > LOST / 2:
            self.beat()
        if self.taken:
            raise TallyError(
                f"{self.storage.address} 的锁已被另一个运行接管，本次结果没有上传",
                "请等那个运行结束后重新运行，会从断点继续",
            )

    def give_back(self) -> None:
        with self._writing:
            if not self.taken and _id(self.storage) == self.id:
                self.storage.remove([NAME])


@contextlib.contextmanager
def held(storage: Storage, say: Callable[[str], None]) -> Iterator[Held]:
    """Holds the root's lock; TallyError at once if another holds it."""
    lock = _taken(storage, say)
    done = threading.Event()
    beating = threading.Thread(target=_beat, args=(lock, done), daemon=True)
    beating.start()
    try:
        yield lock
    finally:
        done.set()
        beating.join(BEAT)
        with contextlib.suppress(TallyError):  # what matters has been said; others take a stale lock over
            lock.give_back()


def holds(storage: Storage, id: str) -> bool:
    """Whether the lock is still that of the run called `id`."""
    return _id(storage) == id


def _taken(storage: Storage, say: Callable[[str], None]) -> Held:
    record = {
        "id": uuid.uuid4().hex,
        "pid": os.getpid(),
        "host": platform.node(),
        "since": datetime.now().isoformat(" ", "seconds"),
        "machine": _machine(),
        "beat": 0,
    }
    written = storage.write(NAME, _text(record), ABSENT)
    if written is None:
        written = _over(storage, record, say)
    if not storage.conditional:
        time.sleep(SETTLE)
    if _id(storage) != record["id"]:
        raise _busy(_record(storage)[0], storage)
    return Held(storage, record, written.mark)


def _over(storage: Storage, record: Record, say: Callable[[str], None]) -> Object:
    """The lock taken from a holder that has given it back or is gone."""
    holder, there = _record(storage)
    if holder and not _gone(storage, holder, there):
        raise _busy(holder, storage)
    if holder:
        say(f"上次运行（{_who(holder)}）没有正常结束，从断点继续")
    written = storage.write(NAME, _text(record), there.mark if there else ABSENT)
    if written is None:
        raise _busy(_record(storage)[0], storage)
    return written


def _gone(storage: Storage, holder: Record, there: Object | None) -> bool:
    if holder.get("machine") and holder["machine"] == _machine():
        return not Path(f"/proc/{holder.get('pid')}").exists()
    if there is None:
        return True
    if time.time() - there.time < STALE:
        return False
    time.sleep(WATCH)
    return storage.marks([NAME])[NAME] == there.mark


def _machine() -> str:
    """What tells this machine, as far as its process numbers reach; "" where that cannot be known."""
    try:
        boot = Path("/proc/sys/kernel/random/boot_id").read_text().strip()
        return f"{boot}/{Path('/proc/self/ns/pid').readlink()}"
    except OSError:
        return ""


def _busy(holder: Record, storage: Storage) -> TallyError:
    return TallyError(
        f"另一个运行正在使用 {storage.address}：{_who(holder)}",
        f"请等它结束后再运行；锁是其中的 {NAME}，不必手工删除",
    )


def _who(holder: Record) -> str:
    return f"{holder.get('host', '')} 上的进程 {holder.get('pid', '')}，开始于 {holder.get('since', '')}"


def _record(storage: Storage) -> tuple[Record, Object | None]:
    """Who holds the lock, {} if nobody or if the record cannot be read, and the object."""
    stored = storage.read(NAME)
    return (_read(stored[0]), stored[1]) if stored else ({}, None)


def _read(content: bytes) -> Record:
    try:
        holder = json.loads(content or b"{}")
    except ValueError:
        return {}
    return holder if isinstance(holder, dict) else {}


def _id(storage: Storage) -> str:
    return str(_read(storage.content(NAME)).get("id", ""))


def _text(record: Record) -> bytes:
    return json.dumps(record, ensure_ascii=False).encode()


def _beat(lock: Held, done: threading.Event) -> None:
    while not done.wait(BEAT):
        with contextlib.suppress(TallyError):  # it may come back; `confirm` asks again
            lock.beat()

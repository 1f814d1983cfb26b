"""After a command: what it changed in the working copy goes to the storage, and nothing else does.

What vouches for others (a unit's state, a manifest) is removed first and put last, so that a push that ends anywhere leaves
nothing that is taken for finished and is not. An object that somebody else changed in the meantime is never overwritten.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from tally.errors import TallyError
from tally.store.remote.areas import group, is_result, vouches
from tally.store.remote.pull import BATCH, Copy, some


@dataclass
class _Push:
    """What is to be done: files to write, objects to remove; `lost`: those that somebody else has changed."""

    copy: Copy
    changed: set[str]
    gone: set[str]
    lost: set[str] = field(default_factory=set)
    sent: int = 0

    def of_others(self, names: Iterable[str]) -> None:
        """Leaves to others what they changed, and with it the rest of its group: of what people keep, everything."""
        self.lost |= set(names)
        theirs = {group(n) for n in self.lost}
        self.changed = {n for n in self.changed if group(n) not in theirs}
        self.gone = {n for n in self.gone if group(n) not in theirs}


def push(copy: Copy, folders: tuple[str, ...]) -> int:
    """Sends what differs from the storage; how many objects were written or removed. TallyError for what others changed."""
    now = _Push(copy, *copy.index.changed(copy.root, folders))
    copy.index.save()
    if not now.changed | now.gone:
        return 0
    marks = copy.storage.marks(now.changed | now.gone)
    now.of_others(n for n, mark in marks.items() if mark != copy.index.mark(n))
    try:
        _withdraw(now)
        _put(now, -1)
        _put(now, 0)
        _drop(now)
        for order in (1, 2, 3, 4):
            _put(now, order)
    finally:
        copy.index.save()
    if now.lost:
        raise TallyError(
            f"{copy.storage.address} 上有文件在本次运行期间被别人改动，没有覆盖：{some(now.lost)}",
            "请重新运行，会以存储上的内容为准",
        )
    return now.sent


def _withdraw(now: _Push) -> None:
    """What vouches for a group that changes is not to be believed while it changes."""
    groups = {group(n) for n in now.changed | now.gone if is_result(n)}
    vouching = {n for n in now.copy.index.entries if vouches(n) and group(n) in groups}
    now.copy.storage.remove(sorted(vouching))
    for name in vouching:
        now.copy.index.forget(name)
    now.copy.index.save()
    now.gone -= vouching
    now.changed |= {n for n in vouching if now.copy.path(n).exists()}


def _put(now: _Push, order: int) -> None:
    names = sorted(n for n in now.changed if vouches(n) == order)
    for i in range(0, len(names), BATCH):
        copy, part = now.copy, [n for n in names[i : i + BATCH] if n in now.changed]
        written, failure = copy.storage.put({n: (copy.path(n), copy.index.mark(n)) for n in part})
        for name, there in written.items():
            if there is not None:
                copy.index.note(name, copy.path(name), there.mark, there.time)
                now.sent += 1
        now.of_others(n for n, there in written.items() if there is None)
        copy.index.save_now_and_then()
        copy.storage.raise_for(failure)


def _drop(now: _Push) -> None:
    now.copy.storage.remove(sorted(now.gone))
    for name in now.gone:
        now.copy.index.forget(name)
    now.sent += len(now.gone)

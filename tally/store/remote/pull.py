"""Before a command: the working copy is made what the storage holds, and only what differs is fetched.

Results that an interrupted command left here and could not send stay, as long as nobody else has written any of the same
group since: then theirs hold. Anything else that was changed in the working copy is set aside, with a word.
"""

from __future__ import annotations

import contextlib
import os
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

from tally.errors import TallyError
from tally.store.remote.areas import group, inside, is_result, travels
from tally.store.remote.index import Index
from tally.store.remote.objects import Object
from tally.store.remote.storage import Storage
from tally.system.replacing import replace

BATCH = 500


@dataclass(frozen=True)
class Copy:
    """A working copy: `root` is a root like any other; beside it lie what is remembered of it and what is on its way."""

    place: Path
    storage: Storage
    index: Index
    say: Callable[[str], None]

    @property
    def root(self) -> Path:
        return self.place / "root"

    @property
    def coming(self) -> Path:
        return self.place / "coming"

    def path(self, name: str) -> Path:
        return self.root / name


def pull(copy: Copy, folders: tuple[str, ...]) -> int:
    """Brings the working copy's `folders` up to date; how many files were fetched."""
    there = {n: o for n, o in copy.storage.listing(folders).items() if travels(n)}
    touched, gone = copy.index.changed(copy.root, folders)
    known = {n for n in copy.index.entries if inside(n, folders)}
    foreign = {n for n in known | there.keys() if _mark(there, n) != copy.index.mark(n)}
    for name in sorted(touched & there.keys() & foreign):
        if copy.storage.same(name, there[name], copy.path(name), copy.coming):
            copy.index.note(name, copy.path(name), there[name].mark, there[name].time)
            touched.discard(name)
            foreign.discard(name)
    stays = _stays(touched | gone, foreign)
    _set_aside(copy, sorted(n for n in touched if not is_result(n)))
    for name in (known | touched) - there.keys() - stays:
        _remove(copy, name)
    due = [n for n in there if n not in stays and (n in foreign or n in touched or n in gone)]
    fetch(copy, {n: there[n] for n in sorted(due)})
    _date(copy, there)
    copy.index.save()
    return len(due)


def fetch(copy: Copy, wanted: dict[str, Object]) -> None:
    """Fetches objects in batches."""
    names = list(wanted)
    for i in range(0, len(names), BATCH):
        part = {n: wanted[n] for n in names[i : i + BATCH]}
        came, failure = copy.storage.fetch(part, copy.path, copy.coming)
        for name in (n for n, ok in came.items() if ok):
            copy.index.note(name, copy.path(name), part[name].mark, part[name].time)
        copy.index.save() if failure else copy.index.save_now_and_then()
        copy.storage.raise_for(failure)
        if lost := [n for n, ok in came.items() if not ok]:
            raise TallyError(f"下载时 {copy.storage.address} 上的文件正在变动：{some(lost)}", "请稍后重试")


def _mark(there: dict[str, Object], name: str) -> str:
    return there[name].mark if name in there else ""


def _stays(unsent: set[str], foreign: set[str]) -> set[str]:
    """The results not yet sent that still hold: those of groups in which nobody else has written."""
    others = {group(n) for n in foreign if is_result(n)}
    return {n for n in unsent if is_result(n) and group(n) not in others}


def _set_aside(copy: Copy, names: list[str]) -> None:
    """Moves away what people changed in the working copy: it would be overwritten, and the storage is the place for it."""
    for name in names:
        target = copy.place / "unsent" / name
        target.parent.mkdir(parents=True, exist_ok=True)
        replace(copy.path(name), target)
    if names:
        copy.say(f"注意：工作副本里的改动没有采用，已移到 {copy.place / 'unsent'}：{some(names)}")


def _remove(copy: Copy, name: str) -> None:
    """Removes a file that is no longer there, and the folders that are empty then: a storage has none."""
    copy.index.forget(name)
    copy.path(name).unlink(missing_ok=True)
    with contextlib.suppress(OSError):
        for folder in copy.path(name).parents:
            if folder == copy.root:
                break
            folder.rmdir()


def _date(copy: Copy, there: dict[str, Object]) -> None:
    """What people put there keeps the time of its object, which tells the day a return came where the register does not."""
    for name, o in there.items():
        entry = copy.index.entries.get(name)
        if entry and o.time and entry.time != o.time and not is_result(name):
            os.utime(copy.path(name), (o.time, o.time))
            copy.index.note(name, copy.path(name), entry.mark, o.time, entry.sha256)


def some(names: Iterable[str], most: int = 5) -> str:
    names = sorted(names)
    return "、".join(names[:most]) + (f" 等 {len(names)} 个" if len(names) > most else "")

"""What a working copy remembers of each file: which version in the storage it is, and how it lay here when that was so.

Kept beside the working copy, not in it. Losing it costs a second transfer, never a result.
"""

from __future__ import annotations

import hashlib
import json
import os
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from tally.store.digests import mark_of
from tally.store.files import write_text
from tally.store.remote.areas import inside, travels

VERSION = 1
ABSENT = ""  # the mark of an object that is not there


@dataclass(frozen=True, slots=True)
class Entry:
    """`mark`, `time`: the object's version and time (seconds) in the storage; `sha256`, `stat`: the file here."""

    mark: str
    time: float
    sha256: str
    stat: tuple[int, ...]


@dataclass
class Index:
    """Entries by name. A name without an entry is neither here nor in the storage, as far as is known."""

    place: Path
    entries: dict[str, Entry] = field(default_factory=dict)
    _new: bool = False  # whether there is something to save
    _saved: float = 0.0  # when it was saved last, and how long that took
    _took: float = 0.0

    @classmethod
    def load(cls, place: Path) -> Index:
        try:
            record = json.loads(place.read_text(encoding="utf-8"))
            if record["version"] != VERSION:
                return cls(place)
            return cls(place, {n: Entry(m, t, h, tuple(s)) for n, (m, t, h, s) in record["entries"].items()})
        except (OSError, ValueError, KeyError, TypeError):
            return cls(place)

    def save(self) -> None:
        if not self._new:
            return
        begun = time.monotonic()
        entries = {n: [e.mark, e.time, e.sha256, e.stat] for n, e in self.entries.items()}
        write_text(self.place, json.dumps({"version": VERSION, "entries": entries}, separators=(",", ":")))
        self._new, self._saved = False, time.monotonic()
        self._took = self._saved - begun

    def save_now_and_then(self) -> None:
        """Saves if that was not done lately: a nation's index takes a while to write."""
        if time.monotonic() - self._saved > max(2.0, 20 * self._took):
            self.save()

    def mark(self, name: str) -> str:
        entry = self.entries.get(name)
        return entry.mark if entry else ABSENT

    def note(self, name: str, path: Path, mark: str, when: float, sha256: str = "") -> None:
        self._keep(name, Entry(mark, when, sha256 or hash_of(path), stat_of(path)))

    def forget(self, name: str) -> None:
        self._new |= self.entries.pop(name, None) is not None

    def _keep(self, name: str, entry: Entry) -> None:
        self.entries[name], self._new = entry, True

    def untouched(self, name: str, root: Path, stat: tuple[int, ...]) -> bool:
        """Whether the file is as it was when its entry was made; told by its stat, else by its content."""
        entry = self.entries.get(name)
        if entry is None:
            return False
        if entry.stat == stat:
            return True
        if entry.stat[0] != stat[0] or hash_of(root / name) != entry.sha256:
            return False
        self._keep(name, Entry(entry.mark, entry.time, entry.sha256, stat))
        return True

    def changed(self, root: Path, folders: tuple[str, ...]) -> tuple[set[str], set[str]]:
        """(new or changed, gone) in the working copy since it was last as in the storage."""
        here = dict(files(root, folders))
        touched = {n for n, stat in here.items() if not self.untouched(n, root, stat)}
        return touched, {n for n in self.entries if inside(n, folders) and n not in here}


def files(root: Path, folders: tuple[str, ...]) -> Iterator[tuple[str, tuple[int, ...]]]:
    """(name, stat) of the working copy's files that belong in the storage."""
    for folder in folders:
        yield from _walk(root / folder, folder)


def _walk(folder: Path | str, name: str) -> Iterator[tuple[str, tuple[int, ...]]]:
    try:
        entries = list(os.scandir(folder))
    except (FileNotFoundError, NotADirectoryError):
        return
    for entry in entries:
        below = f"{name}/{entry.name}"
        if entry.is_dir(follow_symlinks=False):
            yield from _walk(entry.path, below)
        elif entry.is_file(follow_symlinks=False) and travels(below):
            yield below, mark_of(entry.stat(follow_symlinks=False))


def stat_of(path: Path) -> tuple[int, ...]:
    return mark_of(path.stat())


def hash_of(path: Path) -> str:
    with path.open("rb") as f:
        return hashlib.file_digest(f, "sha256").hexdigest()

"""What was learnt of received files that have not changed since: their hashes, and the units they name inside.

Kept in `processed/known-files.json`; a file is known again by size, times and inode. Only a run writes it. Losing it
costs time, never a result.
"""

from __future__ import annotations

import hashlib
import os
import time
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from tally.clean.unit_names import Named
from tally.errors import UnreadableFile
from tally.paths import Paths
from tally.readers import content
from tally.readers.apart import letter
from tally.store.digests import code_digest, mark_of
from tally.store.seals import read_record, write_record

_RACY = 2_000_000_000  # ns: a file changed so shortly before it was hashed may change again within the clock's tick


@dataclass
class Seen:
    """`hashes`: path -> (what tells the file, sha256, day a mail was sent or ""); `inside`: sha256 -> units named inside. Both without old entries."""

    before: dict[str, list] = field(default_factory=dict)
    named_before: dict[str, list] = field(default_factory=dict)
    hashes: dict[str, list] = field(default_factory=dict)
    inside: dict[str, list] = field(default_factory=dict)

    def facts(self, path: Path, name: str, stat: os.stat_result) -> tuple[str, date | None]:
        """The file's hash and, of a mail, the day it was sent; of an unreadable file the hash of nothing."""
        mark = list(mark_of(stat))
        known = self.before.get(name)
        if not known or len(known) < 3 or known[0] != mark:
            try:
                data = content(path)
            except UnreadableFile:  # its reader says what is wrong
                return hashlib.sha256().hexdigest(), None
            sent = letter(path, data)
            known = [mark, hashlib.sha256(data).hexdigest(), sent.day.isoformat() if sent and sent.day else ""]
        if time.time_ns() - max(stat.st_mtime_ns, stat.st_ctime_ns) > _RACY:
            self.hashes[name] = known
        return known[1], date.fromisoformat(known[2]) if known[2] else None

    def named(self, sha256: str) -> Named | None:
        """The units that a file of this content names, None if it has not been opened yet."""
        if (known := self.named_before.get(sha256)) is None:
            return None
        self.inside[sha256] = known
        return Named(frozenset(known[0]), known[1])

    def note(self, sha256: str, named: Named) -> None:
        self.inside[sha256] = [sorted(named.codes), named.ambiguous]


def load(paths: Paths) -> Seen:
    """What the last run noted; nothing if it was another version of this package."""
    noted = read_record(_place(paths))
    return Seen(noted["files"], noted["inside"] if noted["code"] == code_digest() else {}) if noted else Seen()


def keep(paths: Paths, seen: Seen) -> None:
    """Notes what this run learnt, unless it was all known."""
    if seen.hashes != seen.before or seen.inside != seen.named_before:
        write_record(_place(paths), {"code": code_digest(), "files": seen.hashes, "inside": seen.inside})


def _place(paths: Paths) -> Path:
    return paths.processed / "known-files.json"

"""What was learnt of received files that have not changed since: their hashes, and the units they name inside.

Kept in `processed/received.json`; a file is known again by size, times and inode. Only a run writes it. Losing it
costs time, never a result.
"""

from __future__ import annotations

import hashlib
import json
import os
import time
from dataclasses import dataclass, field
from pathlib import Path

from tally.clean.unit_names import Named
from tally.paths import Paths
from tally.store.digests import code_digest
from tally.store.tables import write_text

_RACY = 2_000_000_000  # ns: a file changed so shortly before it was hashed may change again within the clock's tick


@dataclass
class Seen:
    """`hashes`: path -> (what tells the file, sha256); `inside`: sha256 -> units named inside. Both without old entries."""

    before: dict[str, list] = field(default_factory=dict)
    named_before: dict[str, list] = field(default_factory=dict)
    hashes: dict[str, list] = field(default_factory=dict)
    inside: dict[str, list] = field(default_factory=dict)

    def sha256(self, path: Path, name: str, stat: os.stat_result) -> str:
        """The file's hash; of an unreadable file that of nothing (its reader says what is wrong)."""
        mark = [stat.st_size, stat.st_mtime_ns, stat.st_ctime_ns, stat.st_ino]
        known = self.before.get(name)
        if known and known[0] == mark:
            found = known[1]
        else:
            try:
                found = hashlib.sha256(path.read_bytes()).hexdigest()
            except OSError:
                return hashlib.sha256().hexdigest()
        if time.time_ns() - max(stat.st_mtime_ns, stat.st_ctime_ns) > _RACY:
            self.hashes[name] = [mark, found]
        return found

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
    try:
        noted = json.loads(_place(paths).read_text(encoding="utf-8"))
        return Seen(noted["files"], noted["inside"] if noted["code"] == code_digest() else {})
    except (OSError, ValueError, KeyError, TypeError):
        return Seen()


def keep(paths: Paths, seen: Seen) -> None:
    """Notes what this run learnt, unless it was all known."""
    if seen.hashes != seen.before or seen.inside != seen.named_before:
        content = {"code": code_digest(), "files": seen.hashes, "inside": seen.inside}
        write_text(_place(paths), json.dumps(content, ensure_ascii=False, separators=(",", ":")))


def _place(paths: Paths) -> Path:
    return paths.processed / "received.json"

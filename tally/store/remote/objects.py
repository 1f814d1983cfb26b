"""What is known of one object, whatever the storage calls it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any


@dataclass(frozen=True, slots=True)
class Object:
    """One object: `mark` tells its version, `time` in seconds (0: not known)."""

    mark: str
    size: int
    time: float


def object_of(info: Mapping[str, Any]) -> Object:
    """What fsspec says of a file, whatever the storage calls it."""
    size, time = int(info.get("size") or 0), 0.0
    for key in ("LastModified", "last_modified", "mtime", "updated", "modified", "created"):
        if (stamp := info.get(key)) is not None:
            time = _seconds(stamp)
            break
    mark = info.get("ETag") or info.get("etag") or f"{size}-{time!r}-{info.get('ino', '')}"
    return Object(str(mark), size, time)


def _seconds(stamp: Any) -> float:
    if isinstance(stamp, datetime):
        return stamp.timestamp()
    if isinstance(stamp, str):
        return datetime.fromisoformat(stamp.replace("Z", "+00:00")).timestamp()
    return float(stamp)


def plain_hash(mark: str) -> str:
    """A mark as the MD5 hash that it is where an object was written in one piece."""
    return mark.strip('"').lower()

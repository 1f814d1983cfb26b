"""What vouches for files that are read again later: a flipped bit, a cut, or a hand in a table is met before its figures are.

    write_record / read_record    a small JSON file that carries the hash of its own content
    seal / vouched                a table, and its hash in the folder's `seals.json`
    with_sum / without_sum        a file that ends with the hash of all before it

Whoever may write below the root can change a file and its hash together: against that stands only what is kept elsewhere
(a release's fingerprint).
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from tally.errors import TallyError
from tally.store.files import write_bytes

SEALS = "seals.json"
SUM = "sha256"  # the key of a record's own hash
_MAGIC = b"TALLYSUM"
_TAIL = len(_MAGIC) + hashlib.sha256().digest_size


class Broken(TallyError):
    """A file that this program wrote is no longer what it wrote."""

    def __init__(self, path: Path):
        super().__init__(
            f"{path} 与写入时不同：已损坏，或被改动",
            "请重新运行 python pipeline.py run；这一期没有原始文件的，请从备份恢复",
        )
        self.path = path


def sha256(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def write_record(path: Path, content: Mapping[str, Any], *, lasting: bool = False) -> None:
    """Puts a JSON object at `path`, with the hash of all else in it; `lasting`: a power cut does not undo it."""
    whole = {**content, SUM: sha256(_canonical(content))}
    write_bytes(path, json.dumps(whole, ensure_ascii=False, sort_keys=True).encode(), lasting=lasting)


def read_record(path: Path) -> dict[str, Any] | None:
    """What `write_record` wrote; None if it is not there, or is no longer that."""
    try:
        content = json.loads(path.read_bytes())
        known = content.pop(SUM)
        return content if sha256(_canonical(content)) == known else None
    except (OSError, ValueError, TypeError, KeyError, AttributeError, RecursionError):
        return None


def _canonical(content: Mapping[str, Any]) -> bytes:
    return json.dumps(content, ensure_ascii=True, sort_keys=True, separators=(",", ":")).encode()


def seal(path: Path, content: bytes) -> None:
    """Notes the hash of what was just put at `path` beside it."""
    place = path.parent / SEALS
    write_record(place, (read_record(place) or {}) | {path.name: sha256(content)})


def write_sealed(path: Path, content: bytes) -> None:
    """Puts `content` at `path`, and notes its hash."""
    write_bytes(path, content)
    seal(path, content)


def vouched(path: Path) -> bytes:
    """A sealed file's content. Raises `Broken` where it is not what was sealed, or nothing vouches for it."""
    content = path.read_bytes()
    if (read_record(path.parent / SEALS) or {}).get(path.name) != sha256(content):
        raise Broken(path)
    return content


def with_sum(content: bytes) -> bytes:
    """The content, and its hash after it."""
    return content + _MAGIC + hashlib.sha256(content).digest()


def without_sum(path: Path) -> bytes:
    """The content of a file that `with_sum` closed. Raises `Broken`."""
    whole = path.read_bytes()
    content = whole[:-_TAIL]
    if whole[-_TAIL:] != _MAGIC + hashlib.sha256(content).digest():
        raise Broken(path)
    return content

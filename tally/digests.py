"""Short hashes that tell whether something has changed: of bytes, of files, of this package itself."""

from __future__ import annotations

import hashlib
from functools import cache
from pathlib import Path

from tally.paths import PROJECT


def digest(*parts: bytes | str) -> str:
    """Sixteen hex digits; the parts' borders count."""
    h = hashlib.sha256()
    for p in parts:
        h.update(p.encode() if isinstance(p, str) else p)
        h.update(b"\0")
    return h.hexdigest()[:16]


def file_digest(*paths: Path) -> str:
    """Of the files' contents; one that does not exist counts as empty."""
    return digest(*(p.read_bytes() if p.exists() else b"" for p in paths))


@cache
def code_digest() -> str:
    """All of the package's source and data files, the campaigns' declarations among them."""
    files = sorted(p for p in (PROJECT / "tally").rglob("*") if p.is_file() and "__pycache__" not in p.parts)
    return digest(*(x for p in files for x in (p.relative_to(PROJECT).as_posix(), p.read_bytes())))

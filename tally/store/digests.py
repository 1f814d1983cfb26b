"""Short hashes that tell whether something has changed: of bytes, of files, of this package itself; versions of what it uses."""

from __future__ import annotations

import hashlib
import os
import platform
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from tally.paths import PROJECT
from tally.store.files import kept

PACKAGES = (
    "pandas",
    "numpy",
    "pyarrow",
    "xlrd",
    "openpyxl",
    "python-docx",
    "lxml",
    "matplotlib",
    "nbconvert",
    "papermill",
    "typst",
    "xlsxwriter",
)


def mark_of(stat: os.stat_result) -> tuple[int, ...]:
    """What tells a file that nobody has touched: size, times, inode."""
    return stat.st_size, stat.st_mtime_ns, stat.st_ctime_ns, stat.st_ino


def digest(*parts: bytes | str) -> str:
    """Sixteen hex digits; the parts' borders count."""
    h = hashlib.sha256()
    for p in parts:
        h.update(p.encode() if isinstance(p, str) else p)
        h.update(b"\0")
    return h.hexdigest()[:16]


def file_digest(*paths: Path) -> str:
    """Of the files' contents; one that does not exist counts as empty."""
    return digest(*map(kept, paths))


@cache
def code_digest() -> str:
    """All of the package's source and data files, the campaigns' declarations among them."""
    files = sorted(p for p in (PROJECT / "tally").rglob("*") if p.is_file() and "__pycache__" not in p.parts)
    return digest(*(x for p in files for x in (p.relative_to(PROJECT).as_posix(), p.read_bytes())))


@cache
def versions() -> dict[str, str]:
    """The versions of what the outputs depend on."""
    versions = {"python": platform.python_version()}
    for name in PACKAGES:
        try:
            versions[name] = version(name)
        except PackageNotFoundError:
            versions[name] = ""
    return versions


def program() -> dict[str, str]:
    """What must be the same on all machines that work on one run."""
    return {"tally": code_digest(), **versions()}

"""Conversions kept by what was converted, so that a run after a change of dates or corrections converts nothing again.

    with kept_in(folder):                      what is converted for the file that is being read is kept there
        conversion(data, "doc", "docx", make)  what `make` gave the last time for these bytes and this LibreOffice, else now

A file in the folder begins with the digest of what follows: one that was cut off or changed is made anew.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from contextvars import ContextVar
from hashlib import sha256
from pathlib import Path

from tally.system.replacing import replace

_DIGEST = 64  # characters
_folder: ContextVar[Path | None] = ContextVar("conversions", default=None)


@contextmanager
def kept_in(folder: Path | None) -> Iterator[None]:
    """None keeps nothing."""
    token = _folder.set(folder)
    try:
        yield
    finally:
        _folder.reset(token)


def conversion(data: bytes, ending: str, to: str, program: str, make: Callable[[], bytes]) -> bytes:
    """The file `data` of type `ending` as type `to`, by `program`. What `make` raises is raised, and not kept."""
    folder = _folder.get()
    if folder is None:
        return make()
    place = folder / f"{_key(data, ending, to, program)}.{to}"
    known = _sound(place)
    if known is not None:
        return known
    made = make()
    _keep(place, made)
    return made


def _key(data: bytes, ending: str, to: str, program: str) -> str:
    """By content, and by the program that converts: another LibreOffice may make another file of it."""
    source = Path(os.path.realpath(program))
    changed = source.stat().st_mtime_ns if source.exists() else 0
    return sha256(f"{ending}>{to} {source} {changed}\n".encode() + data).hexdigest()[:32]


def _sound(place: Path) -> bytes | None:
    with suppress(OSError):
        kept = place.read_bytes()
        digest, content = kept[:_DIGEST], kept[_DIGEST:]
        if digest == sha256(content).hexdigest().encode():
            return content
    return None


def _keep(place: Path, content: bytes) -> None:
    """Whole or not at all; where it cannot be kept, it is converted again the next time."""
    draft = place.with_name(f"{place.name}.{os.getpid()}")
    with suppress(OSError):
        place.parent.mkdir(parents=True, exist_ok=True)
        draft.write_bytes(sha256(content).hexdigest().encode() + content)
        replace(draft, place)

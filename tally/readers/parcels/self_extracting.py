"""Archives that unpack themselves (.exe): the archive behind the program is read, the program is never run."""

from __future__ import annotations

import re
from collections.abc import Iterator

from tally.errors import UnreadableFile
from tally.readers.parcels.part import Budget, Part
from tally.readers.parcels.rar import rar_parts
from tally.readers.parcels.seven_zip import seven_zip_parts
from tally.readers.parcels.zip_archive import zip_parts

_PROGRAM = b"MZ"
_END_OF_ZIP = b"PK\x05\x06"
_TAIL = 66_000  # bytes at the end of a zip within which its end is marked
_SEVEN = re.compile(rb"7z\xbc\xaf\x27\x1c\0[\x00-\x04]")
_RAR = re.compile(rb"Rar!\x1a\x07(?:\0|\x01\0)")


def self_extracting(data: bytes) -> str:
    """ "exe" for a program with an archive behind it, "" for any other bytes."""
    return "exe" if data.startswith(_PROGRAM) and _archive(data) is not None else ""


def self_extracting_parts(data: bytes, budget: Budget) -> Iterator[Part]:
    """Every member of the archive. Raises as the archive's own reader does."""
    found = _archive(data)
    if found is None:
        raise UnreadableFile("program", "Windows 程序（.exe）")
    kind, start = found
    reader = {"zip": zip_parts, "7z": seven_zip_parts, "rar": rar_parts}[kind]
    yield from reader(data[start:], budget)


def _archive(data: bytes) -> tuple[str, int] | None:
    """What kind of archive lies where; a zip finds its own beginning."""
    for kind, signature in (("7z", _SEVEN), ("rar", _RAR)):
        if place := signature.search(data):
            return kind, place.start()
    return ("zip", 0) if _END_OF_ZIP in data[-_TAIL:] else None

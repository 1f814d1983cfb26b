"""Tar archives and files packed with gzip, bzip2 or xz -> their members."""

from __future__ import annotations

import bz2
import gzip
import io
import lzma
import tarfile
import zlib
from collections.abc import Callable, Iterator
from typing import IO, Any

from tally.errors import UnreadableFile
from tally.readers.parcels.part import Budget, Part, is_litter, name_text

_OPENERS: dict[bytes, Callable[[IO[bytes]], Any]] = {b"\x1f\x8b": gzip.open, b"BZh": bz2.open, b"\xfd7zXZ\0": lzma.open}
_BROKEN = (OSError, EOFError, zlib.error, lzma.LZMAError, ValueError)
_BLOCK = 512  # bytes; an archive ends with two blocks of zeros
_GZIP_NAME = 0x08  # flag of a header that holds the file's name
_GZIP_EXTRA = 0x04


def is_tar(data: bytes) -> bool:
    return data[257:262] == b"ustar"


def tar_parts(data: bytes, budget: Budget) -> Iterator[Part]:
    """Every file in a tar archive, in its order. Raises `UnreadableFile`: "damaged", "too_large"."""
    try:
        with tarfile.open(fileobj=io.BytesIO(data), mode="r:", encoding="utf-8", errors="surrogateescape") as archive:
            members = [(m, _name(m)) for m in archive.getmembers() if m.isfile()]
            members = [(m, name) for m, name in members if not is_litter(name)]
            budget.count(len(members))
            for member, name in members:
                budget.spend(member.size)
                content = archive.extractfile(member)
                yield Part(name, content.read() if content else b"")
    except tarfile.TarError as e:
        raise UnreadableFile("damaged", str(e)) from e
    if any(data[-_BLOCK:]):
        yield Part("未收全的部分", problem="cut_off", detail="tar 归档没有结尾")


def packed_parts(data: bytes, budget: Budget) -> Iterator[Part]:
    """The one file that gzip, bzip2 or xz packed; of a tar archive its members. Raises as `tar_parts` does."""
    opener = next(o for magic, o in _OPENERS.items() if data.startswith(magic))
    try:
        with opener(io.BytesIO(data)) as packed:
            content = _limited(packed, budget)
    except _BROKEN as e:
        raise UnreadableFile("damaged", str(e)) from e
    if is_tar(content):
        yield from tar_parts(content, budget)
    else:
        budget.count(1)
        yield Part(_gzip_name(data) or "内容", content)


def _limited(packed: IO[bytes], budget: Budget) -> bytes:
    content = packed.read(budget.bytes + 1)
    budget.spend(len(content))
    return content


def _name(member: tarfile.TarInfo) -> str:
    return name_text(member.name.encode("utf-8", "surrogateescape")).removeprefix("./")


def _gzip_name(data: bytes) -> str:
    if not data.startswith(b"\x1f\x8b") or len(data) < 12 or not data[3] & _GZIP_NAME or data[3] & _GZIP_EXTRA:
        return ""
    return name_text(data[10 : data.index(b"\0", 10)]) if b"\0" in data[10:] else ""

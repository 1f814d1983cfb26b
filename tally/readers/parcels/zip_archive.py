"""Zip archives -> their members."""

from __future__ import annotations

import struct
import zipfile
import zlib
from collections.abc import Iterator

from tally.errors import UnreadableFile
from tally.readers.package import open_zip, read_member
from tally.readers.parcels.part import Budget, Part, is_litter, name_text

_UTF8_NAME = 0x800
_UNICODE_PATH = 0x7075  # extra field in which some programs keep the name as UTF-8


def zip_parts(data: bytes, budget: Budget) -> Iterator[Part]:
    """Every member, in the archive's order. Raises `UnreadableFile`: "damaged", "encrypted" (all are), "too_large"."""
    archive = open_zip(data)
    members = [i for i in archive.infolist() if not i.is_dir() and not is_litter(member_name(i))]
    budget.count(len(members))
    if members and all(i.flag_bits & 1 for i in members):
        raise UnreadableFile("encrypted", member_name(members[0]))
    for info in members:
        yield _part(archive, info, budget)


def _part(archive: zipfile.ZipFile, info: zipfile.ZipInfo, budget: Budget) -> Part:
    name = member_name(info)
    try:
        content = read_member(archive, info, budget.bytes)
        budget.spend(len(content))
        return Part(name, content)
    except UnreadableFile as e:
        return Part(name, problem=e.problem, detail=e.detail)


def member_name(info: zipfile.ZipInfo) -> str:
    """The member's path as its packer wrote it: UTF-8 where said so, else UTF-8 or GBK, whichever fits."""
    if info.flag_bits & _UTF8_NAME:
        return _clean(info.filename)
    try:
        raw = info.orig_filename.encode("cp437")
    except UnicodeEncodeError:
        return _clean(info.filename)
    return _clean(_unicode_path(info.extra, raw) or name_text(raw))


def _clean(path: str) -> str:
    return path.replace("\\", "/").split("\0")[0].lstrip("/")


def _unicode_path(extra: bytes, raw: bytes) -> str:
    while len(extra) >= 4:
        kind, size = struct.unpack_from("<HH", extra)
        body, extra = extra[4 : 4 + size], extra[4 + size :]
        if kind == _UNICODE_PATH and len(body) > 5 and struct.unpack_from("<I", body, 1)[0] == zlib.crc32(raw):
            return body[5:].decode("utf-8", "replace")
    return ""

"""Zip archives -> the documents of their members, named `a.zip!member.xlsx`."""

from __future__ import annotations

import struct
import zipfile
import zlib
from collections.abc import Callable, Iterator

from tally.errors import UnreadableFile
from tally.model import Document
from tally.readers.limits import ARCHIVE_BYTES, ARCHIVE_MEMBERS
from tally.readers.package import open_zip, read_member

_UTF8_NAME = 0x800
_UNICODE_PATH = 0x7075  # extra field in which some programs keep the name as UTF-8
_NESTING = 2  # an archive in an archive is opened, one within that is not

Read = Callable[[bytes, str], tuple[Document, ...]]


def read_zip(data: bytes, name: str, read: Read) -> tuple[Document, ...]:
    """Every member that is a document, in the archive's order.

    A member that cannot be read is a `Document` with its `problem`, so that it never takes the others with
    it. Raises `UnreadableFile`: "damaged", "encrypted" (all members are), "too_large", "empty".
    """
    if name.count("!") >= _NESTING:
        raise UnreadableFile("unknown_type", "压缩包嵌套过多，请解压后报送")
    archive = open_zip(data)
    members = [i for i in archive.infolist() if not i.is_dir() and not _is_litter(member_name(i))]
    if not members:
        raise UnreadableFile("empty", "压缩包内没有文件")
    if len(members) > ARCHIVE_MEMBERS:
        raise UnreadableFile("too_large", f"压缩包内有 {len(members)} 个文件")
    if all(i.flag_bits & 1 for i in members):
        raise UnreadableFile("encrypted", members[0].filename)
    return tuple(_documents(archive, members, name, read))


def _documents(archive: zipfile.ZipFile, members: list, name: str, read: Read) -> Iterator[Document]:
    left = ARCHIVE_BYTES
    for info in members:
        address = f"{name}!{member_name(info)}"
        try:
            content = read_member(archive, info, left)
            left -= len(content)
            yield from read(content, address)
        except UnreadableFile as e:
            if e.problem == "too_large" and not left:
                raise
            yield Document(address, "", problem=e.problem, detail=e.detail)


def member_name(info: zipfile.ZipInfo) -> str:
    """The member's path as its packer wrote it: UTF-8 where said so, else UTF-8 or GBK, whichever fits."""
    if info.flag_bits & _UTF8_NAME:
        return _clean(info.filename)
    try:
        raw = info.orig_filename.encode("cp437")
    except UnicodeEncodeError:
        return _clean(info.filename)
    if unicode_path := _unicode_path(info.extra, raw):
        return _clean(unicode_path)
    for encoding in ("utf-8", "gb18030"):
        try:
            return _clean(raw.decode(encoding))
        except UnicodeDecodeError:
            continue
    return _clean(info.filename)


def _clean(path: str) -> str:
    return path.replace("\\", "/").split("\0")[0].lstrip("/")


def _unicode_path(extra: bytes, raw: bytes) -> str:
    while len(extra) >= 4:
        kind, size = struct.unpack_from("<HH", extra)
        body, extra = extra[4 : 4 + size], extra[4 + size :]
        if kind == _UNICODE_PATH and len(body) > 5 and struct.unpack_from("<I", body, 1)[0] == zlib.crc32(raw):
            return body[5:].decode("utf-8", "replace")
    return ""


def _is_litter(path: str) -> bool:
    """What operating systems and office programs leave behind: no part of a return."""
    parts = path.split("/")
    leaf = parts[-1]
    return (
        "__MACOSX" in parts or leaf in (".DS_Store", "Thumbs.db", "desktop.ini") or leaf.startswith(("~$", "._", ".~"))
    )

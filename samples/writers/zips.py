"""ZIP archives whose bytes depend on their content alone; names in GBK as Chinese Windows writes them."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Iterable, Mapping

MOMENT = (2021, 5, 1, 0, 0, 0)
Patch = tuple[str, str, str]  # part of a package, old text, new text


def repacked(content: bytes, edits: Mapping[str, bytes] | None = None) -> bytes:
    """The same archive with fixed times, some members replaced."""
    with zipfile.ZipFile(io.BytesIO(content)) as old:
        members = [(info.filename, (edits or {}).get(info.filename, old.read(info))) for info in old.infolist()]
    return packed(members)


def packed(members: Iterable[tuple[str, bytes]], stored: frozenset[str] = frozenset()) -> bytes:
    """A ZIP of (name, content) in the given order; those `stored` are not compressed."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as new:
        for name, content in members:
            info = zipfile.ZipInfo(name, MOMENT)
            info.compress_type = zipfile.ZIP_STORED if name in stored else zipfile.ZIP_DEFLATED
            info.create_system = 0
            new.writestr(info, content)
    return out.getvalue()


def patched(package: bytes, patches: Iterable[Patch], more: Mapping[str, bytes] | None = None) -> bytes:
    """The package with text replaced in its parts and parts added; a patch that finds nothing is a slip."""
    with zipfile.ZipFile(io.BytesIO(package)) as old:
        parts = {name: old.read(name) for name in old.namelist()}
    for part, wanted, instead in patches:
        if wanted.encode() not in parts[part]:
            raise LookupError(f"{wanted!r} is not in {part}")
        parts[part] = parts[part].replace(wanted.encode(), instead.encode())
    return packed((parts | dict(more or {})).items())


def gbk_zip(members: Iterable[tuple[str, bytes]]) -> bytes:
    """A ZIP whose names are GBK without the UTF-8 flag, which Python's own writer cannot make."""
    day = (MOMENT[0] - 1980) << 9 | MOMENT[1] << 5 | MOMENT[2]
    body, directory, count = b"", b"", 0
    for name, content in members:
        raw = name.encode("gb18030")
        squeezed = zlib.compressobj(9, zlib.DEFLATED, -15)
        data = squeezed.compress(content) + squeezed.flush()
        common = struct.pack("<HHHHHIIIHH", 20, 0, 8, 0, day, zlib.crc32(content), len(data), len(content), len(raw), 0)
        directory += b"PK\x01\x02" + struct.pack("<H", 20) + common + struct.pack("<HHHII", 0, 0, 0, 0, len(body)) + raw
        body += b"PK\x03\x04" + common + raw + data
        count += 1
    end = b"PK\x05\x06" + struct.pack("<HHHHIIH", 0, 0, count, count, len(directory), len(body), 0)
    return body + directory + end

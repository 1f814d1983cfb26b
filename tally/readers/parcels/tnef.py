"""winmail.dat (TNEF), in which Outlook wraps attachments for receivers that have no Outlook -> its attachments."""

from __future__ import annotations

import struct
from collections.abc import Iterator

from tally.errors import UnreadableFile
from tally.readers.parcels.part import Budget, Part, name_text

SIGNATURE = b"\x78\x9f\x3e\x22"
_ATTACHMENT, _TITLE, _DATA, _PROPERTIES, _BODY = 0x9002, 0x8010, 0x800F, 0x9005, 0x800C
_LONG_NAME, _DATA_OBJECT = 0x3707, 0x3701
_UNICODE, _BYTES, _BINARY, _OBJECT = 0x1F, 0x1E, 0x102, 0x0D
_FIXED = {0x02: 4, 0x03: 4, 0x04: 4, 0x0B: 4, 0x05: 8, 0x06: 8, 0x07: 8, 0x14: 8, 0x40: 8, 0x48: 16, 0x0A: 4}


def tnef_parts(data: bytes, budget: Budget) -> Iterator[Part]:
    """Every attachment in order. Raises `UnreadableFile`: "damaged" (a checksum is wrong, it breaks off), "too_large"."""
    attachments: list[dict[int, bytes]] = []
    for number, content in _attributes(data):
        if number == _ATTACHMENT:
            attachments.append({})
        elif attachments:
            attachments[-1][number] = content
    budget.count(len(attachments))
    for n, held in enumerate(attachments):
        content = held.get(_DATA, b"")
        budget.spend(len(content))
        yield Part(_name(held) or f"附件{n + 1}", content)


def _attributes(data: bytes) -> Iterator[tuple[int, bytes]]:
    at = 6
    while at < len(data):
        if at + 9 > len(data):
            raise UnreadableFile("damaged", "winmail.dat 不完整")
        number, size = struct.unpack_from("<HxxI", data, at + 1)
        content, check = data[at + 9 : at + 9 + size], data[at + 9 + size : at + 11 + size]
        if len(content) < size or len(check) < 2 or sum(content) & 0xFFFF != struct.unpack("<H", check)[0]:
            raise UnreadableFile("damaged", "winmail.dat 校验不符")
        yield number, content
        at += 11 + size


def _name(held: dict[int, bytes]) -> str:
    long_name = _long_name(held.get(_PROPERTIES, b""))
    return (long_name or name_text(held.get(_TITLE, b"").strip(b"\0"))).replace("/", "／").replace("\\", "／")


def _long_name(block: bytes) -> str:
    """The long file name among the attachment's MAPI properties, "" where it cannot be told."""
    try:
        return next((text for number, text in _properties(block) if number == _LONG_NAME), "")
    except struct.error:
        return ""


def _properties(block: bytes) -> Iterator[tuple[int, str]]:
    """(number, text) of the properties that are text, as far as the block can be followed."""
    if not block:
        return
    at = 4
    for _ in range(struct.unpack_from("<I", block)[0]):
        kind, number = struct.unpack_from("<HH", block, at)
        at += 4
        if number >= 0x8000:
            at = _after_name(block, at)
        if kind in _FIXED:
            at += _FIXED[kind]
        elif kind in (_UNICODE, _BYTES, _BINARY, _OBJECT):
            at, raw = _value(block, at)
            if kind in (_UNICODE, _BYTES):
                yield (
                    number,
                    raw.decode("utf-16-le", "replace").strip("\0") if kind == _UNICODE else name_text(raw.strip(b"\0")),
                )
        else:
            return


def _after_name(block: bytes, at: int) -> int:
    """Past the name of a named property: its set, and a number or a text."""
    by_text = struct.unpack_from("<I", block, at + 16)[0]
    at += 20
    if not by_text:
        return at + 4
    size = struct.unpack_from("<I", block, at)[0]
    return at + 4 + _padded(size)


def _value(block: bytes, at: int) -> tuple[int, bytes]:
    """The first of a property's values and the place after all of them."""
    first = b""
    count = struct.unpack_from("<I", block, at)[0]
    at += 4
    for n in range(count):
        size = struct.unpack_from("<I", block, at)[0]
        first = block[at + 4 : at + 4 + size] if n == 0 else first
        at += 4 + _padded(size)
    return at, first


def _padded(size: int) -> int:
    return (size + 3) // 4 * 4

"""Records of Excel's binary workbook parts ([MS-XLSB] 2.1.4) and the values that they hold."""

from __future__ import annotations

import struct
from collections.abc import Iterator

from tally.errors import UnreadableFile
from tally.readers.colours import INDEXED, theme_colour

_NO_STRING = 0xFFFFFFFF


def records(part: bytes) -> Iterator[tuple[int, bytes]]:
    """(number, content) of each record. Raises `UnreadableFile("damaged")` where one reaches over the part's end."""
    at, end = 0, len(part)
    while at < end:
        number = part[at]
        at += 1
        if number & 0x80 and at < end:
            number = number & 0x7F | (part[at] & 0x7F) << 7
            at += 1
        size = shift = 0
        while at < end:
            byte = part[at]
            at += 1
            size |= (byte & 0x7F) << shift
            shift += 7
            if not byte & 0x80 or shift > 21:
                break
        if at + size > end:
            raise UnreadableFile("damaged", f"record {number}")
        yield number, part[at : at + size]
        at += size


def string(content: bytes, at: int = 0) -> tuple[str, int]:
    """The text of a string and the place behind it; a missing one is ""."""
    count = struct.unpack_from("<I", content, at)[0]
    if count == _NO_STRING:
        return "", at + 4
    end = at + 4 + 2 * count
    if end > len(content):
        raise UnreadableFile("damaged", "string")
    return content[at + 4 : end].decode("utf-16-le", "replace"), end


def packed_number(rk: int) -> float:
    """An RK number: a whole number or the upper half of a float, perhaps a hundredth of it."""
    if rk & 2:
        value = float((rk >> 2) - (1 << 30) * (rk >> 31))
    else:
        value = struct.unpack("<d", b"\0\0\0\0" + struct.pack("<I", rk & 0xFFFFFFFC))[0]
    return value / 100 if rk & 1 else value


def colour(content: bytes, at: int) -> str:
    """RRGGBB of eight bytes of colour; "" for the automatic one, a name of its own for others, as in `sheet_colour`."""
    kind, index = content[at] >> 1, content[at + 1]
    tint = struct.unpack_from("<h", content, at + 2)[0]
    if kind == 0:
        return ""
    if kind == 1:
        return INDEXED[index] if index < len(INDEXED) else ""
    if kind == 2:
        return content[at + 4 : at + 7].hex().upper()
    return theme_colour(str(index), tint / 32767)

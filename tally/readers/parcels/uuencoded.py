"""Files that old mail programs write into a mail's text (uuencode) -> the files, and the text without them."""

from __future__ import annotations

import binascii
import re
from collections.abc import Iterator

from tally.readers.parcels.part import Part

_BLOCK = re.compile(r"^begin [0-7]{3,4} (\S[^\r\n]*)\r?\n((?:[!-`][ -`]*\r?\n)+?)(?:`| )?\r?\n?end[ \t]*\r?$", re.M)


def without_files(text: str) -> str:
    """The text with each file in it as a line that names it."""
    return _BLOCK.sub(lambda m: f"［附件：{m[1].strip()}］", text)


def files_in(text: str) -> Iterator[Part]:
    """Every file in the text; one that cannot be decoded with its problem."""
    for block in _BLOCK.finditer(text):
        name = block[1].strip()
        try:
            lines = (line for line in block[2].splitlines() if line.strip("`").strip())
            yield Part(name, b"".join(_decoded(line) for line in lines))
        except (binascii.Error, UnicodeEncodeError) as e:
            yield Part(name, problem="damaged", detail=f"uuencode：{e}")


def _decoded(line: str) -> bytes:
    """One line; some programs leave off the last characters, which stand for nothing."""
    raw = line.encode("ascii")
    size = (raw[0] - 32) & 63
    return binascii.a2b_uu(raw[: 1 + (size + 2) // 3 * 4])

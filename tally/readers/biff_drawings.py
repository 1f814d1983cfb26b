"""What lies on the worksheets of a BIFF workbook (.xls, .et) and is no cell: xlrd reads none of it.

[MS-XLS] 2.4.181 (Obj), 2.4.329 (TxO), 2.4.136 (Header); the anchors are of [MS-XLS] 2.5.193.
"""

from __future__ import annotations

import struct

from tally.model import Ink
from tally.readers.biff_formulas import BOF, EOF, records, sheet_starts
from tally.readers.sheet_drawings import page_words
from tally.readers.sums import column_letters

_HEADER, _FOOTER, _OBJ, _TXO, _CONTINUE, _DRAWING, _FILTER = 0x14, 0x15, 0x5D, 0x1B6, 0x3C, 0xEC, 0x9D
_ANCHOR = b"\x10\xf0\x12\x00\x00\x00"  # record type and length of a client anchor
_KINDS = {
    0x00: "", 0x05: "chart", 0x06: "text box", 0x08: "picture", 0x0B: "tick box", 0x0C: "tick box", 0x0D: "entry field",
    0x0E: "text box", 0x12: "list", 0x14: "list", 0x19: "",  # a group, and a cell's comment, which xlrd reads
    0x07: "", 0x10: "", 0x11: "",  # buttons, spinners, scroll bars
}  # fmt: skip
_PAGE = {_HEADER: "page header", _FOOTER: "page footer"}


def drawings(stream: bytes) -> list[list[Ink]]:
    """By worksheet in order, the ink of its drawings and of its page's header and footer."""
    return [_sheet(stream, at) for at in sheet_starts(stream)]


def _sheet(stream: bytes, start: int) -> list[Ink]:
    ink: list[Ink] = []
    cell, length, filtered, depth = "", 0, False, 0
    for code, body in records(stream, start):
        depth += (code == BOF) - (code == EOF)
        if depth <= 0:
            break
        if depth > 1:
            continue
        filtered |= code == _FILTER
        if code in _PAGE and (words := page_words(_string(body))):
            ink.append(Ink("", _PAGE[code], words))
        elif code == _DRAWING and (at := body.rfind(_ANCHOR)) >= 0:
            cell = _middle(body[at + len(_ANCHOR) :])
        elif code == _OBJ and len(body) >= 6:
            kind = _KINDS.get(struct.unpack_from("<H", body, 4)[0], "shape")
            ink += [Ink(cell, kind)] if kind and not (kind == "list" and filtered) else []
        elif code == _TXO and len(body) >= 12:
            length = struct.unpack_from("<H", body, 10)[0]
        elif code == _CONTINUE and length and ink:
            ink[-1] = ink[-1]._replace(text=_characters(body, length), kind=_with_words(ink[-1].kind))
            length = 0
    return ink


def _with_words(kind: str) -> str:
    return "text box" if kind == "shape" else kind


def _string(body: bytes) -> str:
    return _characters(body[2:], struct.unpack_from("<H", body)[0]) if len(body) > 3 else ""


def _characters(body: bytes, length: int) -> str:
    """Characters behind a byte that says whether each takes one byte or two."""
    if body[0] & 1:
        return body[1 : 1 + 2 * length].decode("utf-16-le", "replace").strip()
    return body[1 : 1 + length].decode("latin-1").strip()


def _middle(anchor: bytes) -> str:
    """The cell under the middle of a shape."""
    if len(anchor) < 18:
        return ""
    left, _, top, _, right, right_by, bottom, bottom_by = struct.unpack_from("<8H", anchor, 2)
    right, bottom = max(left, right - (right_by == 0)), max(top, bottom - (bottom_by == 0))
    return f"{column_letters((left + right) // 2)}{(top + bottom) // 2 + 1}"

"""Formulas of a BIFF workbook (.xls, .et): xlrd keeps their results only, so their records are read here."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass

from xlrd.book import Book
from xlrd.formula import FMLA_TYPE_CELL, FMLA_TYPE_SHARED, decompile_formula

BOF, EOF, _BOUNDSHEET = 0x0809, 0x000A, 0x0085
_FORMULA, _SHARED, _STRING = (0x0006, 0x0206, 0x0406), 0x04BC, 0x0207
_POINTS_TO_SHARED = 0x01  # the first token of a cell that uses a shared formula


@dataclass(frozen=True, slots=True)
class Formula:
    """A cell's formula as A1 text with "=" ("=" alone where it cannot be told) and whether no result is stored."""

    text: str
    empty: bool


def formulas(stream: bytes, book: Book) -> list[dict[tuple[int, int], Formula]]:
    """By worksheet in order, the formulas by cell. BIFF5 and BIFF8; older files give empty lists."""
    return [_sheet(stream, at, book) for at in sheet_starts(stream)]


def records(stream: bytes, at: int) -> Iterator[tuple[int, bytes]]:
    while at + 4 <= len(stream):
        code, size = struct.unpack_from("<HH", stream, at)
        yield code, stream[at + 4 : at + 4 + size]
        at += 4 + size


def sheet_starts(stream: bytes) -> list[int]:
    starts = []
    for code, body in records(stream, 0):
        if code == EOF:
            break
        if code == _BOUNDSHEET and len(body) > 6 and body[5] == 0:  # a worksheet, no chart or macro sheet
            starts.append(struct.unpack_from("<I", body)[0])
    return starts


def _sheet(stream: bytes, start: int, book: Book) -> dict[tuple[int, int], Formula]:
    cells: dict[tuple[int, int], tuple[bytes, bool]] = {}
    shared: dict[tuple[int, int], bytes] = {}  # by the first cell that uses it
    last, depth = (0, 0), 0
    for code, body in records(stream, start):
        depth += (code == BOF) - (code == EOF)
        if depth <= 0:
            break
        if code in _FORMULA and len(body) >= 22 and depth == 1:
            row, col = last = struct.unpack_from("<HH", body)
            empty = body[12:14] == b"\xff\xff" and body[6] == 3
            cells[row, col] = (body[22 : 22 + struct.unpack_from("<H", body, 20)[0]], empty)
        elif code == _SHARED and len(body) > 10:
            shared[last] = body[10:]
    return {at: Formula(_text(tokens, at, shared, book), empty) for at, (tokens, empty) in cells.items()}


def _text(tokens: bytes, at: tuple[int, int], shared: dict[tuple[int, int], bytes], book: Book) -> str:
    kind = FMLA_TYPE_CELL
    if len(tokens) >= 5 and tokens[0] == _POINTS_TO_SHARED:
        tokens, kind = shared.get(struct.unpack_from("<HH", tokens, 1), b""), FMLA_TYPE_SHARED
    try:
        text = decompile_formula(book, tokens, len(tokens), kind, browx=at[0], bcolx=at[1]) if tokens else ""
    except Exception:  # xlrd asserts and indexes its way through tokens it does not know
        text = ""
    return f"={text or ''}"

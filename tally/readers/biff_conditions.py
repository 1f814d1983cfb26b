"""Conditional formats of BIFF workbooks (.xls, .et) -> `Condition`s: xlrd reads none of them.

[MS-XLS] 2.4.56 (CondFmt), 2.4.42 (CF), 2.5.95 (DXFN); a font's part is [MS-XLS] 2.5.92.
"""

from __future__ import annotations

import struct
from collections.abc import Callable, Iterator

from xlrd.book import Book
from xlrd.formula import FMLA_TYPE_COND_FMT, decompile_formula

from tally.model import Span
from tally.readers.biff_formulas import BOF, EOF, records, sheet_starts
from tally.readers.conditional import OPERATORS, Condition, Effect, effect_of
from tally.readers.runs import UNKNOWN, WHITE, Font

_CONDFMT, _CF = 0x01B0, 0x01B1
_SIGNS = ("", "between", "notbetween", "equal", "notequal", "greater", "less", "greaterorequal", "lessorequal")
_HAS_NUMBER, _HAS_FONT, _HAS_ALIGNMENT, _HAS_BORDER, _HAS_PATTERN = (1 << bit for bit in (25, 26, 27, 28, 29))
_FONT_SIZE, _ALIGNMENT_SIZE, _BORDER_SIZE = 118, 8, 8  # bytes
_STRUCK = 0x80
Palette = Callable[[int], str]  # index -> RRGGBB, "" for the automatic colours


def conditions(stream: bytes, book: Book, palette: Palette) -> list[list[Condition]]:
    """By worksheet in order, those that take something from sight."""
    return [list(_sheet(stream, at, book, palette)) for at in sheet_starts(stream)]


def _sheet(stream: bytes, start: int, book: Book, palette: Palette) -> Iterator[Condition]:
    spans: tuple[Span, ...] = ()
    depth = 0
    for code, body in records(stream, start):
        depth += (code == BOF) - (code == EOF)
        if depth <= 0:
            return
        if code == _CONDFMT and len(body) >= 14:
            spans = tuple(_spans(body))
        elif code == _CF and len(body) > 14 and spans and (effect := _effect(body, palette)):
            yield Condition(spans, *_test(body, book, spans[0]), effect)


def _spans(body: bytes) -> Iterator[Span]:
    count = struct.unpack_from("<H", body, 12)[0]
    for at in range(14, min(14 + 8 * count, len(body) - 7), 8):
        top, bottom, left, right = struct.unpack_from("<4H", body, at)
        yield Span(top, left, bottom, right)


def _test(body: bytes, book: Book, span: Span) -> tuple[str, tuple[str, ...]]:
    kind, sign, first, second = struct.unpack_from("<BBHH", body)
    end = len(body) - second
    formulas = [body[end - first : end], body[end:]]
    bounds = tuple(_formula(tokens, book, span) for tokens in formulas if tokens)
    if kind == 2:
        return "formula", bounds
    return (OPERATORS[_SIGNS[sign]] if 0 < sign < len(_SIGNS) else "cellIs"), bounds


def _formula(tokens: bytes, book: Book, span: Span) -> str:
    try:
        return decompile_formula(book, tokens, len(tokens), FMLA_TYPE_COND_FMT, browx=span.top, bcolx=span.left) or ""
    except Exception:  # xlrd asserts and indexes its way through tokens it does not know
        return ""


def _effect(body: bytes, palette: Palette) -> Effect:
    """What the format takes from sight. Its parts follow one another, each only where a flag says so."""
    flags, is_written = struct.unpack_from("<IH", body, 6)
    at, font, ground, code = 12, Font(), WHITE, ""
    if flags & _HAS_NUMBER:
        size = struct.unpack_from("<H", body, at)[0] if is_written & 1 else 2
        code = _text(body[at + 2 : at + size]) if is_written & 1 else ""
        at += size
    if flags & _HAS_FONT and len(body) >= at + _FONT_SIZE:
        style, colour = struct.unpack_from("<I", body, at + 68)[0], struct.unpack_from("<I", body, at + 80)[0]
        unchanged = struct.unpack_from("<I", body, at + 88)[0]
        font = Font(ink=palette(colour) if colour < 0x100 else "", struck=bool(style & _STRUCK & ~unchanged))
        at += _FONT_SIZE
    at += _ALIGNMENT_SIZE * bool(flags & _HAS_ALIGNMENT) + _BORDER_SIZE * bool(flags & _HAS_BORDER)
    if flags & _HAS_PATTERN and len(body) >= at + 4:
        colours = struct.unpack_from("<H", body, at + 2)[0]
        ground = palette(colours >> 7 & 0x7F) or palette(colours & 0x7F) or UNKNOWN
    return effect_of(font, ground, code)


def _text(body: bytes) -> str:
    """Characters behind their number and a byte that says whether each takes one byte or two."""
    if len(body) < 3:
        return ""
    count, wide = struct.unpack_from("<HB", body)
    return body[3 : 3 + 2 * count].decode("utf-16-le", "replace") if wide & 1 else body[3 : 3 + count].decode("latin-1")

"""Bytes of unknown encoding to text: byte order mark, UTF-8, UTF-16 without a mark, GB18030.

A few bytes that fit no encoding become U+FFFD: one bad character in a name must not lose a return.
"""

from __future__ import annotations

import codecs
import re

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
    (b"\x84\x31\x95\x33", "gb18030"),
)
_CONTROLS = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f-\x84\x86-\x9f\ufffe\uffff]")
_CUT_OFF = 3  # bytes of a last character that may be missing
_MOST_GAPS = 0.005  # of all characters
_LOOKED_AT = 200_000  # characters
_PADDING = 8  # zero bytes at the end that are no text
_SHORTEST = 20  # characters: less with a wrong byte is no text


def decode(data: bytes) -> tuple[str, str] | None:
    """(text, encoding), or None where the bytes are no text. A byte order mark is not part of the text."""
    data = _unpadded(data)
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            text = data.decode(encoding, "replace").removeprefix("\ufeff")
            return (text, encoding.removesuffix("-sig")) if _is_text(text, strict=False) else None
    if b"\0" in data[:4096]:
        return _without_mark(data)
    data = data.rstrip(b"\x1a")  # how DOS ends a text
    for encoding in ("utf-8", "gb18030"):
        strict_text = _strictly(data, encoding)
        if strict_text is not None and _is_text(strict_text, strict=encoding == "gb18030"):
            return strict_text, encoding
    return _with_gaps(data)


def _unpadded(data: bytes) -> bytes:
    """Without the zero bytes to which block-wise writers fill a file up; a last character of two bytes keeps its own."""
    text = data.rstrip(b"\0")
    if not text or len(data) - len(text) < _PADDING:
        return data
    return data[: len(text) + len(text) % 2] if b"\0" in text[:4096] else text


def _with_gaps(data: bytes) -> tuple[str, str] | None:
    """Text in which hardly any bytes are wrong, by the encoding with the fewest."""
    texts = [(data.decode(encoding, "replace"), encoding) for encoding in ("utf-8", "gb18030")]
    text, encoding = min(texts, key=lambda t: t[0].count("\ufffd"))
    few = text.count("\ufffd") <= max(1, len(text) * _MOST_GAPS)
    return (text, encoding) if few and len(text) >= _SHORTEST and _is_text(text, strict=True) else None


def _strictly(data: bytes, encoding: str) -> str | None:
    """Decoded without errors, save for a last character cut off."""
    decoder = codecs.getincrementaldecoder(encoding)("strict")
    try:
        text = decoder.decode(data)
    except UnicodeDecodeError:
        return None
    rest = decoder.getstate()[0]
    return text + "\ufffd" if 0 < len(rest) <= _CUT_OFF else text


def _without_mark(data: bytes) -> tuple[str, str] | None:
    """UTF-16 told by its zero bytes: ASCII digits, commas and line ends have their zero on one side.

    A few zero bytes within sound UTF-8 are strays.
    """
    if data.count(0) * 10 < len(data) and (text := _strictly(data, "utf-8")) is not None:
        return (text, "utf-8") if _is_text(text, strict=False) else None
    even, odd = data[0:4096:2].count(0), data[1:4096:2].count(0)
    encoding = "utf-16-le" if odd > even else "utf-16-be"
    wide = _strictly(data, encoding)
    return (wide, encoding) if wide is not None and _is_text(wide, strict=True) else None


def _is_text(text: str, *, strict: bool) -> bool:
    """Few control characters; `strict` asks for hardly any."""
    looked_at = text[:_LOOKED_AT]
    return len(_CONTROLS.findall(looked_at)) <= len(looked_at) * (0.001 if strict else 0.01)

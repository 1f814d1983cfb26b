"""A mail signed in one piece (S/MIME, smime.p7m) -> the mail that was signed. The signature itself is not verified.

The content lies in the clear within CMS (RFC 5652), encoded in BER: SignedData, then the signed content as octets that
may come in pieces.
"""

from __future__ import annotations

from collections.abc import Iterator

from tally.errors import UnreadableFile
from tally.readers.parcels.part import Budget, Part

_SIGNED = b"\x2a\x86\x48\x86\xf7\x0d\x01\x07\x02"  # 1.2.840.113549.1.7.2
_OF_CMS = b"\x2a\x86\x48\x86\xf7\x0d\x01\x07"
_SEQUENCE, _OBJECT, _OCTETS, _OCTETS_IN_PIECES, _CONTENT = 0x30, 0x06, 0x04, 0x24, 0xA0
_HEADERS = b"X-Mailer: S/MIME\r\nMIME-Version: 1.0\r\n"  # what is signed has none of its own but its content's
_BEGINNING = 40  # bytes within which CMS says what it is
_DEEPEST = 20


def is_cms(data: bytes) -> bool:
    """Whether the bytes are CMS: signed, encrypted or both."""
    return data[:1] == bytes([_SEQUENCE]) and _OF_CMS in data[:_BEGINNING]


def signed_parts(data: bytes, budget: Budget, headers: bytes = _HEADERS) -> Iterator[Part]:
    """The mail that was signed, under the `headers` of the mail that brought it. Raises `UnreadableFile`: "sealed" (it is encrypted), "damaged", "too_large"."""
    if _SIGNED not in data[:_BEGINNING]:
        raise UnreadableFile("sealed")
    content = headers + signed_content(data)
    budget.count(1)
    budget.spend(len(content))
    yield Part("签名邮件.eml", content)


def signed_content(data: bytes) -> bytes:
    """The octets that were signed. Raises `UnreadableFile`: "accessory" (a signature alone), "damaged"."""
    try:
        (_, wrapped), *_ = _values(data)
        fields = list(_values(wrapped))
        (_, signed), *_ = _values(fields[1][1])
        inner = next(value for tag, value in _values(signed) if tag == _SEQUENCE)
        content = next((value for tag, value in _values(inner) if tag == _CONTENT), None)
        if content is None:  # smime.p7s: the signature of what lies beside it
            raise UnreadableFile("accessory", "邮件的数字签名")
        return b"".join(_octets(content, 0))
    except (IndexError, StopIteration, ValueError) as e:
        raise UnreadableFile("damaged", "S/MIME 的签名内容读不出来") from e


def _octets(data: bytes, depth: int) -> Iterator[bytes]:
    if depth > _DEEPEST:
        raise ValueError("too deep")
    for tag, value in _values(data):
        if tag == _OCTETS:
            yield value
        elif tag == _OCTETS_IN_PIECES:
            yield from _octets(value, depth + 1)


def _values(data: bytes) -> Iterator[tuple[int, bytes]]:
    """(tag, content) of the values that follow one another, to the end or to the mark of it."""
    at = 0
    while at + 2 <= len(data) and data[at : at + 2] != b"\0\0":
        tag, start, end, after = _value(data, at, 0)
        yield tag, data[start:end]
        at = after


def _value(data: bytes, at: int, depth: int) -> tuple[int, int, int, int]:
    """(tag, where its content begins, where it ends, where the next value begins)."""
    if depth > _DEEPEST:
        raise ValueError("too deep")
    tag, size, start = data[at], data[at + 1], at + 2
    if size == 0x80:  # as long as its values go on
        end = start
        while data[end : end + 2] != b"\0\0":
            end = _value(data, end, depth + 1)[3]
        return tag, start, end, end + 2
    if size > 0x80:
        count = size & 0x7F
        size, start = int.from_bytes(data[start : start + count], "big"), start + count
    if start + size > len(data):
        raise ValueError("cut off")
    return tag, start, start + size, start + size

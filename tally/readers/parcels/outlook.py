"""Outlook's mails (.msg) -> their text and attachments. The container is OLE; its streams are named by MAPI's property numbers."""

from __future__ import annotations

import io
import struct
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

import olefile

from tally.readers.parcels.letter import Letter, text_parts
from tally.readers.parcels.part import Budget, Part
from tally.writing.encoding import decode

PROPERTIES = "__properties_version1.0"
_SUBJECT, _BODY, _HTML, _RTF = 0x0037, 0x1000, 0x1013, 0x1009
_SENDER_NAME, _SENDER_SMTP, _SENDER_ADDRESS = 0x0C1A, 0x5D01, 0x0C1F
_SUBMITTED, _DELIVERED = 0x0039, 0x0E06
_DATA, _LONG_NAME, _NAME, _DISPLAY_NAME, _CONTENT_ID = 0x3701, 0x3707, 0x3704, 0x3001, 0x3712
_UNICODE, _BYTES, _BINARY, _TIME, _OBJECT = 0x001F, 0x001E, 0x0102, 0x0040, 0x000D
_HEADER = 32  # bytes before the properties of the outermost message; an embedded one has 24, an attachment 8
_EPOCH = datetime(1601, 1, 1, tzinfo=UTC)
_SMALL_PICTURE = 30_000
_DEEPEST = 5


@dataclass(frozen=True)
class _Storage:
    """One storage of the container: a message or an attachment; `path` leads to it from the root."""

    ole: olefile.OleFileIO
    path: tuple[str, ...] = ()

    def inner(self, name: str) -> _Storage:
        return _Storage(self.ole, (*self.path, name))

    def binary(self, number: int, kind: int = _BINARY) -> bytes | None:
        stream = [*self.path, f"__substg1.0_{number:04X}{kind:04X}"]
        return self.ole.openstream(stream).read() if self.ole.exists(stream) else None

    def text(self, number: int) -> str:
        if (wide := self.binary(number, _UNICODE)) is not None:
            return wide.decode("utf-16-le", "replace").strip("\0")
        narrow = (self.binary(number, _BYTES) or b"").strip(b"\0")
        decoded = decode(narrow) if narrow else None
        return decoded[0] if decoded else narrow.decode("gb18030", "replace")

    def time(self, *numbers: int) -> datetime | None:
        """The first of these properties that holds a moment."""
        stream = [*self.path, PROPERTIES]
        raw = self.ole.openstream(stream).read() if self.ole.exists(stream) else b""
        start = _HEADER if not self.path else 24
        entries = (raw[at : at + 16] for at in range(start, len(raw) - 15, 16))
        times = {struct.unpack_from("<I", e)[0]: struct.unpack_from("<Q", e, 8)[0] for e in entries}
        ticks = next((t for n in numbers if (t := times.get(n << 16 | _TIME))), 0)
        return _EPOCH + timedelta(microseconds=ticks // 10) if 0 < ticks < 2**62 else None

    def attachments(self) -> list[str]:
        below = len(self.path)
        names = {e[below] for e in self.ole.listdir(storages=True) if tuple(e[:below]) == self.path and len(e) > below}
        return sorted(n for n in names if n.startswith("__attach_version1.0"))


def outlook_letter(data: bytes) -> Letter:
    """Who sent it, when and about what."""
    with olefile.OleFileIO(io.BytesIO(data)) as ole:
        return _letter(_Storage(ole))


def outlook_parts(data: bytes, budget: Budget) -> Iterator[Part]:
    """The text, then every attachment in order; of a mail attached, its parts (`转发.msg/附件4.xlsx`)."""
    with olefile.OleFileIO(io.BytesIO(data)) as ole:
        yield from _message(_Storage(ole), budget, 1)


def _message(message: _Storage, budget: Budget, depth: int) -> Iterator[Part]:
    yield from text_parts(_letter(message), message.text(_BODY), _markup(message))
    names = message.attachments()
    budget.count(len(names))
    for name in names:
        yield from _attachment(message.inner(name), budget, depth)


def _attachment(attached: _Storage, budget: Budget, depth: int) -> Iterator[Part]:
    name = attached.text(_LONG_NAME) or attached.text(_NAME) or attached.text(_DISPLAY_NAME) or "未命名附件"
    name = name.replace("/", "／").replace("\\", "／")
    content = attached.binary(_DATA)
    inner = attached.inner(f"__substg1.0_{_DATA:04X}{_OBJECT:04X}")
    if content is not None:
        budget.spend(len(content))
        small = attached.text(_CONTENT_ID) and _is_picture(content) and len(content) < _SMALL_PICTURE
        yield Part(name, problem="inline_picture") if small else Part(name, content)
    elif attached.ole.exists([*inner.path, PROPERTIES]) and depth < _DEEPEST:
        for part in _message(inner, budget, depth + 1):
            yield replace(part, name=f"{name.removesuffix('.msg')}.msg/{part.name}")
    else:
        yield Part(name, problem="linked", detail="附件没有随邮件保存")


def _is_picture(content: bytes) -> bool:
    return content.startswith((b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"BM"))


def _letter(message: _Storage) -> Letter:
    name, address = message.text(_SENDER_NAME), message.text(_SENDER_SMTP) or message.text(_SENDER_ADDRESS)
    shown = f"{name} <{address}>" if name and "@" in address and address != name else name or address
    return Letter(shown, message.time(_SUBMITTED, _DELIVERED), message.text(_SUBJECT))


def _markup(message: _Storage) -> str:
    raw = message.binary(_HTML) or b""
    decoded = decode(raw) if raw else None
    return decoded[0] if decoded else message.text(_HTML)

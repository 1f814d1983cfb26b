"""Mails as files (.eml) -> their text and attachments."""

from __future__ import annotations

import email
import email.policy
import re
from collections.abc import Iterator
from contextlib import suppress
from datetime import datetime
from email.errors import CloseBoundaryNotFoundDefect, HeaderParseError, StartBoundaryNotFoundDefect
from email.header import decode_header
from email.message import Message
from email.utils import collapse_rfc2231_value, parsedate_to_datetime

from tally.readers.parcels.letter import Letter, text_parts
from tally.readers.parcels.mailbox import bare_mail
from tally.readers.parcels.part import Budget, Part, name_text
from tally.readers.parcels.signed import signed_parts
from tally.readers.parcels.uuencoded import files_in, without_files
from tally.writing.encoding import decode

_HEADERS = re.compile(rb"\A\s*(?:From .*\r?\n)?(?:[A-Za-z][A-Za-z0-9-]*:[^\n]*\n(?:[ \t][^\n]*\n)*){2,}", re.IGNORECASE)
_OF_MAILS = re.compile(
    rb"^(?:from|to|subject|date|received|return-path|message-id|delivered-to|mime-version|x-mailer):", re.I | re.M
)
_SENT = re.compile(rb"^(?:to|cc|received|return-path|delivered-to|message-id|x-mailer|x-qq-mid):", re.I | re.M)
_WEB_PAGE = re.compile(rb"^content-type:\s*multipart/related", re.I | re.M)
_SEALED = ("application/pkcs7-mime", "application/x-pkcs7-mime")  # signed in one piece, or encrypted
_OF_LETTER = ("from", "to", "date", "subject", "message-id")
_SMALL_PICTURE = 30_000  # bytes: below this a picture in the text is a logo or a line
_TELLS_ITSELF = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"Rar!", b"7z\xbc\xaf")  # formats that show when they are cut off


class _AsSent(email.policy.Compat32):
    """Headers as the bytes have them (what is no ASCII as surrogates), for `header_text` to decode."""

    def header_fetch_parse(self, name: str, value: str) -> str:
        return value


_AS_SENT = _AsSent()


def is_mail(data: bytes) -> bool:
    """Whether the bytes begin with a mail's headers; a saved web page (.mht) has some of them, but nobody sent it."""
    head = _HEADERS.match(bare_mail(data[:65_536]))
    if head is None or len(set(m.lower() for m in _OF_MAILS.findall(head[0]))) < 2:
        return False
    return bool(_SENT.search(head[0])) or not _WEB_PAGE.search(head[0])


def mail_letter(data: bytes) -> Letter:
    """Who sent it, when and about what, from the headers alone."""
    return _letter(email.message_from_bytes(bare_mail(data)[:262_144], policy=_AS_SENT))


def mail_parts(data: bytes, budget: Budget) -> Iterator[Part]:
    """The text, then every attachment in order. Raises `UnreadableFile("too_large")`.

    A mail that breaks off has a part more that says so; what came of its last attachment is left out where nothing in
    the file itself would show that it is cut off.
    """
    message = email.message_from_bytes(bare_mail(data), policy=_AS_SENT)
    if message.get_content_type() in _SEALED:
        yield from signed_parts(_content(message), budget, _headers(message))
        return
    leaves = list(_leaves(message))
    texts = [m for m in leaves if _is_text(m)]
    plain, markup = (_joined(texts, kind) for kind in ("text/plain", "text/html"))
    written_in = list(files_in(plain))
    yield from text_parts(_letter(message), without_files(plain) if written_in else plain, markup)
    yield from written_in
    attached = [m for m in leaves if m not in texts and m.get_content_type() != "application/pkcs7-signature"]
    budget.count(len(attached) + len(written_in))
    budget.spend(sum(len(part.data) for part in written_in))
    broken = any(_is_broken(m) for m in message.walk())
    for m in attached:
        content = _content(m)
        budget.spend(len(content))
        yield _part(m, content, whole=not broken or m is not leaves[-1])
    if broken or message.get_content_type() == "message/partial":
        yield Part("未收全的部分", problem="cut_off", detail="邮件没有结尾")


def _headers(message: Message) -> bytes:
    """Who sent it, when and about what, for a mail that was signed in one piece and says nothing of that itself."""
    lines = [f"{name}: {value}" for name, value in message.items() if name.lower() in _OF_LETTER]
    return "".join(f"{line}\r\n" for line in (*lines, "MIME-Version: 1.0")).encode("utf-8", "surrogateescape")


def _leaves(message: Message) -> Iterator[Message]:
    """Parts that hold something; a mail within the mail is one of them."""
    if message.get_content_type() == "message/rfc822" or not message.is_multipart():
        yield message
        return
    for part in _inner(message):
        yield from _leaves(part)


def _inner(message: Message) -> list[Message]:
    """The parts of a part that holds some."""
    payload = message.get_payload()
    return [p for p in payload if isinstance(p, Message)] if isinstance(payload, list) else []


def _is_broken(message: Message) -> bool:
    return any(isinstance(d, CloseBoundaryNotFoundDefect | StartBoundaryNotFoundDefect) for d in message.defects)


def _is_text(message: Message) -> bool:
    """Whether a part is the mail's own text and no file."""
    attached = "attachment" in str(message.get("Content-Disposition", "")).lower() or _file_name(message)
    return message.get_content_type() in ("text/plain", "text/html") and not attached


def _joined(texts: list[Message], kind: str) -> str:
    return "\n".join(_text(m) for m in texts if m.get_content_type() == kind)


def _text(message: Message) -> str:
    raw = _content(message)
    charset = (message.get_content_charset() or "").replace("gb2312", "gb18030").replace("gbk", "gb18030")
    with suppress(LookupError, UnicodeDecodeError):
        return raw.decode(charset or "ascii")
    decoded = decode(raw)
    return decoded[0] if decoded else raw.decode("utf-8", "replace")


def _content(message: Message) -> bytes:
    if message.get_content_type() == "message/rfc822":
        inner = _inner(message)
        return inner[0].as_bytes() if inner else b""
    content = message.get_payload(decode=True)
    return content if isinstance(content, bytes) else b""


def _part(message: Message, content: bytes, whole: bool) -> Part:
    name = _file_name(message) or _unnamed(message)
    if not whole and not content.startswith(_TELLS_ITSELF):
        return Part(name, problem="cut_off", detail="邮件没有结尾，附件可能不全")
    inline = message.get_content_maintype() == "image" and message.get("Content-ID")
    if inline and len(content) < _SMALL_PICTURE:
        return Part(name, problem="inline_picture", detail=f"{len(content) / 1024:.0f} kB")
    return Part(name, content)


def _file_name(message: Message) -> str:
    raw = message.get_param("filename", None, "content-disposition") or message.get_param("name", None, "content-type")
    text = collapse_rfc2231_value(raw) if raw else ""
    return header_text(text).replace("/", "／").replace("\\", "／").strip()


def _unnamed(message: Message) -> str:
    if message.get_content_type() == "message/rfc822":
        inner = _inner(message)
        subject = header_text(inner[0].get("Subject", "")) if inner else ""
        return f"{subject or '转发的邮件'}.eml"
    return f"未命名附件（{message.get_content_type()}）"


def _letter(message: Message) -> Letter:
    return Letter(header_text(message.get("From", "")), _sent(message), header_text(message.get("Subject", "")))


def _sent(message: Message) -> datetime | None:
    """When it was sent, by its date, else by the first server that took it on."""
    received = (str(r).rpartition(";")[2] for r in reversed(message.get_all("Received", [])))
    for written in (str(message.get("Date", "")), *received):
        with suppress(ValueError, TypeError, IndexError):
            return parsedate_to_datetime(written.strip())
    return None


def header_text(value: str) -> str:
    """A header's text: encoded words of one charset are put together first, for some senders cut characters in two."""
    try:
        pieces = decode_header(value)
    except HeaderParseError:
        return value
    joined: list[tuple[bytes, str]] = []
    for piece, charset in pieces:
        raw = piece if isinstance(piece, bytes) else piece.encode("utf-8", "surrogateescape")
        charset = (charset or "").lower()
        if joined and charset and joined[-1][1] == charset:
            joined[-1] = (joined[-1][0] + raw, charset)
        else:
            joined.append((raw, charset))
    return " ".join("".join(_decoded(raw, charset) for raw, charset in joined).split())


def _decoded(raw: bytes, charset: str) -> str:
    known = "" if charset in ("", "unknown-8bit") else charset
    with suppress(LookupError, UnicodeDecodeError):
        return raw.decode("gb18030" if known in ("gb2312", "gbk") else known or "ascii")
    return name_text(raw)

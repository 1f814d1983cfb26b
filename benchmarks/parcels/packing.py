"""Parcels as people send them, written by libraries that the readers do not use: 7z, rar, tar, mails of both kinds, winmail.dat."""

from __future__ import annotations

import io
import struct
import tarfile
from datetime import UTC, datetime
from email.message import EmailMessage

import py7zr
import rars
from aspose.email_foss import msg

from samples.writers.zips import gbk_zip

Files = dict[str, bytes]
SENT = datetime(2021, 6, 3, 1, 15, tzinfo=UTC)


def seven_zip(files: Files, password: str | None = None) -> bytes:
    out = io.BytesIO()
    with py7zr.SevenZipFile(out, "w", password=password) as archive:
        for name, data in files.items():
            archive.writestr(data, name)
    return out.getvalue()


def zipped(files: Files) -> bytes:
    """With names in GBK and no word of it, as Chinese Windows packs."""
    return gbk_zip(files.items())


def rar(files: Files, kind: str = "rar50", password: str | None = None) -> bytes:
    builder = rars.RarBuilder(format=kind, password=password)
    for name, data in files.items():
        builder.add_bytes(data, name)
    return bytes(builder.to_bytes())


def tar(files: Files, mode: str = "w", encoding: str = "utf-8") -> bytes:
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode=mode, encoding=encoding, format=tarfile.GNU_FORMAT) as archive:
        for name, data in files.items():
            info = tarfile.TarInfo(name)
            info.size = len(data)
            archive.addfile(info, io.BytesIO(data))
    return out.getvalue()


def message(files: Files, text: str = "请查收。", subject: str = "亭湖区口罩报表") -> EmailMessage:
    mail = EmailMessage()
    mail["From"] = "亭湖区局 <th@example.com>"
    mail["To"] = "city@example.com"
    mail["Subject"] = subject
    mail["Date"] = "Wed, 02 Jun 2021 20:15:00 -0500"
    mail["Message-ID"] = "<1@example.com>"
    mail.set_content(text)
    for name, data in files.items():
        mail.add_attachment(data, maintype="application", subtype="octet-stream", filename=name)
    return mail


def outlook(files: Files, text: str = "请查收。", inner: msg.MapiMessage | None = None) -> msg.MapiMessage:
    """A mail of Outlook's; `.to_bytes()` is the file."""
    mail = msg.MapiMessage.create("亭湖区口罩报表", text)
    mail.set_property(msg.PropertyId.SENDER_NAME, "亭湖区局")
    mail.set_property(msg.PropertyId.SENDER_EMAIL_ADDRESS, "th@example.com")
    mail.set_property(msg.PropertyId.MESSAGE_DELIVERY_TIME, SENT)
    for name, data in files.items():
        mail.add_attachment(name, data)
    if inner is not None:
        mail.add_embedded_message_attachment(inner)
    return mail


def winmail(files: Files) -> bytes:
    """winmail.dat as Outlook writes it: a short name in GBK, the long one among the MAPI properties."""
    out = struct.pack("<IH", 0x223E9F78, 1)
    for name, data in files.items():
        wide = name.encode("utf-16-le") + b"\0\0"
        padded = wide.ljust((len(wide) + 3) // 4 * 4, b"\0")
        properties = struct.pack("<IHHIHHII", 2, 0x03, 0x3705, 1, 0x1F, 0x3707, 1, len(wide)) + padded
        out += _attribute(0x00069002, bytes(14)) + _attribute(0x00018010, b"~1.XLS\0")
        out += _attribute(0x0006800F, data) + _attribute(0x00069005, properties)
    return out


def _attribute(number: int, content: bytes) -> bytes:
    return struct.pack("<BII", 2, number, len(content)) + content + struct.pack("<H", sum(content) & 0xFFFF)


def dbf(names: list[str], sizes: list[int], records: list[list[str]]) -> bytes:
    """A dBase III table of character fields in GBK, as old statistics programs export it."""
    start, size = 32 + 32 * len(names) + 1, 1 + sum(sizes)
    out = struct.pack("<4BIHH20x", 3, 121, 6, 2, len(records), start, size)
    for name, length in zip(names, sizes, strict=True):
        out += name.encode("gbk")[:10].ljust(11, b"\0") + b"C" + bytes(4) + bytes([length, 0]) + bytes(14)
    out += b"\r"
    for record in records:
        cells = (v.encode("gbk").ljust(n) for v, n in zip(record, sizes, strict=True))
        out += b" " + b"".join(cells)
    return out + b"\x1a"

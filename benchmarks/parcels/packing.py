"""Parcels as people send them, written by libraries that the readers do not use: 7z, rar, tar, mails of both kinds, winmail.dat."""

from __future__ import annotations

import html
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


def ofd(lines: list[list[str]], above: list[str], text: str = "") -> bytes:
    """A page of OFD with a ruled table under some lines, as an OFD printer draws it; `text`: one more line below."""
    width, height, left, top = 270.0 / len(lines[0]), 8.0, 10.0, 30.0
    objects = [_ofd_text(left, 8.0 + 8 * n, line) for n, line in enumerate(above)]
    for r, line in enumerate(lines):
        objects += [_ofd_text(left + c * width + 1, top + r * height + 2, v) for c, v in enumerate(line) if v]
    right, bottom = left + width * len(lines[0]), top + height * len(lines)
    rules = [(left, top + r * height, right, top + r * height) for r in range(len(lines) + 1)]
    rules += [(left + c * width, top, left + c * width, bottom) for c in range(len(lines[0]) + 1)]
    for x0, y0, x1, y1 in rules:
        place = f"{x0} {y0} {x1 - x0 + 1} {y1 - y0 + 1}"
        path = f"M 0 0 L {x1 - x0} {y1 - y0}"
        objects.append(
            f'<ofd:PathObject Boundary="{place}"><ofd:AbbreviatedData>{path}</ofd:AbbreviatedData></ofd:PathObject>'
        )
    if text:
        objects.append(_ofd_text(left, bottom + 5, text))
    name = 'xmlns:ofd="http://www.ofdspec.org/2016"'
    area = "<ofd:PageArea><ofd:PhysicalBox>0 0 297 210</ofd:PhysicalBox></ofd:PageArea>"
    pages = '<ofd:Pages><ofd:Page ID="1" BaseLoc="Pages/Page_0/Content.xml"/></ofd:Pages>'
    members = {
        "OFD.xml": f"<ofd:OFD {name}><ofd:DocBody><ofd:DocRoot>Doc_0/Document.xml</ofd:DocRoot></ofd:DocBody></ofd:OFD>",
        "Doc_0/Document.xml": f"<ofd:Document {name}><ofd:CommonData>{area}</ofd:CommonData>{pages}</ofd:Document>",
        "Doc_0/Pages/Page_0/Content.xml": f"<ofd:Page {name}><ofd:Content><ofd:Layer>{''.join(objects)}</ofd:Layer></ofd:Content></ofd:Page>",
    }
    return zipped({n: m.encode() for n, m in members.items()})


def _ofd_text(x: float, y: float, text: str, size: float = 3.0) -> str:
    """A piece of text whose characters are as far apart as they are wide."""
    steps = [size if c > "\u2e80" else size / 2 for c in text[:-1]]
    place = f"{x} {y} {len(text) * size} {size + 1}"
    code = f'<ofd:TextCode X="0" Y="{size}" DeltaX="{" ".join(map(str, steps))}">{html.escape(text)}</ofd:TextCode>'
    return f'<ofd:TextObject Boundary="{place}" Font="1" Size="{size}">{code}</ofd:TextObject>'

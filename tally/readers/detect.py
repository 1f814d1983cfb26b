"""What a file is, told from its content alone; names and endings lie."""

from __future__ import annotations

import io
import re

import olefile

from tally.errors import UnreadableFile
from tally.readers.dbf import is_dbf
from tally.readers.foreign import refuse_foreign, refuse_foreign_package, refuse_foreign_text
from tally.readers.package import Package, root_name
from tally.readers.parcels.mail import is_mail
from tally.readers.parcels.mailbox import is_mailbox
from tally.readers.parcels.outlook import PROPERTIES as OUTLOOK
from tally.readers.parcels.self_extracting import self_extracting
from tally.readers.parcels.signed import is_cms
from tally.readers.parcels.tar import is_tar
from tally.readers.parcels.tnef import SIGNATURE as TNEF
from tally.writing.encoding import decode

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_RAW_BIFF = re.compile(rb"\x09[\x00\x02\x04\x08][\x04\x06\x08\x10]\x00")
# what bytes begin with -> kind
_MAGIC = {
    b"\x89PNG": "picture",
    b"\xff\xd8\xff": "picture",
    b"GIF8": "picture",
    b"II*\0": "picture",
    b"MM\0*": "picture",
    b"Rar!\x1a\x07": "rar",
    b"7z\xbc\xaf\x27\x1c": "7z",
    b"\x1f\x8b\x08": "packed",
    b"BZh": "packed",
    b"\xfd7zXZ\0": "packed",
    TNEF: "tnef",
}
_PDF_STARTS = 1024  # bytes within which a PDF must say that it is one
_WORD_ENCRYPTED = 0x01  # in the second flag byte of a .doc's header
_ZIP = (b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")


def kind_of(data: bytes) -> str:
    """A key of `READERS` or `PARCELS`. Raises `UnreadableFile` for what none of them reads."""
    if not data:
        raise UnreadableFile("empty")
    if data.startswith(OLE):
        return _ole_kind(data)
    if data.startswith(_ZIP):
        return _zip_kind(data)
    if data.startswith(b"{\\rtf"):
        return "rtf"
    if _RAW_BIFF.match(data):
        return "xls"
    if kind := _plain_kind(data):
        return kind
    if within := self_extracting(data):
        return within
    refuse_foreign(data)
    return _text_kind(data)


def _plain_kind(data: bytes) -> str:
    """The kind of what its first bytes tell without a container, "" for none."""
    if kind := next((kind for magic, kind in _MAGIC.items() if data.startswith(magic)), ""):
        return kind
    if _is_picture(data):
        return "picture"
    if is_tar(data):
        return "tar"
    if is_dbf(data):
        return "dbf"
    if is_mailbox(data):
        return "mbox"
    if is_mail(data):
        return "eml"
    if is_cms(data):
        return "cms"
    return "pdf" if b"%PDF-" in data[:_PDF_STARTS] else ""  # last: what holds a PDF may show it among its first bytes


def _is_picture(data: bytes) -> bool:
    """BMP, WebP and what telephones make (HEIC, AVIF)."""
    bitmap = data[:2] == b"BM" and len(data) > 54 and int.from_bytes(data[2:6], "little") in (len(data), 0)
    return (
        bitmap or data[:4] == b"RIFF" and data[8:12] == b"WEBP" or data[4:12] in (b"ftypheic", b"ftypmif1", b"ftypavif")
    )


def _ole_kind(data: bytes) -> str:
    try:
        with olefile.OleFileIO(io.BytesIO(data)) as ole:
            streams = {entry[-1].lower() for entry in ole.listdir() if len(entry) == 1}
            word = ole.openstream("WordDocument").read(12) if "worddocument" in streams else b""
    except Exception as e:  # olefile raises what it stumbles over
        raise UnreadableFile("damaged", str(e)) from e
    if "encryptedpackage" in streams:
        return "protected"
    if streams & {"workbook", "book"}:
        return "xls"
    if OUTLOOK.lower() in streams:
        return "msg"
    if word:
        if len(word) == 12 and word[11] & _WORD_ENCRYPTED:
            raise UnreadableFile("encrypted")
        return "doc"
    raise UnreadableFile("unknown_type", "OLE：" + "、".join(sorted(streams)[:5]))


def _zip_kind(data: bytes) -> str:
    package = Package(data)
    if "mimetype" in package:
        mime = package.read("mimetype")[:100].decode("ascii", "replace").strip()
        if "opendocument.spreadsheet" in mime:
            return "ods"
        if "opendocument.text" in mime:
            return "odt"
    main = package.main_part()
    if main.endswith(".bin"):
        return "xlsb"
    if main:
        root = root_name(package.read(main))
        kinds = {"workbook": "xlsx", "document": "docx"}
        if root not in kinds:
            refuse_foreign_package(package, root)
        return kinds[root]
    if "OFD.xml" in package:
        return "ofd"
    refuse_foreign_package(package, "")
    return "zip"


def _text_kind(data: bytes) -> str:
    decoded = decode(data)
    if decoded is None:
        raise UnreadableFile("unknown_type")
    refuse_foreign_text(decoded[0][:4096].lstrip(), len(data))
    head = decoded[0][:4096].lstrip().lower()
    if head.startswith("<"):
        return _markup_kind(head)
    if "mime-version:" in head and "multipart/related" in head:
        return "mhtml"
    return "html" if re.search(r"<table[\s>]", head) else "text"


def _markup_kind(head: str) -> str:
    if "urn:schemas-microsoft-com:office:spreadsheet" in head and not re.search(r"<html[\s>]", head):
        return "xml2003"
    if "urn:oasis:names:tc:opendocument:xmlns:office" in head and "office:document" in head:
        return "fods" if "opendocument.spreadsheet" in head else "fodt"
    if (
        "schemas.microsoft.com/office/word/2003/wordml" in head
        or "schemas.microsoft.com/office/2006/xmlpackage" in head
    ):
        return "wordml"
    if re.search(r"<(!doctype html|html|head|body|table|meta|div|style|p|center|font)[\s>]", head):
        return "html"
    return "text"

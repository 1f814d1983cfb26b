"""What a file is, told from its content alone; names and endings lie."""

from __future__ import annotations

import io
import re

import olefile

from tally.errors import UnreadableFile
from tally.readers.encoding import decode
from tally.readers.package import Package, root_name

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_RAW_BIFF = re.compile(rb"\x09[\x00\x02\x04\x08][\x04\x06\x08\x10]\x00")
# what is recognised only to say what it is
_REFUSED = {
    b"%PDF": "PDF 文件，请报送可编辑的表格",
    b"\x89PNG": "图片，请报送可编辑的表格",
    b"\xff\xd8\xff": "图片，请报送可编辑的表格",
    b"GIF8": "图片，请报送可编辑的表格",
    b"BM": "图片，请报送可编辑的表格",
    b"II*\0": "图片，请报送可编辑的表格",
    b"MM\0*": "图片，请报送可编辑的表格",
    b"Rar!": "RAR 压缩包，请解压后报送",
    b"7z\xbc\xaf": "7z 压缩包，请解压后报送",
    b"\x1f\x8b": "gzip 压缩文件，请解压后报送",
    b"OFD": "OFD 版式文件，请报送可编辑的表格",
}
_WORD_ENCRYPTED = 0x01  # in the second flag byte of a .doc's header
_ZIP = (b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")


def kind_of(data: bytes) -> str:
    """A key of `READERS`. Raises `UnreadableFile` for what none of them reads."""
    if not data:
        raise UnreadableFile("empty")
    if data.startswith(_OLE):
        return _ole_kind(data)
    if data.startswith(_ZIP):
        return _zip_kind(data)
    if data.startswith(b"{\\rtf"):
        return "rtf"
    if _RAW_BIFF.match(data):
        return "xls"
    return _text_kind(data)


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
            raise UnreadableFile("unknown_type", root)
        return kinds[root]
    if "OFD.xml" in package:
        raise UnreadableFile("unknown_type", "OFD 版式文件，请报送可编辑的表格")
    return "zip"


def _text_kind(data: bytes) -> str:
    decoded = decode(data)
    if decoded is None:
        for magic, hint in _REFUSED.items():
            if data.startswith(magic):
                raise UnreadableFile("unknown_type", hint)
        raise UnreadableFile("unknown_type")
    head = decoded[0][:4096].lstrip().lower()
    if head.startswith("%pdf"):
        raise UnreadableFile("unknown_type", _REFUSED[b"%PDF"])
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

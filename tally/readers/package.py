"""The zip container of .xlsx, .docx and .ods: its parts by name, their relations, their XML, within limits."""

from __future__ import annotations

import io
import posixpath
import zipfile
import zlib
from typing import TypeAlias, overload

from lxml import etree

from tally.errors import UnreadableFile
from tally.readers.limits import PART_BYTES, left, spend

# how an entry of a zip begins, in its directory and before its data -> where the second byte of its flags stands
_ENTRIES = {b"PK\x01\x02": 9, b"PK\x03\x04": 7}
_UTF8_NAME = 0x08  # in that byte
OFFICE_DOCUMENT = "officeDocument"
Element: TypeAlias = etree._Element  # lxml itself is not typed


def xml_parser() -> etree.XMLParser:
    """A parser that follows no entity and no network address."""
    return etree.XMLParser(
        resolve_entities=False, no_network=True, huge_tree=True, remove_comments=True, remove_pis=True
    )


def parse_xml(data: bytes) -> Element:
    """The root element. Raises `UnreadableFile("damaged")`."""
    try:
        root = etree.fromstring(data, xml_parser())
    except etree.XMLSyntaxError as e:
        raise UnreadableFile("damaged", str(e)) from e
    if root is None:
        raise UnreadableFile("damaged", "XML")
    return root


def root_name(data: bytes) -> str:
    """The root element's name without its namespace, from the first bytes. Raises `UnreadableFile("damaged")`."""
    try:
        for _, root in etree.iterparse(io.BytesIO(data), events=("start",), resolve_entities=False):
            return local(root)
    except etree.XMLSyntaxError as e:
        raise UnreadableFile("damaged", str(e)) from e
    raise UnreadableFile("damaged", "XML")


def local(element: Element) -> str:
    """An element's name without its namespace ("" for an entity)."""
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def first_child(element: Element, name: str) -> Element | None:
    """The first child of a local name, whatever its namespace; quicker than a search where there are few."""
    for one in element:
        if local(one) == name:
            return one
    return None


@overload
def attribute(element: Element, name: str) -> str | None: ...
@overload
def attribute(element: Element, name: str, default: str) -> str: ...
def attribute(element: Element, name: str, default: str | None = None) -> str | None:
    """An attribute by local name, whatever its namespace (strict and transitional files differ)."""
    for key, value in element.attrib.items():
        if key == name or key.endswith("}" + name):
            return value
    return default


def open_zip(data: bytes) -> zipfile.ZipFile:
    """Raises `UnreadableFile("damaged")`.

    Of an archive cut off at its end zipfile may find the directory of a member that is an archive itself, and
    leave out all the rest: what it lists must begin where the file begins.
    """
    try:
        archive = _archive(data)
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError) as e:
        raise UnreadableFile("damaged", str(e)) from e
    if data.startswith(b"PK\x03\x04") and min((i.header_offset for i in archive.infolist()), default=1) != 0:
        raise UnreadableFile("damaged", "压缩包不完整")
    return archive


def _archive(data: bytes) -> zipfile.ZipFile:
    """Some packers mark names in GBK as UTF-8: where they are none, without those marks, as any other old archive."""
    try:
        return zipfile.ZipFile(io.BytesIO(data))
    except UnicodeDecodeError:
        return zipfile.ZipFile(io.BytesIO(_unmarked(data)))


def _unmarked(data: bytes) -> bytes:
    """The archive with no entry's mark that its name is UTF-8."""
    copy = bytearray(data)
    for signature, flags in _ENTRIES.items():
        at = data.find(signature)
        while at >= 0:
            if at + flags < len(copy):
                copy[at + flags] &= ~_UTF8_NAME & 0xFF
            at = data.find(signature, at + len(signature))
    return bytes(copy)


class Package:
    """Parts are found whatever their letters' case, slashes or a leading "/": writers differ."""

    def __init__(self, data: bytes):
        self.zip = open_zip(data)
        self.infos = {_key(i.filename): i for i in self.zip.infolist()}
        self.related: dict[str, list[tuple[str, str, str]]] = {}  # relations that were asked for

    def __contains__(self, part: str) -> bool:
        return _key(part) in self.infos

    def names(self, below: str = "") -> list[str]:
        return [i.filename for key, i in self.infos.items() if key.startswith(_key(below))]

    def read(self, part: str) -> bytes:
        info = self.infos.get(_key(part))
        if info is None:
            raise UnreadableFile("damaged", f"缺少 {part}")
        content = read_member(self.zip, info, min(PART_BYTES, left("bytes")))
        spend("bytes", len(content))
        return content

    def xml(self, part: str) -> Element:
        return parse_xml(self.read(part))

    def relations(self, part: str) -> list[tuple[str, str, str]]:
        """(id, type's last word, target part) of every internal relation of `part`; "" is the package."""
        if part not in self.related:
            self.related[part] = self._relations(part)
        return self.related[part]

    def _relations(self, part: str) -> list[tuple[str, str, str]]:
        folder, _, leaf = part.rpartition("/")
        rels = posixpath.join(folder, "_rels", leaf + ".rels")
        if rels not in self:
            return []
        targets = []
        for r in self.xml(rels):
            target = r.get("Target", "").replace("\\", "/")
            if local(r) == "Relationship" and r.get("TargetMode") != "External" and target:
                path = target.lstrip("/") if target.startswith("/") else posixpath.normpath(f"{folder}/{target}")
                targets.append((r.get("Id", ""), r.get("Type", "").rpartition("/")[2], path.lstrip("/")))
        return targets

    def main_part(self) -> str:
        """The office document's main part, "" if this is no OOXML package."""
        for _, kind, target in self.relations(""):
            if kind == OFFICE_DOCUMENT and target in self:
                return target
        return next((p for p in ("xl/workbook.xml", "xl/workbook.bin", "word/document.xml") if p in self), "")


def _key(part: str) -> str:
    return part.replace("\\", "/").lstrip("/").lower()


def read_member(archive: zipfile.ZipFile, info: zipfile.ZipInfo, limit: int) -> bytes:
    """A member's bytes. Raises `UnreadableFile` "encrypted", "damaged" or "too_large"; the header's size is not trusted."""
    if info.flag_bits & 1:
        raise UnreadableFile("encrypted", info.filename)
    try:
        with archive.open(info) as f:
            data = f.read(limit + 1)
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, NotImplementedError, RuntimeError) as e:
        raise UnreadableFile("damaged", str(e)) from e
    if len(data) > limit:
        raise UnreadableFile("too_large", info.filename)
    return data

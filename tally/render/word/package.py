"""The Word file around its text: styles, font names, properties; the same content gives the same bytes."""

from __future__ import annotations

import io
import posixpath
import zipfile
from datetime import UTC, datetime
from pathlib import Path

import docx
from docx.document import Document
from docx.oxml import parse_xml
from lxml import etree

from tally.render.word.font_table import font_table

STYLES = Path(__file__).parent / "word_styles.xml"
SETTINGS = Path(__file__).parent / "word_settings.xml"
# Of python-docx's template: nothing of ours uses it.
_LEFT_OVER = frozenset(
    f"/{name}"
    for name in (
        "word/stylesWithEffects.xml", "word/numbering.xml", "word/webSettings.xml", "word/theme/theme1.xml", "docProps/thumbnail.jpeg",
        "customXml/item1.xml", "customXml/itemProps1.xml", "customXml/_rels/item1.xml.rels",
    )
)  # fmt: skip
_APP = (
    b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    b'<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties">'
    b"<Application>tally</Application></Properties>"
)
_IGNORABLE = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Ignorable"
EPOCH = (1980, 1, 1, 0, 0, 0)


def new_document(title: str, author: str, timestamp: int) -> Document:
    """An empty document with the project's styles, East Asian fonts and odd and even pages told apart."""
    document = docx.Document()
    body = document.element.body
    for child in list(body):
        body.remove(child)
    _use_styles(document)
    for relationship in document.part.rels.values():
        if relationship.reltype.endswith("/fontTable"):
            relationship.target_part._blob = font_table()
    _use_settings(document)
    _describe(document, title, author, timestamp)
    return document


def packed(document: Document) -> bytes:
    """The file's bytes; nothing in them tells when or where it was written."""
    for root in (document.element, document.styles.element, document.settings.element):
        root.attrib.pop(_IGNORABLE, None)  # of names that only python-docx's template used
    raw = io.BytesIO()
    document.save(raw)
    out = io.BytesIO()
    with zipfile.ZipFile(raw) as source, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as target:
        names = [name for name in source.namelist() if f"/{name}" not in _LEFT_OVER]
        for name in sorted(names, key=lambda n: (n != "[Content_Types].xml", n)):
            entry = zipfile.ZipInfo(name, EPOCH)
            entry.compress_type, entry.create_system, entry.external_attr = zipfile.ZIP_DEFLATED, 3, 0o644 << 16
            target.writestr(entry, _cleaned(name, source.read(name)))
    return out.getvalue()


def _cleaned(name: str, content: bytes) -> bytes:
    """A part without what points at parts that were left out; the program's own words about the document."""
    if name == "docProps/app.xml":
        return _APP
    if name == "[Content_Types].xml" or name.endswith(".rels"):
        root = etree.fromstring(content)
        for element in list(root):
            if _part(name, element) in _LEFT_OVER:
                root.remove(element)
        return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
    return content


def _part(name: str, element: etree._Element) -> str:
    """The part that a line of a list of parts or relationships is about, from the package's root."""
    target = element.get("PartName") or element.get("Target") or ""
    folder = posixpath.dirname(posixpath.dirname(name))  # of word/_rels/document.xml.rels: word
    return posixpath.normpath(posixpath.join("/", folder, target))


def _use_settings(document: Document) -> None:
    """Settings of today's Word, in Chinese: python-docx's own are of Word 2010 in Japanese."""
    settings = document.settings.element
    for child in list(settings):
        settings.remove(child)
    settings.extend(list(parse_xml(SETTINGS.read_bytes())))


def _use_styles(document: Document) -> None:
    styles = document.styles.element
    for child in list(styles):
        styles.remove(child)
    styles.extend(list(parse_xml(STYLES.read_bytes())))


def _describe(document: Document, title: str, author: str, timestamp: int) -> None:
    moment = datetime.fromtimestamp(timestamp, UTC).replace(tzinfo=None)
    about = document.core_properties
    about.title, about.author, about.last_modified_by = title[:255], author[:255], author[:255]
    about.comments, about.keywords, about.language, about.revision = "", "", "zh-CN", 1
    about.created = about.modified = moment

"""The Word file around its text: styles, font names, properties; the same content gives the same bytes."""

from __future__ import annotations

import io
import zipfile
from datetime import UTC, datetime
from pathlib import Path

import docx
from docx.document import Document
from docx.oxml import parse_xml

STYLES = Path(__file__).parent / "word_styles.xml"
FONTS = Path(__file__).parent / "word_fonts.xml"
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
            relationship.target_part._blob = FONTS.read_bytes()
    document.settings.odd_and_even_pages_header_footer = True
    _describe(document, title, author, timestamp)
    return document


def packed(document: Document) -> bytes:
    """The file's bytes; nothing in them tells when or where it was written."""
    raw = io.BytesIO()
    document.save(raw)
    out = io.BytesIO()
    with zipfile.ZipFile(raw) as source, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as target:
        for name in sorted(source.namelist(), key=lambda n: (n != "[Content_Types].xml", n)):
            entry = zipfile.ZipInfo(name, EPOCH)
            entry.compress_type, entry.create_system, entry.external_attr = zipfile.ZIP_DEFLATED, 3, 0o644 << 16
            target.writestr(entry, source.read(name))
    return out.getvalue()


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

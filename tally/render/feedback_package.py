"""The workbook that goes back as bytes: the same content gives the same bytes, and no trace of who edited it."""

from __future__ import annotations

import io
import re
import zipfile
from datetime import datetime

from openpyxl import Workbook
from openpyxl.packaging.core import DocumentProperties
from openpyxl.packaging.custom import CustomPropertyList

EPOCH = (1980, 1, 1, 0, 0, 0)
_MODIFIED = re.compile(rb"(<dcterms:modified[^>]*>)[^<]*")


def packed(book: Workbook, title: str, author: str, timestamp: datetime) -> bytes:
    """`timestamp` stands for the time of writing everywhere."""
    moment = timestamp.replace(tzinfo=None)
    book.properties = DocumentProperties(creator=author, title=title, created=moment, modified=moment)
    book.custom_doc_props = CustomPropertyList()
    raw, out = io.BytesIO(), io.BytesIO()
    book.save(raw)
    stamp = moment.strftime("%Y-%m-%dT%H:%M:%SZ").encode()
    with zipfile.ZipFile(raw) as source, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as target:
        for name in source.namelist():
            entry = zipfile.ZipInfo(name, EPOCH)
            entry.compress_type, entry.create_system, entry.external_attr = zipfile.ZIP_DEFLATED, 3, 0o644 << 16
            content = source.read(name)
            if name == "docProps/core.xml":  # openpyxl writes the clock's time, whatever the properties say
                content = _MODIFIED.sub(rb"\g<1>" + stamp, content)
            target.writestr(entry, content)
    return out.getvalue()

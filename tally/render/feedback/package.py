"""The workbook that goes back as bytes: the same content gives the same bytes, and no trace of who edited it."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Mapping
from datetime import datetime
from functools import partial
from xml.sax.saxutils import escape

from openpyxl import Workbook
from openpyxl.packaging.core import DocumentProperties
from openpyxl.packaging.custom import CustomPropertyList

from tally.model import RawValue
from tally.render.feedback.rebuilt import UNPRINTABLE

EPOCH = (1980, 1, 1, 0, 0, 0)
_FORMULA = re.compile(rb'<c r="([A-Z]+[0-9]+)"([^>]*)><f>([^<]*)</f><v ?(?:/>|></v>)</c>')
_MODIFIED = re.compile(rb"(<dcterms:modified[^>]*>)[^<]*")


_ERRORS = ("#DIV/0!", "#N/A", "#NAME?", "#NULL!", "#NUM!", "#REF!", "#VALUE!")
Values = Mapping[str, Mapping[str, RawValue]]


def packed(book: Workbook, values: Values, title: str, author: str, timestamp: datetime) -> bytes:
    """The file. `timestamp` stands for the time of writing everywhere.

    `values`: sheet -> cell -> the result its formula had, which openpyxl leaves out: without it a preview on a phone
    shows nothing in the cell.
    """
    moment = timestamp.replace(tzinfo=None)
    book.properties = DocumentProperties(creator=author, title=title, created=moment, modified=moment)
    book.custom_doc_props = CustomPropertyList()
    raw, out = io.BytesIO(), io.BytesIO()
    book.save(raw)
    parts = {f"xl/worksheets/sheet{n}.xml": values.get(s.title, {}) for n, s in enumerate(book.worksheets, 1)}
    stamp = moment.strftime("%Y-%m-%dT%H:%M:%SZ").encode()
    with zipfile.ZipFile(raw) as source, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as target:
        for name in source.namelist():
            entry = zipfile.ZipInfo(name, EPOCH)
            entry.compress_type, entry.create_system, entry.external_attr = zipfile.ZIP_DEFLATED, 3, 0o644 << 16
            content = source.read(name)
            if name == "docProps/core.xml":  # openpyxl writes the clock's time, whatever the properties say
                content = _MODIFIED.sub(rb"\g<1>" + stamp, content)
            if parts.get(name):
                content = _FORMULA.sub(partial(_with_result, parts[name]), content)
            target.writestr(entry, content)
    return out.getvalue()


def _with_result(results: Mapping[str, RawValue], written: re.Match[bytes]) -> bytes:
    """A formula's cell with its result, as it is if there is none that can be told."""
    cell, look, formula = written.groups()
    result = results.get(cell.decode())
    if isinstance(result, str) and result in _ERRORS:
        kind, text = b' t="e"', result.encode()
    elif isinstance(result, str):
        kind, text = b' t="str"', escape(UNPRINTABLE.sub("", result)).encode()
    elif isinstance(result, bool):
        kind, text = b' t="b"', b"1" if result else b"0"
    elif isinstance(result, int | float):
        kind, text = b"", repr(result).encode()
    else:
        return written[0]
    look = re.sub(rb' t="[a-z]+"', b"", look)
    return b'<c r="%s"%s%s><f>%s</f><v>%s</v></c>' % (cell, look, kind, formula, text)

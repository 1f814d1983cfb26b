"""Files that a PDF carries within it (a portfolio, attachments): parts of it as those of a mail are."""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping
from typing import Any

from tally.readers.parcels.part import Budget, Part, name_text

_DEEPEST = 20  # levels of the list of files
_WIDE = (b"\xfe\xff", b"\xff\xfe")


def attached(data: bytes, budget: Budget) -> Iterator[Part]:
    """Every file in the document's own list, in its order; none of a document that cannot be opened, which its reader says.

    Raises `UnreadableFile("too_large")`.
    """
    if b"Embedded" not in data and b"ObjStm" not in data:  # spares the look into most
        return
    for n, specification in enumerate(_listed(data), 1):
        budget.count(1)
        yield _part(specification, n, budget)


def _listed(data: bytes) -> list[Mapping[str, Any]]:
    """What the document says of each file in it."""
    from pdfminer.pdfdocument import PDFDocument
    from pdfminer.pdfparser import PDFParser

    try:
        document = PDFDocument(PDFParser(io.BytesIO(data)))
        names = _resolved(_resolved(document.catalog.get("Names")).get("EmbeddedFiles"))
        return list(_leaves(names, 0))
    except Exception:  # whatever is wrong with the file, the reader of its pages says
        return []


def _leaves(node: Mapping[str, Any], depth: int) -> Iterator[Mapping[str, Any]]:
    values = _value(node.get("Names")) or []
    yield from (_resolved(value) for value in values[1::2])
    for kid in (_value(node.get("Kids")) or []) if depth < _DEEPEST else []:
        yield from _leaves(_resolved(kid), depth + 1)


def _part(specification: Mapping[str, Any], n: int, budget: Budget) -> Part:
    name = _text(_value(specification.get("UF")) or _value(specification.get("F"))) or f"附件{n}"
    files = _resolved(specification.get("EF"))
    stream = _value(files.get("UF")) or _value(files.get("F"))
    try:
        content = bytes(stream.get_data())
    except Exception as e:  # pdfminer raises what its filters stumble over
        return Part(name, problem="damaged", detail=f"{type(e).__name__}: {e}")
    budget.spend(len(content))
    return Part(name, content)


def _value(given: Any) -> Any:
    from pdfminer.pdftypes import resolve1

    return resolve1(given)


def _resolved(given: Any) -> Mapping[str, Any]:
    """A dictionary, however it is referred to; an empty one for anything else."""
    value = _value(given)
    return value if isinstance(value, Mapping) else {}


def _text(raw: Any) -> str:
    if not isinstance(raw, bytes):
        return ""
    text = raw.decode("utf-16", "replace") if raw.startswith(_WIDE) else name_text(raw)
    return text.replace("/", "／").replace("\\", "／").strip("\0 ")

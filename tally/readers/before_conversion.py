"""What a conversion by LibreOffice would show although the page does not, or drop although it does: seen to beforehand."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable, Iterator, Mapping

from lxml import etree

from tally.model import Ink
from tally.readers.package import Element, Package, attribute, local, parse_xml

_SHORT = 200
# fields that compute a drawing, as the formats hold them; LibreOffice leaves them out
_EQUATIONS = {
    "rtf": (re.compile(rb"\\fldinst\s*+\{?(?:\s*+\\[a-z0-9-]{1,20}){0,9}\s*+[eE][qQ]\s([^{}]{1,120})"), "ascii"),
    "doc": (re.compile(rb"\x13\x00(?: \x00){0,4}[eE]\x00[qQ]\x00((?:[^\x13-\x15]\x00|[^\x00-\x1f]{2}){1,60})\x15\x00", re.DOTALL), "utf-16-le"),
}  # fmt: skip


def prepared(data: bytes, ending: str) -> tuple[bytes, list[Ink]]:
    """The file to convert, and what is to be told of it that the conversion will not show."""
    if ending in _OPEN_TEXT:
        return _OPEN_TEXT[ending](data)
    if ending not in _EQUATIONS:
        return data, []
    pattern, encoding = _EQUATIONS[ending]
    found = [match[1].decode(encoding, "replace").strip() for match in pattern.finditer(data)]
    return data, [Ink("", "equation", text[:_SHORT]) for text in dict.fromkeys(found)]


def _flat(data: bytes) -> tuple[bytes, list[Ink]]:
    if b"is-hidden" not in data and b"text:display" not in data:
        return data, []
    root = parse_xml(data)
    ink = _without_hidden(root)
    return (etree.tostring(root, encoding="UTF-8", xml_declaration=True), ink) if ink else (data, [])


def _zipped(data: bytes) -> tuple[bytes, list[Ink]]:
    content, ink = _flat(Package(data).read("content.xml"))
    if not ink:
        return data, []
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
        for item in source.infolist():
            target.writestr(item, content if item.filename == "content.xml" else source.read(item))
    return out.getvalue(), ink


_OPEN_TEXT: Mapping[str, Callable[[bytes], tuple[bytes, list[Ink]]]] = {"odt": _zipped, "fodt": _flat}


def _without_hidden(root: Element) -> list[Ink]:
    """Takes sections and paragraphs out that the page does not show; what they say."""
    ink: list[Ink] = []
    for element in list(_hidden(root)):
        parent = element.getparent()
        if parent is None:
            continue
        if words := " ".join("".join(element.itertext()).split()):
            ink.append(Ink("", "unseen", words[:_SHORT]))
        if local(element) == "section":
            parent.remove(element)
        else:
            for child in list(element):
                element.remove(child)
            element.text = ""
    return ink


def _hidden(root: Element) -> Iterator[Element]:
    for section in root.iter("{*}section"):
        if attribute(section, "display") == "none" or attribute(section, "is-hidden") == "true":
            yield section
    for mark in root.iter("{*}hidden-paragraph"):
        if attribute(mark, "is-hidden") == "true":
            yield next(above for above in mark.iterancestors() if local(above) in ("p", "h"))

"""Runs and paragraphs of WordprocessingML as text; children stand in the order that the schema asks for."""

from __future__ import annotations

from collections.abc import Iterable
from xml.sax.saxutils import escape, quoteattr

from docx.oxml.ns import nsmap

from tally.blocks import DOUBT, Run
from tally.render.document.text import shown

NAMESPACES = " ".join(f'xmlns:{p}="{nsmap[p]}"' for p in ("w", "r", "wp", "a", "pic"))

_KINDS = {
    "": "",
    "strong": "<w:b/>",
    "total": "<w:b/>",
    "todo": '<w:b/><w:highlight w:val="yellow"/>',
    "bad": '<w:b/><w:color w:val="A61E1E"/><w:u w:val="single"/>',
    "doubt": '<w:b/><w:color w:val="A61E1E"/><w:u w:val="single"/>',
    "muted": '<w:color w:val="595959"/>',
}


def run(text: str, kind: str = "") -> str:
    """A run; line ends become breaks, tabs tabs, what XML forbids a visible mark."""
    look = _KINDS[kind]
    text = f"{DOUBT}{text}" if kind == "doubt" else text
    lines = '</w:t><w:br/><w:t xml:space="preserve">'.join(escape(line) for line in shown(text).split("\n"))
    lines = lines.replace("\t", '</w:t><w:tab/><w:t xml:space="preserve">')
    return f'<w:r>{f"<w:rPr>{look}</w:rPr>" if look else ""}<w:t xml:space="preserve">{lines}</w:t></w:r>'


def runs(many: Iterable[Run]) -> str:
    return "".join(run(r.text, r.kind) for r in many)


def paragraph(style: str, content: str, *, look: str = "") -> str:
    """A paragraph of a style (its id); `look` holds further paragraph properties in schema order."""
    return f"<w:p><w:pPr><w:pStyle w:val={quoteattr(style)}/>{look}</w:pPr>{content}</w:p>"


def attribute(text: str) -> str:
    """Text quoted as an attribute's value."""
    return quoteattr(shown(text))

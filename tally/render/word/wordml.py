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


def field(instruction: str, result: str) -> str:
    """A field that Word works out anew; `result` is what it shows until then."""
    return (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
        f'<w:r><w:instrText xml:space="preserve"> {escape(instruction)} </w:instrText></w:r>'
        '<w:r><w:fldChar w:fldCharType="separate"/></w:r>'
        f'{run(result)}<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )


def bookmarked(name: str, number: int, content: str) -> str:
    """Runs that a link or a reference may lead to; `number` is the bookmark's own in the document."""
    return f'<w:bookmarkStart w:id="{number}" w:name={quoteattr(name)}/>{content}<w:bookmarkEnd w:id="{number}"/>'


def linked(name: str, content: str) -> str:
    """Runs that lead to a bookmark."""
    return f'<w:hyperlink w:anchor={quoteattr(name)} w:history="1">{content}</w:hyperlink>'


def runs(many: Iterable[Run]) -> str:
    return "".join(run(r.text, r.kind) for r in many)


def paragraph(style: str, content: str, *, look: str = "") -> str:
    """A paragraph of a style (its id); `look` holds further paragraph properties in schema order."""
    return f"<w:p><w:pPr><w:pStyle w:val={quoteattr(style)}/>{look}</w:pPr>{content}</w:p>"


def attribute(text: str) -> str:
    """Text quoted as an attribute's value."""
    return quoteattr(shown(text))

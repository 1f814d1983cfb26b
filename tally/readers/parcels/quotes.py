"""What a mail's page quotes of an older mail, taken apart from what its sender wrote."""

from __future__ import annotations

import re

import lxml.html
from lxml import etree

_MARK = re.compile(r"写道[：:]\s*$|-{3,}\s*原始邮件|-{3,}\s*Original Message|^\s*(?:发件人|From)[：:]", re.MULTILINE)


def without_quotes(markup: str) -> tuple[str, str]:
    """(what the sender wrote, what is quoted below it) as pages; nothing quoted where the page holds nothing else.

    Quoted is what stands in a `blockquote` that follows on a word of somebody's writing, and all behind such words.
    """
    if not _MARK.search(markup.replace("<", "\n<").replace(">", ">\n")):  # spares most pages the parser
        return markup, ""
    try:
        root = lxml.html.document_fromstring(markup)
    except (etree.ParserError, ValueError):
        return markup, ""
    mark = next((element for element in root.iter() if isinstance(element.tag, str) and _begins(element)), None)
    if mark is None:
        return markup, ""
    moved = _behind(mark)
    quoted = "".join(etree.tostring(element, encoding="unicode", with_tail=True) for element in moved)
    for element in moved:
        element.getparent().remove(element)
    own = etree.tostring(root, encoding="unicode")
    return (own, f"<div>{quoted}</div>") if "".join(root.itertext()).strip() else (markup, "")


def _begins(element: lxml.html.HtmlElement) -> bool:
    """Whether the element's own text says that somebody's writing follows."""
    texts = (element.text or "", *(child.tail or "" for child in element))
    return element.tag not in ("style", "script", "title") and any(_MARK.search(text) for text in texts)


def _behind(mark: lxml.html.HtmlElement) -> list[lxml.html.HtmlElement]:
    """The mark with all that follows on it in the page, as the elements that hold nothing else."""
    moved = [mark]
    element = mark
    while element.getparent() is not None and element.tag != "body":
        moved += element.itersiblings()
        element = element.getparent()
    return moved

"""An HTML page put as a person sees it before it is read: blocks laid out as tables, words that a style adds, text turned round."""

from __future__ import annotations

import re

from tally.readers.html_styles import PageStyles
from tally.readers.package import Element

# how CSS calls parts of a table -> the tag that HTML has for them
_LAID_OUT = {
    "table": "table", "inline-table": "table", "table-row": "tr", "table-cell": "td", "table-caption": "caption",
    "table-row-group": "tbody", "table-header-group": "thead", "table-footer-group": "tfoot",
}  # fmt: skip
_DISPLAY = re.compile(r"(?:^|[;\s])display\s*:\s*([a-z-]+)", re.IGNORECASE)
_PLAIN = frozenset(
    ("div", "span", "p", "section", "article", "ul", "ol", "li", "dl", "dt", "dd", "a", "form", "fieldset")
)


def as_seen(root: Element, styles: PageStyles, tables: bool) -> None:
    """Changes the page in place; `tables`: a style of it lays something out as one."""
    if tables:
        _lay_out_tables(root, styles)
    for element, place, text in styles.added:
        _add(element, place, text)
    for element in root.iter("bdo"):
        if element.get("dir", "").lower() == "rtl" and not len(element):
            element.text = (element.text or "")[::-1]


def _lay_out_tables(root: Element, styles: PageStyles) -> None:
    """Blocks that a style lays out as table, rows and cells become those."""
    for element in root.iter():
        if isinstance(element.tag, str) and element.tag in _PLAIN:
            declared = [*styles.rules.get(element, ()), element.get("style", "")]
            shown = [value.lower() for declarations in declared for value in _DISPLAY.findall(declarations)]
            if shown and shown[-1] in _LAID_OUT:
                element.tag = _LAID_OUT[shown[-1]]


def _add(element: Element, place: str, text: str) -> None:
    if place == "before":
        element.text = text + (element.text or "")
    elif len(element):
        element[-1].tail = (element[-1].tail or "") + text
    else:
        element.text = (element.text or "") + text

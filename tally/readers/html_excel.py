"""What Excel writes into a web page for itself: words of the printed page, number formats, parts for one viewer only."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

import tinycss2

from tally.model import Ink
from tally.readers.formats import tidy
from tally.readers.number_format import shown
from tally.readers.package import Element
from tally.readers.sheet_drawings import page_words
from tally.readers.shown_text import says_otherwise

_PARTS = {"mso-header-data": "page header", "mso-footer-data": "page footer"}
_NAMED = {"general": "", "percent": "0.00%", "fixed": "0.00", "standard": "#,##0.00", "@": ""}
_NUMBER = re.compile(r"[-+]?\d{1,15}(?:,\d{3}){0,5}(?:\.\d{1,15})?")
_CONDITION = re.compile(r"\s*\[if\b", re.IGNORECASE)
_END = re.compile(r"\s*\[endif\]", re.IGNORECASE)
_FOR_OFFICE = re.compile(
    r"<(xml|style|script)\b.*?</\1>|<?!?\[(?:if|endif)[^\]]*\]>?|<[^<>]*>", re.IGNORECASE | re.DOTALL
)


def page_ink(root: Element) -> Iterator[Ink]:
    """The words of the page's header and footer, as style sheets set them."""
    for sheet in root.iter("style"):
        text = (sheet.text or "").replace("<!--", "").replace("-->", "")
        rules = tinycss2.parse_stylesheet(text, skip_comments=True, skip_whitespace=True)
        for rule in rules:
            if rule.type == "at-rule" and rule.lower_at_keyword == "page" and rule.content:
                yield from _of_page(rule.content)


def _of_page(content: list[Any]) -> Iterator[Ink]:
    for declaration in tinycss2.parse_declaration_list(content, skip_comments=True, skip_whitespace=True):
        kind = _PARTS.get(declaration.lower_name) if declaration.type == "declaration" else None
        if kind and (words := page_words(text_of(declaration.value))):
            yield Ink("", kind, words)


def text_of(value: list[Any]) -> str:
    """What a style's value says, quoted or not, its escapes written out."""
    strings = [token.value for token in value if token.type == "string"]
    return strings[0] if strings else tinycss2.serialize(value).strip().replace("\\", "")


def number_code(written: str) -> str:
    """The number format that `mso-number-format` names, "" where it leaves a number as it is."""
    return _NAMED.get(written.lower(), "" if written.lower().endswith((" date", " time")) else written)


def as_excel_shows(text: str, stored: int | float | None, code: str) -> tuple[int | float | None, Mapping[str, Any]]:
    """The number in a cell and the facts for its mark, where Excel shows something else than the page's text.

    `stored`: the number that Excel put into the tag. A typed number becomes one when Excel opens the page, and the cell's
    format then says how it is shown.
    """
    number = stored
    if number is None and code and _NUMBER.fullmatch(text):
        number = tidy(float(text.replace(",", "")))
    if number is None:
        return None, {}
    seen = text if stored is not None or not code else shown(code, number)
    if seen and not says_otherwise(number, seen):
        return stored, {}
    return number, {"shown": seen, "number_format": code}


def begins_condition(comment: str) -> bool:
    """Whether what follows this comment is for some viewers only."""
    return bool(_CONDITION.match(comment))


def ends_condition(comment: str) -> bool:
    return bool(_END.match(comment))


def for_office_alone(comment: str) -> str:
    """What a conditional comment holds that Office shows and a browser does not, "" for none."""
    if not _CONDITION.match(comment) or "<![endif]" not in comment.lower():
        return ""
    return " ".join(_FOR_OFFICE.sub(" ", comment).split())

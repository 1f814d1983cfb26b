"""Text of SpreadsheetML: shared and inline strings, with rich text runs and phonetic guides."""

from __future__ import annotations

import io
import re
from typing import Literal

from lxml import etree

Struck = Literal["", "part", "whole"]
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")


class Text(str):
    """A string whose runs are struck through in part or as a whole."""

    struck: Struck = ""


def shared_strings(data: bytes) -> list[str]:
    """The string table in order; entries with struck runs are `Text`."""
    strings = []
    for _, si in etree.iterparse(io.BytesIO(data), tag="{*}si", huge_tree=True, resolve_entities=False):
        strings.append(string_item(si))
        si.clear()
    return strings


def string_item(si) -> str:
    """The text of an `si` or `is` element, as `Text` if it has struck runs."""
    if len(si) == 1 and si[0].tag.endswith("}t"):
        return unescaped(si[0].text or "")
    text, struck = rich_text(si)
    if not struck:
        return text
    marked = Text(text)
    marked.struck = struck
    return marked


def rich_text(element) -> tuple[str, Struck]:
    """The text of all runs (phonetic guides left out) and how much of it is struck through."""
    pieces, struck = [], []
    for child in element:
        tag = child.tag.rpartition("}")[2] if isinstance(child.tag, str) else ""
        if tag not in ("r", "t"):
            continue
        parts = [child] if tag == "t" else child.iterfind("{*}t")
        text = "".join(unescaped(t.text or "") for t in parts)
        pieces.append(text)
        if text.strip():
            struck.append(tag == "r" and is_on(child.find("{*}rPr/{*}strike")))
    return "".join(pieces), "whole" if struck and all(struck) else "part" if any(struck) else ""


def is_on(switch) -> bool:
    """Whether a property element such as <strike/> or <strike val="0"/> is on."""
    if switch is None:
        return False
    values = [v for k, v in switch.attrib.items() if k == "val" or k.endswith("}val")]
    return not values or values[0] not in ("0", "false", "off", "none")


def unescaped(text: str) -> str:
    """Excel writes control characters as _x000D_ and a literal such as _xABCD_ as _x005F_xABCD_."""
    return _ESCAPED.sub(lambda m: chr(int(m[1], 16)), text) if "_x" in text else text

"""Text of SpreadsheetML: shared and inline strings, with rich text runs and phonetic guides."""

from __future__ import annotations

import io
import re

from lxml import etree

_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")


class Text(str):
    """A string of which `struck` is struck through."""

    struck: str = ""


def struck_facts(text: str, struck: str) -> dict[str, bool | str]:
    """What a mark says of `text` of which the runs in `struck`, joined, are struck through.

    A part is named only where it stands in the text once; else the whole cell counts as struck, since what
    is left of it could be told wrongly.
    """
    part = struck.strip()
    if not part:
        return {}
    if "".join(part.split()) == "".join(text.split()) or text.count(part) != 1:
        return {"struck": True}
    return {"struck_part": part}


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


def rich_text(element) -> tuple[str, str]:
    """The text of all runs (phonetic guides left out), and that of the runs that are struck through."""
    pieces, struck = [], []
    for child in element:
        tag = child.tag.rpartition("}")[2] if isinstance(child.tag, str) else ""
        if tag not in ("r", "t"):
            continue
        parts = [child] if tag == "t" else child.iterfind("{*}t")
        text = "".join(unescaped(t.text or "") for t in parts)
        pieces.append(text)
        if tag == "r" and is_on(child.find("{*}rPr/{*}strike")):
            struck.append(text)
    return "".join(pieces), "".join(struck)


def is_on(switch) -> bool:
    """Whether a property element such as <strike/> or <strike val="0"/> is on."""
    if switch is None:
        return False
    values = [v for k, v in switch.attrib.items() if k == "val" or k.endswith("}val")]
    return not values or values[0] not in ("0", "false", "off", "none")


def unescaped(text: str) -> str:
    """Excel writes control characters as _x000D_ and a literal such as _xABCD_ as _x005F_xABCD_."""
    return _ESCAPED.sub(lambda m: chr(int(m[1], 16)), text) if "_x" in text else text

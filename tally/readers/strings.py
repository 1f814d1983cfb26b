"""Text of SpreadsheetML: shared and inline strings, with rich text runs and phonetic guides."""

from __future__ import annotations

import io
import re

from lxml import etree

from tally.readers.colours import sheet_colour
from tally.readers.package import Element
from tally.readers.runs import Font, Piece
from tally.readers.symbols import face

_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
_POSITIONS = {"superscript": "raised", "subscript": "lowered"}


class Text(str):
    """A string of several runs: `pieces` are all of them, in order."""

    pieces: tuple[Piece, ...] = ()


def shared_strings(data: bytes) -> list[str]:
    """The string table in order; entries of several runs are `Text`."""
    strings = []
    for _, si in etree.iterparse(io.BytesIO(data), tag="{*}si", huge_tree=True, resolve_entities=False):
        strings.append(string_item(si))
        si.clear()
    return strings


def string_item(si: Element) -> str:
    """The text of an `si` or `is` element, as `Text` if it has runs with a font of their own."""
    if len(si) == 1 and si[0].tag.endswith("}t"):
        return unescaped(si[0].text or "")
    pieces = rich_text(si)
    text = "".join(piece.text for piece in pieces)
    if all(piece.font is None for piece in pieces):
        return text
    marked = Text(text)
    marked.pieces = tuple(pieces)
    return marked


def rich_text(element: Element) -> list[Piece]:
    """All runs, phonetic guides left out."""
    pieces = []
    for child in element:
        tag = child.tag.rpartition("}")[2] if isinstance(child.tag, str) else ""
        if tag == "t":
            pieces.append(Piece(unescaped(child.text or "")))
        elif tag == "r":
            text = "".join(unescaped(t.text or "") for t in child.iterfind("{*}t"))
            properties = child.find("{*}rPr")
            pieces.append(Piece(text, font(properties) if properties is not None else None))
    return pieces


def font(properties: Element) -> Font:
    """The font of an `rPr` or `font` element."""
    size = properties.find("{*}sz")
    position = properties.find("{*}vertAlign")
    named = properties.find("{*}name")
    named = properties.find("{*}rFont") if named is None else named
    letters = [letter for letter in "biu" if is_on(properties.find(f"{{*}}{letter}"))]
    return Font(
        ink=sheet_colour(properties.find("{*}color")),
        size=float(size.get("val") or 0) if size is not None else 0,
        weight="".join(letters),
        struck=is_on(properties.find("{*}strike")),
        position=_POSITIONS.get(position.get("val", ""), "") if position is not None else "",
        face=face(named.get("val")) if named is not None else "",
    )


def is_on(switch: Element | None) -> bool:
    """Whether a property element such as <strike/> or <strike val="0"/> is on."""
    if switch is None:
        return False
    values = [v for k, v in switch.attrib.items() if k == "val" or k.endswith("}val")]
    return not values or values[0] not in ("0", "false", "off", "none")


def unescaped(text: str) -> str:
    """Excel writes control characters as _x000D_ and a literal such as _xABCD_ as _x005F_xABCD_."""
    return _ESCAPED.sub(lambda m: chr(int(m[1], 16)), text) if "_x" in text else text

"""Fonts of WordprocessingML: what a run looks like by itself, its styles, its paragraph's, its cell's ground."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from tally.readers.colours import word_colour
from tally.readers.package import Package, attribute
from tally.readers.runs import UNKNOWN, Font
from tally.readers.strings import is_on

_POSITIONS = {"superscript": "raised", "subscript": "lowered", "baseline": ""}
_RAISED_BY = 4  # half points above the line: less is typography


@dataclass(frozen=True)
class WordStyles:
    """Facts of fonts by style id, their bases taken in; `defaults` are the document's own."""

    by_id: dict[str, dict[str, Any]]
    defaults: dict[str, Any]
    paragraph: str = ""  # the id of the paragraph style that holds where none is named

    def font(self, run, paragraph: str, table: str = "") -> tuple[Font, str]:
        """The font of a run and the colour behind it, "" where the run says none."""
        properties = run.find("{*}rPr")
        named = properties.find("{*}rStyle") if properties is not None else None
        character = attribute(named, "val", "") if named is not None else ""
        facts = dict(self.defaults)
        for style in (table, paragraph or self.paragraph, character or ""):
            facts |= self.by_id.get(style, {})
        facts |= font_facts(properties)
        ground = facts.pop("ground", "")
        letters = [letter for letter in "biu" if facts.pop(letter, False)]
        return Font(weight="".join(letters), **facts), ground


def word_styles(package: Package, main: str) -> WordStyles:
    """The document's styles; none where it has no part for them."""
    part = next((p for _, kind, p in package.relations(main) if kind == "styles" and p in package), "")
    if not part:
        return WordStyles({}, {})
    root = package.xml(part)
    elements = {attribute(s, "styleId", "") or "": s for s in root.iterfind("{*}style")}
    by_id = {style_id: _inherited(style_id, elements) for style_id in elements}
    defaults = font_facts(root.find("{*}docDefaults/{*}rPrDefault/{*}rPr"))
    normal = [i for i, s in elements.items() if attribute(s, "type") == "paragraph" and attribute(s, "default") == "1"]
    return WordStyles(by_id, defaults, normal[0] if normal else "")


def _inherited(style_id: str, elements: dict[str, Any]) -> dict[str, Any]:
    chain = []
    while style_id in elements and len(chain) < 20:
        element = elements[style_id]
        chain.append(font_facts(element.find("{*}rPr")))
        base = element.find("{*}basedOn")
        style_id = (attribute(base, "val", "") or "") if base is not None else ""
    facts: dict[str, Any] = {}
    for of_style in reversed(chain):
        facts |= of_style
    return facts


def font_facts(properties) -> dict[str, Any]:
    """What an `rPr` says itself."""
    facts: dict[str, Any] = {}
    if properties is None:
        return facts
    for name, fact in (("strike", "struck"), ("dstrike", "struck"), ("vanish", "hidden"), ("b", "b"), ("i", "i")):
        if (element := properties.find("{*}" + name)) is not None:
            facts[fact] = is_on(element) or (name == "dstrike" and facts.get("struck", False))
    if (line := properties.find("{*}u")) is not None:
        facts["u"] = attribute(line, "val", "single") != "none"
    if (colour := properties.find("{*}color")) is not None:
        facts["ink"] = word_colour(colour)
    if (size := properties.find("{*}sz")) is not None:
        facts["size"] = float(attribute(size, "val", "0") or 0) / 2
    if (place := properties.find("{*}vertAlign")) is not None:
        facts["position"] = _POSITIONS.get(attribute(place, "val", "") or "", "")
    elif (moved := properties.find("{*}position")) is not None:
        facts["position"] = _moved(attribute(moved, "val", "0") or "0")
    if (shade := properties.find("{*}shd")) is not None:
        facts["ground"] = shading(shade)
    if properties.find("{*}highlight") is not None:
        facts["ground"] = UNKNOWN
    return facts


def _moved(by: str) -> str:
    half_points = int(by) if by.lstrip("-").isdigit() else 0
    if abs(half_points) < _RAISED_BY:
        return ""
    return "raised" if half_points > 0 else "lowered"


def shading(element) -> str:
    """The colour of a `w:shd`, "" for none."""
    if element is None:
        return ""
    fill = attribute(element, "fill", "") or ""
    if attribute(element, "themeFill"):
        return UNKNOWN
    if attribute(element, "val", "clear") not in ("clear", "nil"):
        return UNKNOWN
    return "" if fill in ("", "auto") else fill.upper()

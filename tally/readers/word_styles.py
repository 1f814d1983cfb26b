"""Fonts of WordprocessingML: what a run looks like by itself, its styles, its paragraph's, its cell's ground."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from tally.readers.colours import word_colour
from tally.readers.package import Element, Package, attribute, local
from tally.readers.runs import PLAIN_FONT, UNKNOWN, Font
from tally.readers.strings import is_on

_POSITIONS = {"superscript": "raised", "subscript": "lowered", "baseline": ""}
_SWITCHES = {"strike": "struck", "dstrike": "struck", "vanish": "hidden", "b": "b", "i": "i"}
_RAISED_BY = 4  # half points above the line: less is typography


@dataclass(frozen=True)
class WordStyles:
    """What named styles say of letters, their bases taken in. Nothing is read before a paragraph or run names one."""

    package: Package
    part: str  # "" where the document has none
    known: dict[str, dict[str, Any]] = field(default_factory=dict)

    def font(self, run: Element, paragraph: str, table: str = "") -> tuple[Font, str]:
        """The font of a run and the colour behind it, "" where the run says none."""
        properties = run.find("{*}rPr")
        facts: dict[str, Any] = {}
        for style in (table, paragraph, _named(properties)):
            if style and self.part:
                facts |= self.facts(style)
        if properties is not None:
            facts |= font_facts(properties)
        if not facts:
            return PLAIN_FONT, ""
        ground = facts.pop("ground", "")
        letters = [letter for letter in "biu" if facts.pop(letter, False)]
        return Font(weight="".join(letters), **facts), ground

    @cached_property
    def elements(self) -> dict[str, Any]:
        """The styles by id."""
        root = self.package.xml(self.part)
        return {attribute(style, "styleId", "") or "": style for style in root.iterfind("{*}style")}

    def facts(self, style_id: str) -> dict[str, Any]:
        """What a style says of letters, its own word before its bases'."""
        if style_id not in self.known:
            self.known[style_id] = {}  # a circle of bases meets this
            element = self.elements.get(style_id)
            if element is not None:
                based = element.find("{*}basedOn")
                base = (attribute(based, "val", "") or "") if based is not None else ""
                letters = font_facts(element.find("{*}rPr"))
                self.known[style_id] = (self.facts(base) if base else {}) | letters
        return self.known[style_id]


def _named(properties: Element | None) -> str:
    """The character style that a run names."""
    named = properties.find("{*}rStyle") if properties is not None else None
    return (attribute(named, "val", "") or "") if named is not None else ""


def word_styles(package: Package, main: str) -> WordStyles:
    """The document's styles."""
    part = next((p for _, kind, p in package.relations(main) if kind == "styles" and p in package), "")
    return WordStyles(package, part)


def font_facts(properties: Element | None) -> dict[str, Any]:
    """What an `rPr` says itself."""
    facts: dict[str, Any] = {}
    if properties is None:
        return facts
    for element in properties:
        tag = local(element)
        if tag in _SWITCHES:
            facts[_SWITCHES[tag]] = is_on(element) or (tag == "dstrike" and facts.get("struck", False))
        elif tag == "u":
            facts["u"] = attribute(element, "val", "single") != "none"
        elif tag == "color":
            facts["ink"] = word_colour(element)
        elif tag == "sz":
            facts["size"] = float(attribute(element, "val", "0") or 0) / 2
        elif tag == "vertAlign":
            facts["position"] = _POSITIONS.get(attribute(element, "val", "") or "", "")
        elif tag == "position" and not facts.get("position"):
            facts["position"] = _moved(attribute(element, "val", "0") or "0")
        elif tag == "shd":
            facts["ground"] = shading(element)
        elif tag == "highlight":
            facts["ground"] = UNKNOWN
    return facts


def _moved(by: str) -> str:
    half_points = int(by) if by.lstrip("-").isdigit() else 0
    if abs(half_points) < _RAISED_BY:
        return ""
    return "raised" if half_points > 0 else "lowered"


def shading(element: Element | None) -> str:
    """The colour of a `w:shd`, "" for none."""
    if element is None:
        return ""
    fill = attribute(element, "fill", "") or ""
    if attribute(element, "themeFill"):
        return UNKNOWN
    if attribute(element, "val", "clear") not in ("clear", "nil"):
        return UNKNOWN
    return "" if fill in ("", "auto") else fill.upper()

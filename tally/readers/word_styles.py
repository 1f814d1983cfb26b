"""Fonts of WordprocessingML: what a run looks like by itself, its styles, its paragraph's, its cell's ground."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from tally.readers.colours import word_colour
from tally.readers.package import Element, Package, attribute, first_child, local, parse_xml
from tally.readers.runs import PLAIN_FONT, UNKNOWN, WHITE, Font
from tally.readers.strings import is_on
from tally.readers.symbols import face

_POSITIONS = {"superscript": "raised", "subscript": "lowered", "baseline": ""}
_SWITCHES = {"strike": "struck", "dstrike": "struck", "vanish": "hidden", "b": "b", "i": "i"}
_TOGGLES = ("struck", "hidden", "b", "i")
_ON = ("1", "true", "on")
_FILLS = {"bg1": WHITE, "lt1": WHITE, "tx1": "", "dk1": ""}
_PART_BEGINS, _PART_ENDS = b'<w:tblStylePr w:type="', b"</w:tblStylePr>"
_PART_OPEN = re.compile(rb'\w+">')
# Colours of the highlighter that a dark letter is lost on; on all others it is read.
_HIGHLIGHTS = {
    "none": "", "white": "", "black": "000000", "darkBlue": "000080", "blue": "0000FF", "red": "FF0000", "darkRed": "800000",
    "green": "00FF00", "darkGreen": "008000", "darkGray": "808080",
}  # fmt: skip
_NARROWEST, _CLOSEST = 15, -100  # per cent of a letter's width, twentieths of a point between two: less is no writing
_RAISED_BY = 4  # half points above the line: less is typography


@dataclass(frozen=True)
class WordStyles:
    """What styles say of letters: the document's defaults, the style of all that names none, named ones with their bases."""

    package: Package
    part: str  # "" where the document has none
    known: dict[str, dict[str, Any]] = field(default_factory=dict)
    lists: dict[str, tuple[tuple[str, str], ...]] = field(default_factory=dict)  # style -> what it says of numbering
    plain: dict[tuple[str, str], tuple[Font, str]] = field(default_factory=dict)  # of runs that say nothing themselves
    together: dict[tuple[str, str, str], dict[str, Any]] = field(default_factory=dict)

    def font(self, run: Element, paragraph: str, table: str = "") -> tuple[Font, str]:
        """The font of a run and the colour behind it, "" where the run says none."""
        properties = first_child(run, "rPr")
        if properties is not None and len(properties):
            return _font(self.inherited(table, paragraph, _named(properties)) | font_facts(properties))
        key = (table, paragraph)
        if key not in self.plain:
            self.plain[key] = _font(self.inherited(table, paragraph, ""))
        return self.plain[key]

    def inherited(self, table: str, paragraph: str, character: str) -> dict[str, Any]:
        """What the styles that hold for a run say together; "" names none.

        A switch that two of them turn on is off again ([ECMA-376] 17.7.3), unless the document's defaults say it.
        """
        key = (table, paragraph, character)
        if key not in self.together:
            levels = [self.facts(style) for style in (table, paragraph or self.usual, character) if style]
            facts = dict(self.defaults)
            for level in levels:
                facts |= level
            for switch in _TOGGLES:
                if any(switch in level for level in levels):
                    on = sum(bool(level.get(switch)) for level in levels) % 2 == 1
                    facts[switch] = on or bool(self.defaults.get(switch))
            self.together[key] = facts
        return self.together[key]

    @cached_property
    def root(self) -> Element | None:
        return parse_xml(without_parts(self.package.read(self.part))) if self.part else None

    @cached_property
    def defaults(self) -> dict[str, Any]:
        """What the document says of all letters."""
        return font_facts(self.root.find("{*}docDefaults/{*}rPrDefault/{*}rPr")) if self.root is not None else {}

    @cached_property
    def usual(self) -> str:
        """The style of paragraphs that name none."""
        of_paragraphs = [e for e in self.elements.values() if attribute(e, "type") == "paragraph"]
        return next((attribute(e, "styleId", "") for e in of_paragraphs if attribute(e, "default") in _ON), "")

    @cached_property
    def elements(self) -> dict[str, Element]:
        """The styles by id."""
        styles = self.root.iterfind("{*}style") if self.root is not None else ()
        return {attribute(style, "styleId", ""): style for style in styles}

    def numbering(self, style_id: str) -> tuple[tuple[str, str], ...]:
        """List and depth that a paragraph style and its bases say, the nearest first; "" for what one does not say."""
        if style_id not in self.lists:
            self.lists[style_id] = ()  # a circle of bases meets this
            element = self.elements.get(style_id)
            if element is not None:
                properties = element.find("{*}pPr/{*}numPr")
                said = [properties.find(f"{{*}}{n}") if properties is not None else None for n in ("numId", "ilvl")]
                list_id, depth = (attribute(e, "val", "") if e is not None else "" for e in said)
                based = element.find("{*}basedOn")
                base = attribute(based, "val", "") if based is not None else ""
                self.lists[style_id] = ((list_id, depth), *(self.numbering(base) if base else ()))
        return self.lists[style_id]

    def facts(self, style_id: str) -> dict[str, Any]:
        """What a style says of letters, its own word before its bases'."""
        if style_id not in self.known:
            self.known[style_id] = {}  # a circle of bases meets this
            element = self.elements.get(style_id)
            if element is not None:
                based = element.find("{*}basedOn")
                base = (attribute(based, "val", "") or "") if based is not None else ""
                letters = _behind(element) | font_facts(element.find("{*}rPr"))
                self.known[style_id] = (self.facts(base) if base else {}) | letters
        return self.known[style_id]


def without_parts(content: bytes) -> bytes:
    """A styles part without the looks of single parts of tables (a first row, a last column): of those nothing is read,
    and in Word's own templates they are two thirds of the file.

    Cut out only where the file is written as Word writes it and their tags can stand for nothing else; else all stays.
    """
    if content.find(b"<!") >= 0 or content.find(b"<?", len(b"<?xml")) >= 0:  # comments, CDATA, entities
        return content
    begin, *rest = content.split(_PART_BEGINS)
    pieces = [begin]
    for part in rest:
        inside, end, behind = part.partition(_PART_ENDS)
        if not end or not _PART_OPEN.match(inside):
            return content
        pieces.append(behind)
    return b"".join(pieces)


def _font(facts: dict[str, Any]) -> tuple[Font, str]:
    """The font that facts make, and the ground among them."""
    if not facts:
        return PLAIN_FONT, ""
    weight = "".join(letter for letter in "biu2" if facts.get(letter))
    rest = {name: value for name, value in facts.items() if name not in ("b", "i", "u", "2", "ground")}
    return Font(weight=weight, **rest), facts.get("ground", "")


def _behind(style: Element) -> dict[str, Any]:
    """The ground that a style of paragraphs or tables lays behind letters."""
    ground = shading(style.find("{*}pPr/{*}shd")) or shading(style.find("{*}tcPr/{*}shd"))
    return {"ground": ground} if ground else {}


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
        elif tag == "rFonts":
            facts["face"] = face(attribute(element, "ascii") or attribute(element, "hAnsi"))
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
        elif tag == "eastAsianLayout":
            facts["2"] = attribute(element, "combine", "0") in _ON
        elif tag == "highlight":
            facts["ground"] = _HIGHLIGHTS.get(attribute(element, "val") or "", UNKNOWN)
        elif tag in ("w", "spacing") and _squeezed(tag, attribute(element, "val", "") or ""):
            facts["hidden"] = True
        elif tag == "textFill":
            facts |= _filled(element)
    return facts


def _squeezed(tag: str, value: str) -> bool:
    """Whether letters are so narrow, or stand so close, that they cover one another."""
    if not value.lstrip("-").isdigit():
        return False
    return 0 < int(value) < _NARROWEST if tag == "w" else int(value) <= _CLOSEST


def _filled(element: Element) -> dict[str, Any]:
    """Letters with a fill of their own (Word 2010's text effects): none at all, one colour, or something unlike any ground."""
    if element.find("{*}noFill") is not None:
        return {"hidden": True}
    colour = element.find("{*}solidFill/*")
    if colour is None:
        return {}
    value = attribute(colour, "val", "")
    return {"ink": _FILLS.get(value, value.upper())}


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


def diagonals(cell: Element) -> int:
    """How many lines are drawn from corner to corner of it."""
    lines = [cell.find(f"{{*}}tcPr/{{*}}tcBorders/{{*}}{name}") for name in ("tl2br", "tr2bl")]
    return sum(line is not None and attribute(line, "val", "nil") not in ("nil", "none") for line in lines)


def is_blank(cell: Element) -> bool:
    """Whether there is nothing in the cell but one paragraph without anything: most cells of a list are so."""
    last = len(cell) - 1
    return (
        0 <= last <= 1 and not len(cell[last]) and local(cell[last]) == "p" and (not last or local(cell[0]) == "tcPr")
    )

"""How elements of an HTML page look: their tags, their attributes, the page's own style sheets, and what they inherit."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any, NamedTuple

import tinycss2
from cssselect import SelectorError
from lxml import etree
from lxml.cssselect import CSSSelector
from tinycss2.color3 import parse_color

from tally.readers.html_excel import number_code, text_of
from tally.readers.limits import STYLE_RULES
from tally.readers.package import Element
from tally.readers.runs import UNKNOWN, WHITE, Font, unseen
from tally.readers.symbols import face

_TAGS: Mapping[str, Mapping[str, Any]] = {
    "s": {"struck": True},
    "strike": {"struck": True},
    "del": {"struck": True},
    "sup": {"position": "raised"},
    "sub": {"position": "lowered"},
    "b": {"b": True},
    "strong": {"b": True},
    "i": {"i": True},
    "em": {"i": True},
    "u": {"u": True},
    "rt": {"position": "raised"},  # beside or above what it explains
    "rp": {"hidden": True},
}
_TOLD = re.compile(
    r"display|visibility|text-decoration|vertical-align|color|background|font|opacity|mso-hide|left|right|top|text-indent|clip|content|overflow|width|height|mso-number-format|mso-text-raise",
    re.IGNORECASE,
)
# what moves letters off the page, or cuts off all of them: words for screen readers only
_AWAY = frozenset(("left", "right", "top", "text-indent", "margin-left", "margin-top"))
_FAR = re.compile(r"-(\d+(?:\.\d+)?)(?:px|pt|em|rem)?")
_OFF_PAGE = 500
_FAMILY = re.compile(r"^.*\d(?:pt|px|em|rem|%)(?:/\S+)?\s+")  # what stands before the family's name in `font:`
_SIZES, _NO_SIZE = (
    frozenset(("width", "max-width", "height", "max-height")),
    re.compile(r"0+(?:\.0+)?(?:px|pt|em|rem|%)?"),
)
_NOTHING_LEFT = re.compile(
    r"rect\(\s*[01](?:px)?[\s,]+[01](?:px)?[\s,]+[01](?:px)?[\s,]+[01](?:px)?\s*\)|inset\(\s*(?:50|100)%|circle\(\s*0"
)
_SIZE = re.compile(r"([\d.]+)\s*(pt|px|em|rem|%)?")
_LENGTH = re.compile(r"([-+]?(?:\d+(?:\.\d+)?|\.\d+))(?:pt|px|em|rem|ex|%)?")
_POINTS = {"pt": 1.0, "px": 0.75, "": 0.75}


class Look(NamedTuple):
    """A font, the colour behind it, whether the element takes no place at all (display: none), Excel's number format."""

    font: Font = Font()
    ground: str = WHITE
    absent: bool = False
    code: str = ""


@dataclass
class PageStyles:
    """What the style sheets of a page say of its elements: only what bears on how letters are seen."""

    rules: dict[Any, list[str]] = field(default_factory=dict)  # element -> declarations, the weightiest last
    added: list[tuple[Element, str, str]] = field(
        default_factory=list
    )  # element, "before" or "after", the text put there

    def look(self, element: Element, above: Look) -> Look:
        """The look of `element` within one that looks as `above`."""
        tag = element.tag if isinstance(element.tag, str) else ""
        attributes = element.attrib
        if tag not in _TAGS and not self.rules and not attributes:
            return above
        facts: dict[str, Any] = dict(_TAGS.get(tag, ()))
        facts |= _from_attributes(attributes)
        for declarations in (*self.rules.get(element, ()), attributes.get("style", "")):
            if declarations:
                facts |= _from_declarations(declarations)
        return _within(above, facts) if facts else above


def page_styles(root: Element) -> PageStyles:
    """The rules of all <style> elements, matched once; a selector that is not understood is left out."""
    matches: list[tuple[tuple[int, int, int], int, Any, str]] = []
    styles = PageStyles()
    rules = [rule for sheet in root.iter("style") for rule in _rules(sheet.text or "")]
    for order, (selector, declarations) in enumerate(rules[:STYLE_RULES]):
        selector, _, place = _GENERATED.sub(r"\1|\2", selector).partition("|")
        try:
            matcher = CSSSelector(selector, translator="html")
        except (SelectorError, etree.XPathError):
            continue
        if place:
            text = _content(declarations)
            styles.added += [(element, place.lower(), text) for element in matcher(root) if text]
            continue
        weight = selector.count("#"), selector.count(".") + selector.count("["), len(re.findall(r"\b[a-z]", selector))
        matches += [(weight, order, element, declarations) for element in matcher(root)]
    for _, _, element, declarations in sorted(matches, key=lambda entry: entry[:2]):
        styles.rules.setdefault(element, []).append(declarations)
    return styles


_GENERATED = re.compile(r"^(.*?)::?(before|after)$", re.IGNORECASE | re.DOTALL)


def _content(declarations: str) -> str:
    """The words that a rule puts before or after an element, "" for none or for what only the browser knows."""
    for declaration in tinycss2.parse_declaration_list(declarations, skip_comments=True, skip_whitespace=True):
        if declaration.type == "declaration" and declaration.lower_name == "content":
            return "".join(token.value for token in declaration.value if token.type == "string")
    return ""


def _rules(sheet: str) -> list[tuple[str, str]]:
    """(selector, declarations) of a sheet's rules that bear on what is seen; Excel wraps them in a comment."""
    sheet = sheet.replace("<!--", "").replace("-->", "")
    pairs: list[tuple[str, str]] = []
    for rule in tinycss2.parse_stylesheet(sheet, skip_comments=True, skip_whitespace=True):
        if rule.type == "qualified-rule" and _TOLD.search(text := tinycss2.serialize(rule.content)):
            selectors = tinycss2.serialize(rule.prelude).split(",")
            pairs += [(selector.strip(), text) for selector in selectors if selector.strip()]
    return pairs


def _from_attributes(attributes: Mapping[str, str]) -> dict[str, Any]:
    facts: dict[str, Any] = {}
    if "hidden" in attributes:
        facts["absent"] = True
    if family := attributes.get("face"):
        facts["face"] = face(family)
    if colour := attributes.get("color"):
        facts["ink"] = _colour(colour)
    if ground := attributes.get("bgcolor"):
        facts["ground"] = _colour(ground) or UNKNOWN
    return facts


@lru_cache(maxsize=4096)
def _from_declarations(text: str) -> dict[str, Any]:
    facts: dict[str, Any] = {}
    for declaration in tinycss2.parse_declaration_list(text, skip_comments=True, skip_whitespace=True):
        if declaration.type == "declaration":
            if declaration.lower_name == "mso-number-format":
                facts["code"] = number_code(text_of(declaration.value))
            value = tinycss2.serialize(declaration.value).strip().lower()
            facts |= _from_declaration(declaration.lower_name, value)
    if facts.pop("clips", False) & facts.pop("flat", False):
        facts["hidden"] = True
    return facts


def _from_declaration(name: str, value: str) -> dict[str, Any]:
    if name == "display":
        return {"absent": value == "none"}
    if name == "mso-hide" and value == "all":
        return {"hidden": True}
    if name == "visibility":
        return {"hidden": value in ("hidden", "collapse")}
    if name in _AWAY and (far := _FAR.match(value)) and float(far[1]) >= _OFF_PAGE:
        return {"hidden": True}
    if name in ("clip", "clip-path") and _NOTHING_LEFT.match(value):
        return {"hidden": True}
    if name in ("overflow", "overflow-x", "overflow-y"):
        return {"clips": value in ("hidden", "clip")}
    if name in _SIZES and _NO_SIZE.fullmatch(value):
        return {"flat": True}
    if name == "opacity":
        return {"hidden": value in ("0", "0.0", "0%")}
    if name in ("text-decoration", "text-decoration-line"):
        return {"struck": "line-through" in value, "u": "underline" in value}
    if name in ("vertical-align", "mso-text-raise") and (position := _position(value)) is not None:
        return {"position": position}
    if name == "color":
        return {"ink": _colour(value)}
    if name in ("background", "background-color"):
        return {"ground": _ground(value)}
    if name in ("font-family", "font"):
        return {"face": face(_FAMILY.sub("", value))}
    if name == "font-weight":
        return {"b": value in ("bold", "bolder", "600", "700", "800", "900")}
    if name == "font-style":
        return {"i": value in ("italic", "oblique")}
    return {"size": _points(value)} if name == "font-size" else {}


def _position(value: str) -> str | None:
    """super, 4.0pt, -25%: raised above the line or lowered; None for what only places a cell's text (top, middle)."""
    if value in ("super", "sub", "baseline"):
        return {"super": "raised", "sub": "lowered"}.get(value, "")
    if not (length := _LENGTH.fullmatch(value)):
        return None
    by = float(length[1])
    return "raised" if by > 0 else "lowered" if by < 0 else ""


def _within(above: Look, facts: dict[str, Any]) -> Look:
    font, ground, code = above.font, facts.pop("ground", above.ground), facts.pop("code", above.code)
    absent = above.absent or facts.pop("absent", False)
    letters = [letter for letter in "biu" if facts.pop(letter, letter in font.weight)]
    struck = font.struck or facts.pop("struck", False)  # a line drawn through a block goes through all that it holds
    size = facts.pop("size", None)
    facts.pop("struck", None)
    font = font._replace(weight="".join(letters), struck=struck, **facts)
    return Look(font if size is None else font._replace(size=size), ground, absent, code)


@lru_cache(maxsize=4096)
def seen(look: Look) -> Font:
    """The font with `hidden` set where nobody can see it on its ground; white on a coloured ground is a plain ink."""
    hidden = look.absent or unseen(look.font, look.ground)
    ink = "" if look.font.ink == WHITE and not hidden else look.font.ink
    return look.font._replace(hidden=hidden, ink=ink)


def _colour(text: str) -> str:
    colour = parse_color(text if not re.fullmatch(r"[0-9a-fA-F]{6}", text) else f"#{text}")
    if colour is None or isinstance(colour, str):
        return ""
    if colour.alpha == 0:
        return WHITE  # letters of no colour: as good as white
    return "".join(f"{round(channel * 255):02X}" for channel in colour[:3])


def _ground(text: str) -> str:
    """The colour of a background; a picture is unlike any ink, none at all leaves what is behind."""
    if "url(" in text or "gradient" in text:
        return UNKNOWN
    colours = [_colour(word) for word in text.split()]
    return next(
        (colour for colour in colours if colour), WHITE if text in ("none", "transparent", "white") else UNKNOWN
    )


def _points(text: str) -> float:
    match = _SIZE.match(text)
    if not match or match[2] in ("em", "rem", "%"):
        return 0.5 if match and float(match[1]) == 0 else 0
    return max(float(match[1]) * _POINTS[match[2] or ""], 0.5)

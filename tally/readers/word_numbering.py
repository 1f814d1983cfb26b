"""Automatic numbers of Word paragraphs: a 序号 column often holds nothing else, and no text at all."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from tally.readers.package import Element, Package, attribute, first_child
from tally.readers.symbols import drawn, face
from tally.readers.word_styles import WordStyles

_UNKNOWN = "\ufffd"  # a way of counting that we do not know: cleaning refuses it
_DIGITS = "〇一二三四五六七八九"
_ROMAN = {100: "C", 90: "XC", 50: "L", 40: "XL", 10: "X", 9: "IX", 5: "V", 4: "IV", 1: "I"}
_PLACE = re.compile(r"%(\d)")


def _chinese(number: int) -> str:
    if number >= 100:
        return "".join(_DIGITS[int(d)] for d in str(number))
    tens, ones = divmod(number, 10)
    head = ("" if tens == 1 else _DIGITS[tens]) + "十" if tens else ""
    return head + (_DIGITS[ones] if ones or not tens else "")


def _roman(number: int) -> str:
    text = ""
    for value, letters in _ROMAN.items():
        times, number = divmod(number, value)
        text += letters * min(times, 50)
    return text


def _letters(number: int) -> str:
    """A … Z, AA, BB, … as Word counts."""
    return chr(65 + (number - 1) % 26) * min((number - 1) // 26 + 1, 9)


def _ringed(number: int) -> str:
    return chr(0x2460 + number - 1) if 0 < number <= 20 else str(number)


# how a list counts -> the number's text
_COUNTED: Mapping[str, Callable[[int], str]] = {
    "decimal": str, "decimalZero": "{:02d}".format, "decimalFullWidth": str, "decimalHalfWidth": str,
    "decimalEnclosedCircle": _ringed, "decimalEnclosedCircleChinese": _ringed, "decimalEnclosedFullstop": "{}.".format,
    "decimalEnclosedParen": "({})".format, "chineseCounting": _chinese, "chineseCountingThousand": _chinese,
    "japaneseCounting": _chinese, "ideographDigital": _chinese, "taiwaneseCounting": _chinese, "upperRoman": _roman,
    "lowerRoman": lambda n: _roman(n).lower(), "upperLetter": _letters, "lowerLetter": lambda n: _letters(n).lower(),
    "none": lambda n: "", "": str,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Level:
    start: int
    form: str  # a key of _COUNTED, or another way that Word knows
    pattern: str  # "%1." and the like; of bullets the very character

    def number(self, count: int) -> str:
        return _COUNTED.get(self.form, lambda n: _UNKNOWN)(count)


@dataclass
class Numbering:
    """Counts as the document is read; ask once for each paragraph, in order."""

    levels: Mapping[tuple[str, int], _Level]
    styles: WordStyles
    counts: dict[str, dict[int, int]] = field(default_factory=dict)  # list -> depth -> the last number given

    def next(self, paragraph: Element) -> str:
        """The number or bullet that Word shows before the paragraph, "" if none."""
        if not self.levels:
            return ""
        list_id, depth = self._list_of(paragraph)
        level = self.levels.get((list_id, depth))
        if level is None:
            return ""
        if level.form == "bullet":
            return level.pattern
        counts = self.counts.setdefault(list_id, {})
        counts[depth] = counts.get(depth, level.start - 1) + 1
        for deeper in [d for d in counts if d > depth]:
            del counts[deeper]
        return _PLACE.sub(lambda m: self._number(list_id, int(m[1]) - 1), level.pattern)

    def _number(self, list_id: str, depth: int) -> str:
        level = self.levels.get((list_id, depth))
        if level is None:
            return _UNKNOWN
        return level.number(self.counts[list_id].get(depth, level.start))

    def _list_of(self, paragraph: Element) -> tuple[str, int]:
        """List and depth, by the paragraph's own word or its style's."""
        properties = first_child(paragraph, "pPr")
        if properties is None or not len(properties):
            return "", 0
        style = _value(first_child(properties, "pStyle"))
        places = [_place(first_child(properties, "numPr")), *(self.styles.numbering(style) if style else ())]
        list_id = next((place[0] for place in places if place[0]), "")
        depth = next((place[1] for place in places if place[1]), "0")
        return list_id, int(depth) if depth.isdigit() else 0


def _place(properties: Element | None) -> tuple[str, str]:
    """List and depth of a `w:numPr`, "" for what it does not say."""
    if properties is None:
        return "", ""
    return _value(properties.find("{*}numId")), _value(properties.find("{*}ilvl"))


def numbering(package: Package, main: str, styles: WordStyles) -> Numbering:
    """The lists that the document defines."""
    part = next((p for _, kind, p in package.relations(main) if kind == "numbering" and p in package), None)
    if part is None:
        return Numbering({}, styles)
    root = package.xml(part)
    abstract = {attribute(a, "abstractNumId", ""): _levels(a) for a in root.iterfind("{*}abstractNum")}
    levels = {}
    for num in root.iterfind("{*}num"):
        for depth, level in abstract.get(_value(num.find("{*}abstractNumId")), {}).items():
            levels[attribute(num, "numId", ""), depth] = level
    return Numbering(levels, styles)


def _levels(abstract: Element) -> dict[int, _Level]:
    """By depth."""
    levels = {}
    for level in abstract.iterfind("{*}lvl"):
        pattern, start, form = (_value(level.find(f"{{*}}{name}")) for name in ("lvlText", "start", "numFmt"))
        fonts = level.find("{*}rPr/{*}rFonts")
        if form == "bullet" and fonts is not None:
            pattern = drawn(pattern, face(attribute(fonts, "ascii")))
        depth = attribute(level, "ilvl", "0")
        levels[int(depth) if depth.isdigit() else 0] = _Level(int(start) if start.isdigit() else 1, form, pattern)
    return levels


def _value(element: Element | None) -> str:
    return attribute(element, "val", "") if element is not None else ""

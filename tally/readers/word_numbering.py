"""Automatic numbers of Word paragraphs: a 序号 column often holds nothing else, and no text at all."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass

from tally.readers.package import Element, Package, attribute

_NUMBERS = ("decimal", "decimalZero", "decimalFullWidth", "decimalEnclosedCircle")


@dataclass(frozen=True, slots=True)
class _Level:
    start: int
    pattern: str  # "%1." and the like


class Numbering:
    """Counts as the document is read; ask once for each paragraph, in order."""

    def __init__(self, levels: dict[tuple[str, str], _Level]):
        self.levels = levels
        self.counts: dict[tuple[str, str], int] = defaultdict(int)

    def next(self, paragraph: Element) -> str:
        """The number Word shows before the paragraph, "" if none (or none in arabic figures)."""
        if not self.levels:
            return ""
        properties = paragraph.find("{*}pPr/{*}numPr")
        if properties is None:
            return ""
        list_id, depth = (_value(properties.find("{*}" + t)) for t in ("numId", "ilvl"))
        level = self.levels.get((list_id, depth or "0"))
        if level is None:
            return ""
        self.counts[list_id, depth] += 1
        number = level.start + self.counts[list_id, depth] - 1
        return re.sub(r"%\d", str(number), level.pattern)


def numbering(package: Package, main: str) -> Numbering:
    """The lists that the document defines."""
    part = next((p for _, kind, p in package.relations(main) if kind == "numbering" and p in package), None)
    if part is None:
        return Numbering({})
    root = package.xml(part)
    abstract = {attribute(a, "abstractNumId", ""): _levels(a) for a in root.iterfind("{*}abstractNum")}
    levels = {}
    for num in root.iterfind("{*}num"):
        for depth, level in abstract.get(_value(num.find("{*}abstractNumId")), {}).items():
            levels[attribute(num, "numId", ""), depth] = level
    return Numbering(levels)


def _levels(abstract: Element) -> dict[str, _Level]:
    """By depth; only lists of plain figures, with one number in their pattern."""
    levels = {}
    for level in abstract.iterfind("{*}lvl"):
        pattern, start = _value(level.find("{*}lvlText")), _value(level.find("{*}start"))
        if _value(level.find("{*}numFmt")) in _NUMBERS and len(re.findall(r"%\d", pattern)) == 1:
            levels[attribute(level, "ilvl", "0")] = _Level(int(start) if start.isdigit() else 1, pattern)
    return levels


def _value(element: Element | None) -> str:
    return attribute(element, "val", "") if element is not None else ""

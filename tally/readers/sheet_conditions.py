"""Conditional formats of SpreadsheetML -> `Condition`s: only those that take something from sight."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from tally.model import Span
from tally.readers.conditional import OPERATORS, Condition, Effect, effect_of
from tally.readers.formats import BUILTIN
from tally.readers.package import Element, local
from tally.readers.runs import PLAIN_FONT
from tally.readers.strings import font
from tally.readers.styles import ground_of
from tally.readers.sums import column_index

_RANGE = re.compile(r"\$?([A-Z]{1,3})?\$?(\d{1,7})?(?::\$?([A-Z]{1,3})?\$?(\d{1,7})?)?")
_LAST_ROW, _LAST_COL = 1_048_575, 16_383
# what cells with a value pass, or never pass
_PLAIN_TESTS = {
    "containsBlanks": "never", "notContainsBlanks": "always", "containsErrors": "never", "notContainsErrors": "always",
}  # fmt: skip
_ON = ("1", "true")


def effects(root: Element) -> tuple[Effect, ...]:
    """What each of a workbook's differential formats (dxf) takes from sight."""
    return tuple(_effect(dxf) for dxf in root.iterfind("{*}dxfs/{*}dxf"))


def _effect(dxf: Element | None) -> Effect:
    if dxf is None:
        return Effect()
    letters, fill, code = dxf.find("{*}font"), dxf.find("{*}fill"), dxf.find("{*}numFmt")
    number_format = ""
    if code is not None:
        number_format = code.get("formatCode") or BUILTIN.get(int(code.get("numFmtId") or 0), "")
    ground = ground_of(fill, differential=True) if fill is not None else ""
    return effect_of(font(letters) if letters is not None else PLAIN_FONT, ground, number_format)


def conditions(element: Element, known: Sequence[Effect]) -> Iterator[Condition]:
    """Of a `conditionalFormatting` element, the standard's own or Excel 2010's, those that take something from sight."""
    written = element.get("sqref") or element.findtext("{*}sqref") or ""
    spans = tuple(span for text in written.split() if (span := area(text)) is not None)
    for rule in element.iterfind("{*}cfRule") if spans else ():
        number = rule.get("dxfId", "")
        effect = known[int(number)] if number.isdigit() and int(number) < len(known) else _effect(rule.find("{*}dxf"))
        if any(part.get("showValue") in ("0", "false") for part in rule if local(part) in ("dataBar", "iconSet")):
            yield Condition(spans, "always", (), Effect(hidden=True))
        elif effect:
            bounds = tuple((part.text or "") for part in rule if local(part) in ("formula", "f"))
            yield Condition(spans, _sign(rule), bounds, effect)


def _sign(rule: Element) -> str:
    kind = rule.get("type", "")
    if kind == "cellIs":
        return OPERATORS.get(rule.get("operator", "").lower(), "cellIs")
    return "formula" if kind == "expression" else _PLAIN_TESTS.get(kind, kind)


def area(reference: str) -> Span | None:
    """The cells of `B5:J12`, `B5`, `B:C` or `3:4`; None for anything else."""
    match = _RANGE.fullmatch(reference.upper())
    if match is None or not reference:
        return None
    left, top, right, bottom = match.groups()
    if ":" not in reference:
        right, bottom = left, top
    cols = (column_index(left) if left else 0, column_index(right) if right else _LAST_COL)
    rows = (int(top) - 1 if top else 0, int(bottom) - 1 if bottom else _LAST_ROW)
    return Span(min(rows), min(cols), max(rows), max(cols))

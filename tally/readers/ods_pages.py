"""What OpenDocument says of a sheet away from its cells: its page's header and footer, its conditional formats."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

from tally.model import Ink, Span
from tally.readers.conditional import OPERATORS, Condition, effect_of
from tally.readers.ods_styles import Maps, OdsStyle
from tally.readers.package import Element, attribute, local
from tally.readers.runs import WHITE
from tally.readers.sheet_conditions import area
from tally.readers.sheet_drawings import page_words

_PARTS = {
    "header": "page header", "header-left": "page header", "header-first": "page header",
    "footer": "page footer", "footer-left": "page footer", "footer-first": "page footer",
}  # fmt: skip
# what a program fills in: page numbers, the sheet's and the file's name, the day of printing
_FIELDS = frozenset(("sheet-name", "page-number", "page-count", "date", "time", "title", "file-name"))
_COMPARED = re.compile(r"(<=|>=|!=|=|<|>)(.+)")
_BETWEEN = re.compile(r"(?:-is-)?(not-)?between\((.{1,300}),(.{1,300})\)")
_FORMULA = re.compile(r"(?:formula-is|is-true-formula)\((.+)\)", re.DOTALL)
_ESCAPED = re.compile(r"_([0-9a-f]{2,5})_")
_REFERENCE = re.compile(r"\[([^\]]{0,300}+)\]")


def page_ink(roots: Iterable[Element], name: str) -> list[Ink]:
    """The words of the master page's header and footer; `name` "" is the page that sheets have without saying."""
    pages: dict[str, Element] = {}
    for root in roots:
        for page in root.iter("{*}master-page"):
            pages[attribute(page, "name", "")] = page
    page = pages.get(name or "Default")
    ink: list[Ink] = []
    for part in page if page is not None else ():
        if (kind := _PARTS.get(local(part))) and attribute(part, "display", "true") != "false":
            ink += [Ink("", kind, words) for words in _lines(part)]
    return ink


def _lines(part: Element) -> Iterator[str]:
    for paragraph in part.iter("{*}p"):
        if words := page_words("".join(_words(paragraph)).replace("&", "&&")):
            yield words


def _words(element: Element) -> Iterator[str]:
    yield element.text or ""
    for child in element:
        if local(child) not in _FIELDS:
            yield from _words(child)
        yield child.tail or ""


def conditions(
    formats: Sequence[Element], mapped: Mapping[Maps, list[Span]], styles: Mapping[str, OdsStyle]
) -> Iterator[Condition]:
    """Of a sheet's `conditional-format` elements, and of what the styles of its cells are mapped to (the older way, with
    the cells they hold for), those that take something from sight."""
    named = {_plain(name): style for name, style in styles.items()} if formats or mapped else {}
    for maps, cells in mapped.items():
        for test, name in maps:
            yield from _condition(
                tuple(cells), test.removeprefix("cell-content").removeprefix("()"), named.get(_plain(name))
            )
    for element in formats:
        written = attribute(element, "target-range-address", "").split()
        spans = tuple(span for text in written if (span := area(_address(text))) is not None)
        for rule in element if spans else ():
            style = named.get(_plain(attribute(rule, "apply-style-name", "")))
            yield from _condition(spans, attribute(rule, "value", ""), style)


def _condition(spans: tuple[Span, ...], test: str, style: OdsStyle | None) -> Iterator[Condition]:
    if style is not None and (effect := effect_of(style.font(), style.ground or WHITE)):
        sign, bounds = _test(test)
        yield Condition(spans, sign, bounds, effect)


def _plain(name: str) -> str:
    """A style's name as people see it: `A_5f_1` is A_1."""
    return _ESCAPED.sub(lambda m: chr(int(m[1], 16)), name)


def _address(text: str) -> str:
    """`Sheet1.B5:Sheet1.J12` as `B5:J12`."""
    return ":".join(corner.rpartition(".")[2] for corner in text.split(":"))


def _test(written: str) -> tuple[str, tuple[str, ...]]:
    """A condition as OpenDocument writes it -> sign and bounds."""
    if compared := _COMPARED.fullmatch(written):
        return compared[1].replace("!=", "<>"), (compared[2],)
    if between := _BETWEEN.fullmatch(written):
        return OPERATORS["notbetween" if between[1] else "between"], (between[2], between[3])
    if formula := _FORMULA.fullmatch(written):
        return "formula", (_REFERENCE.sub(lambda m: _address(m[1]), formula[1]).replace(";", ","),)
    return "never" if written == "is-error" else written, ()

"""Styles of OpenDocument spreadsheets, cut down to what a reader of values needs."""

from __future__ import annotations

from dataclasses import dataclass

from tally.readers.package import attribute, local

OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
CALC_EXT = "{urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0}"


@dataclass(frozen=True, slots=True)
class OdsStyle:
    """`number_format` is an Excel-like code, kept where the display adds something to the number."""

    struck: bool = False
    hidden: bool = False  # of a table: the sheet is not shown
    number_format: str = ""


def ods_styles(roots: list) -> dict[str, OdsStyle]:
    """Every named style of content and styles parts; a style takes from its parent what it does not say."""
    elements = {attribute(e, "name", ""): e for root in reversed(roots) for e in root.iterfind(".//{*}style")}
    formats = _formats(roots)
    return {name: _style(name, elements, formats) for name in elements}


def _style(name: str, elements: dict, formats: dict[str, str]) -> OdsStyle:
    line = data = display = None
    for element in _with_parents(name, elements):
        text, table = element.find("{*}text-properties"), element.find("{*}table-properties")
        if line is None and text is not None:
            line = attribute(text, "text-line-through-style") or attribute(text, "text-line-through-type")
        if display is None and table is not None:
            display = attribute(table, "display")
        data = data or attribute(element, "data-style-name")
    return OdsStyle(line not in (None, "none"), display == "false", formats.get(data or "", ""))


def _with_parents(name: str, elements: dict):
    for _ in range(10):
        if name not in elements:
            return
        yield elements[name]
        name = attribute(elements[name], "parent-style-name", "")


def _formats(roots: list) -> dict[str, str]:
    found = {}
    for root in roots:
        for element in root.iter(
            "{*}number-style", "{*}percentage-style", "{*}currency-style", "{*}date-style", "{*}time-style"
        ):
            found[attribute(element, "name", "")] = _code(element)
    return found


def _code(style) -> str:
    """The format as Excel would write it, "" where it adds nothing to the number."""
    kind = local(style)
    if kind == "date-style":
        return "".join(_date_part(part) for part in style)
    if kind == "time-style":
        return "h:mm"
    pieces, adds = [], kind == "percentage-style"
    for part in style:
        tag, text = local(part), part.text or ""
        if tag == "number":
            scaled = attribute(part, "display-factor", "1") not in ("1", "1.0")
            decimals = attribute(part, "decimal-places", "0")
            places = int(decimals) if decimals.isdigit() else 0
            pieces.append("0" + "." * bool(places) + "0" * min(places, 20) + "," * scaled)
            adds |= scaled
        elif tag in ("text", "currency-symbol") and text.strip(" -"):
            pieces.append(text if text == "%" else f'"{text}"')
            adds = True
    return "".join(pieces) if adds else ""


def _date_part(part) -> str:
    codes = {"year": "yyyy", "month": "m", "day": "d", "hours": "h", "minutes": "mm", "seconds": "ss"}
    tag, text = local(part), part.text or ""
    return codes.get(tag, f'"{text}"' if tag == "text" and text.strip(" -/:.") else text)

"""Styles of OpenDocument spreadsheets, cut down to what a reader of values needs."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from tally.readers.limits import FLAT_ROW
from tally.readers.package import Element, attribute, local
from tally.readers.runs import PLAIN_FONT, Font
from tally.readers.symbols import face

OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
CALC_EXT = "{urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0}"


_FACTS = ("color", "text-position", "text-line-through-style", "text-line-through-type", "font-size", "font-weight", "font-style", "text-underline-style", "display", "use-window-font-color", "font-name", "font-family")  # fmt: skip

_DIAGONALS = ("diagonal-bl-tr", "diagonal-tl-br")
Maps = tuple[tuple[str, str], ...]  # (condition, name of the style that holds instead)


@dataclass(frozen=True, slots=True)
class OdsStyle:
    """`text` is what the style says of letters, `ground` the colour behind them, "" for none.

    `number_format` is an Excel-like code, kept where the display adds something to the number.
    """

    hidden: bool = False  # of a table: the sheet is not shown
    page: str = ""  # of a table: the master page it is printed on
    number_format: str = ""
    text: Mapping[str, str] = field(default_factory=dict)
    ground: str = ""
    maps: Maps = ()
    plain: bool = True  # letters in it look like any others
    crossed: int = 0  # lines from corner to corner of a cell
    flat: bool = False  # of a row or column: so low or narrow that nothing in it is seen

    def font(self, within: Font = PLAIN_FONT) -> Font:
        """The font of letters in this style that stand among letters in `within`."""
        facts = self.text
        if not facts:
            return within
        weight = {"b": facts.get("font-weight"), "i": facts.get("font-style"), "u": facts.get("text-underline-style")}
        plain = ("normal", "none")
        letters = [k for k, v in weight.items() if (v not in plain if v is not None else k in within.weight)]
        return Font(
            ink=_ink(facts, within.ink),
            size=_points(facts.get("font-size", "")) or within.size,
            weight="".join(letters),
            struck=_is_struck(facts, within.struck),
            position=_position(facts["text-position"]) if "text-position" in facts else within.position,
            hidden=facts["display"] == "none" if "display" in facts else within.hidden,
            face=_face(facts, within.face),
        )


def _ink(facts: Mapping[str, str], within: str) -> str:
    if facts.get("use-window-font-color") == "true":
        return ""
    return facts["color"].lstrip("#").upper() if "color" in facts else within


def _face(facts: Mapping[str, str], within: str) -> str:
    name = facts.get("font-name") or facts.get("font-family")
    return face(name) if name is not None else within


def _is_struck(facts: Mapping[str, str], within: bool) -> bool:
    line = facts.get("text-line-through-style") or facts.get("text-line-through-type")
    return line != "none" if line is not None else within


def _position(written: str) -> str:
    """super, sub, or a share of the line's height: raised above it or lowered."""
    first = written.split()[0] if written.split() else ""
    if first in ("super", "sub"):
        return {"super": "raised", "sub": "lowered"}[first]
    share = first.rstrip("%")
    if not share.lstrip("-").isdigit() or abs(int(share)) < 5:
        return ""
    return "raised" if int(share) > 0 else "lowered"


def _points(written: str) -> float:
    number = written.removesuffix("pt")
    return float(number) if number != written and number.replace(".", "", 1).isdigit() else 0


def ods_styles(roots: list[Element]) -> dict[str, OdsStyle]:
    """Every named style of content and styles parts; a style takes from its parent what it does not say."""
    elements = {attribute(e, "name", ""): e for root in reversed(roots) for e in root.iterfind(".//{*}style")}
    formats = _formats(roots)
    return {name: _style(name, elements, formats) for name in elements}


def _style(name: str, elements: dict[str, Element], formats: dict[str, str]) -> OdsStyle:
    display = data = ""
    crossed: dict[str, bool] = {}
    text: dict[str, str] = {}
    ground = ""
    for element in _with_parents(name, elements):
        properties, table, cell = (
            element.find(f"{{*}}{kind}-properties") for kind in ("text", "table", "table-cell")
        )  # fmt: skip
        if properties is not None:
            text = {
                k.rpartition("}")[2]: v for k, v in properties.attrib.items() if k.rpartition("}")[2] in _FACTS
            } | text
        if table is not None:
            display = display or attribute(table, "display", "") or ""
        if cell is not None:
            ground = ground or attribute(cell, "background-color", "") or ""
            crossed = {n: v != "none" for n in _DIAGONALS if (v := attribute(cell, n))} | crossed
        data = data or attribute(element, "data-style-name", "") or ""
    ground = "" if ground == "transparent" else ground.lstrip("#").upper()
    page = attribute(elements[name], "master-page-name", "")
    element = elements[name]
    plain = not ground and not _face(text, "") and text.keys() <= {"font-name", "font-family"}
    return OdsStyle(
        display == "false",
        page,
        formats.get(data, ""),
        text,
        ground,
        _maps(element),
        plain,
        sum(crossed.values()),
        _is_flat(element),
    )


_POINTS = {"cm": 28.35, "mm": 2.835, "in": 72.0, "pt": 1.0}


def _is_flat(element: Element) -> bool:
    for path, name in (("{*}table-row-properties", "row-height"), ("{*}table-column-properties", "column-width")):
        properties = element.find(path)
        size = attribute(properties, name, "") if properties is not None else ""
        if size[-2:] in _POINTS and size[:-2].replace(".", "", 1).isdigit():
            return float(size[:-2]) * _POINTS[size[-2:]] < FLAT_ROW
    return False


def _maps(element: Element) -> Maps:
    if attribute(element, "family") != "table-cell":
        return ()
    maps = element.iterfind("{*}map")
    return tuple((attribute(m, "condition", ""), attribute(m, "apply-style-name", "")) for m in maps)


def _with_parents(name: str, elements: dict[str, Element]) -> Iterator[Element]:
    for _ in range(10):
        if name not in elements:
            return
        yield elements[name]
        name = attribute(elements[name], "parent-style-name", "")


def _formats(roots: list[Element]) -> dict[str, str]:
    codes = {}
    for root in roots:
        for element in root.iter(
            "{*}number-style", "{*}percentage-style", "{*}currency-style", "{*}date-style", "{*}time-style"
        ):
            codes[attribute(element, "name", "")] = _code(element)
    return codes


def _code(style: Element) -> str:
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


def _date_part(part: Element) -> str:
    codes = {"year": "yyyy", "month": "m", "day": "d", "hours": "h", "minutes": "mm", "seconds": "ss"}
    tag, text = local(part), part.text or ""
    return codes.get(tag, f'"{text}"' if tag == "text" and text.strip(" -/:.") else text)

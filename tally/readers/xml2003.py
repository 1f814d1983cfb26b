"""Excel's "XML Spreadsheet 2003", often found behind an .xls name -> grids."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import date, datetime
from functools import partial
from typing import Any

from lxml import etree

from tally.errors import UnreadableFile
from tally.model import Document, Ink, Mark, RawValue, Span
from tally.readers.conditional import OPERATORS, Condition, apply, effect_of
from tally.readers.format_dates import from_serial
from tally.readers.formats import tidy
from tally.readers.html_styles import Look, PageStyles
from tally.readers.limits import FLAT_ROW, spend
from tally.readers.package import Element, attribute, local, parse_xml
from tally.readers.rectangle import Sheet, grid
from tally.readers.runs import UNKNOWN, WHITE, Font, Piece
from tally.readers.sheet_conditions import area
from tally.readers.sheet_drawings import page_words
from tally.readers.sheet_xml import MAX_COLS, MAX_ROWS, iso_moment
from tally.readers.styles import PLAIN, Style, style
from tally.readers.sums import column_letters
from tally.readers.symbols import face

_R1C1 = re.compile(r"(?<![A-Za-z0-9_.])R(\[-?\d+\]|\d*)C(\[-?\d+\]|\d*)(?![A-Za-z0-9_(])")
_NAMED = {"Percent": "0.00%", "Fixed": "0.00", "Standard": "#,##0.00", "Currency": '"¥"#,##0.00'}


def read_xml2003(data: bytes, name: str) -> tuple[Document, ...]:
    """Every worksheet in order, hidden ones too."""
    root = parse_xml(data)
    styles = _styles(root)
    grids = []
    for sheet in root.iterfind("{*}Worksheet"):
        spend("sheets")
        table = sheet.find("{*}Table")
        content = _read(table, styles) if table is not None else Sheet()
        _options(sheet, content, styles)
        visible = sheet.findtext("{*}WorksheetOptions/{*}Visible", "")
        grids.append(
            grid(name, attribute(sheet, "Name", ""), content, hidden=visible in ("SheetHidden", "SheetVeryHidden"))
        )
    return (Document(name, "xml2003", tuple(grids)),)


def _options(sheet: Element, content: Sheet, styles: dict[str, Style]) -> None:
    """What the sheet's page says around it, whether zeros are shown, and conditional formats."""
    settings = sheet.find("{*}WorksheetOptions")
    for part in settings.iterfind("{*}PageSetup/*") if settings is not None else ():
        if local(part) in ("Header", "Footer") and (words := page_words(attribute(part, "Data", ""))):
            content.ink.append(Ink("", f"page {local(part).lower()}", words))
    content.zeros_hidden = settings is not None and settings.find("{*}DoNotDisplayZeros") is not None
    for rule in sheet.iterfind("{*}ConditionalFormatting"):
        apply(content, _conditions(rule))


def _conditions(rule: Element) -> Iterator[Condition]:
    ranges = [_a1(text, 0, 0) for text in rule.findtext("{*}Range", "").split(",")]
    spans = tuple(span for text in ranges if (span := area(text)) is not None)
    for condition in rule.iterfind("{*}Condition") if spans else ():
        shown = condition.find("{*}Format")
        look = PageStyles().look(_styled(attribute(shown, "Style", "")), Look()) if shown is not None else Look()
        written = [condition.findtext(f"{{*}}Value{n}") for n in (1, 2)]
        bounds = tuple(_a1(text, spans[0].top, spans[0].left) for text in written if text is not None)
        qualifier = condition.findtext("{*}Qualifier", "")
        if effect := effect_of(look.font, look.ground):
            yield Condition(spans, OPERATORS.get(qualifier.lower(), qualifier) or "formula", bounds, effect)


def _styled(css: str) -> Element:
    """An element that looks as `css` says: conditional formats are written as style attributes of HTML."""
    return etree.Element("span", style=css)


def _styles(root: Element) -> dict[str, Style]:
    """By id; a style takes from its parent what it does not say itself."""
    elements = {attribute(s, "ID", ""): s for s in root.iterfind("{*}Styles/{*}Style")}

    def fact(style_id: str, path: str, key: str, depth: int = 0) -> str:
        element = elements.get(style_id)
        if element is None or depth > 9:
            return ""
        part = element.find(path)
        value = attribute(part, key) if part is not None else None
        return value if value is not None else fact(attribute(element, "Parent", ""), path, key, depth + 1)

    def one(style_id: str) -> Style:
        return style(
            _code(fact(style_id, "{*}NumberFormat", "Format")),
            _font(lambda key: fact(style_id, "{*}Font", key)),
            _ground(fact(style_id, "{*}Interior", "Color"), fact(style_id, "{*}Interior", "Pattern")),
            _diagonals(elements[style_id]),
        )

    return {style_id: one(style_id) for style_id in elements}


def _diagonals(element: Element) -> int:
    """How many lines the style draws from corner to corner."""
    borders = element.iterfind("{*}Borders/{*}Border")
    return sum(
        attribute(border, "Position", "").startswith("Diagonal") and attribute(border, "LineStyle", "None") != "None"
        for border in borders
    )


def _font(fact: Callable[[str], str]) -> Font:
    """The font that attributes of Excel's or HTML's <Font> write."""
    position = {"superscript": "raised", "subscript": "lowered"}.get(fact("VerticalAlign").lower(), "")
    size = fact("Size")
    letters = [k for k, name in (("b", "Bold"), ("i", "Italic")) if fact(name) == "1"]
    letters += ["u"] if fact("Underline") not in ("", "None") else []
    return Font(
        ink=_rgb(fact("Color")),
        size=float(size) if size.replace(".", "", 1).isdigit() else 0,
        weight="".join(letters),
        struck=fact("StrikeThrough") == "1",
        position=position,
        face=face(fact("FontName") or fact("Face")),
    )


def _ground(colour: str, pattern: str) -> str:
    if pattern in ("", "None"):
        return WHITE
    return (_rgb(colour) or UNKNOWN) if pattern == "Solid" else UNKNOWN


def _rgb(colour: str) -> str:
    return "" if colour in ("", "Automatic") else colour.lstrip("#").upper()


_HTML_TAGS: dict[str, dict[str, Any]] = {
    "S": {"struck": True},
    "Sup": {"position": "raised"},
    "Sub": {"position": "lowered"},
}
_HTML_LETTERS = {"B": "b", "I": "i", "U": "u"}


def _written(element: Element, key: str) -> str:
    return attribute(element, key, "")


def _pieces(element: Element, font: Font) -> Iterator[Piece]:
    """Rich text: Excel writes it as HTML inside the cell's data."""
    if element.text:
        yield Piece(element.text, font)
    for child in element:
        tag = local(child)
        inner = font._replace(**_HTML_TAGS.get(tag, {}), weight=font.weight + _HTML_LETTERS.get(tag, ""))
        if tag == "Font":
            letters = _font(partial(_written, child))
            inner = inner._replace(
                ink=letters.ink or inner.ink, size=letters.size or inner.size, face=letters.face or inner.face
            )
        yield from _pieces(child, inner)
        if child.tail:
            yield Piece(child.tail, font)


def _code(written: str) -> str:
    of_moments = "yyyy/m/d" if " Date" in written else "h:mm:ss" if " Time" in written else ""
    return _NAMED.get(written, of_moments or written or "General")


def _read(table: Element, styles: dict[str, Style]) -> Sheet:
    content = Sheet()
    col = row = -1
    for child in table:
        tag = local(child)
        if tag == "Column":
            col = _index(child, col, MAX_COLS)
            last = min(col + _count(child, "Span"), MAX_COLS - 1)
            if attribute(child, "Hidden") == "1":
                content.hide_cols(col, last + 1)
            col = last
        elif tag == "Row":
            row = _index(child, row, MAX_ROWS)
            last = min(row + _count(child, "Span"), MAX_ROWS - 1)
            if attribute(child, "Hidden") == "1" or float(attribute(child, "Height", "") or FLAT_ROW) < FLAT_ROW:
                content.hide_rows(row, last + 1)
            _read_row(child, row, content, styles)
            row = last
    return content


def _index(element: Element, last: int, most: int) -> int:
    """0-based place: as written, else the one after the last."""
    written = attribute(element, "Index")
    index = int(written) - 1 if written and written.isdigit() else last + 1
    if not 0 <= index < most:
        raise UnreadableFile("damaged", f"Index {written}")
    return index


def _count(element: Element, name: str) -> int:
    value = attribute(element, name, "0")
    return int(value) if value.isdigit() else 0


def _read_row(element: Element, row: int, content: Sheet, styles: dict[str, Style]) -> None:
    col = -1
    for cell in element.iterfind("{*}Cell"):
        col = _index(cell, col, MAX_COLS)
        across, down = _count(cell, "MergeAcross"), _count(cell, "MergeDown")
        if across or down:
            content.merges.append(Span(row, col, min(row + down, MAX_ROWS - 1), min(col + across, MAX_COLS - 1)))
        _read_cell(cell, row, col, content, styles.get(attribute(cell, "StyleID", ""), PLAIN))
        col += across


def _read_cell(cell: Element, row: int, col: int, content: Sheet, shown: Style) -> None:
    data, comment, formula = cell.find("{*}Data"), cell.find("{*}Comment/{*}Data"), attribute(cell, "Formula", "")
    value: RawValue = None
    if data is not None:
        text, kind = "".join(data.itertext()), attribute(data, "Type", "String")
        mark = None
        if kind == "Error":
            content.mark(row, col, problem=text or "#N/A")
        elif text != "":
            value = _value(text, kind)
            if len(data) and isinstance(value, str):
                value, mark = shown.read_pieces(list(_pieces(data, shown.font)))
            elif isinstance(value, str):
                value, mark = shown.read_text(value)
            else:
                mark = _mark(shown, value)
                if shown.is_date and isinstance(value, int | float) and not isinstance(value, bool):
                    value = from_serial(value, False)
            content.put(row, col, value or None if isinstance(value, str) else value)
        if value is not None and mark:
            content.marks[row, col] = mark
    if formula:
        text = _a1(formula, row, col)
        content.mark(row, col, formula=text)
        if data is None or (value == 0 and not isinstance(value, str | bool)):
            content.open_formulas[row, col] = text
    if comment is not None and (text := "".join(comment.itertext()).strip()):
        content.mark(row, col, comment=text)


def _mark(shown: Style, value: RawValue) -> Mark | None:
    if isinstance(value, bool):
        return shown.mark
    if isinstance(value, int | float):
        return shown.number_mark(value)
    if isinstance(value, datetime):
        serial = (value - datetime(1899, 12, 30)).total_seconds() / 86_400
    elif isinstance(value, date):
        serial = (value - date(1899, 12, 30)).days
    else:
        return shown.mark
    return shown.number_mark(serial)


def _value(text: str, kind: str) -> RawValue:
    if kind == "Number":
        return tidy(float(text))
    if kind == "Boolean":
        return text.strip() == "1"
    if kind != "DateTime":
        return text
    moment = iso_moment(text)
    return moment.time() if isinstance(moment, datetime) and moment.year < 1900 else moment


def _a1(formula: str, row: int, col: int) -> str:
    """R1C1 references as A1; a formula without any is left as it is."""

    def place(m: re.Match) -> str:
        r = row + int(m[1][1:-1]) if m[1].startswith("[") else int(m[1]) - 1 if m[1] else row
        c = col + int(m[2][1:-1]) if m[2].startswith("[") else int(m[2]) - 1 if m[2] else col
        return f"{column_letters(c)}{r + 1}" if r >= 0 and c >= 0 else "#REF!"

    return _R1C1.sub(place, formula)

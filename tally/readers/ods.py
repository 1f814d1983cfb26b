"""OpenDocument spreadsheets (.ods, flat .fods) -> grids."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from datetime import time

from lxml import etree

from tally.errors import UnreadableFile
from tally.model import Document, Grid, Ink, RawValue, Span
from tally.readers.conditional import apply
from tally.readers.formats import tidy
from tally.readers.limits import spend
from tally.readers.ods_pages import conditions, page_ink
from tally.readers.ods_styles import CALC_EXT, OFFICE, TABLE, Maps, OdsStyle, ods_styles
from tally.readers.ods_text import annotation, cell_pieces, drawn, plain_text
from tally.readers.package import Element, Package
from tally.readers.rectangle import Sheet, grid
from tally.readers.runs import WHITE, cell_text
from tally.readers.sheet_xml import MAX_COLS, MAX_ROWS, iso_moment
from tally.readers.shown_text import says_otherwise

_ZEROS_HIDDEN = re.compile(rb'config:name="ShowZeroValues"[^>]*>\s*false')
_ERROR = re.compile(r"#[A-Z/0]+[!?]?|Err:\d+|#N/A")
_REFERENCE = re.compile(r"\[\.?([^\]:]{0,300}+)(?::\.?([^\]]{0,300}+))?\]")
_DURATION = re.compile(r"PT(\d+)H(\d+)M(\d+)(?:[.,]\d+)?S")
_PLAIN = OdsStyle()
_STYLES = (f"{OFFICE}automatic-styles", f"{OFFICE}styles", f"{OFFICE}master-styles")
_FORMATS = f"{CALC_EXT}conditional-formats"
_CELL, _COVERED = f"{TABLE}table-cell", f"{TABLE}covered-table-cell"
_LAYOUT = ("style-name", "number-columns-repeated", "content-validation-name")  # of a cell that holds nothing


def read_ods(data: bytes, name: str) -> tuple[Document, ...]:
    """Every sheet in order, hidden ones too. Raises `UnreadableFile("encrypted")` where a password is set."""
    package = Package(data)
    if "META-INF/manifest.xml" in package and b"encryption-data" in package.read("META-INF/manifest.xml"):
        raise UnreadableFile("encrypted")
    named = [package.xml("styles.xml")] if "styles.xml" in package else []
    settings = package.read("settings.xml") if "settings.xml" in package else b""
    return (_document(name, "ods", package.read("content.xml"), named, bool(_ZEROS_HIDDEN.search(settings))),)


def read_fods(data: bytes, name: str) -> tuple[Document, ...]:
    """The same in one XML file."""
    return (_document(name, "fods", data, [], bool(_ZEROS_HIDDEN.search(data))),)


def _document(name: str, kind: str, content: bytes, style_roots: list[Element], zeros_hidden: bool) -> Document:
    """Read row by row, so that a long list never stands in memory as XML. Styles come before the sheets."""
    grids: list[Grid] = []
    styles: dict[str, OdsStyle] = {}
    scan, depth = _Scan(styles), 0
    for event, element in _events(content):
        tag = element.tag
        if tag in _STYLES:
            style_roots = [*style_roots, element] if event == "end" else style_roots
        elif tag == f"{TABLE}table":
            depth += 1 if event == "start" else -1
            if event == "start" and depth == 1:
                spend("sheets")
                styles = styles or ods_styles(style_roots)
                scan = _Scan(styles)
            elif depth == 0:
                table_style = styles.get(element.get(f"{TABLE}style-name", ""), _PLAIN)
                hidden = table_style.hidden
                scan.content.zeros_hidden = zeros_hidden
                scan.content.ink += page_ink(style_roots, table_style.page)
                apply(scan.content, conditions(scan.formats, scan.mapped, styles))
                grids.append(grid(name, element.get(f"{TABLE}name", ""), scan.content, hidden=hidden))
                element.clear()
        elif event == "end" and depth == 1:
            scan.take(element)
            if tag != _FORMATS:
                element.clear()
    return Document(name, kind, tuple(grids))


def _events(content: bytes) -> Iterator[tuple[str, Element]]:
    tags = [*_STYLES, _FORMATS, *(f"{TABLE}{t}" for t in ("table", "table-row", "table-column", "shapes"))]
    settings = {"huge_tree": True, "resolve_entities": False, "remove_comments": True, "remove_pis": True}
    return etree.iterparse(io.BytesIO(content), events=("start", "end"), tag=tags, **settings)


class _Scan:
    """State while one sheet is read: the columns' default styles and the next row."""

    def __init__(self, styles: dict[str, OdsStyle]):
        self.styles, self.content, self.row = styles, Sheet(), 0
        self.formats: list[Element] = []  # conditional ones
        self.mapped: dict[Maps, list[Span]] = {}  # what styles are mapped to -> the cells that have them
        self.col_styles: list[str] = []

    def take(self, element: Element) -> None:
        """The next column or row definition, the shapes that lie on the sheet, or its conditional formats."""
        if element.tag == _FORMATS:
            self.formats = list(element.iterchildren())
            return
        if element.tag == f"{TABLE}shapes":
            self.content.ink += [
                Ink(_end_cell(shape), kind, words) for shape in element for kind, words in drawn([shape])
            ]
            return
        hidden = element.get(f"{TABLE}visibility", "visible") != "visible" or _in_closed_group(element)
        hidden |= self.styles.get(element.get(f"{TABLE}style-name", ""), _PLAIN).flat
        if element.tag == f"{TABLE}table-column":
            first = len(self.col_styles)
            last = min(first + _count(element, "number-columns-repeated"), MAX_COLS)
            self.col_styles += [element.get(f"{TABLE}default-cell-style-name", "")] * (last - first)
            if hidden:
                self.content.hide_cols(first, last)
            return
        repeat = min(_count(element, "number-rows-repeated"), MAX_ROWS - self.row)
        self._row(element, self.row, repeat)
        if hidden:
            self.content.hide_rows(self.row, self.row + repeat)
        self.row += repeat

    def _row(self, element: Element, row: int, repeat: int) -> None:
        col, own_style = 0, element.get(f"{TABLE}default-cell-style-name", "")
        for cell in element.iterchildren(_CELL, _COVERED):
            across = min(_count(cell, "number-columns-repeated"), MAX_COLS - col)
            if len(cell) or any(key.rpartition("}")[2] not in _LAYOUT for key in cell.attrib):
                default = own_style or (self.col_styles[col] if col < len(self.col_styles) else "")
                shown = self.styles.get(cell.get(f"{TABLE}style-name", default), _PLAIN)
                self._cell(cell, row, repeat, col, across, shown)
            col += across

    def _cell(self, cell: Element, row: int, repeat: int, col: int, across: int, shown: OdsStyle) -> None:
        if cell.tag == _CELL:
            height, width = _count(cell, "number-rows-spanned"), _count(cell, "number-columns-spanned")
            if (height, width) != (1, 1):
                self.content.merges.append(Span(row, col, row + height - 1, col + width - 1))
        for drawing, words in drawn(cell):
            self.content.lay(row, col, drawing, words)
        value, facts = _read_cell(cell, shown, self.styles)
        if value is None and not facts:
            return
        if shown.maps:
            self.mapped.setdefault(shown.maps, []).append(Span(row, col, row + repeat - 1, col + across - 1))
        spend("repeated", repeat * across - 1)
        for r in range(row, row + repeat):
            for c in range(col, col + across):
                self._put(r, c, value, dict(facts))

    def _put(self, row: int, col: int, value: RawValue, facts: dict) -> None:
        if value is not None:
            self.content.put(row, col, value)
        if formula := facts.get("formula"):
            zero = value == 0 and not isinstance(value, str | bool)
            if zero or (value is None and "problem" not in facts and not facts.pop("blank", False)):
                self.content.open_formulas[row, col] = formula
        facts.pop("blank", None)
        if facts:
            self.content.mark(row, col, **facts)


def _end_cell(shape: Element) -> str:
    """The cell that a shape on the sheet ends in, "" if it says none."""
    return shape.get(f"{TABLE}end-cell-address", "").rpartition(".")[2].replace("$", "")


def _in_closed_group(element: Element) -> bool:
    """Whether an outline group that is folded up hides this row or column."""
    for above in element.iterancestors():
        if above.tag == f"{TABLE}table":
            return False
        if above.get(f"{TABLE}display") == "false":
            return True
    return False


def _count(element: Element, name: str) -> int:
    value = element.get(TABLE + name, "1")
    return max(int(value), 1) if value.isdigit() else 1


def _read_cell(cell: Element, shown: OdsStyle, styles: dict[str, OdsStyle]) -> tuple[RawValue, dict]:
    """The value and the facts for its mark; "blank" says that a formula's result is a stored empty text."""
    text, facts = _text(cell, shown, styles)
    formula = _a1(cell.get(f"{TABLE}formula", ""))
    kind = cell.get(f"{OFFICE}value-type", "")
    is_error = cell.get(f"{CALC_EXT}value-type") == "error" or (formula and _ERROR.fullmatch(text))
    value = None if is_error else _value(cell, kind, text)
    if value is None and "runs" not in facts:
        facts = {}
    if is_error:
        facts["problem"] = text or "#N/A"
    if shown.crossed and value is not None:
        facts["crossed"] = shown.crossed
    if formula:
        facts["formula"] = formula
        facts["blank"] = kind == "string"
    if says_otherwise(value, text):
        facts |= {"shown": text, "number_format": shown.number_format}
    if comment := annotation(cell):
        facts["comment"] = comment
    return value, facts


def _text(cell: Element, shown: OdsStyle, styles: dict[str, OdsStyle]) -> tuple[str, dict]:
    """What the cell's paragraphs say, and how: cells of one look in a style that says nothing are nearly all."""
    text = plain_text(cell)
    if text is not None and shown.plain:
        return text, {}
    font = shown.font()
    return cell_text(cell_pieces(cell, font, styles), font, shown.ground or WHITE)


def _value(cell: Element, kind: str, text: str) -> RawValue:
    if kind in ("float", "percentage", "currency"):
        return tidy(float(cell.get(f"{OFFICE}value", "nan")))
    if kind == "boolean":
        return cell.get(f"{OFFICE}boolean-value") == "true"
    if kind == "date":
        return iso_moment(cell.get(f"{OFFICE}date-value", text))
    if kind == "time":
        written = _DURATION.fullmatch(cell.get(f"{OFFICE}time-value", ""))
        hours, minutes, seconds = (int(g) for g in written.groups()) if written else (24, 0, 0)
        return time(hours, minutes, seconds) if hours < 24 and minutes < 60 and seconds < 60 else text
    return text or cell.get(f"{OFFICE}string-value") or None


def _a1(formula: str) -> str:
    """`of:=SUM([.B2:.B5];1)` as `=SUM(B2:B5,1)`; a reference to another sheet keeps its name."""
    if not formula:
        return ""
    body = formula[formula.find("=") + 1 :]

    def place(m: re.Match) -> str:
        return m[1].replace(".", "!") + (f":{m[2].lstrip('.')}" if m[2] else "")

    return "=" + _REFERENCE.sub(place, body).replace(";", ",")

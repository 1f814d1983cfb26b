"""What lies on a worksheet of an .xlsx and is no cell: text boxes, pictures, charts, controls, objects, headers of pages."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

from tally.model import Ink, RawValue
from tally.readers.package import Element, Package, local
from tally.readers.sheet_conditions import area
from tally.readers.sums import column_letters

_KINDS = {"pic": "picture", "sp": "shape", "cxnSp": "shape", "grpSp": "shape"}
_ANCHORS = ("twoCellAnchor", "oneCellAnchor")
# kinds of old form controls (VML) -> ink; notes are the cells' comments, read elsewhere
_CONTROLS = {
    "Drop": "list", "List": "list", "Checkbox": "tick box", "Radio": "tick box", "Edit": "entry field", "EditBox": "entry field",
    "Pict": "object", "Button": "control", "Spin": "control", "Scroll": "control", "GBox": "control", "Label": "text box",
    "Rect": "shape", "Shape": "shape",
}  # fmt: skip
_CODE = re.compile(r'&(?:"[^"]*"|K[0-9A-Fa-f]{6}|K\d{2}[+-]\d{3}|\d+|[A-Za-z])')
_PLACE = re.compile(r"&[LCR]")
_COUNTED = re.compile(r"&[PNDTAFZ]")  # page numbers, dates and names that the program fills in
_ONLY_NUMBERS = re.compile(r"[\s第页共/\-—of,，Page]*", re.IGNORECASE)


def drawn(package: Package, sheet: str, rows: Mapping[int, Sequence[RawValue]]) -> list[Ink]:
    """The ink of a sheet's drawings and old form controls; `rows` are its cells, where drop-down lists find their entries."""
    ink: list[Ink] = []
    parts = [(kind, part) for _, kind, part in package.relations(sheet) if part in package]
    for kind, part in parts:
        if kind == "drawing":
            ink += _anchored(package.xml(part), controls=any(k == "vmlDrawing" for k, _ in parts))
        elif kind == "vmlDrawing":
            ink += _controls(package.xml(part), rows)
    return ink


def words_beside(ink: Iterable[Ink]) -> list[str]:
    """The lines of text boxes, where titles, 填报单位 and units may stand."""
    boxes = [one.text for one in ink if one.kind == "text box"]
    return [line for text in boxes for line in text.split("\n") if line.strip()]


def page_words(written: str) -> str:
    """What a page header or footer says by itself, without codes, page numbers and dates; "" if that is nothing."""
    parts: list[str] = []
    for part in _PLACE.split(written.replace("&&", "＆").replace("&G", "［图片］")):
        text = _CODE.sub("", _COUNTED.sub("", part)).strip()
        if text and not _ONLY_NUMBERS.fullmatch(text):
            parts.append(text)
    return "　".join(parts)


def _anchored(root: Element, controls: bool) -> Iterator[Ink]:
    """The shapes of a drawing at the cell that their middle lies over; `controls`: old form controls are told by VML."""
    for anchor in root:
        if local(anchor) not in (*_ANCHORS, "absoluteAnchor") and not (
            local(anchor) == "AlternateContent" and not controls
        ):
            continue
        cell = _middle(anchor)
        for shape in _shapes(anchor):
            words = "\n".join(_paragraphs(shape))
            kind = _kind(shape)
            yield Ink(cell, "text box" if words and kind == "shape" else kind, words)


def _shapes(anchor: Element) -> Iterator:
    for element in anchor.iter("{*}sp", "{*}pic", "{*}cxnSp", "{*}graphicFrame"):
        if not any(local(above) == "Fallback" for above in element.iterancestors()):
            yield element


def _kind(shape: Element) -> str:
    if local(shape) != "graphicFrame":
        return _KINDS[local(shape)]
    names = {local(part) for part in shape.iter()}
    return "chart" if "chart" in names else "diagram" if "relIds" in names else "object"


def _paragraphs(shape: Element) -> Iterator[str]:
    for body in shape.iter("{*}txBody"):
        for paragraph in body.iterfind("{*}p"):
            if text := "".join(t.text or "" for t in paragraph.iter("{*}t")).strip():
                yield text


def _middle(anchor: Element) -> str:
    """The cell under the middle of a shape, by the cells that its corners lie in."""
    corners = [corner for corner in (anchor.find("{*}from"), anchor.find("{*}to")) if corner is not None]
    if not corners:
        return ""
    rows = [_at(corner, "row", last=i > 0) for i, corner in enumerate(corners)]
    cols = [_at(corner, "col", last=i > 0) for i, corner in enumerate(corners)]
    return f"{column_letters(max(0, sum(cols) // len(cols)))}{max(0, sum(rows) // len(rows)) + 1}"


def _at(corner: Element, name: str, last: bool) -> int:
    """The row or column of a corner; a lower right corner on an edge belongs to the cell before."""
    number = int(corner.findtext(f"{{*}}{name}", "0") or 0)
    offset = corner.findtext(f"{{*}}{name}Off", "0") or "0"
    return number - 1 if last and offset == "0" and number else number


def _controls(root: Element, rows: Mapping[int, Sequence[RawValue]]) -> Iterator[Ink]:
    for shape in root.iter("{*}shape"):
        data = shape.find("{*}ClientData")
        kind = _CONTROLS.get(data.get("ObjectType", ""), "") if data is not None else ""
        if not kind or kind == "control":
            continue
        numbers = [int(n) for n in re.findall(r"\d+", data.findtext("{*}Anchor", "") or "")]
        cell = ""
        if len(numbers) == 8:
            row = (numbers[2] + max(numbers[2], numbers[6] - (numbers[7] == 0))) // 2
            cell = f"{column_letters((numbers[0] + max(numbers[0], numbers[4] - (numbers[5] == 0))) // 2)}{row + 1}"
        words = " ".join("".join(box.itertext()) for box in shape.iter("{*}textbox")).strip()
        yield Ink(cell, kind, _state(data, kind, rows) + words)


def _state(data: Element, kind: str, rows: Mapping[int, Sequence[RawValue]]) -> str:
    if kind == "list" and (chosen := data.findtext("{*}Sel", "")):
        entry = _entry(data.findtext("{*}FmlaRange", ""), int(chosen), rows) if chosen.isdigit() else ""
        return f"第 {chosen} 项" + (f"：{entry}" if entry else "")
    if kind != "tick box":
        return ""
    return "☑" if data.findtext("{*}Checked", "0") == "1" else "□"


def _entry(written: str, number: int, rows: Mapping[int, Sequence[RawValue]]) -> str:
    """The text of a list's n-th entry, "" where its range lies on another sheet."""
    span = area(written)
    line = rows.get(span.top + number - 1, ()) if span is not None else ()
    value = line[span.left] if span is not None and span.left < len(line) else None
    return str(value) if value is not None else ""

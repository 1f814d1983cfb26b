"""Text of OpenDocument cells: paragraphs, runs, repeated spaces; annotations; what lies in a cell and is no text."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from tally.readers.limits import WIDEST_SPACE
from tally.readers.ods_styles import OdsStyle
from tally.readers.package import Element, attribute, local
from tally.readers.runs import PLAIN_FONT, Font, Piece

_WRAPPERS = ("span", "a", "ruby", "ruby-base", "meta-field")
_FIELDS = ("sheet-name", "date", "time", "title", "file-name", "page-number")
_DRAWN = {
    "frame": "shape", "custom-shape": "shape", "control": "control", "rect": "shape", "ellipse": "shape",
    "caption": "text box", "text-box": "text box", "g": "shape",
}  # fmt: skip


def cell_pieces(cell: Element, font: Font, styles: Mapping[str, OdsStyle]) -> list[Piece]:
    """The cell's paragraphs, one a line, as pieces; `font` is the cell's own."""
    pieces: list[Piece] = []
    for paragraph in cell:
        if local(paragraph) in ("p", "h"):
            pieces += [Piece("\n")] if pieces else []
            style = styles.get(attribute(paragraph, "style-name", "") or "")
            pieces += _runs(paragraph, style.font(font) if style else font, styles)
    return pieces


def plain_text(cell: Element) -> str | None:
    """The text of a cell that is one paragraph without runs, None for any other."""
    if len(cell) == 1 and not len(cell[0]) and local(cell[0]) == "p" and not cell[0].attrib:
        return cell[0].text or ""
    return None


def annotation(cell: Element) -> str:
    """The cell's comment, "" if none."""
    if len(cell) < 2 and not (len(cell) and local(cell[0]) == "annotation"):
        return ""
    notes: list[str] = []
    for element in cell:
        if local(element) == "annotation":
            notes.append("".join(piece.text for piece in cell_pieces(element, PLAIN_FONT, {})))
    return "\n".join(notes).strip()


def drawn(parent: Element) -> Iterator[tuple[str, str]]:
    """(kind, text) of the frames, shapes and controls directly in a cell or lying on a sheet."""
    for element in parent:
        tag = local(element)
        if tag not in _DRAWN:
            continue
        words = "\n".join("".join(p.itertext()) for p in element.iter("{*}p")).strip()
        inside = {local(part) for part in element.iter()}
        if inside & {"image"} and "object" not in inside:
            yield "picture", words
        elif "object" in inside or "object-ole" in inside:
            yield "object", words
        else:
            yield ("text box" if words and _DRAWN[tag] != "control" else _DRAWN[tag]), words


def _runs(element: Element, font: Font, styles: Mapping[str, OdsStyle]) -> Iterator[Piece]:
    yield Piece(element.text or "", font)
    for child in element:
        tag = local(child)
        if tag == "s":
            count = attribute(child, "c", "1") or "1"
            yield Piece(" " * min(int(count) if count.isdigit() else 1, WIDEST_SPACE), font)
        elif tag == "tab":
            yield Piece("\t", font)
        elif tag == "line-break":
            yield Piece("\n", font)
        elif tag in _WRAPPERS or tag in _FIELDS:
            style = styles.get(attribute(child, "style-name", "") or "")
            yield from _runs(child, style.font(font) if style else font, styles)
        yield Piece(child.tail or "", font)

"""Text of OpenDocument cells: paragraphs, runs, repeated spaces; what of it is struck through; annotations."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from tally.readers.limits import WIDEST_SPACE
from tally.readers.ods_styles import OdsStyle
from tally.readers.package import attribute, local

_WRAPPERS = ("span", "a", "ruby", "ruby-base", "meta-field")
_FIELDS = ("sheet-name", "date", "time", "title", "file-name", "page-number")


def cell_text(cell, struck: bool, styles: Mapping[str, OdsStyle]) -> tuple[str, str]:
    """The cell's paragraphs, one a line, and what of them is struck through (`struck`: all, by the cell's style)."""
    if len(cell) == 1 and not len(cell[0]) and local(cell[0]) == "p":
        text = cell[0].text or ""
        return text, text if struck else ""
    lines, struck_runs = [], []
    for paragraph in cell:
        if local(paragraph) not in ("p", "h"):
            continue
        runs = list(_runs(paragraph, struck, styles))
        lines.append("".join(text for text, _ in runs))
        struck_runs += [text for text, is_struck in runs if is_struck]
    return "\n".join(lines), "".join(struck_runs)


def annotation(cell) -> str:
    """The cell's comment, "" if none."""
    if len(cell) < 2 and not (len(cell) and local(cell[0]) == "annotation"):
        return ""
    notes = (cell_text(a, False, {})[0] for a in cell if local(a) == "annotation")
    return "\n".join(notes).strip()


def _runs(element, struck: bool, styles: Mapping[str, OdsStyle]) -> Iterator[tuple[str, bool]]:
    yield element.text or "", struck
    for child in element:
        tag = local(child)
        if tag == "s":
            count = attribute(child, "c", "1")
            yield " " * min(int(count) if count.isdigit() else 1, WIDEST_SPACE), struck
        elif tag == "tab":
            yield "\t", struck
        elif tag == "line-break":
            yield "\n", struck
        elif tag in _WRAPPERS or tag in _FIELDS:
            own = styles.get(attribute(child, "style-name", ""))
            yield from _runs(child, struck or bool(own and own.struck), styles)
        yield child.tail or "", struck

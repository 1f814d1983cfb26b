"""Text of WordprocessingML paragraphs as a reader of the page sees it: insertions kept, deletions gone."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from tally.readers.package import attribute, local
from tally.readers.strings import is_on

# elements that only wrap what they hold
WRAPPERS = frozenset(
    [
        "ins",
        "moveTo",
        "hyperlink",
        "smartTag",
        "sdt",
        "sdtContent",
        "customXml",
        "fldSimple",
        "dir",
        "bdo",
        "ruby",
        "rubyBase",
        "oMath",
        "oMathPara",
    ]
)
_BREAKS = {"tab": "\t", "ptab": "\t", "cr": "\n", "noBreakHyphen": "-"}
# Wingdings and its sisters draw ticks and boxes with private characters
_SYMBOLS = {
    "wingdings": {0xFC: "√", 0xFB: "×", 0xFD: "☒", 0xFE: "☑", 0xA8: "□", 0x6F: "□", 0x6E: "■", 0x78: "☒"},
    "wingdings 2": {0x50: "√", 0x4F: "×", 0x52: "☑", 0x51: "☒", 0x53: "☒", 0xA3: "□", 0x54: "☒"},
    "symbol": {0xD6: "√", 0xB4: "×", 0x2D: "-", 0xA3: "≤", 0xB3: "≥"},
}


@dataclass
class Line:
    """One paragraph; `struck` is what of its text is struck through."""

    text: str = ""
    struck: str = ""
    boxes: list = field(default_factory=list)  # text boxes anchored here (w:txbxContent)


def read_line(paragraph) -> Line:
    """The paragraph's text with what is struck through in it, and the text boxes that hang on it."""
    line = Line()
    pieces, struck = [], []
    for run in _runs(paragraph):
        text = _run_text(run, line.boxes)
        pieces.append(text)
        if _is_struck(run):
            struck.append(text)
    line.text, line.struck = "".join(pieces), "".join(struck)
    return line


def blocks(parent) -> Iterator:
    """Paragraphs and tables directly below, through content controls and tracked insertions."""
    for child in parent:
        tag = local(child)
        if tag in ("p", "tbl"):
            yield child
        elif tag in WRAPPERS:
            yield from blocks(child)


def _runs(element) -> Iterator:
    for child in element:
        tag = local(child)
        if tag == "r":
            yield child
        elif tag in WRAPPERS:
            yield from _runs(child)


def _run_text(run, boxes: list) -> str:
    properties = run.find("{*}rPr")
    if properties is not None and is_on(properties.find("{*}vanish")):
        return ""
    pieces = []
    for child in run:
        tag = local(child)
        if tag == "t":
            pieces.append(child.text or "")
        elif tag in _BREAKS:
            pieces.append(_BREAKS[tag])
        elif tag == "br":
            pieces.append("\n" if attribute(child, "type", "textWrapping") == "textWrapping" else "")
        elif tag == "sym":
            pieces.append(_symbol(child))
        elif tag in ("drawing", "pict", "AlternateContent"):
            boxes.extend(_boxes(child))
        elif tag in WRAPPERS:
            pieces.extend(_run_text(inner, boxes) for inner in _runs(child))
    return "".join(pieces)


def _symbol(element) -> str:
    font = attribute(element, "font", "").lower()
    try:
        code = int(attribute(element, "char", ""), 16)
    except ValueError:
        return ""
    return _SYMBOLS.get(font, {}).get(code & 0xFF, chr(code) if code < 0xD800 else "")


def _boxes(element) -> Iterator:
    """Text boxes below; of an alternate content only the choice, since the fallback repeats it."""
    for child in element:
        tag = local(child)
        if tag == "txbxContent":
            yield child
        elif tag != "Fallback":
            yield from _boxes(child)


def _is_struck(run) -> bool:
    properties = run.find("{*}rPr")
    if properties is None:
        return False
    return is_on(properties.find("{*}strike")) or is_on(properties.find("{*}dstrike"))

"""Fields of Word whose result is computed: what one shows that holds no result as text."""

from __future__ import annotations

import re
from dataclasses import dataclass

from tally.readers.package import Element, attribute
from tally.readers.word_controls import TICKED, character

# what shows nothing, or nothing but what the program counts
_SILENT = frozenset(
    [
        "XE",
        "TC",
        "TA",
        "RD",
        "SET",
        "ASK",
        "PRIVATE",
        "HYPERLINK",
        "TOC",
        "INDEX",
        "BOOKMARK",
        "GOTOBUTTON",
        "FORMCHECKBOX",
        "FORMDROPDOWN",
        "PAGE",
        "NUMPAGES",
        "SECTION",
        "SECTIONPAGES",
        "FILENAME",
        "NOTEREF",
    ]
)
_SYMBOL = re.compile(r"SYMBOL\s+(0[xX][0-9a-fA-F]{1,4}|\d{1,5})(?:.{0,80}?\\f\s+\"?([^\"\\]{1,40}))?", re.IGNORECASE)
_OVERPRINTED = re.compile(r"EQ\s{0,9}\\o[^(（]{0,20}[(（]\s{0,9}(.)\s{0,9}[,，]\s{0,9}(.)\s{0,9}[)）]", re.IGNORECASE)
_BOXES, _TICKS = frozenset("□☐"), frozenset("√✓✔")

Shown = tuple[str, str]  # kind of ink, or "" for plain text; what it says


@dataclass
class Field:
    """One field while it is read: `default` is what an entry field is to hold before anybody types."""

    instruction: str = ""
    default: str = ""
    filled: bool = False  # something of it was seen as text

    def shown(self) -> Shown | None:
        """What stands there that no text says, None for nothing."""
        return None if self.filled else without_result(self.instruction, self.default)


def begun(mark: Element) -> Field:
    """The field that a `w:fldChar` begins."""
    default = mark.find("{*}ffData/{*}textInput/{*}default")
    return Field(default=attribute(default, "val", "") if default is not None else "")


def without_result(instruction: str, default: str = "") -> Shown | None:
    """What a field of that instruction shows, whose result the file does not hold."""
    words = instruction.split()
    name = words[0].upper() if words else ""
    if name == "MACROBUTTON":  # shows what stands behind the macro's name
        text = " ".join(words[2:])
        return ("field", text) if any(c.isdigit() for c in text) else None
    if not name or name in _SILENT:
        return None
    if name == "FORMTEXT":
        return ("entry field", default) if default.strip() else None
    if name == "SYMBOL" and (match := _SYMBOL.match(instruction.strip())):
        return "", character(f"{int(match[1], 0):X}", (match[2] or "Symbol").strip())
    match = _OVERPRINTED.match(instruction.strip())
    if match and match[1] in _BOXES and match[2] in _TICKS:
        return "", TICKED
    return ("equation" if name == "EQ" else "field"), " ".join(words)[:80]

"""Text from returns made fit for paper: nothing in it can vanish, reorder its neighbours or break the file."""

from __future__ import annotations

import re

from tally.blocks import DOUBT, Entry, Head

# Control characters, invisible marks that reorder text, what no file may hold; tab and newline stay.
_HARMFUL = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff\ufff0-\uffff"
    "\ud800-\udfff\U000e0000-\U000e007f]"
)
PIECE = 10  # characters of a long run between two places where a line may end

BREAK = "\u200b"  # a place where a line may end, without width


def mark(character: str) -> str:
    """What stands for a character that cannot be shown: 〔U+202E〕."""
    return f"〔U+{ord(character):04X}〕"


def drawn(cell: Head | Entry) -> str:
    """A cell's text with the mark that a figure in doubt bears: what takes room."""
    return f"{DOUBT}{cell.text}" if getattr(cell, "kind", "") == "doubt" else cell.text


def shown(text: str) -> str:
    """`text` with control, reordering and forbidden characters replaced by visible marks.

    Line ends are "\\n" afterwards. Everything else, markup of any language included, stays as it is.
    """
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    return _HARMFUL.sub(lambda m: mark(m[0]), text)


def breakable(text: str, longest: int) -> str:
    """Latin runs over `longest` characters get places where a line may end, so that they stay on the paper."""
    if len(text) <= longest:
        return text
    return re.sub(rf"[!-~]{{{longest + 1},}}", lambda m: BREAK.join(re.findall(f".{{1,{PIECE}}}", m[0])), text)

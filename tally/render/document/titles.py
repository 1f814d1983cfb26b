"""A document's title on paper: where its lines end, and what stands under it."""

from __future__ import annotations

import math

from tally.blocks import Title

LINE_EM, LANDSCAPE_EM = 20, 29  # characters of 二号 in 156 and in 225 mm

# A title's lines should end where its words do: right before one of these, or right after one of those.
_BEFORE = ("专项", "工作", "情况", "统计", "责任", "通知", "总结", "报告", "整治", "行动")
_AFTER = ("的", "关于", "和", "及", "暨", "行动", "情况", "月", "日", "局")


def title_lines(text: str, line: int = LINE_EM) -> str:
    """`text` with line ends put in if it is longer than `line` characters: lines of like length that end at words.

    Titles that bring their own line ends keep them.
    """
    if "\n" in text or len(text) <= line:
        return text
    count = math.ceil(len(text) / line)
    lines, rest = [], text
    for left in range(count, 1, -1):
        at = min(range(1, min(len(rest), line + 1)), key=lambda i: _badness(rest, i, len(rest) / left))
        lines.append(rest[:at])
        rest = rest[at:]
    return "\n".join((*lines, rest))


def under_title(title: Title, edition_note: str = "") -> list[str]:
    """The lines under a title: issuer and date, the title's own lines, the edition."""
    signed = "　".join(part for part in (title.issuer, title.date) if part)
    return [line for line in (signed, *title.under, edition_note) if line]


def _badness(text: str, at: int, middle: float) -> float:
    """How bad a line end after `at` characters is: the distance from where it should be, in characters."""
    at_word = text.startswith(_BEFORE, at) or text.endswith(_AFTER, 0, at)
    inside = text[at - 1].isascii() and text[at].isascii()
    return abs(at - middle) + (0 if at_word else 5) + (20 if inside else 0)

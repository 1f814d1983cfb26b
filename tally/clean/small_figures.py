"""Raised and lowered figures (¹, ₂, ①) beside a date, a code or a word: marks of a note, no part of what is written."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

from tally import catalogue
from tally.clean.reading import Reading, unreadable

_SMALL = "²³¹⁰⁴-⁹₀-₉①-⒛⓪-⓿❶-➓㈠-㈩"
_ANYWHERE = re.compile(f"[{_SMALL}]")
_AT_THE_END = re.compile(f"(?<![{_SMALL}])[{_SMALL}]++$")


def has_small_figures(text: str) -> bool:
    return not text.isascii() and _ANYWHERE.search(text) is not None


def without_small_figures(text: str, clean: Callable[[str], Reading]) -> Reading:
    """What stands before them, with a warning; in the middle of a value they leave nothing certain."""
    seen = text.strip()
    match = _AT_THE_END.search(seen)
    if match is None or _ANYWHERE.search(seen[: match.start()]) or not seen[: match.start()]:
        return unreadable("small_figures", seen=seen)
    reading = clean(seen[: match.start()])
    if reading.value is None:
        return reading
    remark = catalogue.remark("cell.footnote", seen=seen, value=reading.value, mark=match[0])
    return replace(reading, state="repaired", remark=remark)

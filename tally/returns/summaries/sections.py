"""What of a summary was left as it was handed out: headings of its first order under which nothing is written."""

from __future__ import annotations

import re

_FIRST = re.compile(r"^[一二三四五六七八九十]{1,3}、\s*\S.{0,20}$")
_LOWER = re.compile(r"^(?:[（(][一二三四五六七八九十\d]{1,3}[）)]|\d{1,2}[.．、])\s*\S.{0,24}$")
_SENTENCE = re.compile(r"[。；;！]")


def unwritten(text: str) -> list[str]:
    """The headings 一、…, 二、… below which stands nothing but lower headings, in order."""
    empty: list[str] = []
    heading, written = "", True
    for line in filter(None, (raw.strip() for raw in text.splitlines())):
        if _FIRST.match(line) and not _SENTENCE.search(line):
            empty += [heading] * (not written)
            heading, written = line, False
        elif not _LOWER.match(line) or _SENTENCE.search(line):
            written = True
    return empty + [heading] * (not written)

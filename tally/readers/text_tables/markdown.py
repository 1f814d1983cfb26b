"""Markdown's tables: lines of | with a rule of --- under the first."""

from __future__ import annotations

import re

from tally.readers.text_tables.drawn import Drawn

_RULE = re.compile(r"\s*+(?:\|\s*+)?:?-{2,}+:?\s*+(?:\|\s*+:?-{2,}+:?\s*+)*+(?:\|\s*+)?")
_BAR = re.compile(r"(?<!\\)\|")
_BREAK = re.compile(r"<br\s*/?>", re.IGNORECASE)
_STRONG = re.compile(r"(\*\*|__|`)(?=\S)(.*?)(?<=\S)\1")
_STRUCK = re.compile(r"~~(.+)~~")


def markdown_tables(lines: list[str]) -> list[Drawn]:
    """The tables in the text, in order."""
    tables, n = [], 0
    while n + 1 < len(lines):
        if "|" in lines[n] and "|" in lines[n + 1] and _RULE.fullmatch(lines[n + 1]):
            end = n + 2
            while end < len(lines) and "|" in lines[end] and lines[end].strip():
                end += 1
            tables.append(_table(lines, n, end))
            n = end
        else:
            n += 1
    return tables


def _table(lines: list[str], start: int, end: int) -> Drawn:
    table = Drawn(start, end - 1)
    for n in (start, *range(start + 2, end)):
        for col, raw in enumerate(_cells(lines[n])):
            text = _BREAK.sub("\n", raw.replace(r"\|", "|")).strip()
            if struck := _STRUCK.fullmatch(text):
                table.struck.add((n, col))
                text = struck[1]
            table.cells[n, col] = _STRONG.sub(r"\2", text)
    return table


def _cells(line: str) -> list[str]:
    line = line.strip()
    cells = _BAR.split(line)
    return cells[line.startswith("|") : len(cells) - (cells[-1].strip() == "" and len(cells) > 1)]

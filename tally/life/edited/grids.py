"""A table as it was edited against ours: rows are known by their words, columns by their place and heading."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import zip_longest

from tally.life.edited.document import Grid
from tally.life.edited.numbers import agrees, numbers
from tally.life.edited.sentences import Finding
from tally.writing.characters import narrow

_NUMERIC = re.compile(r"[▲*†\s]*+[-−]?\d[\d,，.]*+\s*+[%％]?(?:[～~—-]\s*+\d[\d.]*+)?[▲△*†\s]*+")
_RUNNING = ("序号",)  # numbers that say where a row stands


def compare(where: str, ours: Grid, edited: Grid) -> list[Finding]:
    """What became of each number of the table; rows that moved are the same rows."""
    mine, theirs = _named(ours), _named(edited)
    heads = _heads(ours)
    findings = []
    for name in dict.fromkeys((*mine, *theirs)):
        for before, after in _paired(mine.get(name, []), theirs.get(name, [])):
            findings += _of_rows(where, name, heads, before, after)
    return findings


def _of_rows(
    where: str, name: str, heads: Sequence[str], before: Sequence[str] | None, after: Sequence[str] | None
) -> list[Finding]:
    if before is not None and after is not None:
        return _row(where, name, heads, before, after)
    if before is not None:
        cells = _figures(heads, before)
        return [Finding("removed", _place(where, name, heads, c), "", text) for c, text in cells]
    cells = _figures(heads, after or ())
    return [Finding("unexplained", _place(where, name, heads, c), "", "", text) for c, text in cells]


def _paired(
    mine: Sequence[tuple[str, ...]], theirs: Sequence[tuple[str, ...]]
) -> list[tuple[tuple[str, ...] | None, tuple[str, ...] | None]]:
    """Rows called the same: those that are the same, wherever they stand, then the others in their order."""
    left, right, pairs = list(mine), list(theirs), []
    for row in mine:
        if row in right:
            left.remove(row)
            right.remove(row)
            pairs.append((row, row))
    return [*pairs, *zip_longest(left, right)]


def _row(where: str, key: str, heads: Sequence[str], ours: Sequence[str], edited: Sequence[str]) -> list[Finding]:
    findings = []
    for c in range(max(len(ours), len(edited))):
        if c < len(heads) and heads[c] in _RUNNING:
            continue
        a = ours[c] if c < len(ours) else ""
        b = edited[c] if c < len(edited) else ""
        findings += _cell(_place(where, key, heads, c), a, b)
    return findings


def _cell(place: str, ours: str, edited: str) -> list[Finding]:
    mine, theirs = numbers(ours), numbers(edited)
    if not mine and not theirs:
        return []
    if len(mine) == len(theirs) and all(agrees(t, m) for m, t in zip(mine, theirs, strict=True)):
        return [Finding("right", place, "", ours, edited)]
    if not theirs and not edited.strip():
        return [Finding("removed", place, "", ours)]
    return [Finding("changed" if mine else "unexplained", place, "", ours, edited)]


def _named(grid: Grid) -> dict[str, list[tuple[str, ...]]]:
    """Rows by what they are called: the words before the first number."""
    heads: list[str] = _heads(grid)
    rows: dict[str, list[tuple[str, ...]]] = {}
    for row in grid.rows[_head_rows(grid) :]:
        rows.setdefault(_name(heads, row), []).append(row)
    return rows


def _name(heads: Sequence[str], row: Sequence[str]) -> str:
    words = []
    for c, text in enumerate(row):
        if c < len(heads) and heads[c] in _RUNNING:
            continue
        if _NUMERIC.fullmatch(narrow(text)):
            break
        words.append(text)
    return "　".join(dict.fromkeys(words[:3])) or "（无标题的行）"


def _figures(heads: Sequence[str], row: Sequence[str]) -> list[tuple[int, str]]:
    """The row's numbers; a running number is none."""
    cells = []
    for c, text in enumerate(row):
        if numbers(text) and not (c < len(heads) and heads[c] in _RUNNING):
            cells.append((c, text))
    return cells


def _head_rows(grid: Grid) -> int:
    """How many rows stand above the first that holds a number alone in a cell."""
    for r, row in enumerate(grid.rows):
        if any(_NUMERIC.fullmatch(narrow(text)) for text in row):
            return r
    return min(1, len(grid.rows))


def _heads(grid: Grid) -> list[str]:
    """What each column is called, from all rows of the heading."""
    size = max((len(row) for row in grid.rows), default=0)
    heads = []
    for c in range(size):
        texts = [row[c] for row in grid.rows[: _head_rows(grid)] if c < len(row)]
        heads.append(" ".join(dict.fromkeys(texts)))
    return heads


def _place(where: str, key: str, heads: Sequence[str], c: int) -> str:
    return f"{where}，“{key}”行，“{heads[c] if c < len(heads) else f'第{c + 1}列'}”栏"

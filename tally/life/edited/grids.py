"""A table as it was edited against ours: rows are known by their words, columns by their place and heading."""

from __future__ import annotations

import re
from collections.abc import Sequence

from tally.life.edited.document import Grid
from tally.life.edited.numbers import agrees, numbers
from tally.life.edited.sentences import Finding
from tally.writing.characters import narrow

_NUMERIC = re.compile(r"[▲*†\s]*[-−]?\d[\d,，.]*\s*[%％]?(?:[～~—-]\s*\d[\d.]*)?[▲△*†\s]*")
_RUNNING = ("序号",)  # numbers that say where a row stands


def compare(where: str, ours: Grid, edited: Grid) -> list[Finding]:
    """What became of each number of the table; rows that moved are the same rows."""
    mine, theirs = _keyed(ours), _keyed(edited)
    heads = _heads(ours)
    findings = []
    for key, row in mine.items():
        if key in theirs:
            findings += _row(where, key, heads, row, theirs[key])
        else:
            findings += [Finding("removed", _place(where, key, heads, c), "", text) for c, text in _figures(heads, row)]
    for key, row in theirs.items():
        if key not in mine:
            cells = _figures(_heads(edited), row)
            findings += [Finding("unexplained", _place(where, key, heads, c), "", "", text) for c, text in cells]
    return findings


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


def _keyed(grid: Grid) -> dict[str, tuple[str, ...]]:
    """Rows by what they are called: the words before the first number; rows called the same are numbered."""
    heads, rows, seen = _heads(grid), {}, {}
    for row in grid.rows[_head_rows(grid) :]:
        words = []
        for c, text in enumerate(row):
            if c < len(heads) and heads[c] in _RUNNING:
                continue
            if _NUMERIC.fullmatch(narrow(text)):
                break
            words.append(text)
        name = "　".join(dict.fromkeys(words[:3])) or "（无标题的行）"
        seen[name] = seen.get(name, 0) + 1
        rows[name if seen[name] == 1 else f"{name}（第{seen[name]}行）"] = row
    return rows


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

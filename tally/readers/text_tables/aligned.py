"""Columns set apart by spaces alone: either every line has as many fields, or the fields of all lines stand in the same columns.

Where neither holds, nothing is guessed: the lines stay running text, and the form in it is a finding.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol, TypeVar

from tally.readers.text_tables.drawn import Drawn, places

_WIDE_GAP = re.compile(r"(?: {2,}+|\u3000++|\t++)[ \u3000\t]*+")
_ANY_GAP = re.compile(r"[ \u3000\t]+")
_FEWEST_LINES = 3
_FEWEST_FIELDS = 4
_FEWEST_BY_ONE_SPACE = 5
_SENTENCE = re.compile(r"[。；]")


@dataclass(frozen=True)
class _Field:
    """A piece of a line between gaps, and the columns it takes."""

    text: str
    left: float
    right: float


class Placed(Protocol):
    """What stands somewhere between two places on its line."""

    @property
    def left(self) -> float: ...

    @property
    def right(self) -> float: ...


P = TypeVar("P", bound=Placed)


def aligned_tables(lines: list[str]) -> list[Drawn]:
    """The tables in the text, in order."""
    tables: list[Drawn] = []
    for gap, fewest in ((_WIDE_GAP, _FEWEST_FIELDS), (_ANY_GAP, _FEWEST_BY_ONE_SPACE)):
        for first, last in _blocks(lines, gap, fewest):
            table = _read(lines, first, last, gap)
            if table is not None:
                tables.append(table)
        if tables:
            return tables
    return tables


def _blocks(lines: list[str], gap: re.Pattern, fewest: int) -> Iterator[tuple[int, int]]:
    """Stretches of lines that have several fields and are no sentences; blank lines within one are passed over."""
    start: int | None = None
    last = 0
    for n, line in enumerate([*lines, "。"]):
        if not line.strip():
            continue
        if len(_fields(line, gap)) >= 2 and not _SENTENCE.search(line):
            start, last = n if start is None else start, n
        elif start is not None:
            yield from _trimmed(lines, start, last, gap, fewest)
            start = None


def _trimmed(lines: list[str], start: int, last: int, gap: re.Pattern, fewest: int) -> Iterator[tuple[int, int]]:
    """Without lines at the top that have fewer fields than a table has (填报单位 and the date)."""
    counts = {n: len(_fields(lines[n], gap)) for n in range(start, last + 1) if lines[n].strip()}
    full = [n for n, count in counts.items() if count >= fewest]
    if len(full) >= _FEWEST_LINES:
        yield full[0], last


def _read(lines: list[str], first: int, last: int, gap: re.Pattern) -> Drawn | None:
    rows = {n: _fields(lines[n], gap) for n in range(first, last + 1) if lines[n].strip()}
    counts = Counter(map(len, rows.values()))
    if len(counts) == 1:
        return _drawn(first, last, {n: list(enumerate(f)) for n, f in rows.items()})
    if gap is not _WIDE_GAP:
        return None
    for ambiguous in (1, 2):
        placed = by_place({n: _fields(lines[n], gap, ambiguous) for n in rows}, max(counts))
        if placed is not None:
            return _drawn(first, last, placed)
    return None


def _drawn(first: int, last: int, rows: dict[int, list[tuple[int, _Field]]]) -> Drawn:
    table = Drawn(first, last)
    for n, fields in rows.items():
        for col, field in fields:
            table.cells[n, col] = field.text
    return table


def by_place(rows: Mapping[int, list[P]], most: int) -> dict[int, list[tuple[int, P]]] | None:
    """Fields by the column of the table they stand in; None where one stands across two, or two in one."""
    columns = _columns([f for fields in rows.values() for f in fields])
    if len(columns) != most:
        return None
    placed: dict[int, list[tuple[int, P]]] = {}
    for row, fields in rows.items():
        placed[row] = [(_column(columns, field), field) for field in fields]
        if len(dict(placed[row])) < len(fields):
            return None
    return placed


def _columns(fields: Sequence[Placed]) -> list[tuple[float, float]]:
    """The stretches that fields take, those that overlap made one."""
    merged: list[tuple[float, float]] = []
    for field in sorted(fields, key=lambda f: f.left):
        if merged and field.left < merged[-1][1]:
            merged[-1] = (merged[-1][0], max(merged[-1][1], field.right))
        else:
            merged.append((field.left, field.right))
    return merged


def _column(columns: list[tuple[float, float]], field: Placed) -> int:
    return next(n for n, (left, right) in enumerate(columns) if left <= field.left and field.right <= right)


def _fields(line: str, gap: re.Pattern, ambiguous: int = 1) -> list[_Field]:
    at, fields, start = places(line, ambiguous), [], 0
    for m in gap.finditer(line):
        if line[start : m.start()].strip():
            fields.append(_Field(line[start : m.start()].strip(), at[start], at[m.start()]))
        start = m.end()
    if line[start:].strip():
        fields.append(_Field(line[start:].strip(), at[start], at[len(line.rstrip())]))
    return fields

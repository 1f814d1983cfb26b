"""Characters that cannot be shown or written: what a file holds of them is put right once, before anything is made of it.

XML, JSON, Parquet, PDF and terminals each refuse or obey other control characters, halves of surrogate pairs and code points
that are none; marks that turn the direction of text show 21 where 12 is stored. Each becomes "�", which no number is read
through and every output can show; the sheet's remarks say how many and where the first stands. Soft line ends are line ends.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass, replace
from typing import Any

from tally.model import Document, Grid, Mark, RawValue
from tally.readers.sums import column_letters

REPLACEMENT = "\ufffd"
_BREAKS = "\x0b\x0c\x85\u2028\u2029"
_NONE = "\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff"
_ODD = re.compile(f"[{_NONE}{_BREAKS}]")
_BREAK, _UNWRITABLE = re.compile(f"\r?[{_BREAKS}]"), re.compile(f"[{_NONE}]")


def writable(text: str) -> str:
    """The text with line ends for soft line ends, and "�" for each character that is none."""
    if not _ODD.search(text):
        return text
    return _UNWRITABLE.sub(REPLACEMENT, _BREAK.sub("\n", text))


def legible(document: Document) -> Document:
    """The document with all its text writable; the very same where it was."""
    grids = tuple(map(_legible_grid, document.grids))
    same = all(new is old for new, old in zip(grids, document.grids, strict=True))
    text = writable(document.text)
    return document if same and text is document.text else replace(document, grids=grids, text=text)


def _legible_grid(grid: Grid) -> Grid:
    places: list[tuple[int, int]] = []
    rows = grid.rows
    for r in _odd_rows(rows):
        rows = rows if rows is not grid.rows else list(rows)
        rows[r] = _legible_row(rows[r], r, places)
    marks = _legible_marks(grid.marks)
    around = {name: _through(getattr(grid, name)) for name in ("sheet", "before", "after", "ink", "notes")}
    if rows is grid.rows and marks is grid.marks and all(new is getattr(grid, n) for n, new in around.items()):
        return grid
    return replace(grid, rows=rows, marks=marks, **around | {"notes": (*around["notes"], *_remark(places))})


def _odd_rows(rows: list[list[RawValue]]) -> Iterator[int]:
    for r, line in enumerate(rows):
        if _ODD.search("\n".join([value for value in line if type(value) is str])):
            yield r


def _legible_row(line: list[RawValue], row: int, places: list[tuple[int, int]]) -> list[RawValue]:
    """The row's values; the places of those in which a character was replaced are added to `places`."""
    cleaned: list[RawValue] = []
    for col, value in enumerate(line):
        if isinstance(value, str):
            if _UNWRITABLE.search(value):
                places.append((row, col))
            value = writable(value)
        cleaned.append(value)
    return cleaned


def _remark(places: list[tuple[int, int]]) -> Iterator[str]:
    if places:
        row, col = places[0]
        first = f"{column_letters(col)}{row + 1}"
        yield f"有 {len(places)} 格含有不能显示或会改变文字方向的字符（第一处在 {first}），已换成“{REPLACEMENT}”"


def _legible_marks(marks: Mapping[tuple[int, int], Mark]) -> Mapping[tuple[int, int], Mark]:
    odd = {at: mark for at, mark in marks.items() if _ODD.search("\n".join(_texts(mark)))}
    return {**marks, **{at: _through(mark) for at, mark in odd.items()}} if odd else marks


def _texts(value: Any) -> Iterator[str]:
    """Every text in a value, however deep."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, tuple):
        for part in value:
            yield from _texts(part)
    elif is_dataclass(value):
        for part in fields(value):
            yield from _texts(getattr(value, part.name))


def _through(value: Any) -> Any:
    """The value with every text in it writable; the very same where it was."""
    if isinstance(value, str):
        return writable(value)
    if not any(map(_ODD.search, _texts(value))):
        return value
    if isinstance(value, tuple):
        parts = [_through(part) for part in value]
        return value._make(parts) if hasattr(value, "_make") else tuple(parts)
    return replace(value, **{f.name: _through(getattr(value, f.name)) for f in fields(value)})

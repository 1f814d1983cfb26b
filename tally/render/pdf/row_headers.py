"""The first cell of a table's row made its header, so that a screen reader says whose number it reads.

The compiler marks a table's head alone; its way to mark rows (`pdf.header-cell`) cannot be had from Python yet. What it
writes is plain text: the tags are rewritten in place, and the list of where each object begins after them. A file that
is not written as expected stays as it is.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

_TAG = re.compile(rb"\d+ 0 obj\s*<</Type/StructElem/S/(\w+)/")
_CHILDREN = re.compile(rb"/K\[((?:\d+ 0 R ?)+)\]")
_CELL, _TABLE = b"/S/TD/", b"/O/Table"
_START = re.compile(rb"startxref\s+(\d+)\s+%%EOF\s*$")
_LIST = re.compile(rb"xref\s+0 (\d+)\s+")
_ENTRY = 20  # bytes of a line in the list of objects

Tags = Mapping[int, tuple[bytes, tuple[int, ...]]]  # object number to its tag and its children


def with_row_headers(pdf: bytes, columns: Sequence[int]) -> bytes:
    """The same document; `columns` says for its tables, in order, which of a row's cells heads it (from 0).

    A row with fewer cells than others of its table, where one goes on from above, stays as it is.
    """
    start = _START.search(pdf)
    listed = _LIST.match(pdf, int(start[1])) if start else None
    if start is None or listed is None or int(listed[1]) < 2:
        return pdf
    objects = _objects(pdf, listed)
    tags = {number: tag for number, content in enumerate(objects, 1) if (tag := _tag(content)) is not None}
    tables = [number for number, (name, _) in tags.items() if name == b"Table"]
    if len(tables) != len(columns):
        return pdf
    for table, column in zip(tables, columns, strict=True):
        for cell in _heads(table, column, tags):
            objects[cell - 1] = _as_header(objects[cell - 1])
    return _joined(pdf[: pdf.index(objects[0])], objects, pdf[listed.end() + _ENTRY * int(listed[1]) : start.start()])


def _objects(pdf: bytes, listed: re.Match[bytes]) -> list[bytes]:
    """Each object's bytes, the first is number 1."""
    count, first = int(listed[1]), listed.end()
    places = [int(pdf[at : at + 10]) for at in range(first + _ENTRY, first + _ENTRY * count, _ENTRY)]
    ends = dict(zip(sorted(places), [*sorted(places)[1:], listed.start()], strict=True))
    return [pdf[at : ends[at]] for at in places]


def _tag(content: bytes) -> tuple[bytes, tuple[int, ...]] | None:
    tag = _TAG.match(content)
    if tag is None:
        return None
    children = _CHILDREN.search(content)
    numbers = children[1].split(b" 0 R") if children else []
    return tag[1], tuple(int(number) for number in numbers if number.strip())


def _heads(table: int, column: int, tags: Tags) -> Iterator[int]:
    rows = [tags[row][1] for body in tags[table][1] if tags[body][0] == b"TBody" for row in tags[body][1]]
    most = max(map(len, rows), default=0)
    return (cells[column] for cells in rows if len(cells) == most > column + 1)


def _as_header(cell: bytes) -> bytes:
    return cell.replace(_CELL, b"/S/TH/", 1).replace(_TABLE, _TABLE + b"/Scope/Row", 1)


def _joined(begin: bytes, objects: list[bytes], trailer: bytes) -> bytes:
    """The file again, with the list of where each object begins now."""
    entries, at = [b"0000000000 65535 f\r\n"], len(begin)
    for content in objects:
        entries.append(b"%010d 00000 n\r\n" % at)
        at += len(content)
    table = b"xref\n0 %d\n" % len(entries) + b"".join(entries)
    return b"".join((begin, *objects, table, trailer, b"startxref\n%d\n%%%%EOF" % at))

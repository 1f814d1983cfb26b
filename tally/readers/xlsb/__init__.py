"""Excel's binary workbooks (.xlsb) -> grids, without another program.

Ours: pyxlsb (LGPL, asleep since 2022) and calamine give values alone, without number formats, merged cells, hidden rows or fonts.
What lies on a sheet is XML as in .xlsx, and is read by the same code.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator

from tally.errors import UnreadableFile
from tally.model import Document, Grid
from tally.readers.limits import spend
from tally.readers.package import Package
from tally.readers.rectangle import grid
from tally.readers.sheet_drawings import drawn, words_beside
from tally.readers.sheet_xml import Workbook
from tally.readers.xlsb.looks import Looks, looks
from tally.readers.xlsb.records import records, string
from tally.readers.xlsb.sheet import read_sheet, rich_string
from tally.readers.xlsx import linked

_SHEET, _PROPERTIES, _SHARED, _COMMENT, _COMMENT_TEXT = 156, 153, 19, 635, 637
_CALCULATION, _ON_LOAD = 157, 0x0010


def read_xlsb(data: bytes, name: str) -> tuple[Document, ...]:
    """Every worksheet in the workbook's order, hidden ones too."""
    package = Package(data)
    main = package.main_part()
    targets = {rid: (kind, path) for rid, kind, path in package.relations(main)}
    parts = {kind: path for kind, path in targets.values() if path in package}
    appearance = looks(package.read(parts["styles"])) if "styles" in parts else Looks()
    workbook = package.read(main)
    try:
        book = _workbook(package, workbook, parts, appearance)
        grids: list[Grid] = []
        for hidden, rid, title in _sheets(workbook):
            kind, path = targets.get(rid, ("", ""))
            if kind == "worksheet":
                spend("sheets")
                grids.append(_grid(package, path, book, appearance, name, title, hidden))
    except (struct.error, IndexError) as e:
        raise UnreadableFile("damaged", str(e)) from e
    return (Document(name, "xlsb", linked(grids, [kind for kind, _ in targets.values()])),)


def _workbook(package: Package, workbook: bytes, parts: dict[str, str], appearance: Looks) -> Workbook:
    strings: list[str] = []
    if "sharedStrings" in parts:
        for number, content in records(package.read(parts["sharedStrings"])):
            if number == _SHARED:
                strings.append(rich_string(content, 0, appearance.fonts))
    flags = next((struct.unpack_from("<I", content)[0] for n, content in records(workbook) if n == _PROPERTIES), 0)
    return Workbook(strings, appearance.styles, epoch_1904=bool(flags & 1), stale=False, effects=appearance.effects)


def _sheets(workbook: bytes) -> Iterator[tuple[bool, str, str]]:
    """Whether it is hidden, its relation and its name, of each sheet in order."""
    for number, content in records(workbook):
        if number == _SHEET:
            state = struct.unpack_from("<I", content)[0]
            relation, at = string(content, 8)
            yield state != 0, relation, string(content, at)[0]


def _grid(package: Package, path: str, book: Workbook, appearance: Looks, name: str, title: str, hidden: bool) -> Grid:
    content = read_sheet(package.read(path), book, appearance.fonts)
    for at, text in _comments(package, path, appearance):
        content.mark(*at, comment=text)
    content.ink += drawn(package, path, content.rows)
    return grid(name, title, content, hidden=hidden, before=words_beside(content.ink))


def _comments(package: Package, path: str, appearance: Looks) -> Iterator[tuple[tuple[int, int], str]]:
    for _, kind, part in package.relations(path):
        if kind != "comments" or part not in package:
            continue
        at = (0, 0)
        for number, content in records(package.read(part)):
            if number == _COMMENT:
                row, _, col = struct.unpack_from("<3I", content, 4)
                at = (row, col)
            elif number == _COMMENT_TEXT:
                yield at, str(rich_string(content, 0, appearance.fonts)).strip()

"""Excel and WPS workbooks in the zip format (.xlsx, .xlsm, strict or transitional) -> grids."""

from __future__ import annotations

import re
from dataclasses import replace

from tally.model import Document, Grid
from tally.readers.limits import spend
from tally.readers.package import Element, Package, attribute
from tally.readers.rectangle import grid
from tally.readers.sheet_conditions import effects
from tally.readers.sheet_drawings import drawn, words_beside
from tally.readers.sheet_text import read_large_sheet
from tally.readers.sheet_xml import Workbook, place, read_sheet
from tally.readers.strings import rich_text, shared_strings
from tally.readers.styles import styles

_ON = ("1", "true", "on")
_LINKED = "引用了其他 {} 个工作簿里的数，单元格中是上次保存时的结果，可能已经过时"
_THREAD_NOTICE = re.compile(r"^\[(?:Threaded comment|线程批注|线程式批注)\].*?(?:Comment|注释|批注)[:：]\s*", re.DOTALL)


def read_xlsx(data: bytes, name: str) -> tuple[Document, ...]:
    """Every worksheet in the workbook's order, hidden ones too."""
    package = Package(data)
    main = package.main_part()
    root = package.xml(main)
    targets = {rid: (kind, path) for rid, kind, path in package.relations(main)}
    book = _workbook(package, root, {kind: path for kind, path in targets.values() if path in package})
    grids = []
    for sheet in root.iter("{*}sheet"):
        kind, path = targets.get(attribute(sheet, "id", ""), ("", ""))
        if kind == "worksheet":
            spend("sheets")
            grids.append(_sheet(package, path, book, name, sheet))
    return (Document(name, "xlsx", linked(grids, [kind for kind, _ in targets.values()])),)


def linked(grids: list[Grid], relations: list[str]) -> tuple[Grid, ...]:
    """The sheets of a workbook; the first with a note where the workbook refers to others."""
    links = relations.count("externalLink")
    if links and grids:
        grids[0] = replace(grids[0], notes=(*grids[0].notes, _LINKED.format(links)))
    return tuple(grids)


def _workbook(package: Package, root: Element, parts: dict[str, str]) -> Workbook:
    sheet_styles = package.xml(parts["styles"]) if "styles" in parts else None
    return Workbook(
        strings=shared_strings(package.read(parts["sharedStrings"])) if "sharedStrings" in parts else (),
        styles=styles(sheet_styles) if sheet_styles is not None else (),
        effects=effects(sheet_styles) if sheet_styles is not None else (),
        epoch_1904=any(p.get("date1904") in _ON for p in root.iter("{*}workbookPr")),
        stale=any(p.get("fullCalcOnLoad") in _ON for p in root.iter("{*}calcPr")),
    )


def _sheet(package: Package, path: str, book: Workbook, name: str, sheet: Element) -> Grid:
    data = package.read(path)
    content = read_large_sheet(data, book) or read_sheet(data, book)
    for (row, col), text in _comments(package, path).items():
        content.mark(row, col, comment=text)
    hidden = sheet.get("state", "visible") != "visible"
    content.ink += drawn(package, path, content.rows)
    pictures = sum(ink.kind == "picture" for ink in content.ink)
    notes = (f"含 {pictures} 幅图片，图片内容未读取",) if pictures else ()
    return grid(name, sheet.get("name", ""), content, hidden=hidden, before=words_beside(content.ink), notes=notes)


def _comments(package: Package, path: str) -> dict[tuple[int, int], str]:
    """Comment text by cell; the notice that Excel puts before a threaded comment is left out."""
    content = {}
    for _, kind, part in package.relations(path):
        if kind == "comments" and part in package:
            for comment in package.xml(part).iter("{*}comment"):
                pieces = [piece for text in comment.iterfind("{*}text") for piece in rich_text(text)]
                text = "".join(piece.text for piece in pieces)
                if at := place(comment.get("ref", "")):
                    content[at] = _THREAD_NOTICE.sub("", text).strip()
    return content

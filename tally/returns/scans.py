"""What scans and photos among a unit's files seem to say: read once, kept by hash, never counted as they are.

Next: `tally.returns.witnesses`.
"""

from __future__ import annotations

import base64
import json
from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

from tally.errors import UnreadableFile
from tally.locate.view import address
from tally.model import Document, Grid, RawTable, ReceivedFile, Span
from tally.paths import Paths
from tally.readers import rectangle, scan
from tally.readers.apart import read_with_contents
from tally.store.files import write_bytes, write_text

CERTAIN = 0.9  # how sure both readings must be, and agree


@dataclass(frozen=True)
class CellSeen:
    """One cell by two readings; `cut` is where its cut-out lies below the root, "" for a blank cell."""

    first: str
    second: str
    sure: float
    cut: str = ""

    @property
    def alike(self) -> bool:
        """Whether both readings say the same: enough where a sum bears them out."""
        return self.first == self.second

    @property
    def certain(self) -> bool:
        return self.alike and self.sure >= CERTAIN


@dataclass(frozen=True)
class Scan:
    """One scan: its tables as grids (first readings), each cell's readings by (sheet, A1), and what else is to be seen."""

    file: ReceivedFile
    document: Document
    cells: Mapping[tuple[str, str], CellSeen]
    stamp: bool
    black: bool
    tables: tuple[RawTable, ...] = ()  # of the campaign's forms, the unit's own
    pages: int = 1  # that were read
    count: int = 1  # that there are


def scan_of(paths: Paths, file: ReceivedFile, name: str) -> Scan:
    """What the picture at the address `name` in `file` shows. Raises `UnreadableFile` as `tally.readers.scan.seen` does."""
    _, contents = read_with_contents(paths.raw / file.path, file.path)
    data = contents.get(name, b"")
    if not data:
        raise UnreadableFile("picture")
    digest = sha256(data).hexdigest()
    place = paths.processed / "scans" / digest[:32]
    return _scan(file, name, _kept(place, data), place.relative_to(paths.root))


def _kept(place: Path, data: bytes) -> dict[str, Any]:
    """What was seen the last time, else now."""
    note = place / "seen.json"
    try:
        known = json.loads(note.read_text(encoding="utf-8"))
        if known.get("version") == scan.VERSION:
            return known
    except (OSError, ValueError):
        pass
    recognised = scan.seen(data) | {"version": scan.VERSION}
    for page, seen in enumerate(recognised["pages"], 1):
        for number, table in enumerate(seen["tables"], 1):
            for cell in table["cells"]:
                _keep_cut_out(place, page, number, cell)
    write_text(note, json.dumps(recognised, ensure_ascii=False, separators=(",", ":")))
    return recognised


def _keep_cut_out(place: Path, page: int, number: int, cell: dict[str, Any]) -> None:
    if png := cell.pop("cut", ""):
        cell["cut"] = f"第{page}页表{number}_{address(*cell['span'][:2])}.png"
        write_bytes(place / cell["cut"], base64.b64decode(png))


def _scan(file: ReceivedFile, name: str, recognised: dict[str, Any], place: Path) -> Scan:
    grids, cells = [], {}
    for page, seen in enumerate(recognised["pages"], 1):
        for number, table in enumerate(seen["tables"], 1):
            sheet = f"第{page}页表{number}"
            grids.append(_grid(name, sheet, seen, table))
            for cell in table["cells"]:
                cut = f"{place.as_posix()}/{cell['cut']}" if cell.get("cut") else ""
                at = (sheet, address(*cell["span"][:2]))
                cells[at] = CellSeen(cell["first"], cell["second"], cell["sure"], cut)
    text = "\n".join(line for seen in recognised["pages"] for _, line in seen["lines"])
    document = Document(name, "scan", tuple(grids), text)
    stamp, black = any(p["stamp"] for p in recognised["pages"]), all(p["black"] for p in recognised["pages"])
    pages = len(recognised["pages"])
    return Scan(file, document, cells, stamp, black, pages=pages, count=max(pages, recognised.get("count", pages)))


def _grid(name: str, sheet: str, seen: dict[str, Any], table: dict[str, Any]) -> Grid:
    recognised = rectangle.Sheet()
    for cell in table["cells"]:
        span = Span(*cell["span"])
        recognised.put(span.top, span.left, cell["first"] or None)
        if span[:2] != span[2:]:
            recognised.merges.append(span)
    before = [line for top, line in seen["lines"] if top < table["top"]]
    after = [line for top, line in seen["lines"] if top >= table["top"]]
    return rectangle.grid(name, sheet, recognised, before=before, after=after)

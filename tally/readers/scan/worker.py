"""The process that reads one scan: the file on standard input, what it says as JSON on standard output."""

from __future__ import annotations

import base64
import contextlib
import json
import sys
from typing import Any

import cv2

from tally.readers.scan.page import CellRead, PageRead, TableRead, read_page
from tally.readers.scan.pictures import page_count, pictures

_MARGIN = 6  # pixels around a cell in its cut-out


def main() -> None:
    _limit(int(sys.argv[1]))
    data = sys.stdin.buffer.read()
    out, sys.stdout = sys.stdout, sys.stderr  # whatever a library prints is no part of the answer
    pages = [_page(read_page(picture)) for picture in pictures(data)]
    json.dump({"pages": pages, "count": page_count(data)}, out, ensure_ascii=False)


def _limit(memory: int) -> None:
    """Where the system has such a limit; OpenCV and onnxruntime reserve more than they use, so data alone is counted."""
    with contextlib.suppress(ImportError, ValueError, OSError):
        import resource

        resource.setrlimit(resource.RLIMIT_DATA, (memory, memory))


def _page(page: PageRead) -> dict[str, Any]:
    tables = [_table(page, t) for t in page.tables]
    return {"tables": tables, "lines": page.lines, "stamp": page.stamp, "black": page.black}


def _table(page: PageRead, table: TableRead) -> dict[str, Any]:
    cells = [_cell(page, span, cell) for span, cell in sorted(table.cells.items())]
    return {"rows": table.lattice.rows, "columns": table.lattice.columns, "top": table.lattice.box.top, "cells": cells}


def _cell(page: PageRead, span: tuple[int, ...], cell: CellRead) -> dict[str, Any]:
    return {
        "span": list(span),
        "first": "\n".join(r.text for r in cell.readings),
        "second": "\n".join(r.other for r in cell.readings),
        "sure": round(min((r.certainty for r in cell.readings), default=1.0), 3),
        "cut": _cut_out(page, cell) if cell.readings else "",
    }


def _cut_out(page: PageRead, cell: CellRead) -> str:
    """The cell as a PNG in base64."""
    box = cell.box
    part = page.picture[
        max(box.top - _MARGIN, 0) : box.bottom + _MARGIN, max(box.left - _MARGIN, 0) : box.right + _MARGIN
    ]
    _, png = cv2.imencode(".png", cv2.cvtColor(part, cv2.COLOR_BGR2GRAY))
    return base64.b64encode(png.tobytes()).decode("ascii")


if __name__ == "__main__":
    main()

"""A picture that the recogniser has seen before: what it said is kept by the picture's hash, and read from there."""

from __future__ import annotations

import json
from hashlib import sha256

from tally.paths import Paths
from tally.readers import scan as scanning
from tests.unit.county.conftest import SAMPLING_HEAD, sampling_sheet

FIRMS = ["江苏样例甲卫生用品有限公司", "江苏样例乙防护用品有限公司", "盐城样例丙口罩厂"]
PICTURE = b"\x89PNG\r\n\x1a\n that the recogniser has seen before"
FAILING = {1: {4: "不合格", 5: "过滤效率", 6: "300", 7: "否", 9: "责令停售"}}


def sheet(firms: list[str] = FIRMS, changes: dict[int, dict[int, object]] = FAILING) -> list[list]:
    """A sampling list; `changes`: record from 0 -> column -> what it says."""
    rows = sampling_sheet(firms)
    for record, cells in changes.items():
        for column, value in cells.items():
            rows[3 + record][column] = value
    return rows


def seen(paths: Paths, rows: list[list], data: bytes = PICTURE, *, sure: float = 0.99, **second: str) -> bytes:
    """Keeps what the recogniser said of a picture: `rows`, read alike twice but for the `second` readings (A1 of the table)."""
    cells = []
    for r, row in enumerate(rows[2:]):
        for c in range(len(SAMPLING_HEAD)):
            text = "" if c >= len(row) or row[c] is None else str(row[c])
            at = f"{chr(65 + c)}{r + 1}"
            cell = {"span": [r, c, r, c], "first": text, "second": second.get(at, text), "sure": sure}
            cells.append(cell | ({"cut": f"第1页表1_{at}.png"} if text else {}))
    lines = [[10, str(rows[0][0])], [20, str(rows[1][0])]]
    table = {"rows": len(rows) - 2, "columns": len(SAMPLING_HEAD), "top": 30, "cells": cells}
    page = {"tables": [table], "lines": lines, "stamp": True, "black": False}
    place = paths.processed / "scans" / sha256(data).hexdigest()[:32]
    place.mkdir(parents=True)
    for cell in cells:
        if "cut" in cell:
            (place / cell["cut"]).write_bytes(data)
    (place / "seen.json").write_text(json.dumps({"pages": [page], "version": scanning.VERSION}), encoding="utf-8")
    return data

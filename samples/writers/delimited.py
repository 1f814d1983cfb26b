"""A sheet as delimited text: what text cannot hold (merges, strikes) is left out."""

from __future__ import annotations

import csv
import io

from samples.writers.sheet import Ink, Sheet, as_text


def delimited(sheet: Sheet, encoding: str, delimiter: str = ",") -> bytes:
    """Text with CRLF, every row as wide as the sheet; what the encoding cannot hold is refused."""
    out = io.StringIO(newline="")
    csv.writer(out, delimiter=delimiter, lineterminator="\r\n").writerows(rectangle(sheet))
    return out.getvalue().encode(encoding)


def rectangle(sheet: Sheet) -> list[list[str]]:
    """The sheet as rows of text from A1, every row equally wide."""
    rows, cols = sheet.size
    return [[as_text(sheet.inks.get((r, c), Ink()).raw) for c in range(cols)] for r in range(rows)]

"""Pages as text: .csv in GBK or UTF-8 with a mark, and HTML that is named .xls."""

from __future__ import annotations

import csv
import html
import io
from datetime import date

from samples.sheet import Cell, Page


def delimited(page: Page, encoding: str) -> bytes:
    """Comma-separated text with CRLF, every row as wide as the page; what GBK cannot hold is refused."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    for r in range(page.rows):
        writer.writerow([as_text(page.cells.get((r, c), Cell())) for c in range(page.columns)])
    return out.getvalue().encode(encoding)


def as_text(cell: Cell) -> str:
    value = cell.shown
    if value is None:
        return ""
    if isinstance(value, date):
        return f"{value.year}/{value.month}/{value.day}"
    return f"{value:.5E}" if isinstance(value, float) and value > 1e12 else _short(value)


def _short(value: object) -> str:
    return str(int(value)) if isinstance(value, float) and value.is_integer() else str(value)


def html_page(page: Page) -> bytes:
    """What an office system exports as "Excel": one HTML table in GBK, merged cells as spans."""
    spans = {(t, left): (b - t + 1, r - left + 1) for t, left, b, r in page.merges}
    covered = {
        (r, c)
        for t, left, b, right in page.merges
        for r in range(t, b + 1)
        for c in range(left, right + 1)
        if (r, c) != (t, left)
    }
    rows = []
    for r in range(page.rows):
        cells = [_td(page, r, c, spans) for c in range(page.columns) if (r, c) not in covered]
        rows.append(f"<tr>{''.join(cells)}</tr>")
    return "\r\n".join((HEAD, *rows, "</table></body></html>")).encode("gbk")


HEAD = (
    '<html xmlns:x="urn:schemas-microsoft-com:office:excel"><head>'
    '<meta http-equiv="Content-Type" content="text/html; charset=gb2312"><title>导出</title>'
    "<style>td{border:.5pt solid windowtext;font-family:宋体;mso-number-format:'\\@'} .title{font-size:18pt;"
    "text-align:center;border:none} .line{border:none}</style></head><body><table border=1>"
)


def _td(page: Page, r: int, c: int, spans: dict) -> str:
    cell = page.cells.get((r, c), Cell(look="line"))
    down, across = spans.get((r, c), (1, 1))
    span = f' rowspan="{down}"' * (down > 1) + f' colspan="{across}"' * (across > 1)
    text = html.escape(as_text(cell)).replace("\n", "<br>").replace("\u00a0", "&nbsp;")
    return f'<td class="{cell.look}"{span}>{text}</td>'

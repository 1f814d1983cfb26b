"""Write sheets as text: delimited, HTML, XML 2003. What text cannot hold (merges, strikes) is left out."""

from __future__ import annotations

import csv
import html
import io
from datetime import date, datetime

from benchmarks.mess.truth import Book, Ink, Sheet

XML_HEAD = (
    '<?xml version="1.0" encoding="UTF-8"?>\n<?mso-application progid="Excel.Sheet"?>\n'
    '<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet" '
    'xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet">'
    '<Styles><Style ss:ID="d"><NumberFormat ss:Format="yyyy/m/d"/></Style></Styles>'
)


def shown(ink: Ink | None) -> str:
    """What a cell says when it is saved as text."""
    raw = ink.raw if ink else None
    if raw is None:
        return ""
    if isinstance(raw, datetime):
        return f"{raw.year}/{raw.month}/{raw.day}"
    return str(raw)


def rectangle(sheet: Sheet) -> list[list[str]]:
    """The sheet as rows of text from A1, every row equally wide."""
    rows, cols = sheet.size
    return [[shown(sheet.inks.get((r, c))) for c in range(cols)] for r in range(rows)]


def delimited(book: Book, delimiter: str, encoding: str) -> bytes:
    """The first sheet as delimited text."""
    out = io.StringIO()
    csv.writer(out, delimiter=delimiter, lineterminator="\r\n").writerows(rectangle(book.sheets[0]))
    return out.getvalue().encode(encoding)


def html_tables(book: Book, encoding: str = "gb18030") -> bytes:
    """Each sheet as an HTML table, as web systems export them under an .xls name."""
    parts = [f'<html><head><meta http-equiv="Content-Type" content="text/html; charset={encoding}"></head><body>']
    for sheet in book.sheets:
        parts += [f"<p>{html.escape(line)}</p>" for line in sheet.before]
        parts.append(_html_table(sheet))
        parts += [f"<p>{html.escape(line)}</p>" for line in sheet.after]
    return ("\n".join([*parts, "</body></html>"])).encode(encoding)


def _html_table(sheet: Sheet) -> str:
    anchors = {(t, le): (b - t + 1, r - le + 1) for t, le, b, r in sheet.merges}
    covered = covered_cells(sheet)
    lines = []
    for r, row in enumerate(rectangle(sheet)):
        cells = []
        for c, text in enumerate(row):
            if (r, c) in covered:
                continue
            down, right = anchors.get((r, c), (1, 1))
            spans = f' rowspan="{down}"' * (down > 1) + f' colspan="{right}"' * (right > 1)
            body = html.escape(text).replace("\n", "<br>") or "&nbsp;"
            cells.append(f"<td{spans}>{body}</td>")
        lines.append(f"<tr>{''.join(cells)}</tr>")
    return f"<table border=1>{''.join(lines)}</table>"


def covered_cells(sheet: Sheet) -> set[tuple[int, int]]:
    """Cells hidden under a merge, its upper left corner excepted."""
    return {
        (r, c)
        for top, left, bottom, right in sheet.merges
        for r in range(top, bottom + 1)
        for c in range(left, right + 1)
        if (r, c) != (top, left)
    }


def xml_2003(book: Book) -> bytes:
    """The book as XML Spreadsheet 2003, gaps given by ss:Index."""
    sheets = "".join(
        f'<Worksheet ss:Name="{html.escape(s.name)}"><Table>{_xml_rows(s)}</Table></Worksheet>' for s in book.sheets
    )
    return f"{XML_HEAD}{sheets}</Workbook>".encode()


def _xml_rows(sheet: Sheet) -> str:
    anchors = {(t, le): (b - t, r - le) for t, le, b, r in sheet.merges}
    covered = covered_cells(sheet)
    lines = []
    for r in range(sheet.size[0]):
        cells = [
            _xml_cell(c, sheet.inks.get((r, c)), *anchors.get((r, c), (0, 0)))
            for c in range(sheet.size[1])
            if (r, c) not in covered and ((r, c) in sheet.inks or (r, c) in anchors)
        ]
        hidden = ' ss:Hidden="1"' * (r in sheet.hidden_rows)
        lines.append(f'<Row ss:Index="{r + 1}"{hidden}>{"".join(cells)}</Row>')
    return "".join(lines)


def _xml_cell(col: int, ink: Ink | None, down: int, right: int) -> str:
    spans = f' ss:MergeDown="{down}"' * (down > 0) + f' ss:MergeAcross="{right}"' * (right > 0)
    raw = ink.raw if ink else None
    if raw is None:
        return f'<Cell ss:Index="{col + 1}"{spans}/>'
    kind, style, text = _xml_value(raw)
    return f'<Cell ss:Index="{col + 1}"{spans}{style}><Data ss:Type="{kind}">{html.escape(text)}</Data></Cell>'


def _xml_value(raw) -> tuple[str, str, str]:
    if isinstance(raw, bool):
        return "Boolean", "", str(int(raw))
    if isinstance(raw, (int, float)):
        return "Number", "", repr(raw)
    if isinstance(raw, (datetime, date)):
        return "DateTime", ' ss:StyleID="d"', raw.strftime("%Y-%m-%dT00:00:00.000")
    return "String", "", raw

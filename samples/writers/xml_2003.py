"""Sheets as XML Spreadsheet 2003."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from html import escape

from samples.writers.sheet import Ink, Raw, Sheet

HEAD = (
    '<?xml version="1.0" encoding="UTF-8"?>\n<?mso-application progid="Excel.Sheet"?>\n'
    '<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet" xmlns:html="http://www.w3.org/TR/REC-html40" '
    'xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet">'
    '<Styles><Style ss:ID="d"><NumberFormat ss:Format="yyyy/m/d"/></Style></Styles>'
)


def xml_2003(sheets: Sequence[Sheet]) -> bytes:
    """The book as XML Spreadsheet 2003, gaps given by ss:Index."""
    pages = "".join(
        f'<Worksheet ss:Name="{escape(s.name)}"><Table>{"".join(_rows(s))}</Table></Worksheet>' for s in sheets
    )
    return f"{HEAD}{pages}</Workbook>".encode()


def _rows(sheet: Sheet) -> list[str]:
    rows, cols = sheet.size
    covered, spans = sheet.covered, sheet.spans
    lines = []
    for r in range(rows):
        places = [(r, c) for c in range(cols) if (r, c) not in covered and ((r, c) in sheet.inks or (r, c) in spans)]
        cells = [_cell(p[1], sheet.inks.get(p, Ink()), spans.get(p, (1, 1))) for p in places]
        hidden = ' ss:Hidden="1"' * (r in sheet.hidden_rows)
        lines.append(f'<Row ss:Index="{r + 1}"{hidden}>{"".join(cells)}</Row>')
    return lines


def _cell(col: int, ink: Ink, span: tuple[int, int]) -> str:
    down, across = span[0] - 1, span[1] - 1
    spans = f' ss:MergeDown="{down}"' * (down > 0) + f' ss:MergeAcross="{across}"' * (across > 0)
    if ink.raw is None:
        return f'<Cell ss:Index="{col + 1}"{spans}/>'
    kind, style, text = _typed(ink.raw)
    return f'<Cell ss:Index="{col + 1}"{spans}{style}><Data ss:Type="{kind}">{escape(text)}</Data></Cell>'


def _typed(raw: Raw) -> tuple[str, str, str]:
    """Type, style attribute and text of a stored value."""
    if isinstance(raw, bool):
        return "Boolean", "", str(int(raw))
    if isinstance(raw, int | float):
        return "Number", "", repr(raw)
    if isinstance(raw, date):
        return "DateTime", ' ss:StyleID="d"', raw.strftime("%Y-%m-%dT00:00:00.000")
    return "String", "", str(raw)

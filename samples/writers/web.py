"""Sheets as tables of a web page, which office systems export under an .xls name."""

from __future__ import annotations

import html
from collections.abc import Sequence

from samples.writers.sheet import Ink, Sheet, as_text

LOOKS = (
    "td{border:.5pt solid windowtext;font-family:宋体;mso-number-format:'\\@'} .title{font-size:18pt;"
    "text-align:center;border:none} .line{border:none}"
)
ENCODINGS = {"gb2312": "gbk"}  # by the name that the page declares, where its bytes are in another


def web_page(sheets: Sequence[Sheet], charset: str = "gb2312", style: str | None = None, blank: str = "") -> bytes:
    """The page's bytes: paragraphs before, a table, paragraphs after. Without a `style` each cell has its look's.

    `blank` is what an empty cell holds.
    """
    lines = [_head(charset, LOOKS if style is None else style)]
    for sheet in sheets:
        lines += [f"<p>{html.escape(line)}</p>" for line in sheet.before]
        lines[-1] += "<table border=1>"
        lines += _rows(sheet, style is None, blank)
        lines.append("</table>")
        lines += [f"<p>{html.escape(line)}</p>" for line in sheet.after]
    lines[-1] += "</body></html>"
    return "\r\n".join(lines).encode(ENCODINGS.get(charset, charset))


def _head(charset: str, style: str) -> str:
    return (
        '<html xmlns:x="urn:schemas-microsoft-com:office:excel"><head>'
        f'<meta http-equiv="Content-Type" content="text/html; charset={charset}"><title>导出</title>'
        f"<style>{style}</style></head><body>"
    )


def _rows(sheet: Sheet, classes: bool, blank: str) -> list[str]:
    rows, cols = sheet.size
    covered, spans = sheet.covered, sheet.spans
    lines = []
    for r in range(rows):
        places = [(r, c) for c in range(cols) if (r, c) not in covered]
        cells = [_td(sheet.inks.get(p, Ink(look="line")), spans.get(p, (1, 1)), classes, blank) for p in places]
        lines.append(f"<tr>{''.join(cells)}</tr>")
    return lines


def _td(ink: Ink, span: tuple[int, int], classes: bool, blank: str) -> str:
    if ink.xml:
        return ink.xml
    down, across = span
    attributes = f' class="{ink.look}"' * classes + f' rowspan="{down}"' * (down > 1)
    attributes += f' colspan="{across}"' * (across > 1)
    text = html.escape(as_text(ink.raw)).replace("\n", "<br>").replace("\u00a0", "&nbsp;")
    return f"<td{attributes}>{text or blank}</td>"

"""Sheets as .ods: the few elements of OpenDocument that a plain sheet needs."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from xml.sax.saxutils import escape

from samples.writers.sheet import Ink, Raw, Sheet, as_text
from samples.writers.zips import packed

MIME = "application/vnd.oasis.opendocument.spreadsheet"
HEAD = '<?xml version="1.0" encoding="UTF-8"?>'
NAMES = ("office", "table", "text", "style", "manifest")
SPACES = " ".join(f'xmlns:{n}="urn:oasis:names:tc:opendocument:xmlns:{n}:1.0"' for n in NAMES)
FO = 'xmlns:fo="urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0"'
BOXED = (
    '<style:style style:name="boxed" style:family="table-cell">'
    '<style:table-cell-properties fo:border="0.5pt solid #000000" fo:wrap-option="wrap"/></style:style>'
)
LOST = re.compile(r"^ | (?= )| $")  # blanks that the format does not keep as they are


def ods(sheets: Sequence[Sheet], styles: str = "", spaces: str = "", flat: bool = False) -> bytes:
    """The workbook's bytes, packed or flat; the same sheets give the same bytes.

    `styles` is the XML of more automatic styles, `spaces` the declarations of more namespaces that inks use.
    """
    tables = "".join(_table(sheet) for sheet in sheets)
    names = f"{SPACES} {FO}{spaces and ' '}{spaces}"
    body = (
        f"<office:automatic-styles>{BOXED}{styles}</office:automatic-styles>"
        f"<office:body><office:spreadsheet>{tables}</office:spreadsheet></office:body>"
    )
    if flat:
        root = f'<office:document {names} office:version="1.2" office:mimetype="{MIME}">'
        return f"{HEAD}{root}{body}</office:document>".encode()
    content = f'{HEAD}<office:document-content {names} office:version="1.2">{body}</office:document-content>'
    members = (("mimetype", MIME), ("content.xml", content), ("META-INF/manifest.xml", _manifest()))
    return packed([(name, text.encode()) for name, text in members], frozenset({"mimetype"}))


def _manifest() -> str:
    entries = "".join(
        f'<manifest:file-entry manifest:full-path="{path}" manifest:media-type="{kind}"/>'
        for path, kind in (("/", MIME), ("content.xml", "text/xml"))
    )
    return f"{HEAD}<manifest:manifest {SPACES}>{entries}</manifest:manifest>"


def _table(sheet: Sheet) -> str:
    rows, cols = sheet.size
    covered, spans = sheet.covered, sheet.spans
    lines = []
    for r in range(rows):
        cells = "".join(
            "<table:covered-table-cell/>"
            if (r, c) in covered
            else cell(sheet.inks.get((r, c), Ink()), spans.get((r, c)))
            for c in range(cols)
        )
        hidden = ' table:visibility="collapse"' if r in sheet.hidden_rows else ""
        lines.append(f"<table:table-row{hidden}>{cells}</table:table-row>")
    return f'<table:table table:name="{escape(sheet.name)}">{"".join(lines)}</table:table>'


def cell(ink: Ink, span: tuple[int, int] | None = None) -> str:
    """The XML of one cell; `span` are the rows and columns it takes."""
    attributes = ' table:style-name="boxed"' if ink.look in ("head", "body", "text") else ""
    if span:
        attributes += f' table:number-rows-spanned="{span[0]}" table:number-columns-spanned="{span[1]}"'
    if ink.xml:
        return ink.xml
    if ink.empty:
        return f"<table:table-cell{attributes}/>"
    lines = "".join(f"<text:p>{_line(line)}</text:p>" for line in as_text(ink.raw).split("\n"))
    return f"<table:table-cell{attributes}{_typed(ink.raw)}>{lines}</table:table-cell>"


def _line(text: str) -> str:
    """A line's text; tabs and repeated blanks in the elements the format keeps them by."""
    return LOST.sub('<text:s text:c="1"/>', escape(text)).replace("\t", "<text:tab/>")


def _typed(value: Raw) -> str:
    if isinstance(value, bool):
        return f' office:value-type="boolean" office:boolean-value="{str(value).lower()}"'
    if isinstance(value, date):
        return f' office:value-type="date" office:date-value="{value:%Y-%m-%d}"'
    if isinstance(value, int | float):
        return f' office:value-type="float" office:value="{value}"'
    return ' office:value-type="string"'

"""Pages as .ods: the few elements of OpenDocument that a plain sheet needs."""

from __future__ import annotations

from datetime import date
from xml.sax.saxutils import escape

from samples.sheet import Cell, Page
from samples.write_text import as_text
from samples.zips import packed

MIME = "application/vnd.oasis.opendocument.spreadsheet"
SPACES = " ".join(
    f'xmlns:{p}="urn:oasis:names:tc:opendocument:xmlns:{n}:1.0"'
    for p, n in (
        ("office", "office"),
        ("table", "table"),
        ("text", "text"),
        ("style", "style"),
        ("manifest", "manifest"),
    )
)
FO = 'xmlns:fo="urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0"'
STYLES = (
    '<office:automatic-styles><style:style style:name="boxed" style:family="table-cell">'
    '<style:table-cell-properties fo:border="0.5pt solid #000000" fo:wrap-option="wrap"/></style:style>'
    "</office:automatic-styles>"
)


def ods(pages: list[Page]) -> bytes:
    """The workbook's bytes; the same pages give the same bytes."""
    tables = "".join(_table(page) for page in pages)
    content = (
        f'<?xml version="1.0" encoding="UTF-8"?><office:document-content {SPACES} {FO} office:version="1.2">{STYLES}'
        f"<office:body><office:spreadsheet>{tables}</office:spreadsheet></office:body></office:document-content>"
    )
    entries = "".join(
        f'<manifest:file-entry manifest:full-path="{path}" manifest:media-type="{kind}"/>'
        for path, kind in (("/", MIME), ("content.xml", "text/xml"))
    )
    manifest = f'<?xml version="1.0" encoding="UTF-8"?><manifest:manifest {SPACES}>{entries}</manifest:manifest>'
    members = (("mimetype", MIME), ("content.xml", content), ("META-INF/manifest.xml", manifest))
    return packed([(name, text.encode()) for name, text in members], frozenset({"mimetype"}))


def _table(page: Page) -> str:
    spans = {(t, left): (b - t + 1, r - left + 1) for t, left, b, r in page.merges}
    covered = {
        (r, c) for t, left, b, right in page.merges for r in range(t, b + 1) for c in range(left, right + 1)
    } - spans.keys()
    rows = []
    for r in range(page.rows):
        cells = "".join(
            "<table:covered-table-cell/>"
            if (r, c) in covered
            else _cell(page.cells.get((r, c), Cell(look="line")), spans.get((r, c)))
            for c in range(page.columns)
        )
        hidden = ' table:visibility="collapse"' if r in page.hidden else ""
        rows.append(f"<table:table-row{hidden}>{cells}</table:table-row>")
    return f'<table:table table:name="{escape(page.name)}">{"".join(rows)}</table:table>'


def _cell(cell: Cell, span: tuple[int, int] | None) -> str:
    attributes = ' table:style-name="boxed"' if cell.look in ("head", "body", "text") else ""
    if span:
        attributes += f' table:number-rows-spanned="{span[0]}" table:number-columns-spanned="{span[1]}"'
    if cell.shown is None or cell.shown == "":
        return f"<table:table-cell{attributes}/>"
    lines = "".join(f"<text:p>{escape(line)}</text:p>" for line in as_text(cell).split("\n"))
    return f"<table:table-cell{attributes}{_typed(cell.shown)}>{lines}</table:table-cell>"


def _typed(value: object) -> str:
    if isinstance(value, date):
        return f' office:value-type="date" office:date-value="{value.isoformat()}"'
    if isinstance(value, int | float):
        return f' office:value-type="float" office:value="{value}"'
    return ' office:value-type="string"'

"""HTML tables (exports named .xls, saved web pages, MHTML) -> grids, with the text around them."""

from __future__ import annotations

import email
import email.policy
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace

from lxml import etree, html

from tally.errors import UnreadableFile
from tally.model import Document, Grid, Ink, RawValue, Span
from tally.readers.formats import tidy
from tally.readers.html_excel import as_excel_shows, begins_condition, ends_condition, for_office_alone, page_ink
from tally.readers.html_layout import as_seen
from tally.readers.html_styles import Look, PageStyles, page_styles
from tally.readers.html_text import BLOCKS, FIELDS, UNSEEN, PageText, take_field
from tally.readers.limits import MOST_COLUMNS, TAG_ATTRIBUTES, spend
from tally.readers.package import Element
from tally.readers.rectangle import Sheet, grid
from tally.readers.two_tables import put_together
from tally.writing.encoding import decode

_CHARSET = re.compile(rb"""charset\s*+=\s*+(?:["']\s*+)?([A-Za-z0-9_-]++)""", re.IGNORECASE)
_DECLARATION = re.compile(r"^\s*<\?xml[^>]*\?>")
_TAG = re.compile(r"<[a-zA-Z](?:[^<>\"']++|\"[^\"]*+\"|'[^']*+')*+")
_TABLE_BY_STYLE = re.compile(r"display\s*:\s*(?:inline-)?table", re.IGNORECASE)
_QUOTED = re.compile(r"\"[^\"]*+\"|'[^']*+'")


def read_html(data: bytes, name: str) -> tuple[Document, ...]:
    """One grid a table ("表1", …); cells are text unless Excel put the number itself into `x:num`."""
    text = _DECLARATION.sub("", _decoded(data))
    spend("text", len(text))
    _refuse_laden_tags(text)
    try:
        root = html.document_fromstring(text, parser=html.HTMLParser(huge_tree=True))
    except (etree.ParserError, etree.XMLSyntaxError, ValueError) as e:
        raise UnreadableFile("damaged", str(e)) from e
    styles = page_styles(root)
    as_seen(root, styles, tables=bool(_TABLE_BY_STYLE.search(text)))
    page = _Page(styles)
    around = PageText()
    page.walk(root, around, Look())
    page.close(around)
    page.head(page_ink(root))
    text = "\n".join(item for item in page.items if isinstance(item, str))
    ink = tuple(Ink("", kind, words) for kind, words in around.ink)
    return (Document(name, "html", tuple(_grids(name, put_together(page.items))), text, ink),)


def _refuse_laden_tags(text: str) -> None:
    """A tag with thousands of attributes holds no figure, and takes the parser minutes."""
    for tag in _TAG.finditer(text):
        if tag.end() - tag.start() > 2 * TAG_ATTRIBUTES and len(_QUOTED.sub("", tag[0]).split()) > TAG_ATTRIBUTES:
            raise UnreadableFile("too_large", f"一个标签的属性超过 {TAG_ATTRIBUTES} 个")


def read_mhtml(data: bytes, name: str) -> tuple[Document, ...]:
    """A web page saved as one file: its HTML parts, one `Document` with all their grids."""
    message = email.message_from_bytes(data, policy=email.policy.default)
    parts = [part for part in message.walk() if part.get_content_type() == "text/html"]
    if not parts:
        raise UnreadableFile("damaged", "MHTML")
    pages = [page for part in parts if isinstance(page := part.get_payload(decode=True), bytes) and page.strip()]
    read = [read_html(page, name)[0] for page in pages]
    grids = [g for document in read for g in document.grids]
    numbered = tuple(replace(g, sheet=f"表{n}") for n, g in enumerate(grids, 1))
    ink = tuple(one for document in read for one in document.ink)
    return (Document(name, "mhtml", numbered, "\n".join(d.text for d in read if d.text), ink),)


def _decoded(data: bytes) -> str:
    """By byte order mark or as UTF-8 if it is that, then by the declared charset, then by what fits."""
    declared = _CHARSET.search(data[:4096])
    if declared and not _is_unicode(data):
        name = declared[1].decode("ascii").lower()
        try:
            return data.decode("gb18030" if name in ("gb2312", "gbk", "gb_2312-80") else name)
        except (LookupError, UnicodeDecodeError):
            pass
    decoded = decode(data)
    if decoded is None:
        raise UnreadableFile("damaged", "字符编码无法识别")
    return decoded[0]


def _is_unicode(data: bytes) -> bool:
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return True
    try:
        return bool(data.decode("utf-8"))
    except UnicodeDecodeError:
        return False


@dataclass
class _Page:
    """A page being read: its styles, and the lines and tables gathered so far, in order."""

    styles: PageStyles
    items: list[str | Sheet] = field(default_factory=list)

    def inside(self) -> _Page:
        """For what is nested in a table: it comes after the table."""
        return _Page(self.styles)

    def head(self, ink: Iterable[Ink]) -> None:
        """What is printed over and under the page is told with its first table."""
        first = next((item for item in self.items if isinstance(item, Sheet)), None)
        if first is not None:
            first.ink += ink

    def walk(self, element: Element, text: PageText, look: Look) -> None:
        """Gather text into `text`; at a table close it into `items` and put the table's `Sheet` there."""
        plain = look
        for child in element:
            tag = child.tag if isinstance(child.tag, str) else ""
            if isinstance(child, etree._Comment):
                look = _beside_condition(child.text or "", plain, look)
                if words := for_office_alone(child.text or ""):
                    text.ink.append(("unseen", words))
            if tag == "table" and text.whole and (frame := _only_cell(child)) is not None:
                self.element(frame, "div", text, self.styles.look(child, look))
            elif tag == "table":
                self.close(text)
                if not self.styles.look(child, look).absent:
                    self.table(child, look)
            elif tag in FIELDS:
                take_field(child, tag, text, self.styles.look(child, look))
            elif tag and tag not in UNSEEN:
                self.element(child, tag, text, look)
            text.add(child.tail, look)

    def element(self, child: Element, tag: str, text: PageText, look: Look) -> None:
        if tag == "br":
            text.end_line()
            return
        if tag in BLOCKS:
            text.end_block()
        inner = self.styles.look(child, look)
        text.add(child.text, inner)
        self.walk(child, text, inner)
        if tag in BLOCKS:
            text.end_block()

    def close(self, text: PageText) -> None:
        if text.whole:
            return
        self.items.extend(line for line in text.lines() if line)
        text.pieces.clear()

    def gathered(self, element: Element, look: Look, nested: _Page) -> PageText:
        text = PageText(whole=True)
        text.add(element.text, look)
        nested.walk(element, text, look)
        return text

    def table(self, table: Element, above: Look) -> None:
        content, nested, look = Sheet(), self.inside(), self.styles.look(table, above)
        for caption in table.iterchildren("caption"):
            self.items.extend(line for line in self.gathered(caption, look, nested).lines() if line)
        self.items.append(content)
        spend("sheets")
        busy: dict[int, int] = {}  # column -> last row that a cell from above still fills
        self.columns(table, content, look)
        for r, row in enumerate(_rows(table)):
            of_row = self.styles.look(row, look)
            if of_row.absent:
                content.hidden_rows.add(r)
                of_row = of_row._replace(absent=False)
            self.row(row, r, content, busy, of_row, nested)
        self.items.extend(nested.items)

    def columns(self, table: Element, content: Sheet, look: Look) -> None:
        """Columns that a style takes from sight."""
        col = 0
        for element in (*table.iterchildren("col"), *table.iterfind("colgroup/col")):
            across, seen = _span(element, "span"), self.styles.look(element, look)
            if seen.absent or seen.font.hidden or element.get("width", "").strip() == "0":
                content.hide_cols(col, col + across)
            col += across

    def row(self, row: Element, r: int, content: Sheet, busy: dict[int, int], of_row: Look, nested: _Page) -> None:
        col = 0
        for cell in row.iterchildren("td", "th"):
            look = self.styles.look(cell, of_row)
            if look.absent:
                continue  # takes no place: the cells behind it move up
            first = col
            while busy.get(col, -1) >= r:
                col += 1
            if col >= MOST_COLUMNS:
                raise UnreadableFile("too_large", f"表格超过 {MOST_COLUMNS} 列")
            height, width = _span(cell, "rowspan"), _span(cell, "colspan")
            spend("repeated", width - 1 + col - first)
            if (height, width) != (1, 1):
                content.merges.append(Span(r, col, r + height - 1, col + width - 1))
                busy.update((c, r + height - 1) for c in range(col, col + width))
            _read_cell(cell, self.gathered(cell, look, nested), look.code, r, col, content)
            col += width


def _grids(name: str, items: list) -> Iterator[Grid]:
    places = [i for i, item in enumerate(items) if isinstance(item, Sheet)]
    for n, at in enumerate(places):
        before = items[places[n - 1] + 1 if n else 0 : at]
        after = items[at + 1 : places[n + 1] if n + 1 < len(places) else None]
        yield grid(name, f"表{n + 1}", items[at], before=before, after=after)


def _rows(table: Element) -> Iterator[Element]:
    """The rows, also those that a form or another wrapper holds."""
    for child in table:
        if child.tag == "tr":
            yield child
        elif isinstance(child.tag, str) and child.tag not in ("table", "caption", "colgroup", "td", "th"):
            yield from _rows(child)


def _beside_condition(comment: str, plain: Look, now: Look) -> Look:
    """The look of what follows a comment: what only some viewers show is unlike the rest, and never one number with it."""
    if begins_condition(comment):
        return plain._replace(font=plain.font._replace(weight=plain.font.weight + "?"))
    return plain if ends_condition(comment) else now


def _only_cell(table: Element) -> Element | None:
    """The cell of a table of one, which is a frame round its text."""
    rows = list(_rows(table))
    cells = [cell for row in rows for cell in row.iterchildren("td", "th")]
    return cells[0] if len(rows) == len(cells) == 1 and table.find("caption") is None else None


def _span(cell: Element, name: str) -> int:
    value = cell.get(name, "1").strip()
    return min(max(int(value), 1), 1_000) if value.isdigit() and value.isascii() else 1


def _read_cell(cell: Element, text: PageText, code: str, row: int, col: int, content: Sheet) -> None:
    shown, facts = text.read()
    number, of_excel = as_excel_shows(shown, _exact_number(cell.get("x:num")), code)
    value: RawValue = shown if number is None else number
    for kind, words in text.ink:
        content.lay(row, col, kind, words)
    if (stored := cell.get("x:str", "")) and stored.split() != shown.split():
        content.lay(row, col, "unseen", stored)
    if value != "":
        content.put(row, col, value)
    facts |= of_excel
    if facts:
        content.mark(row, col, **facts)


def _exact_number(text: str | None) -> int | float | None:
    try:
        return tidy(float(text)) if text else None
    except ValueError:
        return None

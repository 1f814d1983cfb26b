"""HTML tables (exports named .xls, saved web pages, MHTML) -> grids, with the text around them."""

from __future__ import annotations

import email
import email.policy
import re
from dataclasses import dataclass, field, replace

from lxml import etree, html

from tally.errors import UnreadableFile
from tally.model import Document, RawValue, Span
from tally.readers.encoding import decode
from tally.readers.formats import tidy
from tally.readers.limits import MOST_COLUMNS, TAG_ATTRIBUTES, spend
from tally.readers.rectangle import Sheet, grid
from tally.readers.shown_text import says_otherwise
from tally.readers.strings import struck_facts

_CHARSET = re.compile(rb"""charset\s*=\s*["']?\s*([A-Za-z0-9_-]+)""", re.IGNORECASE)
_DECLARATION = re.compile(r"^\s*<\?xml[^>]*\?>")
_BLOCKS = frozenset(
    [
        "p",
        "div",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "li",
        "tr",
        "br",
        "hr",
        "center",
        "caption",
        "section",
        "article",
        "header",
        "footer",
    ]
)
_UNSEEN = frozenset(("script", "style", "head", "title", "template", "noscript", "textarea", "select"))
_STRUCK = frozenset(("s", "strike", "del"))
_SPACES = re.compile(r"[ \t\r\n\f]+")
_TAG = re.compile(r"<[a-zA-Z](?:[^<>\"']++|\"[^\"]*+\"|'[^']*+')*+")
_QUOTED = re.compile(r"\"[^\"]*+\"|'[^']*+'")


@dataclass
class _Text:
    """Text being gathered: `pieces` with block ends as newlines, and what of it is struck through.

    `whole` text (a cell's) stays together around a table inside it; a page's is cut there.
    """

    whole: bool = False
    pieces: list[str] = field(default_factory=list)
    struck_pieces: list[str] = field(default_factory=list)

    def add(self, text: str | None, struck: bool) -> None:
        if text:
            self.pieces.append(_SPACES.sub(" ", text))
            if struck:
                self.struck_pieces.append(self.pieces[-1])

    @property
    def struck(self) -> str:
        return "".join(self.struck_pieces)

    def end_block(self) -> None:
        """A paragraph begins or ends here: one newline, however many blocks meet."""
        while self.pieces and self.pieces[-1] == " ":
            self.pieces.pop()
        if self.pieces and self.pieces[-1] != "\n":
            self.pieces.append("\n")

    def lines(self) -> list[str]:
        return [line.strip(" ") for line in "".join(self.pieces).split("\n")]


def read_html(data: bytes, name: str) -> tuple[Document, ...]:
    """One grid a table ("表1", …); cells are text unless Excel put the number itself into `x:num`."""
    text = _DECLARATION.sub("", _decoded(data))
    spend("text", len(text))
    _refuse_laden_tags(text)
    try:
        root = html.document_fromstring(text, parser=html.HTMLParser(huge_tree=True))
    except (etree.ParserError, etree.XMLSyntaxError, ValueError) as e:
        raise UnreadableFile("damaged", str(e)) from e
    items: list = []
    around = _Text()
    _walk(root, around, items, struck=False)
    _close(around, items)
    return (Document(name, "html", tuple(_grids(name, items)), "\n".join(i for i in items if isinstance(i, str))),)


def _refuse_laden_tags(text: str) -> None:
    """A tag with thousands of attributes holds no figure, and takes the parser minutes."""
    for tag in _TAG.finditer(text):
        if tag.end() - tag.start() > 2 * TAG_ATTRIBUTES and len(_QUOTED.sub("", tag[0]).split()) > TAG_ATTRIBUTES:
            raise UnreadableFile("too_large", f"一个标签的属性超过 {TAG_ATTRIBUTES} 个")


def read_mhtml(data: bytes, name: str) -> tuple[Document, ...]:
    """A web page saved as one file: its HTML parts, one `Document` with all their grids."""
    message = email.message_from_bytes(data, policy=email.policy.default)
    pages = [p.get_payload(decode=True) or b"" for p in message.walk() if p.get_content_type() == "text/html"]
    if not pages:
        raise UnreadableFile("damaged", "MHTML")
    read = [read_html(page, name)[0] for page in pages if page.strip()]
    grids = [g for document in read for g in document.grids]
    numbered = tuple(replace(g, sheet=f"表{n}") for n, g in enumerate(grids, 1))
    return (Document(name, "mhtml", numbered, "\n".join(d.text for d in read if d.text)),)


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


def _walk(element, text: _Text, items: list, *, struck: bool) -> None:
    """Gather text into `text`; at a table close it into `items` and put the table's `Sheet` there."""
    for child in element:
        tag = child.tag if isinstance(child.tag, str) else ""
        if tag == "table":
            _close(text, items)
            _read_table(child, items)
        elif tag and tag not in _UNSEEN:
            _inside(child, tag, text, items, struck)
        text.add(child.tail, struck)


def _inside(child, tag: str, text: _Text, items: list, struck: bool) -> None:
    if tag == "br":
        text.pieces.append("\n")
        return
    if tag in _BLOCKS:
        text.end_block()
    inner = struck or tag in _STRUCK or "line-through" in child.get("style", "")
    text.add(child.text, inner)
    _walk(child, text, items, struck=inner)
    if tag in _BLOCKS:
        text.end_block()


def _close(text: _Text, items: list) -> None:
    if text.whole:
        return
    items.extend(line for line in text.lines() if line)
    text.pieces.clear()


def _grids(name: str, items: list):
    places = [i for i, item in enumerate(items) if isinstance(item, Sheet)]
    for n, at in enumerate(places):
        before = items[places[n - 1] + 1 if n else 0 : at]
        after = items[at + 1 : places[n + 1] if n + 1 < len(places) else None]
        yield grid(name, f"表{n + 1}", items[at], before=before, after=after)


def _read_table(table, items: list) -> None:
    found, nested = Sheet(), []
    for caption in table.iterchildren("caption"):
        items.extend(line for line in _gathered(caption, nested).lines() if line)
    items.append(found)
    spend("sheets")
    busy: dict[int, int] = {}  # column -> last row that a cell from above still fills
    for r, row in enumerate(_rows(table)):
        if re.search(r"display\s*:\s*none", row.get("style", "")):
            found.hidden_rows.add(r)
        col = 0
        for cell in row.iterchildren("td", "th"):
            first = col
            while busy.get(col, -1) >= r:
                col += 1
            if col >= MOST_COLUMNS:
                raise UnreadableFile("too_large", f"表格超过 {MOST_COLUMNS} 列")
            height, width = _span(cell, "rowspan"), _span(cell, "colspan")
            spend("repeated", width - 1 + col - first)
            if (height, width) != (1, 1):
                found.merges.append(Span(r, col, r + height - 1, col + width - 1))
                busy.update((c, r + height - 1) for c in range(col, col + width))
            _read_cell(cell, r, col, found, nested)
            col += width
    items.extend(nested)


def _rows(table):
    for child in table:
        if child.tag == "tr":
            yield child
        elif child.tag in ("thead", "tbody", "tfoot"):
            yield from child.iterchildren("tr")


def _span(cell, name: str) -> int:
    value = cell.get(name, "1").strip()
    return min(max(int(value), 1), 1_000) if value.isdigit() and value.isascii() else 1


def _gathered(element, nested: list) -> _Text:
    text = _Text(whole=True)
    struck = "line-through" in element.get("style", "")
    text.add(element.text, struck)
    _walk(element, text, nested, struck=struck)
    return text


def _read_cell(cell, row: int, col: int, found: Sheet, nested: list) -> None:
    text = _gathered(cell, nested)
    shown = "\n".join(text.lines()).strip("\n")
    value: RawValue = _exact_number(cell.get("x:num")) if cell.get("x:num") else None
    if value is None:
        value = shown
    if value == "":
        return
    found.put(row, col, value)
    if facts := struck_facts(shown, text.struck):
        found.mark(row, col, **facts)
    if says_otherwise(value, shown):
        found.mark(row, col, shown=shown)


def _exact_number(text: str | None) -> int | float | None:
    try:
        return tidy(float(text or ""))
    except ValueError:
        return None

"""Word documents (.docx): tables as grids in their order, everything else as text."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

from tally.errors import UnreadableFile
from tally.model import Document, Grid, Ink, Span
from tally.readers.limits import FLAT_ROW, MOST_COLUMNS, spend
from tally.readers.package import Element, Package, attribute, first_child, local
from tally.readers.rectangle import Sheet, drawn_kinds, grid
from tally.readers.runs import Piece, cell_text
from tally.readers.strings import is_on
from tally.readers.two_tables import put_together
from tally.readers.word_controls import settle_controls
from tally.readers.word_numbering import Numbering, numbering
from tally.readers.word_styles import diagonals, is_blank, shading
from tally.readers.word_text import WRAPPERS, Line, Words, blocks, read_line, words_of


@dataclass
class _Table:
    """A table as it stands in the flow; the tables nested in it follow it."""

    content: Sheet = field(default_factory=Sheet)


@dataclass
class _Flow:
    """Paragraph texts and tables in reading order, the automatic numbers counted on the way, the ink outside tables."""

    words: Words
    numbers: Numbering
    items: list[str | _Table] = field(default_factory=list)
    ink: list[Ink] = field(default_factory=list)
    table_style: str = ""  # of the table that it is nested in

    def beside(self) -> _Flow:
        """A flow for what is nested in a table, of the same document."""
        return _Flow(self.words, self.numbers)


def read_docx(data: bytes, name: str) -> tuple[Document, ...]:
    """One grid a table ("表1", "表2", …), nested ones after the table that holds them; `text` is the rest."""
    package = Package(data)
    main = package.main_part()
    root = package.xml(main)
    settle_controls(root)
    body = root.find("{*}body")
    words = words_of(package, main)
    flow = _Flow(words, numbering(package, main, words.styles))
    if body is not None:
        _read_blocks(body, flow)
    for place in ("header", "footer"):
        flow.ink += dict.fromkeys(_page_ink(package, main, flow.words, place))
    text = "\n".join(item for item in flow.items if isinstance(item, str))
    if flow.ink and not text.strip() and not any(isinstance(item, _Table) for item in flow.items):
        raise UnreadableFile("pictured", drawn_kinds(flow.ink))
    return (Document(name, "docx", tuple(_grids(name, flow)), text, tuple(flow.ink)),)


def embedded(data: bytes) -> list[tuple[str, bytes, bool]]:
    """Name and content of what is put into the document, and whether Word shows it as a part of the text (altChunk)."""
    package = Package(data)
    main = package.main_part()
    kinds = {"package": False, "oleObject": False, "aFChunk": True}
    parts = sorted((p, kinds[kind]) for _, kind, p in package.relations(main) if kind in kinds and p in package)
    return [(part.rpartition("/")[2], package.read(part), in_text) for part, in_text in parts]


def _read_blocks(parent: Element, flow: _Flow) -> None:
    for block in blocks(parent):
        if local(block) == "tbl":
            _read_table(block, flow)
            continue
        line = read_line(block, flow.words)
        flow.numbers.next(block)
        flow.items.append(line.text)
        flow.ink += [Ink("", kind, text) for kind, text in line.ink]
        for box in line.boxes:
            _read_blocks(box, flow)
    flow.ink += [Ink("", "foreign") for _ in parent.iterfind("{*}altChunk")]


def _page_ink(package: Package, main: str, words: Words, place: str) -> Iterator[Ink]:
    """What the page headers or footers hold: a bureau sometimes writes its name or the form's title there, or a watermark."""
    for _, kind, part in package.relations(main):
        if kind == place and part in package:
            yield from _placed(package.xml(part), words, f"page {place}")


def _placed(parent: Element, words: Words, kind: str) -> Iterator[Ink]:
    for block in parent.iter("{*}p"):
        line = read_line(block, words)
        if text := line.text.strip():
            yield Ink("", kind, text)
        for of_line, text in line.ink:
            if of_line == "text box":
                yield Ink("", "watermark", text)
            elif of_line == "picture":
                yield Ink("", kind, f"［图片］{text}")


def _grids(name: str, flow: _Flow) -> list[Grid]:
    tables: list[Sheet] = []
    between: list[list[str]] = [[]]  # the lines before the first table, between two, after the last
    for item in put_together([one.content if isinstance(one, _Table) else one for one in flow.items]):
        if isinstance(item, Sheet):
            tables.append(item)
            between.append([])
        else:
            between[-1].append(item)
    if tables:
        tables[0].ink += flow.ink
    return [
        grid(name, f"表{n}", table, before=before, after=after)
        for n, (table, before, after) in enumerate(zip(tables, between, between[1:], strict=False), 1)
    ]


def _read_table(table: Element, flow: _Flow) -> None:
    nested = flow.beside()
    content = Sheet()
    flow.items.append(_Table(content))
    spend("sheets")
    open_merges: dict[int, Span] = {}  # left column -> a vertical merge that may go on
    ends: dict[int, int] = {}  # row -> the column behind its last cell
    named = table.find("{*}tblPr/{*}tblStyle")
    nested.table_style = attribute(named, "val", "") if named is not None else ""
    for r, row in enumerate(_standing_rows(table, content, nested)):
        ends[r] = _read_row(row, r, content, open_merges, nested)
    _tell_insertions_once(content)
    content.merges.extend(m for m in open_merges.values() if m[:2] != m[2:])
    _mark_ragged(content, ends)
    flow.items.extend(nested.items)


def _rows(parent: Element) -> Iterator[Element]:
    for inner in parent:
        tag = local(inner)
        if tag == "tr":
            yield inner
        elif tag in WRAPPERS:
            yield from _rows(inner)


def _standing_rows(table: Element, content: Sheet, nested: _Flow) -> Iterator[Element]:
    """The rows that are there once all tracked changes are accepted; of the others it is told where they stood."""
    number = 0
    for row in _rows(table):
        if row.find("{*}trPr/{*}del") is None:
            if row.find("{*}trPr/{*}ins") is not None:
                content.lay(number, 0, "inserted", _row_text(row, nested.words))
            number += 1
            yield row
        else:
            content.lay(number, 0, "deleted", _row_text(row, nested.words))


def _tell_insertions_once(content: Sheet) -> None:
    """However many places of a table were inserted, whoever accepts the changes accepts them all."""
    places = [ink for ink in content.ink if ink.kind == "inserted"]
    if len(places) > 1:
        content.ink = [ink for ink in content.ink if ink.kind != "inserted"]
        content.ink.append(places[0]._replace(text=f"{places[0].text[:40]}……等 {len(places)} 处"))


def _row_text(row: Element, words: Words) -> str:
    """What a row or cell says, deleted words too."""
    texts = ["".join(piece.text for piece in read_line(p, words).pieces) for p in row.iter("{*}p")]
    return " ".join(text for text in texts if text.strip())


def _cells(parent: Element) -> Iterator[Element]:
    for inner in parent:
        tag = local(inner)
        if tag == "tc":
            yield inner
        elif tag in WRAPPERS:
            yield from _cells(inner)


def _read_row(row: Element, r: int, content: Sheet, open_merges: dict[int, Span], nested: _Flow) -> int:
    """Takes a row in; the column behind its last cell, with what the row says that it leaves blank there."""
    if is_on(row.find("{*}trPr/{*}hidden")) or _is_flat(row.find("{*}trPr/{*}trHeight")):
        content.hidden_rows.add(r)
    col = _number(row.find("{*}trPr/{*}gridBefore"), 0)
    left: int | None = None  # column of the cell before, which a horizontal merge may go on from
    for cell in _cells(row):
        if col >= MOST_COLUMNS:
            raise UnreadableFile("too_large", f"表格超过 {MOST_COLUMNS} 列")
        properties = first_child(cell, "tcPr")
        settings = {local(setting): setting for setting in properties} if properties is not None else {}
        if "cellDel" in settings:
            content.lay(r, col, "deleted", _row_text(cell, nested.words))
            continue
        width, vertical, horizontal = (settings.get(name) for name in ("gridSpan", "vMerge", "hMerge"))
        right = col + max(1, _number(width, 1)) - 1
        above = open_merges.get(col)
        if _goes_on(vertical) and above and above.bottom == r - 1:
            open_merges[col] = Span(above.top, col, r, max(above.right, right))
            left = col
        elif _goes_on(horizontal) and left is not None:
            open_merges[left] = open_merges[left]._replace(right=right)
        else:
            if above and above[:2] != above[2:]:
                content.merges.append(above)
            open_merges[col] = Span(r, col, r, right)
            left = col
            _read_cell(cell, shading(settings.get("shd")), r, col, content, nested)
        col = right + 1
    return col + _number(row.find("{*}trPr/{*}gridAfter"), 0)


def _is_flat(height: Element | None) -> bool:
    """Whether a row's height, in twentieths of a point, lets nothing in it be seen."""
    if height is None or attribute(height, "hRule") != "exact":
        return False
    return _number(height, 1_000) < FLAT_ROW * 20


def _mark_ragged(content: Sheet, ends: dict[int, int]) -> None:
    """In a table whose rows nearly all end at one column, a row of several cells that ends elsewhere lacks one somewhere."""
    usual, rows = Counter(ends.values()).most_common(1)[0] if ends else (0, 0)
    if rows * 3 < len(ends) * 2:
        return
    for row, end in ends.items():
        line = content.rows.get(row, [])
        filled = [col for col, value in enumerate(line) if value is not None]
        if end != usual and len(filled) * 2 > usual:
            for col in range(max(end, usual)):
                content.mark(row, col, problem="ragged")


def _goes_on(merge: Element | None) -> bool:
    return merge is not None and attribute(merge, "val", "continue") != "restart"


def _read_cell(cell: Element, ground: str, row: int, col: int, content: Sheet, nested: _Flow) -> None:
    """The cell's paragraphs, one a line, on its ground, and what else lies in it."""
    if is_blank(cell):
        return
    lines: list[Line] = []
    _cell_lines(cell, lines, nested, ground)
    pieces: list[Piece] = []
    for line in lines:
        pieces += [Piece("\n"), *line.pieces] if pieces else line.pieces
        for kind, text in line.ink:
            content.lay(row, col, kind, text)
    text, facts = cell_text(pieces)
    if any(line.inserted for line in lines) and text.strip() and not facts.get("runs"):
        content.lay(row, col, "inserted", text)  # a cell of which something was deleted too is told as such
    if text.strip("\n"):
        content.put(row, col, text.rstrip("\n"))
    if text.strip() and (crossed := diagonals(cell)):
        facts |= {"crossed": crossed}
    if facts:
        content.mark(row, col, **facts)


def _cell_lines(parent: Element, lines: list[Line], nested: _Flow, ground: str) -> None:
    for block in blocks(parent):
        if local(block) == "tbl" and (frame := _only_cell(block)) is not None:
            _cell_lines(frame, lines, nested, ground)
            continue
        if local(block) == "tbl":
            nested.items.extend(line.text for line in lines if line.text.strip())
            _read_table(block, nested)
            continue
        line = read_line(block, nested.words, ground, nested.table_style)
        number = nested.numbers.next(block)
        if number and not line.text.strip():
            line.pieces = [Piece(number)]
        elif number and line.text[:1].isdigit():
            line.ink.append(("numbering", number))
        lines.append(line)
        for box in line.boxes:
            inside: list[Line] = []
            _cell_lines(box, inside, nested, ground)
            line.ink.append(("text box", "".join(part.text for part in inside)))
            lines += inside


def _only_cell(table: Element) -> Element | None:
    """The cell of a table of one, which is a frame round its text."""
    cells = [cell for row in _rows(table) for cell in _cells(row)]
    return cells[0] if len(cells) == 1 else None


def _number(element: Element | None, default: int) -> int:
    value = attribute(element, "val") if element is not None else None
    return min(int(value), 1_000) if value and value.isdigit() else default

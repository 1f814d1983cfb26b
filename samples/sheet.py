"""A form as laid out: a Block, still without a place; and a Page, the rectangle of cells a file shows.

Each cell knows what it shows and, if a form asks for it, which (form, row, field) it is and what a right
reading of it gives. So the truth of a file is gathered from the very cells that are written.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from itertools import zip_longest

from samples.truth import Value
from samples.writers.sheet import a1

Key = tuple[str, str, str]  # form, row, field


@dataclass(frozen=True, slots=True)
class Cell:
    """One written cell. `look` names its place in the page: title, line, head, body, text, note.

    `above` > 0 makes it a formula that adds that many cells above; `stored` says whether the file also
    holds its result. `means` is None where nothing usable is written.
    """

    shown: object = None
    look: str = "body"
    key: Key | None = None
    means: Value = None
    struck: bool = False
    above: int = 0
    stored: bool = True


@dataclass(frozen=True, slots=True)
class Words:
    """A stretch of text on a line above or below a table, from column `left` to `right` (both included)."""

    text: str
    left: int
    right: int
    look: str = "line"


@dataclass
class Block:
    """One form: lines above, the table with its merged ranges (table coordinates), lines below."""

    form: str
    above: list[list[Words]]
    table: list[list[Cell]]
    merges: list[tuple[int, int, int, int]]
    below: list[list[Words]]
    widths: list[float]
    head: int  # header rows
    hidden: set[int] = field(default_factory=set)

    @property
    def columns(self) -> int:
        return len(self.widths)

    def find(self, row: str, name: str) -> tuple[int, int]:
        """Where the cell of a record and field stands in the table."""
        for r, cells in enumerate(self.table):
            for c, cell in enumerate(cells):
                if cell.key == (self.form, row, name):
                    return r, c
        raise KeyError((self.form, row, name))

    def cell(self, row: str, name: str) -> Cell:
        r, c = self.find(row, name)
        return self.table[r][c]

    def write(self, row: str, name: str, **changes) -> None:
        """Writes another thing into a record's cell."""
        r, c = self.find(row, name)
        self.table[r][c] = replace(self.table[r][c], **changes)

    def record_row(self, row: str) -> int:
        """The table row of a record."""
        for r, cells in enumerate(self.table):
            if any(cell.key and cell.key[1] == row for cell in cells):
                return r
        raise KeyError((self.form, row))


@dataclass
class Page:
    """One worksheet: cells by 0-based place, merged ranges, hidden rows, column widths."""

    name: str
    cells: dict[tuple[int, int], Cell] = field(default_factory=dict)
    merges: list[tuple[int, int, int, int]] = field(default_factory=list)
    hidden: set[int] = field(default_factory=set)
    widths: list[float] = field(default_factory=list)
    hidden_page: bool = False

    @property
    def rows(self) -> int:
        return 1 + max((r for r, _ in self.cells), default=-1)

    @property
    def columns(self) -> int:
        return 1 + max((c for _, c in self.cells), default=-1)

    def keyed(self) -> Iterator[tuple[str, Cell]]:
        """Every cell a form asks for, with its A1 address."""
        for (r, c), cell in sorted(self.cells.items()):
            if cell.key:
                yield a1(r, c), cell


def page_of(name: str, *blocks: Block, gap: int = 2) -> Page:
    """Blocks one under the other on a worksheet, `gap` blank rows between."""
    page = Page(name)
    top = 0
    for block in blocks:
        top = _place(page, block, top) + gap
    return page


def _place(page: Page, block: Block, top: int) -> int:
    for line in block.above:
        _put_line(page, line, top)
        top += 1
    for r, cells in enumerate(block.table):
        page.cells.update({(top + r, c): cell for c, cell in enumerate(cells)})
    page.merges += [(top + t, left, top + b, right) for t, left, b, right in block.merges]
    page.hidden |= {top + r for r in block.hidden}
    page.widths = [max(pair) for pair in zip_longest(page.widths, block.widths, fillvalue=0.0)]
    top += len(block.table)
    for line in block.below:
        _put_line(page, line, top)
        top += 1
    return top


def _put_line(page: Page, line: list[Words], row: int) -> None:
    for words in line:
        page.cells[row, words.left] = Cell(words.text, words.look)
        if words.right > words.left:
            page.merges.append((row, words.left, row, words.right))


def table_page(name: str, block: Block) -> Page:
    """The table alone, as it stands in a Word file, where titles and notes are paragraphs."""
    bare = Block(block.form, [], block.table, block.merges, [], block.widths, block.head, block.hidden)
    return page_of(name, bare)

"""A grid as a reader sees it: merged ranges filled, texts at hand, A1 addresses."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cached_property, lru_cache

from tally.locate.labels import Label, parse
from tally.model import Grid, RawValue, Span
from tally.writing.characters import narrow

_MODEST = 20_000  # cells of a merged range that says something


@lru_cache(maxsize=4096)
def column_letters(col: int) -> str:
    """0 -> A, 25 -> Z, 26 -> AA."""
    letters = ""
    col += 1
    while col:
        col, rest = divmod(col - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def address(row: int, col: int) -> str:
    """The A1 address of a 0-based row and column."""
    return f"{column_letters(col)}{row + 1}"


class View:
    """Reads a Grid; positions are 0-based. Not changed after it is made."""

    def __init__(self, grid: Grid):
        self.grid = grid
        self.height = len(grid.rows)
        self.width = max((len(r) for r in grid.rows), default=0)
        self._before: dict[int, list[int | None]] = {}  # row -> for each column: looked up once, a sheet may be wide

    def address(self, row: int, col: int) -> str:
        """The A1 address of a cell as it is on the sheet, be the grid turned or not."""
        if self.grid.turned is None:
            return address(row, col)
        top, left = self.grid.turned
        return address(top + col, left + row)

    @cached_property
    def covered(self) -> dict[tuple[int, int], Span]:
        """Every cell of a merged range of modest size -> the range. A range over thousands of rows is layout only."""
        covered: dict[tuple[int, int], Span] = {}
        for span in self.grid.merges:
            cols = range(span.left, span.right + 1)
            if (span.bottom - span.top + 1) * len(cols) <= _MODEST:
                for row in range(span.top, span.bottom + 1):
                    covered.update({(row, col): span for col in cols})
        return covered

    def raw(self, row: int, col: int) -> RawValue:
        """The stored value; inside a merged range that of its top left cell."""
        if (span := self.covered.get((row, col))) is not None:
            row, col = span.top, span.left
        line = self.grid.rows[row]
        return line[col] if col < len(line) else None

    def own(self, row: int, col: int) -> RawValue:
        """The stored value of this very cell: None in the rest of a merged range."""
        line = self.grid.rows[row]
        return line[col] if col < len(line) else None

    def before(self, row: int, col: int) -> int | None:
        """The nearest column left of `col` that shows something in `row`, None if none does."""
        if row not in self._before:
            nearest: list[int | None] = [None]
            for c in range(self.width):
                value = self.raw(row, c)
                nearest.append(nearest[-1] if value is None or not str(value).strip() else c)
            self._before[row] = nearest
        return self._before[row][col]

    def text(self, row: int, col: int) -> str:
        """The cell's text without white space, "" if empty; numbers as written."""
        raw = self.raw(row, col)
        if raw is None:
            return ""
        return narrow(raw) if isinstance(raw, str) else f"{raw:g}" if isinstance(raw, float) else str(raw)

    def label(self, row: int, col: int) -> Label:
        raw = self.raw(row, col)
        return parse(raw) if isinstance(raw, str) else Label("")

    def filled(self, row: int, cols: Iterable[int]) -> list[int]:
        """The columns among `cols` whose own cell in `row` holds something visible."""
        line = self.grid.rows[row]
        width = len(line)
        return [
            c for c in cols if c < width and (v := line[c]) is not None and (not isinstance(v, str) or narrow(v) != "")
        ]

    def has_ink(self, rows: Iterable[int], cols: Sequence[int]) -> bool:
        """True if a cell of its own in `rows` and `cols` holds something visible."""
        return any(self.filled(row, cols) for row in rows)

    def texts(self, row: int) -> list[str]:
        """The filled cells of a row as written, left to right."""
        return [str(self.own(row, c)) for c in self.filled(row, range(self.width))]

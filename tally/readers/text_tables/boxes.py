"""Tables drawn with box characters (┌─┬│├┼) or with + - |: merged cells follow from where lines are drawn and where not.

Every character has its column; a cell lies between the nearest lines around it. A table whose vertical lines do not stand
under one another in any way of counting columns is read by the count of its bars, and left alone where that differs.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby

from tally.model import Span
from tally.readers.text_tables.drawn import Drawn, places

_BARS = frozenset("│┃║|｜┆┊╎╏")
_FLAT = frozenset("─━═-┄┈╌＝=－")
_JOINTS = frozenset("┌┐└┘├┤┬┴┼┏┓┗┛┣┫┳┻╋╔╗╚╝╠╣╦╩╬╒╕╘╛╞╡╤╧╪╓╖╙╜╟╢╥╨╫┍┑┕┙┝┥┯┷┿┎┒┖┚┠┨┰┸╂+╭╮╯╰┞┟┡┢┦┧┩┪┭┮┱┲┵┶┹┺╃╄╅╆╇╈╉╊")
_EDGES = _BARS | _JOINTS
_FEWEST_LINES, _FEWEST_BARS = 3, 2


def box_tables(lines: list[str]) -> list[Drawn]:
    """The tables in the text, in order."""
    tables = [_read(lines, first, last) for first, last in _blocks(lines)]
    return [table for table in tables if table is not None]


def _blocks(lines: list[str]) -> Iterator[tuple[int, int]]:
    """First and last line of each stretch of lines that are drawn."""
    start = None
    for n, line in enumerate([*lines, ""]):
        if _is_drawn(line):
            start = n if start is None else start
        elif start is not None:
            stretch = lines[start:n]
            if len(stretch) >= _FEWEST_LINES and any(_is_rule(x) for x in stretch) and not all(map(_is_rule, stretch)):
                yield start, n - 1
            start = None


def _is_drawn(line: str) -> bool:
    text = line.strip()
    return len(text) > 2 and text[0] in _EDGES and text[-1] in _EDGES and sum(c in _EDGES for c in text) >= _FEWEST_BARS


def _is_rule(line: str) -> bool:
    """Whether the line is drawn throughout, with corners of its own (a Markdown rule |---| has none)."""
    text = line.strip()
    return set(text) <= _FLAT | _EDGES and bool(set(text) & _JOINTS) and bool(set(text) & _FLAT)


@dataclass(frozen=True)
class _Line:
    """One line with the column of each character."""

    number: int
    text: str
    at: tuple[int, ...]

    @property
    def edges(self) -> list[int]:
        return [p for c, p in zip(self.text, self.at, strict=False) if c in _EDGES]

    @property
    def bars(self) -> list[int]:
        return [p for c, p in zip(self.text, self.at, strict=False) if c in _BARS]

    def between(self, left: int, right: int) -> str:
        """The characters from the edge at `left` to that at `right`."""
        return "".join(c for c, p in zip(self.text, self.at, strict=False) if left < p < right and c not in _EDGES)

    def drawn(self, left: int, right: int) -> bool:
        """Whether a line is drawn from `left` to `right`."""
        inner = self.between(left, right).strip()
        return bool(inner) and set(inner) <= _FLAT


def _read(lines: list[str], first: int, last: int) -> Drawn | None:
    for ambiguous in (1, 2):
        block = [_line(n, lines[n], ambiguous) for n in range(first, last + 1)]
        edges = _columns(block)
        if edges and all(set(line.edges) <= set(edges) for line in block):
            return _by_place(block, edges)
    return _by_count([_line(n, lines[n], 1) for n in range(first, last + 1)])


def _line(number: int, text: str, ambiguous: int) -> _Line:
    return _Line(number, text, tuple(places(text, ambiguous)))


def _columns(block: list[_Line]) -> list[int]:
    """The columns of the vertical lines: those of the lines that are drawn throughout."""
    return sorted({p for line in block if _is_rule(line.text) for p in line.edges})


def _by_place(block: list[_Line], edges: list[int]) -> Drawn:
    table = Drawn(block[0].number, block[-1].number)
    above: dict[int, tuple[int, int]] = {}  # column -> (line, column) of the cell that reaches down to here
    rule: _Line | None = None
    for stretch in _stretches(block, edges):
        if _divides(stretch[0], edges):
            rule = stretch[0]
            _text_on_rule(table, rule, edges, above)
            continue
        for n, band in enumerate(_rows(stretch, edges) if _row_a_line(block, edges, stretch) else [stretch]):
            _row(table, band, edges, above, rule if n == 0 else None)
    return table


def _row(
    table: Drawn, band: list[_Line], edges: list[int], above: dict[int, tuple[int, int]], rule: _Line | None
) -> None:
    """Puts one row's cells into the table; a cell with no line drawn over it goes on with the one above."""
    for left, right in _pieces(band[0], edges):
        col, end = edges.index(left), edges.index(right)
        text = "\n".join(t for line in band if (t := line.between(left, right).strip()))
        start = above.get(col)
        if start and rule and not rule.drawn(left, right):
            _add(table, start, text)
            table.merges = [m for m in table.merges if (m.top, m.left) != start]
            table.merges.append(Span(*start, band[0].number, end - 1))
            continue
        cell = (band[0].number, col)
        table.cells[cell] = text
        if end - col > 1:
            table.merges.append(Span(*cell, band[0].number, end - 1))
        above |= dict.fromkeys(range(col, end), cell)


def _text_on_rule(table: Drawn, rule: _Line, edges: list[int], above: Mapping[int, tuple[int, int]]) -> None:
    """A line drawn across some columns may hold the text of a cell that stands beside them."""
    for left, right in _pieces(rule, edges):
        start = above.get(edges.index(left))
        if start and not rule.drawn(left, right):
            _add(table, start, rule.between(left, right).strip())


def _add(table: Drawn, cell: tuple[int, int], text: str) -> None:
    table.cells[cell] = "\n".join(t for t in (table.cells[cell], text) if t)


def _pieces(line: _Line, edges: list[int]) -> Iterator[tuple[int, int]]:
    places = [p for p in line.edges if p in edges]
    yield from zip(places, places[1:], strict=False)


def _divides(line: _Line, edges: list[int]) -> bool:
    """Whether a line is drawn across at least one column."""
    return any(line.drawn(left, right) for left, right in zip(edges, edges[1:], strict=False))


def _stretches(block: list[_Line], edges: list[int]) -> Iterator[list[_Line]]:
    """The lines of text between two rules together, each rule on its own."""
    for _, lines in groupby(block, key=lambda line: (_divides(line, edges), line.number * _divides(line, edges))):
        yield list(lines)


def _row_a_line(block: list[_Line], edges: list[int], stretch: list[_Line]) -> bool:
    """Whether the lines of a stretch are rows of their own: in a table with no rules between its rows, below its header."""
    stretches = [s for s in _stretches(block, edges) if not _divides(s[0], edges)]
    body = stretches[1:]
    ruled = len(body) > 1 and sum(map(len, body)) <= 2 * len(body)
    return stretch[0] is not stretches[0][0] and not ruled


def _rows(band: list[_Line], edges: list[int]) -> list[list[_Line]]:
    """A line that begins with nothing and holds no figure goes on with the one above."""
    rows: list[list[_Line]] = []
    for line in band:
        label = line.between(edges[0], edges[1]).strip()
        if rows and not label and not any(c.isdigit() for c in line.text):
            rows[-1].append(line)
        else:
            rows.append([line])
    return rows


def _by_count(block: list[_Line]) -> Drawn | None:
    """A row a line, by the bars alone; None where the lines differ in how many they have."""
    rows = [line for line in block if not _is_rule(line.text)]
    if len({len(line.bars) for line in rows}) != 1:
        return None
    table = Drawn(block[0].number, block[-1].number)
    for line in rows:
        for col, (left, right) in enumerate(zip(line.bars, line.bars[1:], strict=False)):
            table.cells[line.number, col] = line.between(left, right).strip()
    return table

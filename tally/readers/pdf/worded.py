"""Tables whose cells are not drawn: columns told by where all words stand and by lines down, rows by lines across or by space.

A word over two columns of figures is a heading of both if it stands in their middle; else nothing is told, and text stays text.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise
from typing import Any

from tally.model import Span
from tally.readers.pdf.columns import Columns, NoTable, merged, paired, under
from tally.readers.pdf.glyphs import Glyph, text_of
from tally.readers.pdf.paragraphs import BEGINS
from tally.readers.pdf.table import Edge, Table
from tally.readers.pdf.word_lines import Line, Word, word_lines

_FEWEST = 4  # things set apart on a line of a table; columns of one
_FEWEST_LINES = 3
_FAR = 4.0  # of a glyph's size: lines of one table are no further apart
_CLOSE = 0.5  # of a glyph's size: space between lines of one cell at a table's foot, and over its head
_STEP = 0.22  # of a glyph's size by which the space between rows is more than that within them
_WIDE, _HIGH = 0.7, 0.6  # of the table: how far lines across and down reach
_BESIDE = 1.2  # of a glyph's size: things further apart on a line are two
_CENTRED = 1.2  # of a glyph's size by which a heading may be off the middle of its columns
_NEAR = 2.0  # points: lines nearer to each other are one
_ENDS = "。；"


def worded_tables(number: int, glyphs: Iterable[Glyph], edges: Sequence[Edge]) -> list[Table]:
    """The tables among glyphs that no drawn table holds, from above."""
    tables: list[Table] = []
    for lines, before, after in _blocks(word_lines(glyphs)):
        try:
            tables.append(_Block(lines, before, after, edges).table(number))
        except NoTable:
            continue
    return tables


def _blocks(lines: Sequence[Line]) -> Iterator[tuple[list[Line], list[Line], list[Line]]]:
    """Stretches of lines from the first to the last with as many things on it as a table has; those before and behind each."""
    start = last = -1
    ends = -1
    for n, line in enumerate([*lines, None]):
        broken = line is None or (
            last >= 0 and (line.top - lines[n - 1].bottom > _FAR * line.size or _is_sentence(line))
        )
        if broken and last >= 0:
            if sum(one.fields >= _FEWEST for one in lines[start : last + 1]) >= _FEWEST_LINES:
                yield list(lines[start : last + 1]), list(lines[ends + 1 : start]), list(lines[last + 1 : n])
                ends = last
            start = last = -1
        if line is not None and line.fields >= _FEWEST:
            start, last = n if start < 0 else start, n


def _is_sentence(line: Line) -> bool:
    return line.fields < 2 and line.text[-1:] in _ENDS


class _Block:
    """Lines that may be a table's, with the lines that are drawn among them."""

    def __init__(self, lines: list[Line], before: list[Line], after: list[Line], edges: Sequence[Edge]) -> None:
        self.lines = lines
        left = min(word.left for line in lines for word in line.words)
        right = max(word.right for line in lines for word in line.words)
        self.across = _across(edges, left, right)
        self.first = self._first_of_body()
        self.columns = self._columns()
        self._take_before(before)
        self._take_after(after)
        self.columns = self._ruled(edges) or self._columns()
        if len(self.columns) < _FEWEST:
            raise NoTable

    @property
    def head(self) -> list[Line]:
        return self.lines[: self.first]

    @property
    def body(self) -> list[Line]:
        return self.lines[self.first :]

    def _first_of_body(self) -> int:
        """The first line below a rule, or with figures; the same line where there are both."""
        inside = [y for y in self.across if self.lines[0].bottom - _NEAR < y < self.lines[-1].top + _NEAR]
        below = next((n for n, line in enumerate(self.lines) if inside and line.top > inside[0] - _NEAR), 0)
        figures = next((n for n, line in enumerate(self.lines) if line.has_figures), 0)
        first = below if inside and (below <= figures or not figures) else figures
        ruled = first == below
        if not 0 < first < len(self.lines) or not (ruled or sum(line.has_figures for line in self.lines[first:]) > 1):
            raise NoTable
        return first

    def _columns(self) -> Columns:
        """Where columns begin and end: what overlaps is one, headings over several columns left out."""
        body = merged(word for line in self.body for word in line.words)
        heads = (word for line in self.head for word in line.words)
        own = [word for word in heads if len(under(body, word)) < 2]
        columns = merged([*(word for line in self.body for word in line.words), *own])
        if len(columns) < len(body):
            raise NoTable
        return paired(columns, merged(own), body)

    def _ruled(self, edges: Sequence[Edge]) -> Columns:
        """The columns between lines drawn down most of the table; none without."""
        lines = _down(edges, self.lines[0].top, self.lines[-1].bottom)
        left, right = self.columns[0][0], self.columns[-1][1]
        inner = [x for x in lines if left < x < right]
        if len(inner) < _FEWEST - 1:
            return []
        return list(pairwise([min(left, *lines), *inner, max(right, *lines)]))

    def _take_before(self, before: list[Line]) -> None:
        """Lines over the first that are its headings: close, within columns or in the middle of some, under no rule of their own."""
        for line in reversed(before):
            below = self.lines[0]
            ruled = any(line.bottom - _NEAR < y < below.top + _NEAR for y in self.across)
            if ruled or below.top - line.bottom > _CLOSE * line.size or not all(map(self._is_heading, line.words)):
                return
            self.lines.insert(0, line)
            self.first += 1

    def _is_heading(self, word: Word) -> bool:
        return len(under(self.columns, word)) < 2 or self._is_centred(word)

    def _is_centred(self, word: Word) -> bool:
        at = under(self.columns, word)
        middle = (self.columns[at[0]][0] + self.columns[at[-1]][1]) / 2
        return abs((word.left + word.right) / 2 - middle) < word.glyphs[0].size * _CENTRED

    def _take_after(self, after: list[Line]) -> None:
        """Lines behind the last full one: rows of fewer figures no further off than the others, and what goes on the last row's texts."""
        spaces = [below.top - above.bottom for above, below in pairwise(self.lines[self.first - 1 :])]
        for line in after:
            space = line.top - self.lines[-1].bottom
            within = all(len(under(self.columns, word)) == 1 for word in line.words)
            is_row = line.fields > 1 and any(word.is_figure for word in line.words[1:]) and space < max(spaces) + _NEAR
            goes_on = space < min(max(spaces) - _STEP * line.size, _CLOSE * line.size) and not BEGINS.match(line.text)
            if not within or not (is_row or goes_on):
                return
            self.lines.append(line)

    def table(self, number: int) -> Table:
        """Raises `NoTable` where a word stands over two columns, or two things side by side in one."""
        head, body = self._head_rows(), self._body_rows()
        cells: dict[tuple[int, int], list[Glyph]] = defaultdict(list)
        merges: list[Span] = []
        for r, lines in enumerate([*head, *body]):
            for line in lines:
                for word, at in self._placed(line, r < len(head)):
                    cells[r, at[0]] += word.glyphs
                    if len(at) > 1:
                        merges.append(Span(r, at[0], r, at[-1]))
        if any((r, 0) not in cells for r in range(len(head), len(head) + len(body))):
            raise NoTable
        return self._filled(number, len(head) + len(body), cells, merges)

    def _placed(self, line: Line, is_head: bool) -> Iterator[tuple[Word, Sequence[int]]]:
        """Each word of a line with its column, a heading of several with all of them."""
        before: tuple[Word, int] | None = None
        for word in line.words:
            at = under(self.columns, word)
            if not at or (len(at) > 1 and not (is_head and self._is_centred(word))):
                raise NoTable
            if before and before[1] == at[0] and word.left - before[0].right > line.size * _BESIDE:
                raise NoTable
            before = word, at[-1]
            yield word, at

    def _filled(
        self, number: int, height: int, cells: Mapping[tuple[int, int], list[Glyph]], merges: list[Span]
    ) -> Table:
        texts = [[""] * len(self.columns) for _ in range(height)]
        marks: dict[tuple[int, int], dict[str, Any]] = {}
        for (r, c), glyphs in cells.items():
            texts[r][c], facts = text_of(glyphs)
            if facts:
                marks[r, c] = facts
        box = (self.columns[0][0], self.lines[0].top, self.columns[-1][1], self.lines[-1].bottom)
        return Table(number, box, texts, (*(left for left, _ in self.columns), box[2]), merges, marks)

    def _head_rows(self) -> list[list[Line]]:
        """Headings of one row, those over several columns in rows of their own."""
        rows: list[list[Line]] = []
        alone = True
        for line in self.head:
            over_several = any(len(under(self.columns, word)) > 1 for word in line.words)
            if alone or over_several:
                rows.append([line])
            else:
                rows[-1].append(line)
            alone = over_several
        return rows

    def _body_rows(self) -> list[list[Line]]:
        """What stands between two lines across is a row; where none are drawn, what stands close together."""
        bands = _split(self.body, [y for y in self.across if y > self.body[0].top])
        if len(bands) * 2 > sum(line.fields >= _FEWEST for line in self.body):
            return bands
        return [row for band in bands for row in _by_space(band)]


def _by_space(lines: list[Line]) -> list[list[Line]]:
    """Lines by row: those with less space between them than between rows; all are rows where the space is the same."""
    size = lines[0].size
    spaces = [below.top - above.bottom for above, below in pairwise(lines)]
    levels = sorted(spaces)
    step, least = max(((b - a, b) for a, b in pairwise(levels)), default=(0.0, 0.0))
    if step >= size * _STEP:
        rows = [[lines[0]]]
        for space, line in zip(spaces, lines[1:], strict=True):
            if space < least:
                rows[-1].append(line)
            else:
                rows.append([line])
        if all(sum(line.fields >= _FEWEST for line in row) < 2 for row in rows):
            return rows
    if any(line.fields < 2 for line in lines):
        raise NoTable
    return [[line] for line in lines]


def _split(lines: Sequence[Line], across: Sequence[float]) -> list[list[Line]]:
    bands: dict[int, list[Line]] = defaultdict(list)
    for line in lines:
        bands[bisect_right(across, (line.top + line.bottom) / 2)].append(line)
    return [bands[n] for n in sorted(bands)]


def _across(edges: Sequence[Edge], left: float, right: float) -> list[float]:
    """The heights of lines across most of the table."""
    pieces = [(e["top"], min(e["x1"], right) - max(e["x0"], left)) for e in edges if e["orientation"] == "h"]
    return _long(pieces, (right - left) * _WIDE)


def _down(edges: Sequence[Edge], top: float, bottom: float) -> list[float]:
    """The places of lines down most of the table."""
    pieces = [(e["x0"], min(e["bottom"], bottom) - max(e["top"], top)) for e in edges if e["orientation"] == "v"]
    return _long(pieces, (bottom - top) * _HIGH)


def _long(pieces: Iterable[tuple[float, float]], least: float) -> list[float]:
    """Where pieces of lines, each with its place and length, make one longer than `least` together."""
    lines: list[tuple[float, float]] = []
    for at, length in sorted(piece for piece in pieces if piece[1] > 0):
        if lines and at - lines[-1][0] < _NEAR:
            lines[-1] = (lines[-1][0], lines[-1][1] + length)
        else:
            lines.append((at, length))
    return [at for at, length in lines if length > least]

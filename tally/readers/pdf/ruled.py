"""Tables whose lines are drawn: cells are the rectangles between the lines, merged ones those that reach over several."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import inf
from types import SimpleNamespace
from typing import Any

from pdfplumber.table import Table as Frame
from pdfplumber.table import TableFinder, TableSettings

from tally.model import OVERRUN, Span
from tally.readers.pdf.across import crossed, under
from tally.readers.pdf.glyphs import Glyph, runs_of, text_of
from tally.readers.pdf.overflow import Written, doubtful
from tally.readers.pdf.overrun import Overrun
from tally.readers.pdf.page import Shown
from tally.readers.pdf.table import Box, Edge, Table, edge

_CLOSE = 2.0  # points: lines nearer to each other are one
_OUTSIDE = 4.0  # points by which lines across must stick out for an outer line to be missing
_FAR = 72.0  # points: rows of one table are no higher where nothing but lines across tells them
_FEWEST_ROWS = 2  # told by lines across alone, below a header
_MOST_HEADER = 3  # rows of such a header
_FEWEST = 4  # cells: fewer are a frame


def ruled_tables(shown: Shown) -> list[Table]:
    """The page's tables with drawn lines, from above."""
    frames = _frames(shown, [])
    if missing := [*_missing_outer_lines(shown, frames), *_missing_inner_lines(shown, frames)]:
        frames = _frames(shown, missing)
    tables = [_table(shown, frame) for frame in frames if len(frame.cells) >= _FEWEST]
    written = [table for table in tables if any(map(any, table.rows))]
    return sorted(written, key=lambda t: (t.box[1], t.box[0]))


def _frames(shown: Shown, missing: list[Edge]) -> list[Frame]:
    edges = [*shown.edges, *missing]
    down = [e for e in edges if e["orientation"] == "v"]
    across = [e for e in edges if e["orientation"] == "h"]
    if min(len(down), len(across)) < 2:
        return []
    settings = {
        "vertical_strategy": "explicit",
        "horizontal_strategy": "explicit",
        "explicit_vertical_lines": down,
        "explicit_horizontal_lines": across,
        "snap_tolerance": _CLOSE,
        "join_tolerance": _CLOSE,
        "intersection_tolerance": _CLOSE + 1,
    }
    return TableFinder(_canvas(shown), TableSettings.resolve(settings)).tables


def _canvas(shown: Shown) -> Any:
    """What the finder asks a page for."""
    return SimpleNamespace(bbox=shown.bbox, edges=shown.edges)


def _missing_outer_lines(shown: Shown, frames: list[Frame]) -> list[Edge]:
    """The outermost vertical lines, where lines across reach further than the cells do."""
    lines: list[Edge] = []
    for table in frames:
        left, top, right, bottom = table.bbox
        across = [e for e in shown.edges if e["orientation"] == "h" and _touches(e, table.bbox)]
        ends = (min((e["x0"] for e in across), default=left), max((e["x1"] for e in across), default=right))
        for end, known in zip(ends, (left, right), strict=True):
            if abs(end - known) > _OUTSIDE:
                lines.append(edge(end, end, top, bottom))
    return lines


def _missing_inner_lines(shown: Shown, frames: list[Frame]) -> Iterator[Edge]:
    """The lines between a header's columns drawn on down, where nothing but lines as wide as it go across right below."""
    for head in frames:
        left, _, right, bottom = head.bbox
        other = min((frame.bbox[1] for frame in frames if frame.bbox[1] > bottom - _CLOSE), default=inf)
        wide = [e["top"] for e in shown.edges if e["orientation"] == "h" and _ends_at(e, left, right)]
        below = [bottom]
        for y in _edges([y for y in wide if bottom + _CLOSE < y < other - _CLOSE]):
            if y - below[-1] < _FAR:
                below.append(y)
        if len(below) > _FEWEST_ROWS and len(head.rows) <= _MOST_HEADER:
            for x in _edges([x for cell in head.cells if abs(cell[3] - bottom) < _CLOSE for x in (cell[0], cell[2])]):
                yield edge(x, x, bottom, below[-1])


def _ends_at(line: Edge, left: float, right: float) -> bool:
    return abs(line["x0"] - left) < _OUTSIDE and abs(line["x1"] - right) < _OUTSIDE


def _touches(line: Edge, box: Box) -> bool:
    left, top, right, bottom = box
    return top - _CLOSE <= line["top"] <= bottom + _CLOSE and line["x0"] < right and line["x1"] > left


def _table(shown: Shown, frame: Frame) -> Table:
    xs = _edges([x for c in frame.cells for x in (c[0], c[2])])
    ys = _edges([y for c in frame.cells for y in (c[1], c[3])])
    spans = {_span(c, xs, ys): c for c in frame.cells}
    owner = {
        (r, c): span
        for span in spans
        for r in range(span.top, span.bottom + 1)
        for c in range(span.left, span.right + 1)
    }
    held = _held(shown.glyphs, owner, spans, xs, ys)
    rows = [[""] * (len(xs) - 1) for _ in ys[1:]]
    marks: dict[tuple[int, int], dict[str, Any]] = {}
    for span, glyphs in held.glyphs.items():
        rows[span.top][span.left], facts = text_of(glyphs)
        if facts:
            marks[span.top, span.left] = facts
    for span, lines in crossed(shown.slanting, spans, held.glyphs).items():
        marks.setdefault((span.top, span.left), {})["crossed"] = lines
    for span in held.parts:
        marks.setdefault((span.top, span.left), {})["problem"] = OVERRUN
    merges = [s for s in spans if (s.top, s.left) != (s.bottom, s.right)]
    cut = {(s.top, s.left) for s in held.doubtful}
    table = Table(shown.number, (xs[0], ys[0], xs[-1], ys[-1]), rows, tuple(xs), merges, marks, cut)
    table.drawn = {(s.top, s.left): what for box, what in shown.drawn for s in under(box, held.glyphs)}
    table.heights = tuple(ys)
    table.beyond = frozenset(g for glyphs in held.glyphs.values() for g in glyphs if not _inside(g, xs, ys))
    table.pictures = {at for box in shown.pictures if (at := _cell_under(box, xs, ys))}
    return table


@dataclass(frozen=True)
class _Held:
    """What each cell holds; the cells whose text may go on elsewhere, and those of which nobody can tell what of it is theirs."""

    glyphs: Mapping[Span, list[Glyph]]
    doubtful: set[Span]
    parts: set[Span]


def _held(
    glyphs: Sequence[Glyph],
    owner: Mapping[tuple[int, int], Span],
    cells: Mapping[Span, Box],
    xs: list[float],
    ys: list[float],
) -> _Held:
    runs = list(runs_of(glyphs))
    at = [[_at(owner, xs, ys, glyph) for glyph in run] for run in runs]
    whole = [_whole(run, spans, cells) for run, spans in zip(runs, at, strict=True)]
    written: list[Written] = [(run, w or s[0]) for run, w, s in zip(runs, whole, at, strict=True)]
    overrun = Overrun(written, cells)
    held: dict[Span, list[Glyph]] = defaultdict(list)
    for n, (run, spans) in enumerate(zip(runs, at, strict=True)):
        home = overrun.homes.get(n, whole[n])
        for glyph, span in zip(run, spans, strict=True):
            if cell := home or span:
                held[cell].append(glyph)
    rest = [line for n, line in enumerate(written) if n not in overrun.homes]
    return _Held(held, doubtful(held, rest, cells), overrun.unplaced)


def _cell_under(box: Box, xs: list[float], ys: list[float]) -> tuple[int, int] | None:
    """The cell in which a picture that overlaps the table begins."""
    left, top, right, bottom = box
    if right < xs[0] or left > xs[-1] or bottom < ys[0] or top > ys[-1]:
        return None
    return max(bisect_right(ys, top) - 1, 0), max(bisect_right(xs, left) - 1, 0)


def _at(owner: Mapping[tuple[int, int], Span], xs: list[float], ys: list[float], glyph: Glyph) -> Span | None:
    """The cell that a glyph belongs to."""
    x, y = glyph.home
    return owner.get((bisect_right(ys, y) - 1, bisect_right(xs, x) - 1)) if _inside(glyph, xs, ys) else None


def _inside(glyph: Glyph, xs: list[float], ys: list[float]) -> bool:
    x, y = glyph.home
    return xs[0] <= x < xs[-1] and ys[0] <= y < ys[-1]


def _whole(run: list[Glyph], at: list[Span | None], cells: Mapping[Span, Box]) -> Span | None:
    """The cell that text belongs to which runs on over its edge: the one it is set flush or central in, else where it begins."""
    touched = [s for s in dict.fromkeys(at) if s is not None]
    if at[0] is None or len(set(at)) < 2:
        return None
    left, right = run[0].x0, run[-1].x1
    central = (s for s in touched if abs((cells[s][0] + cells[s][2]) / 2 - (left + right) / 2) < _CLOSE)
    return next(central, touched[0])


def _edges(values: list[float]) -> list[float]:
    """Distinct places in order; those closer together than a line is thick are one."""
    edges: list[float] = []
    for value in sorted(values):
        if not edges or value - edges[-1] > _CLOSE:
            edges.append(value)
    return edges


def _span(cell: Box, xs: list[float], ys: list[float]) -> Span:
    left, top, right, bottom = cell
    first_row, first_col = bisect_right(ys, top + _CLOSE) - 1, bisect_right(xs, left + _CLOSE) - 1
    last_row, last_col = bisect_right(ys, bottom - _CLOSE) - 1, bisect_right(xs, right - _CLOSE) - 1
    return Span(first_row, first_col, max(last_row, first_row), max(last_col, first_col))

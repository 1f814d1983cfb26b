"""From the cells a reader found to a `Grid`: trimmed, rectangular, merges emptied, open sums worked out."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from math import isclose

from tally.errors import UnreadableFile
from tally.model import INK_KINDS, Grid, Ink, Mark, RawValue, Span
from tally.readers.limits import GRID_CELLS, MERGED_CELLS, MOST_COLUMNS, spend
from tally.readers.sums import cells_of, column_letters, shows_nothing, work_out

_NEAR = 64  # columns that a row may skip for nothing


_CHECKED_SUMS = 500  # stored formulas of one sheet: a form has a dozen


@dataclass
class Sheet:
    """What a reader gathers of one sheet or table before it is a `Grid`.

    `rows[r]` holds the values of grid row r from column A, as far as there are any. `open_formulas` (A1 text)
    are those without a stored value, and those that store a 0: programs that cannot calculate write that.
    """

    rows: dict[int, list[RawValue]] = field(default_factory=dict)
    merges: list[Span] = field(default_factory=list)
    marks: dict[tuple[int, int], Mark] = field(default_factory=dict)
    open_formulas: dict[tuple[int, int], str] = field(default_factory=dict)
    hidden_rows: set[int] = field(default_factory=set)
    hidden_cols: set[int] = field(default_factory=set)
    ink: list[Ink] = field(default_factory=list)
    zeros_hidden: bool = False  # the sheet shows a blank where a cell stores 0

    def hide_rows(self, first: int, after: int) -> None:
        """Rows from `first` to before `after` are not shown."""
        spend("hidden", max(1, after - first))
        self.hidden_rows.update(range(first, after))

    def hide_cols(self, first: int, after: int) -> None:
        """The same for columns."""
        spend("hidden", max(1, after - first))
        self.hidden_cols.update(range(first, after))

    def put(self, row: int, col: int, value: RawValue) -> None:
        line = self.rows.setdefault(row, [])
        if len(line) <= col:
            if col >= MOST_COLUMNS:
                raise UnreadableFile("too_large", f"表格超过 {MOST_COLUMNS} 列")
            fill(line, col + 1)
        line[col] = value

    def lay(self, row: int, col: int, kind: str, text: str = "") -> None:
        """Something that lies in or over a cell; a comment goes to the cell's mark, where cleaning shows it."""
        if kind == "comment":
            before = self.marks[row, col].comment if (row, col) in self.marks else ""
            self.mark(row, col, comment="\n".join(t for t in (before, text) if t) or "（无文字）")
        else:
            self.ink.append(Ink(f"{column_letters(col)}{row + 1}", kind, text))

    def mark(self, row: int, col: int, **facts) -> None:
        """Add facts to a cell's mark."""
        self.marks[row, col] = replace(self.marks.get((row, col), Mark()), **facts)


def fill(line: list[RawValue], width: int) -> None:
    """Makes a row as wide as that with blanks; a far cell in each of many rows is soon too much."""
    gap = width - len(line)
    if gap > _NEAR:
        spend("cells", gap)
    line.extend([None] * gap)


def grid(
    file: str,
    sheet: str,
    content: Sheet,
    *,
    hidden: bool = False,
    before: Iterable[str] = (),
    after: Iterable[str] = (),
    notes: Iterable[str] = (),
) -> Grid:
    """The `Grid` of what was found. Raises `UnreadableFile("too_large")` where one far cell would make it huge."""
    _empty_merged(content)
    height, width = _extent(content)
    if height * width > GRID_CELLS:
        raise UnreadableFile("too_large", f"{sheet} 有 {height} 行 × {width} 列")
    rows = _rectangle(content.rows, height, width)
    _fill_sums(rows, content)
    headers, footers = (_page_words(content.ink, kind) for kind in ("page header", "page footer"))
    ink = list(dict.fromkeys(content.ink))
    if content.zeros_hidden and (zeros := sum(map(_zeros, rows))):
        ink.append(Ink("", "zeros", f"{zeros}格"))
    clipped = [_clipped(span, height, width) for span in content.merges]
    return Grid(
        file=file,
        sheet=sheet,
        rows=rows,
        merges=tuple(filter(None, clipped)),
        marks={at: m for at, m in content.marks.items() if at[0] < height and at[1] < width},
        hidden_rows=frozenset(r for r in content.hidden_rows if r < height),
        hidden_cols=frozenset(c for c in content.hidden_cols if c < width),
        hidden=hidden,
        before=(*headers, *before),
        after=(*after, *footers),
        ink=tuple(ink),
        notes=tuple(notes),
    )


def _page_words(ink: Iterable[Ink], kind: str) -> list[str]:
    """What page headers or page footers say, as lines above or below the table; they are ink too, for what no line can be."""
    lines = [line for one in ink if one.kind == kind for line in one.text.split("\n")]
    return list(dict.fromkeys(line for line in lines if line.strip()))


def drawn_kinds(ink: Iterable[Ink]) -> str:
    """The kinds of what lies on a sheet or page, in words."""
    return "、".join(dict.fromkeys(INK_KINDS[one.kind] for one in ink))


def _zeros(line: list[RawValue]) -> int:
    return sum(value == 0 and type(value) in (int, float) for value in line)


def _empty_merged(content: Sheet) -> None:
    """Values below a merged range's top-left cell are shown nowhere: a leftover must not be read."""
    if not content.merges:
        return
    numbers, widest = sorted(content.rows), max(map(len, content.rows.values()), default=0)
    room = max(MERGED_CELLS, len(numbers) * widest)  # ranges that do not overlap cover no more
    for top, left, bottom, right in content.merges:
        inside = numbers[bisect_left(numbers, top) : bisect_right(numbers, bottom)]
        room -= 1 + len(inside) * max(0, min(right + 1, widest) - left)
        if room < 0:
            raise UnreadableFile("too_large", "合并单元格相互重叠或过多")
        for r in inside:
            line = content.rows[r]
            for c in range(left, min(right + 1, len(line))):
                if (r, c) != (top, left):
                    line[c] = None
                    content.open_formulas.pop((r, c), None)
                    content.marks.pop((r, c), None)


def _extent(content: Sheet) -> tuple[int, int]:
    """Rows and columns up to the last cell that shows something or carries a comment or open formula."""
    height = width = 0
    for r, line in content.rows.items():
        for c in range(len(line) - 1, -1, -1):
            value = line[c]
            if value is not None and not (isinstance(value, str) and not value.strip()):
                height, width = max(height, r + 1), max(width, c + 1)
                break
    telling = [at for at, mark in content.marks.items() if mark.comment or mark.problem or mark.runs]
    for r, c in (*content.open_formulas, *telling):
        height, width = max(height, r + 1), max(width, c + 1)
    return height, width


def _rectangle(rows: Mapping[int, list[RawValue]], height: int, width: int) -> list[list[RawValue]]:
    blank: list[RawValue] = [None] * width  # shared: a sheet may have a million blank rows
    rectangle = []
    for r in range(height):
        line = rows.get(r)
        if line is None:
            rectangle.append(blank)
        elif len(line) == width:
            rectangle.append(line)
        else:
            rectangle.append(line[:width] + [None] * (width - len(line)))
    return rectangle


def _fill_sums(rows: list[list[RawValue]], content: Sheet) -> None:
    errors = {at for at, mark in content.marks.items() if mark.problem.startswith("#")}
    _check_stored_sums(rows, content, errors)
    if not content.open_formulas:
        return
    worked_out = work_out(rows, content.open_formulas, errors)
    for (r, c), formula in content.open_formulas.items():
        value, stored = worked_out.get((r, c)), rows[r][c]
        if stored is not None and value in (None, stored) or stored is None and shows_nothing(rows, formula):
            continue
        content.mark(r, c, problem="uncached" if value is None else "computed", formula=formula)
        if value is not None:
            rows[r] = [*rows[r][:c], value, *rows[r][c + 1 :]]


def _check_stored_sums(rows: list[list[RawValue]], content: Sheet, errors: set[tuple[int, int]]) -> None:
    """Mark the plain sums whose stored result is not what their cells give now, or that add up an error."""
    formulas: dict[tuple[int, int], str] = {}
    stored: dict[tuple[int, int], int | float] = {}
    for (r, c), mark in content.marks.items():
        if mark.formula and not mark.problem and (r, c) not in content.open_formulas and r < len(rows):
            value = rows[r][c] if c < len(rows[r]) else None
            if isinstance(value, int | float) and not isinstance(value, bool):
                formulas[r, c], stored[r, c] = mark.formula, value
    if not formulas or len(formulas) > _CHECKED_SUMS:
        return
    worked_out = work_out(rows, formulas, errors)
    for (r, c), formula in formulas.items():
        value = worked_out.get((r, c))
        if value is None:
            is_stale = bool(errors and cells_of(formula) & errors)
        else:
            is_stale = not isclose(stored[r, c], value, rel_tol=1e-9, abs_tol=1e-9)
        if is_stale:
            content.mark(r, c, problem="stale")


def _clipped(span: Span, height: int, width: int) -> Span | None:
    if span.top >= height or span.left >= width:
        return None
    clipped = Span(span.top, span.left, min(span.bottom, height - 1), min(span.right, width - 1))
    return clipped if clipped[:2] != clipped[2:] else None

"""Where a form's header stands in a grid, and which column holds which field."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from tally.declare import Form
from tally.locate.column_labels import field_of
from tally.locate.header_rows import extent
from tally.locate.labels import names_of, parse
from tally.locate.view import View
from tally.model import Column

ENOUGH = 3  # fewer columns known than this is no header


@dataclass(frozen=True, slots=True)
class Header:
    """A header found: `first`..`last` are grid rows (number rows included), `left`..`right` its columns."""

    form: Form
    first: int
    last: int
    left: int
    right: int
    columns: tuple[Column, ...]
    guessed: tuple[Column, ...] = ()  # told by resemblance only
    doubled: tuple[Column, ...] = ()  # a second column of a field that has one
    other_scope: tuple[Column, ...] = ()  # 本期 beside a field's 累计, or the other way round
    unknown: tuple[tuple[int, str], ...] = ()  # (column, label) that is no field of the form


def find_headers(view: View, forms: Sequence[Form], favoured: str = "") -> list[Header]:
    """All headers in the grid, top to bottom, left to right. `favoured`: the form that a sheet's name suggests."""
    vocabulary = frozenset(core for f in forms for core in names_of(f).fields)
    headers: list[Header] = []
    for row in range(view.height):
        known = _known(view, row, vocabulary)
        if len(known) < 2:
            continue
        free = [
            c
            for c in range(view.width)
            if not any(h.first <= row <= h.last and h.left <= c <= h.right for h in headers)
        ]
        if sum(c in free for c in known) >= 2:
            headers += _at(view, row, free, forms, vocabulary, favoured)
    return headers


def _known(view: View, row: int, vocabulary: frozenset[str]) -> list[int]:
    """The columns whose own cell in `row` holds a label of some form."""
    return [
        c
        for c, v in enumerate(view.grid.rows[row])
        if isinstance(v, str) and len(v) < 60 and parse(v).core in vocabulary
    ]


def _at(
    view: View, anchor: int, free: list[int], forms: Sequence[Form], vocabulary: frozenset[str], favoured: str
) -> list[Header]:
    """The headers whose labels stand around row `anchor` in the columns `free`, several if forms stand side by side.

    Columns are first taken apart where a whole column is empty: a form beside another has a header of its own depth.
    Where the parts only make one form together (a column left empty in its midst), they are read as one.
    """
    parts = [list(_in_columns(view, anchor, part, forms, vocabulary, favoured)) for part in _apart(view, anchor, free)]
    found = [h for part in parts for h in part]
    if len(parts) == 1:
        return found
    whole = list(_in_columns(view, anchor, free, forms, vocabulary, favoured))
    return whole if len(whole) == 1 and not whole[0].doubled and _more(whole, found) else found


def _more(whole: list[Header], parts: list[Header]) -> bool:
    """True if the parts are pieces of the one header: it knows every field that they know, and more than each."""
    pieces = [{c.field for c in h.columns} for h in parts if h.form is whole[0].form]
    one_form = len(pieces) == len(parts)
    return one_form and all(len(p) < len(whole[0].columns) for p in pieces)


def _apart(view: View, anchor: int, free: list[int]) -> list[list[int]]:
    """`free` cut at columns that hold nothing in the rows around `anchor`."""
    rows = range(max(0, anchor - 1), min(view.height, anchor + 12))
    parts: list[list[int]] = [[]]
    for c in free:
        empty = not any(view.text(r, c) for r in rows)
        gap = parts[-1] and c != parts[-1][-1] + 1
        if empty or gap:
            parts.append([])
        if not empty:
            parts[-1].append(c)
    return [p for p in parts if p]


def _in_columns(
    view: View, anchor: int, pool: list[int], forms: Sequence[Form], vocabulary: frozenset[str], favoured: str
) -> Iterator[Header]:
    while len(pool) >= ENOUGH:
        best = _best(view, anchor, pool, forms, vocabulary, favoured)
        if best is None:
            return
        own = [c for c in pool if best.left <= c <= best.right]
        rest = _longest_side(pool, best)
        # Beside another form the rows of a header are told again from its own columns alone.
        best = (_best(view, anchor, own, [best.form], vocabulary, favoured) or best) if rest else best
        yield best
        pool = rest


def _best(
    view: View, anchor: int, pool: list[int], forms: Sequence[Form], vocabulary: frozenset[str], favoured: str
) -> Header | None:
    first, last = extent(view, anchor, pool, vocabulary)
    lines = range(max(0, first - 6), first)
    title = "".join(view.text(r, c) for r in lines for c in range(view.width) if view.own(r, c) is not None)
    labelled = [c for c in pool if any(view.text(r, c) for r in range(first, last + 1))]
    found = [h for f in forms if (h := _match(view, f, first, last, labelled))]
    return max(found, key=lambda h: _score(h, title, favoured), default=None)


def _longest_side(pool: list[int], header: Header) -> list[int]:
    right = [c for c in pool if c > header.right]
    left = [c for c in pool if c < header.left]
    return right if len(right) >= len(left) else left


def _score(header: Header, title: str, favoured: str) -> float:
    titled = (
        any(parse(t).core in parse(title).core for t in (header.form.title, *header.form.aliases)) if title else False
    )
    share = len(header.columns) / len(header.form.fields)
    return len(header.columns) + 4 * titled + 2 * (header.form.name == favoured) + share


def _match(view: View, form: Form, first: int, last: int, pool: list[int]) -> Header | None:
    names = names_of(form)
    placed = [(c, *field_of(view, names, first, last, c)) for c in pool]
    certain = {name for _, name, _, _, sure, _ in placed if name and sure}
    placed = [
        (c, "" if not sure and name in certain else name, *rest) for c, name, *rest in placed for sure in (rest[2],)
    ]
    right_edge = _cut_at_second_table([(c, (name, scope) if name else None) for c, name, *_, scope in placed])
    chosen: dict[str, Column] = {}
    scopes: dict[str, str] = {}
    doubled, guessed, unknown, other = [], [], [], []
    for c, name, label, unit, sure, scope in placed:
        if c >= right_edge:
            continue
        column = Column(name, c, label, unit)
        if not name:
            unknown.append((c, label))
        elif name in chosen:
            previous, apart = chosen[name], {scope, scopes[name]} == {"period", "to date"}
            if _prefer(form, name, scope):
                chosen[name], column, scopes[name] = column, previous, scope
            (other if apart else doubled).append(column)
        else:
            chosen[name], scopes[name] = column, scope
            if not sure:
                guessed.append(column)
    if len(chosen) < ENOUGH:
        return None
    columns = tuple(sorted(chosen.values(), key=lambda c: c.col))
    left, right = _range(view, form, columns, first, [c for c in pool if c < right_edge])
    header = Header(form, first, last, left, right, columns, tuple(guessed), tuple(doubled), tuple(other))
    return replace(header, unknown=tuple(u for u in unknown if left <= u[0] <= right))


def _prefer(form: Form, name: str, scope: str) -> bool:
    """Of a 本期 and a 累计 column, the one that the form's declaration asks for."""
    cumulative = form.field(name).cumulative
    return scope == ("to date" if cumulative else "period")


def _cut_at_second_table(placed: list[tuple[int, tuple[str, str] | None]]) -> int:
    """The column where a second table of the same form begins: three fields in a row that came before.

    A field comes with its scope: all fields of 本期 and then all of 累计 are one table.
    """
    seen: set[tuple[str, str]] = set()
    again: list[int] = []
    for c, name in placed:
        if name and name in seen:
            again.append(c)
        elif name:
            seen.add(name)
            if len(again) < ENOUGH:
                again = []
    return again[0] if len(again) >= ENOUGH else 10**9


def _range(view: View, form: Form, columns: tuple[Column, ...], first: int, pool: list[int]) -> tuple[int, int]:
    """The table's columns: those matched, labelled neighbours without a gap, and a matrix's label column."""
    left, right = columns[0].col, columns[-1].col
    while right + 1 in pool and (right + 1 == pool[-1] or not _other_table(view, first, right + 1)):
        right += 1
    while left - 1 in pool:
        left -= 1
    if form.layout == "matrix" and left == columns[0].col and left > 0:
        left -= 1
    return left, right


def _other_table(view: View, first: int, col: int) -> bool:
    return parse(str(view.raw(first, col) or "")).core in ("序号", "查办案件情况", "编号")

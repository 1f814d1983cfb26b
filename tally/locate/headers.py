"""Where a form's header stands in a grid, and which column holds which field."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from tally.declare import Form, Period
from tally.locate.column_labels import Heading, heading_of, labels_over
from tally.locate.header_rows import extent, number_rows
from tally.locate.labels import completes, names_of, parse
from tally.locate.neighbours import without_neighbours
from tally.locate.sub_columns import select
from tally.locate.view import View
from tally.model import Column
from tally.writing.characters import narrow

ENOUGH = 3  # fewer columns known than this is no header
BESIDE, WIDEST = 16, 2_000  # tables that stand side by side, and the columns in which they are looked for
TRIED = 1_000  # rows of a sheet that read like a header: a city's sheet of all its units has some dozens


@dataclass(frozen=True)
class Header:
    """A header found: `first`..`last` are grid rows (number rows included), `left`..`right` its columns."""

    form: Form
    first: int
    last: int
    left: int
    right: int
    columns: tuple[Column, ...]
    headings: tuple[Heading, ...] = ()  # what stands over each column, those of no field too
    guessed: tuple[Column, ...] = ()  # told by resemblance only
    left_out: tuple[tuple[Heading, str], ...] = ()  # columns of a field that are not read, with the kind of finding
    added: tuple[Column, ...] = ()  # read as the sum of several columns
    unknown: tuple[tuple[int, str], ...] = ()  # (column, label) that is no field of the form
    beside: frozenset[int] = frozenset()  # columns of other tables on the left or right

    @property
    def doubled(self) -> bool:
        return any(kind == "form.duplicate_column" for _, kind in self.left_out)

    @cached_property
    def by_col(self) -> dict[int, str]:
        """The field that is read from each column."""
        fields = {part.col: c.field for c in self.columns for part in c.parts}
        return fields | {c.col: c.field for c in self.columns}

    def line(self, view: View, row: int) -> list[int]:
        """The filled cells of a grid row, those of tables beside left out."""
        return view.filled(row, (c for c in range(view.width) if c not in self.beside))

    @cached_property
    def taken(self) -> frozenset[int]:
        """The columns that a field is read from."""
        return frozenset(self.by_col)


@dataclass(frozen=True)
class Search:
    """What a grid is searched for: the forms, their vocabulary, the form that a sheet's name suggests, the period."""

    forms: Sequence[Form]
    favoured: str = ""
    period: Period | None = None

    @cached_property
    def vocabulary(self) -> frozenset[str]:
        return frozenset(core for f in self.forms for core in names_of(f).fields)

    @cached_property
    def beginnings(self) -> frozenset[str]:
        return frozenset(core[:2] for core in self.vocabulary if len(core) > 2)


def find_headers(view: View, search: Search) -> list[Header]:
    """All headers in the grid, top to bottom, left to right; what stands behind `TRIED` rows like one is read with the last."""
    headers, tried = list[Header](), 0
    fewest = min(2, *(enough(form) for form in search.forms)) if search.forms else 2
    for row in range(view.height):
        known = _known(view, row, search)
        if len(known) < fewest:
            continue
        if (tried := tried + 1) > TRIED:
            break
        taken = {c for h in headers if h.first <= row <= h.last for c in range(h.left, h.right + 1)}
        free = [c for c in range(min(view.width, WIDEST)) if c not in taken]
        if sum(c not in taken for c in known) >= fewest:
            headers += _at(view, row, free, search)
    return [replace(h, beside=_beside(h, headers)) for h in headers]


def _beside(header: Header, headers: Sequence[Header]) -> frozenset[int]:
    """The columns of the tables that lie left or right of one."""
    others = [h for h in headers if h.left > header.right or h.right < header.left]
    return frozenset(c for h in others for c in range(h.left, h.right + 1))


def _known(view: View, row: int, search: Search) -> list[int]:
    """The columns whose own cell in `row` holds a label of some form, or the first half of one."""
    return [
        c
        for c, v in enumerate(view.grid.rows[row])
        if isinstance(v, str) and len(v) < 60 and (parse(v).core in search.vocabulary or _begins(view, row, c, search))
    ]


def _begins(view: View, row: int, col: int, search: Search) -> bool:
    """True if the cell below completes the label that begins here; most cells begin like no label at all."""
    text = view.text(row, col)
    if text[:2] not in search.beginnings or row + 1 >= view.height:
        return False
    below = view.own(row + 1, col)
    return isinstance(below, str) and len(below) < 60 and completes(text, narrow(below), search.vocabulary)


def _at(view: View, anchor: int, free: list[int], search: Search) -> list[Header]:
    """The headers whose labels stand around row `anchor` in the columns `free`, several if forms stand side by side.

    Columns are first taken apart where a whole column is empty: a form beside another has a header of its own depth.
    Where the parts only make one form together (a column left empty in its midst), they are read as one.
    """
    parts = _apart(view, anchor, free)[:BESIDE]
    headers = [h for part in parts for h in _in_columns(view, anchor, part, search)]
    if len(parts) == 1:
        return headers
    whole = _in_columns(view, anchor, free, search)
    return whole if len(whole) == 1 and not whole[0].doubled and _more(whole, headers) else headers


def _more(whole: list[Header], parts: list[Header]) -> bool:
    """True if the parts are pieces of the one header: it knows every field that they know, and more than each."""
    one_form = all(h.form is whole[0].form for h in parts)
    return one_form and all(len(h.columns) < len(whole[0].columns) for h in parts)


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


def _in_columns(view: View, anchor: int, pool: list[int], search: Search) -> list[Header]:
    """The headers in these columns, left to right; beside another form a header's rows are told again from its own columns."""
    headers, pools = list[Header](), [pool]
    fewest = min(map(enough, search.forms), default=ENOUGH)
    while pools and len(headers) < BESIDE:
        columns = pools.pop()
        best = _best(view, anchor, columns, search) if len(columns) >= fewest else None
        if best is not None:
            left, right = [c for c in columns if c < best.left], [c for c in columns if c > best.right]
            own = [c for c in columns if best.left <= c <= best.right]
            alone = _best(view, anchor, own, replace(search, forms=[best.form])) if left or right else None
            headers.append(alone or best)
            pools += [right, left]
    return sorted(headers, key=lambda h: h.left)


def _best(view: View, anchor: int, pool: list[int], search: Search) -> Header | None:
    first, last = extent(view, anchor, pool, search.vocabulary)
    above = ((r, c) for r in range(max(0, first - 6), first) for c in range(view.width))
    title = "".join(view.text(r, c) for r, c in above if view.own(r, c) is not None)
    labelled = [c for c in pool if _labelled(view, first, last, c)]
    over = _over(view, first, last, labelled)
    matches = [_match(view, f, first, last, over, search.period) for f in search.forms]
    headers = [h for h in matches if h is not None and (len(h.form.fields) >= ENOUGH or _titled(h.form, title, view))]
    best = max(headers, key=lambda h: _score(h, title, search.favoured), default=None)
    if best is None or len(headers) == 1:
        return best
    others = [(h.form, h.headings) for h in headers if h is not best]
    free = without_neighbours(best.taken, labelled, others)
    if free == labelled:
        return best
    return _match(view, best.form, first, last, _over(view, first, last, free), search.period) or best


def _over(view: View, first: int, last: int, pool: list[int]) -> dict[int, tuple[str, ...]]:
    """The labels over each column."""
    numbered = number_rows(view, first, last, pool)
    return {col: labels_over(view, first, last, col, numbered) for col in pool}


def _labelled(view: View, first: int, last: int, col: int) -> bool:
    return any(view.text(row, col) for row in range(first, last + 1))


def _score(header: Header, title: str, favoured: str) -> float:
    titled = bool(title) and _named(header.form, title)
    share = len(header.columns) / len(header.form.fields)
    return len(header.columns) + 4 * titled + 2 * (header.form.name == favoured) + share


def _named(form: Form, text: str) -> bool:
    return any(parse(t).core in parse(text).core for t in (form.title, *form.aliases))


def _titled(form: Form, title: str, view: View) -> bool:
    """Whether a form of one or two columns is named above its table: so few labels alone tell no form."""
    return _named(form, title) or any(_named(form, text) for text in view.grid.before)


def enough(form: Form) -> int:
    """So many of a form's columns make a header of it: all, of a form that has but one or two."""
    return min(ENOUGH, len(form.fields))


def _match(
    view: View, form: Form, first: int, last: int, over: Mapping[int, tuple[str, ...]], period: Period | None
) -> Header | None:
    """The header of `form` in the rows `first` to `last`, None if too few of its fields are there; `over`: column -> labels."""
    names = names_of(form)
    labelled = [heading_of(names, col, chain) for col, chain in over.items()]
    headings = _before_second_table(_certain(_in_company(labelled)))
    by_field: dict[str, list[Heading]] = {}
    for heading in headings:
        by_field.setdefault(heading.field, []).append(heading)
    unknown = by_field.pop("", [])
    if len(by_field) < enough(form):
        return None
    selections = [select(form.field(name), same, period) for name, same in by_field.items()]
    columns = tuple(sorted((s.column for s in selections), key=lambda c: c.col))
    guessed = {h.col for h in headings if not h.outright}
    left_out = [pair for s in selections for pair in s.left_out]
    edge = max(h.col for h in headings) + 1
    left, right = _range(view, form, headings, first, [c for c in over if c < edge])
    return Header(
        form=form,
        first=first,
        last=last,
        left=left,
        right=right,
        columns=columns,
        headings=tuple(h for h in headings if left <= h.col <= right),
        guessed=tuple(c for c in columns if c.col in guessed),
        left_out=tuple(left_out),
        added=tuple(s.column for s in selections if s.added),
        unknown=tuple((h.col, h.label) for h in unknown if left <= h.col <= right),
    )


def _in_company(headings: Sequence[Heading]) -> list[Heading]:
    """Without fields told by one choice alone: 合格 heads a column beside 不合格, by itself it is what a record says."""
    choices: dict[str, set[str]] = {}
    for heading in headings:
        if heading.lone:
            choices.setdefault(heading.field, set()).update(heading.remarks)
    alone = {name for name, words in choices.items() if len(words) < 2}
    return [replace(h, field="", lone=False) if h.lone and h.field in alone else h for h in headings]


def _certain(headings: Sequence[Heading]) -> list[Heading]:
    """Without fields that are told by resemblance only where another column names them outright."""
    certain = {h.field for h in headings if h.outright}
    return [h if h.outright or h.field not in certain else h.instead or replace(h, field="") for h in headings]


def _before_second_table(headings: Sequence[Heading]) -> list[Heading]:
    """The headings before the column where a second table of the same form begins: three fields in a row that came before.

    A field comes with what is said beside it: all fields of 本期 and then all of 累计 are one table.
    """
    seen: set[tuple[str, tuple[str, ...]]] = set()
    again: list[int] = []
    for at, heading in enumerate(headings):
        name = (heading.field, heading.words)
        if heading.field and name in seen:
            again.append(at)
            if len(again) >= ENOUGH:
                return list(headings[: again[0]])
        elif heading.field:
            seen.add(name)
            again = []
    return list(headings)


def _range(view: View, form: Form, headings: Sequence[Heading], first: int, pool: list[int]) -> tuple[int, int]:
    """The table's columns: those matched, labelled neighbours without a gap, and a matrix's label column."""
    matched = [h.col for h in headings if h.field]
    left, right = min(matched), max(matched)
    while right + 1 in pool and (right + 1 == pool[-1] or not _other_table(view, first, right + 1)):
        right += 1
    while left - 1 in pool:
        left -= 1
    if form.layout == "matrix" and left == min(matched) and left > 0:
        left -= 1
    return left, right


def _other_table(view: View, first: int, col: int) -> bool:
    return parse(str(view.raw(first, col) or "")).core in ("序号", "编号")

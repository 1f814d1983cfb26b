"""Closing a sheet's ledger: headings and columns are booked, and what nothing consumed becomes findings, one for one cause."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from tally.clean.units import factor
from tally.declare import Field, Form, Period
from tally.locate.above import kind_of_line
from tally.locate.body import Body, Reporter
from tally.locate.columns import unheaded
from tally.locate.context import measures_in
from tally.locate.extra_columns import Purpose, purpose_of
from tally.locate.guidance import beyond_ours
from tally.locate.headers import Header
from tally.locate.imprint import is_reference
from tally.locate.ledger import Ledger
from tally.locate.lines import note_corrects, takes_back
from tally.locate.notes import may_change, qualifiers_in
from tally.locate.view import View
from tally.model import INK_KINDS, Finding, Ink
from tally.writing.characters import narrow

_ADDRESS = re.compile(r"([A-Z]{1,3})(\d+)")
# Ink that says something of the sheet as a whole: its words are read with the lines above the table.
_AROUND = frozenset(("page header", "page footer", "comment", "footnote", "endnote"))
_PAGE = frozenset(("page header", "page footer"))
_OF_THEIR_OWN = frozenset(
    ("condition", "inserted", "zeros", "cut", "prompt")
)  # was read: what is said is what may be wrong with it


_BOOKS: dict[Purpose, str] = {
    "labels": "field",
    "number": "numbered ahead",
    "nothing": "unknown column",
    "measure": "measure",
    "unit": "reporting unit",
    "place": "unknown column",
    "check": "unknown column",
    "unknown": "unknown column",
}


@dataclass(frozen=True, slots=True)
class Placed:
    """A header with what was read below it, the first grid row of the lines above it, and its title as written."""

    header: Header
    body: Body
    above: int = 0
    title: str = ""
    moved: bool = False  # some heading stood beside its figures


def book_table(ledger: Ledger, placed: Placed) -> None:
    """Books a table's header cells, and the columns that are not read, over its records' rows."""
    header, body = placed.header, placed.body
    fields = header.taken
    left_out = frozenset(h.col for h, _ in header.left_out) - fields
    extra = {col: _BOOKS[purpose_of(ledger.view, header, body, col)] for col, _ in header.unknown}
    labels = frozenset(col for col, by in extra.items() if by == "field")
    unknown = extra.keys() - fields - left_out - labels
    for row in range(header.first, header.last + 1):
        ledger.book("field", row, fields | labels)
        ledger.book("left out", row, left_out)
        for col in unknown:
            ledger.book(extra[col], row, (col,))
        ledger.book("heading", row, range(header.left, header.right + 1))
    rows = body.read
    for row in rows if placed.moved else ():
        ledger.book("value", row, fields)
    for row in rows if left_out else ():
        ledger.book("left out", row, left_out)
    for row in rows:
        for col in unknown:
            ledger.book(extra[col], row, (col,))


def close(view: View, ledger: Ledger, tables: Sequence[Placed], period: Period | None = None) -> list[list[Finding]]:
    """The findings of the rest, table by table; what belongs to none is told with the first."""
    findings: list[list[Finding]] = [[] for _ in tables]
    rest = list(ledger.rest())
    ranges = {c for t in tables for c in range(t.header.left, t.header.right + 1)}
    handled: set[int] = set()
    for at, placed in enumerate(tables):
        findings[at] += unheaded(view, placed.header, placed.body, rest)
        findings[at] += _beside(view, placed, rest, ranges, handled, ledger)
    records = {row for t in tables for _, row in t.body.rows}
    report = Reporter(view, tables[0].header.form)
    for row, cols in rest:
        apart = [c for c in cols if c not in handled and not (row and is_reference(str(view.raw(row - 1, c))))]
        if apart and row not in records:
            ledger.book("said", row, apart)
            findings[0].append(_outside(view, report, row, apart))
    for ink in view.grid.ink:
        if ink.kind in _PAGE and _is_line(ink, tables[0].header.form):
            continue
        if ink.kind == "prompt" and not _prompts_otherwise(ink, tables):
            continue
        at = next((i for i, t in enumerate(tables) if (p := _position(ink)) and _holds(t, p)), 0)
        findings[at].append(_of_ink(view, tables[at], ink, period))
    return findings


def _beside(
    view: View,
    placed: Placed,
    rest: Sequence[tuple[int, list[int]]],
    ranges: set[int],
    handled: set[int],
    ledger: Ledger,
) -> Iterator[Finding]:
    """Figures and words in the records' rows, outside this table and every other; one finding a column."""
    header, report = placed.header, Reporter(view, placed.header.form)
    above = max(header.first - 1, 0)
    records = {row for _, row in placed.body.rows}
    by_col: dict[int, list[int]] = {}
    for row, cols in rest:
        for col in cols if row in records else ():
            if col not in ranges:
                by_col.setdefault(col, []).append(row)
    for col, rows in by_col.items():
        handled.add(col)
        if is_reference(str(view.raw(above, col))):
            continue
        texts = [view.text(row, col) for row in rows]
        if texts == [str(i + 1) for i in range(len(texts))] and col < header.left:
            if seq := _unheaded_seq(header):
                yield report("form.seq_unheaded", rows[0], col, field=seq.name, label=seq.label)
            continue  # a running number without a header of its own
        figures = any(ch.isdigit() for text in texts for ch in text)
        more = f"等 {len(rows)} 处" if len(rows) > 1 else ""
        doubted = figures or any(map(takes_back, texts))
        kind = "form.beside_table" if doubted else "form.beside_table/words"
        for row in rows:
            ledger.book("beside", row, (col,))
        yield report(kind, rows[0], col, found="；".join(texts)[:200], text=texts[0][:60], more=more)


def _unheaded_seq(header: Header) -> Field | None:
    """The form's running number where no heading names it."""
    headed = {c.field for c in header.columns}
    return next((f for f in header.form.fields if f.kind == "seq" and f.name not in headed), None)


def _outside(view: View, report: Reporter, row: int, cols: Sequence[int]) -> Finding:
    """A line that lies apart from every table."""
    text = " ".join(view.text(row, c) for c in cols)
    kind = "form.figures_outside" if any(ch.isdigit() for ch in text) else "form.words_above"
    return report(kind, row, cols[0], found=text[:200], text=text[:80])


def _is_line(ink: Ink, form: Form) -> bool:
    """Whether what a page's header or footer says was read, or asked about, as a line above or below the table."""
    lines = [line for line in ink.text.split("\n") if line.strip()]
    return all(
        kind_of_line(line, form, "") or qualifiers_in(line, form) or note_corrects("".join(line.split()))
        for line in lines
    )


def _prompts_otherwise(ink: Ink, tables: Sequence[Placed]) -> bool:
    """Whether what is shown while a cell is filled in asks for another unit of measure, or another figure, than the form does."""
    forms = {t.header.form.name: t.header.form for t in tables}
    words = next((w for f in forms.values() if (w := beyond_ours(ink.text, f)) != ink.text), ink.text)
    at = _position(ink)
    fields = [t.header.form.field(t.header.by_col[at[1]]) for t in tables if at and at[1] in t.header.by_col]
    other = any(factor(unit, f.unit) != 1 for f in fields if f.unit for unit in measures_in(narrow(words)))
    return other or any(qualifiers_in(words, form) for form in forms.values())


def _position(ink: Ink) -> tuple[int, int] | None:
    match = _ADDRESS.fullmatch(ink.cell)
    if match is None:
        return None
    col = 0
    for letter in match[1]:
        col = col * 26 + ord(letter) - 64
    return int(match[2]) - 1, col - 1


def _holds(placed: Placed, at: tuple[int, int]) -> bool:
    """True if a grid row and column are those of one of the table's figures."""
    return at[0] in {row for _, row in placed.body.rows} and at[1] in placed.header.by_col


def _of_ink(view: View, placed: Placed, ink: Ink, period: Period | None) -> Finding:
    """What lies over a cell of the table may be its figure; what lies elsewhere may say something of it."""
    report, what = Reporter(view, placed.header.form), INK_KINDS.get(ink.kind, ink.kind)
    text = f"：“{ink.text[:80]}”" if ink.text.strip() else ""
    at = _position(ink)
    if ink.kind in _OF_THEIR_OWN:
        row, col = at or (None, 0)
        return report(f"form.ink/{ink.kind}", row, col, found=ink.text[:200], what=what, text=ink.text[:80])
    if at is not None and _holds(placed, at):
        row, col = at
        key = next(k for k, r in placed.body.rows if r == row)
        field = placed.header.by_col[col]
        kind = "form.ink" if view.text(row, col) else "form.ink/blank"
        return report(kind, row, col, found=ink.text[:200], row=key, field=field, what=what, text=text)
    telling = may_change(ink.text, placed.header.form, period) or (not ink.text.strip() and ink.kind not in _AROUND)
    kind = "form.ink" if telling else "form.ink/note"
    return report(kind, at[0] if at else None, at[1] if at else 0, found=ink.text[:200], what=what, text=text)

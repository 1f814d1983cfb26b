"""Looks and comments of cells that hold no figure: a heading struck through, a label in white, a title shown as another.

What stands in such a cell says what the figures are; it is read as it is stored, and asked about where the page shows
something else. (The cells of records are looked at as they are read.)
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime

from tally.clean.dates import date_in
from tally.declare import Period
from tally.locate.body import Reporter
from tally.locate.closing import Placed
from tally.locate.guidance import beyond_ours
from tally.locate.imprint import is_reference, own_words
from tally.locate.notes import may_change
from tally.locate.view import View
from tally.model import OVERRUN, Finding, Mark, RawValue
from tally.writing.characters import narrow


def marked_words(view: View, tables: Sequence[Placed], period: Period | None) -> Iterator[Finding]:
    """What is to be said of the marked cells of a sheet that no record is read from."""
    if not view.grid.marks:
        return
    report, read = Reporter(view, tables[0].header.form), _read(tables)
    struck_rows = {row for (row, col), mark in view.grid.marks.items() if mark.struck and (row, col) in read}
    struck_rows.update(row for placed in tables for row in placed.body.struck)
    for (row, col), mark in sorted(view.grid.marks.items()):
        if (row, col) in read or row >= view.height or is_reference(view.text(row, col)):
            continue
        if comment := beyond_ours(own_words(mark.comment), report.form):
            kind = "form.comment" if may_change(comment, report.form, period) else "form.comment/note"
            yield report(kind, row, col, found=comment[:200], text=comment[:80])
        yield from _of_look(view, report, row, col, mark, row in struck_rows)
        if mark.struck:
            struck_rows.add(row)  # one line struck through is one thing to ask about


def _read(tables: Sequence[Placed]) -> frozenset[tuple[int, int]]:
    """The cells that are read as values of records."""
    cells: set[tuple[int, int]] = set()
    for placed in tables:
        cells.update((row, col) for row in placed.body.read for col in placed.header.by_col)
    return frozenset(cells)


def _of_look(view: View, report: Reporter, row: int, col: int, mark: Mark, with_row: bool) -> Iterator[Finding]:
    value, text = view.own(row, col), view.text(row, col)
    if value is None or not text:
        return
    words = {"found": text[:200], "text": text[:60]}
    if mark.problem == OVERRUN:
        yield report("form.overrun_words", row, col, **words)
    elif mark.struck and not with_row:
        yield report("form.struck_words", row, col, **words)
    elif mark.unseen:
        yield report("form.unseen_words", row, col, **words)
    elif mark.shown is not None and _shows_another(value, mark.shown):
        yield report("form.shown_words", row, col, shown=mark.shown.strip()[:60], **words)


def _shows_another(value: RawValue, shown: str) -> bool:
    """Whether the page shows another text, or another day, than is stored."""
    if isinstance(value, str):
        return narrow(shown) != narrow(value)
    day = date_in(narrow(shown))
    return day is not None and (not isinstance(value, datetime) or day != value.date())

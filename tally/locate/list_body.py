"""The records of a list below its header, and every other line there by its name: none with ink in it goes uncounted."""

from __future__ import annotations

from dataclasses import dataclass, field

from tally.declare import Period
from tally.locate.body import Body, Reporter
from tally.locate.counts import says_counts
from tally.locate.fitting import misfits
from tally.locate.headers import Header
from tally.locate.ledger import Ledger
from tally.locate.lines import (
    EXAMPLE_WORD,
    Line,
    classify,
    denies,
    goes_on,
    is_firm_like,
    is_numbered,
    is_said_otherwise,
    is_section,
    number_of,
    says_more,
)
from tally.locate.list_headings import bare_heading, gathers, heads_group, is_plain
from tally.locate.notes import take_note
from tally.locate.places import names_place
from tally.locate.prefilled import prefilled_again, take_prefilled
from tally.locate.sums import counts_group
from tally.locate.view import View
from tally.model import Place
from tally.writing.characters import narrow
from tally.writing.nothing import NOTHING

_SILENT = NOTHING | frozenset('同″〃"√')  # one character that a cell of 序号 may hold and say nothing
_BOOKS: dict[Line, str] = {
    "note": "note",
    "total": "total",
    "subtotal": "subtotal",
    "example": "example",
    "numbers": "column number",
    "zero": "zero report",
    "blank": "numbered ahead",
}


@dataclass
class _Reader:
    """Reads one list down from its header."""

    view: View
    header: Header
    ledger: Ledger
    period: Period | None
    body: Body = field(default_factory=Body)
    after_note: str = ""  # the line of text that stands above the next record
    heading: tuple[int, int, str] | None = None  # the row, column and text of a heading that no record followed yet
    owner: Place | None = None  # the line above the records that names a unit or a part of one
    unchanged: tuple[int, int, str] | None = None  # the row, column and text of a line that says 无新增, 同上月

    def __post_init__(self) -> None:
        form = self.header.form
        self.report = Reporter(self.view, form)
        self.required = frozenset(f.name for f in form.fields if f.required)
        self.keys = self.required or frozenset(form.key)
        self.span = range(self.header.left, self.header.right + 1)
        self.by_col = self.header.by_col
        names = {f.name for f in form.fields if f.name in self.keys and f.kind == "text"}
        self.name_cols = [col for col, name in self.by_col.items() if name in names]
        self.key_cols = [col for col, name in self.by_col.items() if name in self.keys or name == "seq"]
        self.seq_col = next((c.col for c in self.header.columns if c.field == "seq"), None)
        self.struck = frozenset(at for at, mark in self.view.grid.marks.items() if mark.struck or mark.crossed > 1)
        self.taken = self.header.taken

    def read(self, end: int) -> Body:
        for row in range(self.header.last + 1, end):
            if self._goes_on(row):
                self._continue(row)
                continue
            line = classify(self.view, row, self.header, self.required)
            if line in ("example", "total", "subtotal") and self._is_record_after_all(row):
                line = "record"
            if line == "record":
                self._record(row)
            else:
                self._other(row, line)
        take_prefilled(self.view, self.header, self.body, self.report)
        if self.unchanged is not None and not self.body.rows:
            at, col, text = self.unchanged
            self._say("form.list_unchanged", at, col, found=text[:200], text=text[:40])
        if self.body.rows and self.body.denials:
            self._say("returns.zero_and_rows", self.body.denials[0], self.header.left)
        return self.body

    def _say(self, kind: str, at: int, col: int, **words: str) -> None:
        self.body.findings.append(self.report(kind, at, col, **words))

    def _first(self, row: int) -> int:
        return next(iter(self.view.filled(row, self.span)), self.header.left)

    def _record(self, row: int) -> None:
        if self.struck and all((row, c) in self.struck for c in self.view.filled(row, self.span)):
            self.ledger.book("struck", row, self.span)
            self._say("form.struck_row", row, self.header.left)
            self.body.struck.append(row)
            return
        if self.after_note:
            self._say("form.below_note", row, self.header.left, text=self.after_note[:40])
            self.after_note = ""
        if self.heading is not None:
            self._below_heading(row, *self.heading)
            self.heading = None
        self.ledger.book("value", row, self.taken)
        self.body.rows.append((str(len(self.body.rows) + 1), row))
        if self.owner is not None:
            self.body.owners[row] = self.owner
        number = str(len(self.body.rows))
        if row in self.view.grid.hidden_rows:
            self._say("form.hidden_row/list", row, self.header.left, row=number)
        self._look_at_seq(row, number)
        for col in self.name_cols:
            if is_said_otherwise(text := self.view.text(row, col)):
                self._say("form.record_named_so", row, col, row=number, word=text)

    def _look_at_seq(self, row: int, number: str) -> None:
        """A mark before a number may point to a note below; words there mean that the row has slipped to the left."""
        if self.seq_col is None or not isinstance(self.view.raw(row, self.seq_col), str):
            return
        text = self.view.text(row, self.seq_col)
        if not text:
            return
        if is_numbered(text):
            if says_more(text):
                self._say("form.seq_mark", row, self.seq_col, row=number, field="seq", found=text, word=text)
        elif (
            number_of(text) is None
            and (len(text) > 1 or text not in _SILENT)
            and self.view.own(row, self.seq_col) is not None
        ):
            if self._misfits(row, 1) < self._misfits(row, 0):
                self.body.refused[row] = "整行像是向左错开了一列"
                self._say("form.row_shifted", row, self.seq_col, row=number, field="seq", found=text)
            elif is_firm_like(text) or len(text) == 1:
                self._say("form.seq_words", row, self.seq_col, row=number, field="seq", found=text, word=text)

    def _misfits(self, row: int, shift: int) -> int:
        return misfits(self.view, self.header.form, row, self.by_col, shift, self.header.left)

    def _goes_on(self, row: int) -> bool:
        """True for a line that belongs to the record above: the fields that no record lacks are blank or merged with it."""
        if not self.body.rows or not self.keys or self.view.filled(row, self.key_cols):
            return False
        if prefilled_again(self.view, self.header, row):
            return False
        return goes_on(self.view, row, self.header, self.keys, above=self._last_line())

    def _last_line(self) -> int:
        top = self.body.rows[-1][1]
        return self.body.more.get(top, (top,))[-1]

    def _continue(self, row: int) -> None:
        top = self.body.rows[-1][1]
        self.body.more[top] = (*self.body.more.get(top, ()), row)
        self.ledger.book("continued", row, self.taken)
        texts = " ".join(self.view.text(row, c) for c in self.view.filled(row, self.span))
        number = str(len(self.body.rows))
        self._say("form.continued_row", row, self._first(row), row=number, first=str(top + 1), found=texts[:200])

    def _is_record_after_all(self, row: int) -> bool:
        """True for a firm whose name is 示例 or 总计: its number goes on, and the rest of the record is filled."""
        if self.seq_col is None or (number := number_of(self.view.text(row, self.seq_col))) is None:
            return False
        filled = [c for c in self.view.filled(row, self.taken) if c != self.seq_col]
        if len(filled) < max(3, len(self.taken) // 3) or number != len(self.body.rows) + 1:
            return False
        below = [self.view.text(r, self.seq_col) for r in range(row + 1, min(row + 3, self.view.height))]
        following = next((n for t in below if (n := number_of(t)) is not None), number + 1)
        return following == number + 1

    def _other(self, row: int, line: Line) -> None:
        """Takes down a line that is no record."""
        filled = self.header.line(self.view, row)
        if not filled:
            return
        self.ledger.book(_BOOKS.get(line, "note"), row, filled)
        texts = " ".join(self.view.text(row, c) for c in self.view.filled(row, self.span))
        if line == "zero":
            self.body.zero = True
            if denies("".join(self.view.text(row, c) for c in filled)):
                self.body.denials.append(row)
        elif line == "example":
            kind = (
                "form.example_row"
                if EXAMPLE_WORD.fullmatch(self.view.text(row, filled[0]))
                else "form.example_row/look"
            )
            self._say(kind, row, filled[0], found=texts[:200])
        elif line in ("total", "subtotal"):
            self._say("form.total_row/list", row, self.header.left, found=texts[:200])
            (self.body.totals if line == "total" else self.body.subtotals).append(row)
        elif line == "unchanged" and (not self.body.rows or denies(texts)):
            self.unchanged = self.unchanged or (row, filled[-1], self.view.text(row, filled[-1]))
        elif line in ("unchanged", "note"):
            self._note(row, filled)

    def _note(self, row: int, filled: list[int]) -> None:
        """A line of text; a lone name right below the records may be a record of which the rest was not written."""
        text = self.view.text(row, filled[0])
        alone = len(filled) == 1 and self.by_col.get(filled[0]) == "seq" and not self._wide(row, filled[0])
        counts = says_counts(narrow(text), self.header.form)
        heading = is_section(text) or heads_group(text, days=self.header.form.accumulates == "whole")
        if alone and is_firm_like(text) and not (counts or heading):
            directly = bool(self.body.rows) and self._last_line() == row - 1
            kind = "form.stray_line" if directly else "form.stray_line/apart"
            self._say(kind, row, filled[0], found=text[:200], text=text[:40])
        if len(filled) == 1 and names_place(name := bare_heading(text)):
            grid = self.view.grid
            self.owner = Place(grid.file, grid.sheet, self.view.address(row, filled[0]), name)
        if is_section(text) and is_plain(text):
            self.body.notes.append((self.view.address(row, filled[0]), text))  # what it heads is asked about below it
        else:
            take_note(self.view, row, filled, self.body, self.report, self.period)
        if heading:
            self.body.subtotals += [row] if counts_group(text) else []
            self.heading = (row, filled[0], text)
        else:
            self.after_note = self.after_note or text

    def _below_heading(self, row: int, at: int, col: int, text: str) -> None:
        """The first record below a heading within the list: what the heading says and the record does not is said."""
        values = {self.view.text(row, c) for c in self.taken}
        if not gathers(text, values, self.header.form):
            self._say("form.list_heading", at, col, found=text[:200], text=text[:60])

    def _wide(self, row: int, col: int) -> bool:
        span = self.view.covered.get((row, col))
        return span is not None and span.right > span.left


def list_body(view: View, header: Header, end: int, ledger: Ledger, period: Period | None) -> Body:
    """The records between `header` and grid row `end` (not included)."""
    return _Reader(view, header, ledger, period).read(end)

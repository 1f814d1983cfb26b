"""One field of a form read down its column: what each cell means, its text as written, and where it stands.

Most cells of a column say what others said before, and say it plainly: a reading is kept for each distinct writing, and a
table without merged cells, marks or lines that go on is read in one sweep.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from dataclasses import field as dataclass_field
from datetime import datetime
from decimal import Decimal
from typing import Any, NamedTuple

from tally import catalogue
from tally.clean import clean_cell
from tally.clean.reading import BLANK, Reading, repaired, unreadable
from tally.clean.stored import value_text
from tally.clean.words import answering
from tally.declare import Field, Form
from tally.locate.imprint import own_words
from tally.locate.notes import qualifies
from tally.locate.view import View, column_letters
from tally.model import OVERRUN, Column, Mark, RawTable, RawValue, Span
from tally.returns.several import PartCell, across, ditto, from_merge, joined_lines, rivalled, together
from tally.writing.nothing import NOTHING
from tally.writing.numbers import plain

Stretch = tuple[
    int | None, list[int]
]  # records one below another: their table's number (None: nowhere), their grid rows


class Written(NamedTuple):
    """One distinct writing in a column: its reading, its text, its value's text, and whether it repeats the cell above."""

    reading: Reading
    raw: str | None
    value: str | None
    ditto: bool


_NOWHERE = Written(BLANK, None, None, False)


@dataclass
class _Way:
    """How one heading has its column read, and what each distinct writing under it was read as."""

    field: Field
    memo: dict[Any, Reading] = dataclass_field(default_factory=dict)
    writings: dict[Any, Written] = dataclass_field(default_factory=dict)


@dataclass
class FieldColumn:
    """One field over all tables: where it stands in each, and what each distinct writing was read as."""

    field: Field
    form: Form
    tables: Sequence[RawTable]
    views: Sequence[View]
    written: list[Written] = dataclass_field(default_factory=list)
    addresses: list[str | None] = dataclass_field(default_factory=list)
    ways: dict[tuple[str, str], _Way] = dataclass_field(default_factory=dict)

    def __post_init__(self) -> None:
        self.columns = [t.column(self.field.name) for t in self.tables]
        self.way = [self._way(c) for c in self.columns]
        self.plain = [_is_plain(t, c) for t, c in zip(self.tables, self.columns, strict=True)]
        self.previous, self.previous_row = BLANK, -1
        self.letters = [column_letters(c.col) if c else "" for c in self.columns]

    def _way(self, column: Column | None) -> _Way:
        """How a column is read: two parts of a form may head the same field with different units or questions."""
        key = (column.label, column.unit) if column else ("", "")
        if key not in self.ways:
            self.ways[key] = _Way(answering(self.field, key[0]))
        return self.ways[key]

    def read(self, stretches: Sequence[Stretch]) -> None:
        """Takes what stands in the column at each place, and where."""
        for t, rows in stretches:
            column = None if t is None else self.columns[t]
            if t is None or column is None:
                self.written += [_NOWHERE] * len(rows)
                self.addresses += [None] * len(rows)
            elif self.plain[t] and not self.tables[t].grid.marks:
                self._sweep(t, column, rows)
            else:
                self._cell_by_cell(t, column, rows)

    def _sweep(self, t: int, column: Column, rows: Sequence[int]) -> None:
        """A table of one cell a figure and one row a record, of whose cells nothing special is known."""
        lines, col, letters = self.tables[t].grid.rows, column.col, self.letters[t]
        way, take = self.way[t], self.written.append
        writings = way.writings
        for row in rows:
            line = lines[row]
            raw = line[col] if col < len(line) else None
            key = raw if raw.__class__ is str else (raw.__class__, raw)
            written = writings.get(key)
            if written is None:
                reading = self._settled(_read_cell(raw, None, way, column.unit))
                written = writings[key] = _written(reading, _raw_text(raw, None))
            if written.ditto:
                written = self._as_above(written, row)
            take(written)
            self.previous, self.previous_row = written.reading, row
        self.addresses += [f"{letters}{row + 1}" for row in rows]

    def _cell_by_cell(self, t: int, column: Column, rows: Sequence[int]) -> None:
        for row in rows:
            reading, raw, at = self._cell(t, column, row)
            written = _written(self._settled(reading), raw)
            if written.ditto:
                written = self._as_above(written, row)
            self.written.append(written)
            self.addresses.append(at)
            self.previous, self.previous_row = written.reading, row

    def _settled(self, reading: Reading) -> Reading:
        """A blank where a list asks for something is an error."""
        if reading.state == "blank" and self.field.required and self.form.layout == "list":
            return Reading(None, "blank", catalogue.remark("cell.required", label=self.field.label))
        return reading

    def _as_above(self, written: Written, row: int) -> Written:
        reading = ditto(written.reading, self.previous, self.field, row == self.previous_row + 1)
        return Written(reading, written.raw, value_text(reading.value), False)

    def _cell(self, t: int, column: Column, row: int) -> tuple[Reading, str | None, str]:
        """What one cell of the column says, as text, and where it stands."""
        if self.plain[t]:
            return self._plain_cell(t, column, row)
        table = self.tables[t]
        if column.how:
            return self._several(t, column, row)
        reading, raw = self._single(t, column, row)
        if row in table.lines:
            reading, raw = self._over_lines(t, column, row, reading, raw)
        if row in table.refused and reading.state != "blank":
            reading = unreadable("row_refused", seen=raw, why=table.refused[row])
        if (row, self.field.name) in table.rivals:
            reading = rivalled(self.field, reading, raw, table.rivals[row, self.field.name])
        return reading, raw, self.views[t].address(row, column.col)

    def _plain_cell(self, t: int, column: Column, row: int) -> tuple[Reading, str | None, str]:
        grid = self.tables[t].grid
        line = grid.rows[row]
        raw = line[column.col] if column.col < len(line) else None
        mark = grid.marks.get((row, column.col))
        reading = _read_cell(raw, mark, self.way[t], column.unit)
        return reading, _raw_text(raw, mark), f"{self.letters[t]}{row + 1}"

    def _single(self, t: int, column: Column, row: int) -> tuple[Reading, str | None]:
        mark = self.tables[t].grid.marks.get((row, column.col))
        raw, merged = _raw_of(self.views[t], row, column.col, self.field)
        reading = _read_cell(raw, mark, self._way(column), column.unit)
        if merged and reading.value is not None and not self._within(t, row, column.col):
            reading = from_merge(reading, self.field, row == merged)
        if self.tables[t].grid.merges and (row, column.col) in self.views[t].covered:
            reading = across(self.tables[t], self.views[t], self.form, self.field, row, column.col, reading)
        return reading, _raw_text(raw, mark)

    def _within(self, t: int, row: int, col: int) -> bool:
        """True for a cell merged over no more than the lines of one record."""
        span = self.views[t].covered[row, col]
        return span.top == row and span.bottom <= max(self.tables[t].lines.get(row, (row,)))

    def _several(self, t: int, column: Column, row: int) -> tuple[Reading, str | None, str]:
        cells = []
        for part in column.parts:
            single = Column(column.field, part.col, column.label, part.says if column.how == "sum" else column.unit)
            reading, raw = (BLANK, None) if column.how == "ticks" else self._single(t, single, row)
            raw = self.views[t].text(row, part.col) or None if column.how == "ticks" else raw
            cells.append(PartCell(part, reading, raw))
        filled = next((c for c in cells if c.raw), cells[0])
        raws = [c.raw for c in cells if c.raw]
        return together(self.field, column, cells), "；".join(raws) or None, self.views[t].address(row, filled.part.col)

    def _over_lines(
        self, t: int, column: Column, row: int, reading: Reading, raw: str | None
    ) -> tuple[Reading, str | None]:
        """A record that goes on in the lines below: words are joined, a second figure is refused.

        A cell merged over several of the lines is one cell, told once.
        """
        covered = self.views[t].covered
        below = [line for line in self.tables[t].lines[row] if _begins(covered.get((line, column.col)), line)]
        more = [self._single(t, column, line) for line in below]
        texts = [text for _, text in more if text and text.strip()]
        if not texts:
            return reading, raw
        return joined_lines(self.field, reading, raw, texts), "\n".join(filter(None, (raw, *texts)))


def _begins(span: Span | None, row: int) -> bool:
    """True for a cell of its own, or the first of a merged range."""
    return span is None or span.top == row


def _written(reading: Reading, raw: str | None) -> Written:
    repeats = reading.remark is not None and reading.remark.rule == "cell.ditto"
    return Written(reading, raw, value_text(reading.value), repeats)


def _is_plain(table: RawTable, column: Column | None) -> bool:
    """True if each figure of the column stands in a cell of its own and nothing else speaks of it."""
    apart = table.grid.merges or table.grid.turned or table.lines or table.refused or table.rivals
    return column is not None and not column.how and not apart


def _raw_of(view: View, row: int, col: int, field: Field) -> tuple[RawValue, int]:
    """The cell's value and, where a merged range covers several records, the range's first row (0 if none).

    Words of a merged cell hold for each record; a figure counts once, at the range's first row.
    """
    line = view.grid.rows[row]
    raw = line[col] if col < len(line) else None
    span = view.covered.get((row, col)) if view.grid.merges else None
    if span is None or (span.top == span.bottom and span.left == col):
        return raw, 0
    if span.left != col:  # covered from the left: the text belongs to the column where it begins, 无 to all
        return (view.raw(row, col) if view.text(row, col) in NOTHING else None), 0
    if field.numeric or field.kind == "seq":
        return raw, span.top if row == span.top and field.numeric else 0
    return view.grid.rows[span.top][span.left], span.top


def _read_cell(raw: RawValue, mark: Mark | None, way: _Way, unit: str) -> Reading:
    field = way.field
    if mark is None or _says_nothing(mark):
        key = (type(raw), raw)
        if (reading := way.memo.get(key)) is None:
            reading = way.memo[key] = clean_cell(raw, field, unit)
        return reading
    if mark.problem.startswith("#"):
        return unreadable("error_value", value=mark.problem, what="")
    if mark.problem in ("uncached", "stale", "ragged", OVERRUN):
        return unreadable(mark.problem, formula=mark.formula, stored=raw)
    reading = clean_cell(raw, field, unit, mark)
    if mark.problem == "computed" and reading.value is not None and reading.state == "read":
        value = plain(Decimal(str(reading.value))) if field.numeric else reading.value
        return repaired(reading.value, "computed", formula=mark.formula, value=value)
    if comment := own_words(mark.comment):
        return _commented(reading, comment)
    return reading


def _says_nothing(mark: Mark) -> bool:
    """A mark that only keeps a formula's text."""
    looks = mark.struck or mark.unseen or mark.crossed or mark.shown is not None or mark.runs
    return not (mark.problem or looks or mark.comment)


def _commented(reading: Reading, comment: str) -> Reading:
    """A comment is shown with the cell; one that holds a figure may correct it, and a person must look."""
    figures = any(ch.isdigit() for ch in comment) or qualifies(comment)
    beside = catalogue.remark("cell.comment/figures" if figures else "cell.comment", comment=comment[:80])
    if (remark := reading.remark) is None:
        return replace(reading, remark=beside)
    severity = "warning" if figures and remark.severity == "note" else remark.severity
    return replace(reading, remark=replace(remark, severity=severity, message=f"{remark.message}；{beside.message}"))


def _raw_text(raw: RawValue, mark: Mark | None) -> str | None:
    """What the cell says, as text: kept for ever beside the value."""
    if raw is None:
        return (mark.problem if mark.problem.startswith("#") else mark.formula or None) if mark else None
    if mark is not None and mark.shown:
        return mark.shown.strip()
    if isinstance(raw, str):
        return raw
    if isinstance(raw, float) and raw.is_integer() and abs(raw) < 1e15:
        return str(int(raw))
    if isinstance(raw, datetime) and raw.hour == raw.minute == raw.second == 0:
        return raw.date().isoformat()
    return str(raw)

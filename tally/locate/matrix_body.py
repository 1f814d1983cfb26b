"""The category rows of a matrix below its header, and every other line there."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from tally.clean.numbers import clean_number
from tally.declare import Period
from tally.locate.body import Body, Reporter
from tally.locate.context import REPORTING, times_in
from tally.locate.headers import Header
from tally.locate.labels import names_of
from tally.locate.ledger import Ledger
from tally.locate.lines import is_signature, says_nothing
from tally.locate.notes import take_note
from tally.locate.own_checks import failing, is_check
from tally.locate.places import Places, is_whole, names_place, the_whole
from tally.locate.row_names import DROPPED, RowName, row_name, row_remarks
from tally.locate.times import unread_date
from tally.locate.view import View
from tally.model import Finding, Place

_SEAL = re.compile(r"[局委会办]?[(（](盖?章|公章|印)[)）]$|^(填报|报送|上报|制表)?(时间|日期)[:：]")
_OTHER_ROWS = ("小计", "分计", "其中", "上期", "上月", "去年", "同比", "增减")


@dataclass(frozen=True, slots=True)
class _Row:
    """A row of the matrix whose label names a category."""

    at: int
    name: RowName
    remarks: tuple[tuple[str, str], ...]
    place: str = ""

    @property
    def gives_way(self) -> bool:
        return any(kind in DROPPED for kind, _ in self.remarks)


@dataclass
class _Reader:
    """Reads one matrix down from its header."""

    view: View
    header: Header
    ledger: Ledger
    period: Period | None
    body: Body = field(default_factory=Body)
    by_category: dict[str, list[_Row]] = field(default_factory=dict)
    strangers: list[int] = field(default_factory=list)  # rows of figures whose names are no category's
    named_by_place: int = 0  # rows that are called by a place
    divided: bool = False  # rows of parts beside the whole of a category were spoken of
    above: _Row | None = None  # the category's row right above
    foreign: bool = False  # English beside a row's name was spoken of: once is enough

    def __post_init__(self) -> None:
        self.report = Reporter(self.view, self.header.form)
        self.names = names_of(self.header.form)
        self.value_cols = self.header.taken

    def read(self, end: int) -> Body:
        self.label_col = _label_column(self.view, self.header, end)
        if self.label_col in self.view.grid.hidden_cols:
            self._say("form.hidden_heading/labels", self.header.last, self.label_col)
        self.places = Places(self.view, self.header.last + 1, self.label_col, end)
        for row in range(self.header.last + 1, end):
            filled = self.view.filled(row, range(min(self.label_col, self.header.left), self.header.right + 1))
            if filled:
                self._line(row, filled)
        self._of_one_place()
        self._by_elimination()
        for row in self.strangers:
            self.body.findings += _unknown_row(self.view, row, self.label_col, self.report)
        for category, rows in self.by_category.items():
            self._category(category, rows)
        self.body.rows.sort(key=lambda pair: pair[1])
        if self.by_category or not self.body.zero:
            self._missing_rows()
        return self.body

    def _missing_rows(self) -> None:
        at, col = self.header.first, self.header.left
        if self.named_by_place > 1 and len(self.by_category) <= 1:
            self._say("form.rows_are_places", at, col)
        for category in self.header.form.categories:
            if category.name not in self.by_category:
                self._say("form.missing_row", at, col, row=category.name, label=category.label)

    def _say(self, kind: str, at: int, col: int, **words: str) -> None:
        self.body.findings.append(self.report(kind, at, col, **words))

    def _line(self, row: int, filled: Sequence[int]) -> None:
        """One line with something in it: a category's row, a row of figures under another name, or a note."""
        raw = self.view.raw(row, self.label_col)
        name = row_name(self.header.form, self.names, raw, self.period) if isinstance(raw, str) else None
        if name is None and not raw and self.above is not None and self.above.at == row - 1 and self._divides(row):
            name = self.above.name
        if name is not None:
            remarks = tuple(row_remarks(self.header.form, name, self.period))
            self.above = _Row(row, name, remarks, self.places.of(row))
            self.by_category.setdefault(name.category, []).append(self.above)
            self.ledger.book("category", row, (self.label_col,))
        elif self.places.heads(row, filled):
            self.ledger.book("heading", row, filled)
        elif is_check(self.view.label(row, self.label_col).core):
            self._check(row, filled)
        elif not self._is_foot(row, filled) and any(self._figure(row, c) for c in filled):
            self.ledger.book("unknown row", row, filled)
            self.named_by_place += names_place(self.view.text(row, self.label_col))
            self.strangers.append(row)
        else:
            self.body.zero = self.body.zero or says_nothing("".join(self.view.text(row, c) for c in filled))
            line = self.header.line(self.view, row)
            self.ledger.book("note", row, line)
            take_note(self.view, row, line, self.body, self.report, self.period)

    def _check(self, row: int, filled: Sequence[int]) -> None:
        """A row in which the form checks its columns."""
        self.ledger.book("unknown row", row, filled)
        label, cells = self.view.text(row, self.label_col), [(row, c) for c in filled if c in self.value_cols]
        self._say("form.check_row", row, self.label_col, label=label)
        self.body.findings += failing(self.view, cells, self.report, label)

    def _is_foot(self, row: int, filled: Sequence[int]) -> bool:
        """True for who signs, the unit's name and seal, and the day, as they stand below a table."""
        texts = [self.view.text(row, c) for c in filled]
        sealed = all(REPORTING.match(t) or times_in(t) or unread_date(t) or _SEAL.search(t) for t in texts)
        return sealed or is_signature(texts[0])

    def _divides(self, row: int) -> bool:
        """True if a row without a name goes on with the category above: both say beside the name which part they are."""
        return bool(self._beside(row)) and self.above is not None and bool(self._beside(self.above.at))

    def _of_one_place(self) -> None:
        """Where rows repeat themselves place by place, those of the whole; none where nothing says which is the whole."""
        places = list(dict.fromkeys(r.place for rows in self.by_category.values() for r in rows))
        if len(places) < 2 or all(len(rows) == 1 for rows in self.by_category.values()):
            return
        whole = the_whole(places)
        names = "”“".join(p for p in places if p and p != whole)
        at = next(iter(self.by_category.values()))[0].at
        if whole is None:
            self._say("form.places_without_whole", at, self.label_col, names=names)
            rows = [r for category in self.by_category.values() for r in category]
            self.body.refused |= {r.at: f"按“{names}”分别填列，没有合计" for r in rows}
        else:
            kind = "form.places_left_out" if whole else "form.places_left_out/look"
            self._say(kind, at, self.label_col, names=names, whole=whole)
        for category, rows in self.by_category.items():
            chosen = [r for r in rows if r.place == (places[0] if whole is None else whole)]
            for row in rows:
                if row not in chosen:
                    self.ledger.book("left out", row.at, self.value_cols)
            self.by_category[category] = chosen
        self.by_category = {name: rows for name, rows in self.by_category.items() if rows}

    def _by_elimination(self) -> None:
        """One category is missing, one row has a name that is none: that row, if it stands there and the total agrees."""
        form = self.header.form
        missing = [c.name for c in form.categories if c.name not in self.by_category]
        total = self.by_category.get(form.total, ())
        if len(missing) != 1 or len(self.strangers) != 1 or len(total) != 1:
            return
        stranger = _Row(self.strangers[0], RowName(missing[0], False), ())
        order = [c.name for c in form.categories]
        before = [rows[0].at for name, rows in self.by_category.items() if order.index(name) < order.index(missing[0])]
        if stranger.at < max(before, default=-1) or not self._adds_up(total[0], stranger.at):
            return
        self.by_category[missing[0]] = [stranger]
        self.strangers = []
        self.ledger.book("category", stranger.at, (self.label_col,))

    def _figure(self, row: int, col: int) -> bool:
        """True for something in a measure's column that is a figure, or text with one."""
        if col not in self.value_cols:
            return False
        text = self.view.text(row, col)
        return not isinstance(self.view.own(row, col), str) or (len(text) < 12 and any(ch.isdigit() for ch in text))

    def _category(self, category: str, rows: Sequence[_Row]) -> None:
        """The one row of a category; of several the one that is no other time's, or that adds up, or none is sure."""
        row = self._chosen(category, rows)
        self.body.rows.append((category, row.at))
        self.ledger.book("value", row.at, self.value_cols)
        label, meant = self.view.text(row.at, self.label_col), self.header.form.category(category).label
        if not row.name.outright:
            self._say(
                "form.row_guessed", row.at, self.label_col, row=category, label=label, expected=meant, found=label
            )
        for kind, word in row.remarks:
            if kind != "form.row_foreign" or not self.foreign:
                self._say(kind, row.at, self.label_col, row=category, label=label, word=word, found=word)
            self.foreign |= kind == "form.row_foreign"
        if row.name.place:
            grid, cell = self.view.grid, self.view.address(row.at, self.label_col)
            self.body.owners[row.at] = Place(grid.file, grid.sheet, cell, row.name.place)
        if row.at in self.view.grid.hidden_rows:
            self._say("form.hidden_row", row.at, self.label_col, row=category)

    def _chosen(self, category: str, rows: Sequence[_Row]) -> _Row:
        current = [r for r in rows if not r.gives_way] or list(rows)
        if whole := self._whole_of(current):
            self._parts(current, whole)
            return whole
        chosen = current[0]
        if len(current) > 1 and category == self.header.form.total and any(r.name.words for r in current):
            chosen = max(current, key=self._adds_up)
        for other in rows:
            if other is not chosen:
                self._other(category, chosen, other, rival=other in current)
        return chosen

    def _beside(self, row: int) -> str:
        """What stands between a row's name and its figures: 生产, 小计."""
        cols = range(self.label_col + 1, self.header.columns[0].col)
        return "".join(self.view.text(row, c) for c in cols if c not in self.value_cols)

    def _whole_of(self, rows: Sequence[_Row]) -> _Row | None:
        """Of rows of one category that are told apart beside its name (生产, 流通, 小计), the one that is the whole."""
        whole = [r for r in rows if is_whole(self._beside(r.at))] if len(rows) > 1 else []
        return whole[0] if len(whole) == 1 else None

    def _parts(self, rows: Sequence[_Row], whole: _Row) -> None:
        """The rows beside the whole of a category are left out, which is said once for the form."""
        parts = [r for r in rows if r is not whole]
        for row in parts:
            self.ledger.book("left out", row.at, self.value_cols)
        if not self.divided:
            names = "”“".join(self._beside(r.at) for r in parts)
            self._say("form.parts_of_rows", parts[0].at, self.label_col, names=names, whole=self._beside(whole.at))
        self.divided = True

    def _other(self, category: str, chosen: _Row, other: _Row, rival: bool) -> None:
        """A second row of a category: the same once more, another time's, or one that contradicts the first."""
        label, first = self.view.text(other.at, self.label_col), chosen.at + 1
        self.ledger.book("unknown row", other.at, self.value_cols)
        if not rival or (chosen.name.words != other.name.words):
            self._say("form.second_row", other.at, self.label_col, row=category, label=label, first=str(first))
            return
        cols = [c.col for c in self.header.columns]
        same = all(self.view.raw(chosen.at, c) == self.view.raw(other.at, c) for c in cols)
        kind = "form.duplicate_row/same" if same else "form.duplicate_row"
        self._say(kind, other.at, self.label_col, row=category, label=label, first=str(first))
        if not same:
            self.body.refused[chosen.at] = f"“{label}”出现两次，内容不同"

    def _adds_up(self, total: _Row, *more: int) -> int:
        """In how many columns the row is the sum of the other categories' rows and the rows `more`."""
        parts = [rows[0].at for name, rows in self.by_category.items() if name != self.header.form.total]
        parts += more
        count = 0
        for column in self.header.columns:
            unit = self.header.form.field(column.field).unit
            figures = [clean_number(self.view.own(at, column.col), unit, False).value for at in (total.at, *parts)]
            if None not in figures and figures[0] == sum(figures[1:]) and figures[0]:
                count += 1
        return count


def matrix_body(view: View, header: Header, end: int, ledger: Ledger, period: Period | None) -> Body:
    """The category rows between `header` and grid row `end`; categories that are missing are findings.

    Only parts of a table split over sheets lack most rows; that is judged where the parts are joined.
    """
    return _Reader(view, header, ledger, period).read(end)


def _unknown_row(view: View, row: int, label_col: int, report: Reporter) -> Iterator[Finding]:
    label, written = view.label(row, label_col).core, view.text(row, label_col)
    if label.startswith(_OTHER_ROWS):
        yield report("form.total_row", row, label_col, label=written)
    elif label:
        kind = "form.unknown_row/place" if names_place(written) else "form.unknown_row"
        yield report(kind, row, label_col, label=written, found=written)
    else:
        yield report("form.unlabelled_row", row, label_col)


def _label_column(view: View, header: Header, end: int) -> int:
    """The column with most category names, at or left of the first measure; measured on the rows below."""
    names = names_of(header.form)
    first_measure = header.columns[0].col
    rows = range(header.last + 1, min(end, header.last + 40))

    def rank(col: int) -> tuple[int, bool, int]:
        categories = {names.category(view.label(r, col).core) for r in rows} - {""}
        return len(categories), col < first_measure, -abs(first_measure - col)

    return max(range(max(0, header.left - 1), header.right + 1), key=rank)

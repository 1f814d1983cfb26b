"""From a header down: the records of a list, the category rows of a matrix, and what stands below."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from tally import catalogue
from tally.locate.headers import Header
from tally.locate.labels import names_of, resembling
from tally.locate.lines import (
    classify,
    denies,
    is_signature,
    note_is_harmless,
    note_speaks_of_figures,
    says_nothing,
)
from tally.locate.view import View, address
from tally.model import Finding, Place

if TYPE_CHECKING:
    from tally.declare import Form


@dataclass
class Body:
    """What was found below one header, gathered while reading down."""

    rows: list[tuple[str, int]] = field(default_factory=list)
    notes: list[tuple[str, str]] = field(default_factory=list)
    lines: list[list[str]] = field(default_factory=list)  # texts of note lines, for 填报单位 below a table
    findings: list[Finding] = field(default_factory=list)
    denials: list[int] = field(default_factory=list)  # grid rows that say 零报告 in words
    totals: list[int] = field(default_factory=list)  # grid rows of a list's own totals
    zero: bool = False


class Reporter:
    """Makes findings that stand in one grid for one form."""

    def __init__(self, view: View, form: Form):
        self.view, self.form = view, form

    def __call__(
        self,
        kind: str,
        at: int | None = None,
        col: int = 0,
        *,
        found: str = "",
        row: str = "",
        field: str = "",
        **words: object,
    ) -> Finding:
        """The finding of that kind at grid row `at`, column `col` (None: of the whole sheet)."""
        where = address(at, col) if at is not None else ""
        place = Place(self.view.grid.file, self.view.grid.sheet, where, found)
        return catalogue.finding(kind, place, form=self.form.name, row=row, field=field, **words)


def list_body(view: View, header: Header, end: int) -> Body:
    """The records between `header` and grid row `end` (not included)."""
    report, body = Reporter(view, header.form), Body()
    required = frozenset(f.name for f in header.form.fields if f.required)
    struck = _struck_cells(view)
    after_note = False
    for row in range(header.last + 1, end):
        line = classify(view, row, header, required)
        if line == "record" and struck and _wholly_struck(view, row, header, struck):
            body.findings.append(report("form.struck_row", row, header.left))
        elif line == "record":
            if after_note:
                body.findings.append(report("form.below_note", row, header.left))
                after_note = False
            body.rows.append((str(len(body.rows) + 1), row))
            if row in view.grid.hidden_rows:
                body.findings.append(report("form.hidden_row/list", row, header.left, row=str(len(body.rows))))
        else:
            after_note = _other_line(view, row, header, line, body, report) or after_note
    if body.rows and body.denials:
        body.findings.append(report("returns.zero_and_rows", body.denials[0], header.left))
    return body


def _other_line(view: View, row: int, header: Header, line: str, body: Body, report: Reporter) -> bool:
    """Takes down a line that is no record; True if it was a note."""
    if line == "zero":
        body.zero = True
        body.denials += [row] if denies("".join(view.text(row, c) for c in view.filled(row, range(view.width)))) else []
    elif line == "example":
        body.findings.append(report("form.example_row", row, header.left))
    elif line in ("total", "subtotal"):
        texts = " ".join(view.text(row, c) for c in view.filled(row, range(header.left, header.right + 1)))
        body.findings.append(report("form.total_row/list", row, header.left, found=texts[:200]))
        if line == "total":
            body.totals.append(row)
    elif line == "note":
        _take_note(view, row, body, report)
        return True
    return False


def _take_note(view: View, row: int, body: Body, report: Reporter) -> None:
    texts = [str(view.own(row, c)) for c in view.filled(row, range(view.width))]
    body.lines.append(texts)
    text = " ".join(" ".join(t.split()) for t in texts)
    at = view.filled(row, range(view.width))[0]
    body.notes.append((address(row, at), text))
    body.findings += _of_note(text, report, row, at)


def take_paragraphs(paragraphs: tuple[str, ...], body: Body, report: Reporter) -> None:
    """Notes that stand in paragraphs below a table of a document."""
    for text in paragraphs:
        if text.strip():
            body.notes.append(("", text))
            body.findings += _of_note(text, report, None, 0)


def _of_note(text: str, report: Reporter, row: int | None, col: int) -> Iterator[Finding]:
    """What a note below a table gives reason to say: figures in it may correct the table."""
    flat = "".join(text.split())
    if note_speaks_of_figures(flat):
        yield report("form.note_corrects", row, col, found=text[:200], text=text[:80])
    elif not note_is_harmless(flat):
        yield report("form.note_figures", row, col, found=text[:200], text=text[:80])


def matrix_body(view: View, header: Header, end: int) -> Body:
    """The category rows between `header` and grid row `end`; categories that are missing are findings."""
    report, body = Reporter(view, header.form), Body()
    label_col = _label_column(view, header, end)
    value_cols = [c.col for c in header.columns]
    names = names_of(header.form)
    seen: dict[str, int] = {}
    for row in range(header.last + 1, end):
        filled = view.filled(row, range(min(label_col, header.left), header.right + 1))
        if not filled:
            continue
        label = view.label(row, label_col).core
        name = names.category(label) or resembling(label, names.categories)
        if name:
            _take_category(view, header, body, report, name, label, row, label_col, seen, names.category(label) == "")
        elif not is_signature(view.text(row, filled[0])) and any(
            c in value_cols and not isinstance(view.own(row, c), str) or _digits(view, row, c)
            for c in filled
            if c in value_cols
        ):
            body.findings += _unknown_row(view, row, label_col, label, report)
        else:
            body.zero = body.zero or says_nothing("".join(view.text(row, c) for c in filled))
            _take_note(view, row, body, report)
    if seen or not body.zero:
        body.findings += _missing(header.form, seen, report, header)
    return body


def _digits(view: View, row: int, col: int) -> bool:
    text = view.text(row, col)
    return len(text) < 12 and any(ch.isdigit() for ch in text)


def _take_category(view, header, body, report, name, label, row, label_col, seen, guessed) -> None:
    if name in seen:
        same = all(view.raw(seen[name], c.col) == view.raw(row, c.col) for c in header.columns)
        kind = "form.duplicate_row/same" if same else "form.duplicate_row"
        written, first = view.text(row, label_col), seen[name] + 1
        body.findings.append(report(kind, row, label_col, row=name, label=written, first=first))
        return
    seen[name] = row
    body.rows.append((name, row))
    if guessed:
        written, meant = view.text(row, label_col), header.form.category(name).label
        body.findings.append(report("form.row_guessed", row, label_col, row=name, label=written, expected=meant))
    if row in view.grid.hidden_rows:
        body.findings.append(report("form.hidden_row", row, label_col, row=name))


def _unknown_row(view: View, row: int, label_col: int, label: str, report: Reporter) -> Iterator[Finding]:
    if label.startswith(("小计", "分计", "其中", "上期", "上月", "去年", "同比", "增减")):
        yield report("form.total_row", row, label_col, label=view.text(row, label_col))
    elif label:
        yield report("form.unknown_row", row, label_col, label=view.text(row, label_col))
    else:
        yield report("form.unlabelled_row", row, label_col)


def _missing(form: Form, seen: dict[str, int], report: Reporter, header: Header) -> Iterator[Finding]:
    """Only parts of a table split over sheets lack most rows; that is judged where the parts are joined."""
    for category in form.categories:
        if category.name not in seen:
            yield report("form.missing_row", header.first, header.left, row=category.name, label=category.label)


def _label_column(view: View, header: Header, end: int) -> int:
    """The column with most category names, at or left of the first measure; measured on the rows below."""
    names = names_of(header.form)
    first_measure = header.columns[0].col

    def known(col: int) -> int:
        return sum(
            1 for r in range(header.last + 1, min(end, header.last + 40)) if names.category(view.label(r, col).core)
        )

    candidates = range(max(0, header.left - 1), header.right + 1)
    return max(candidates, key=lambda c: (known(c), c < first_measure, -abs(first_measure - c)))


def _struck_cells(view: View) -> frozenset[tuple[int, int]]:
    return frozenset(at for at, mark in view.grid.marks.items() if mark.struck)


def _wholly_struck(view: View, row: int, header: Header, struck: frozenset[tuple[int, int]]) -> bool:
    return all((row, c) in struck for c in view.filled(row, range(header.left, header.right + 1)))

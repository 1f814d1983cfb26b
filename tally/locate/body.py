"""From a header down: the records of a list, the category rows of a matrix, and what stands below."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

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
from tally.model import Finding, Severity

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
        self, rule: str, severity: Severity, message: str, at: int | None = None, col: int = 0, **more
    ) -> Finding:
        where = address(at, col) if at is not None else ""
        grid = self.view.grid
        return Finding(
            "", self.form.name, rule, severity, message, file=grid.file, sheet=grid.sheet, cell=where, **more
        )


def list_body(view: View, header: Header, end: int) -> Body:
    """The records between `header` and grid row `end` (not included)."""
    report, body = Reporter(view, header.form), Body()
    required = frozenset(f.name for f in header.form.fields if f.required)
    struck = _struck_cells(view)
    after_note = False
    for row in range(header.last + 1, end):
        line = classify(view, row, header, required)
        if line == "record" and struck and _wholly_struck(view, row, header, struck):
            body.findings.append(
                report(
                    "form.struck_row",
                    "warning",
                    "整行带删除线，未计入",
                    row,
                    header.left,
                    suggestion="确要删除的请删去该行，否则去掉删除线",
                )
            )
        elif line == "record":
            if after_note:
                body.findings.append(
                    report(
                        "form.below_note",
                        "warning",
                        "注释下方仍有数据行，已计入",
                        row,
                        header.left,
                        suggestion="请核实该行是否属于本表",
                    )
                )
                after_note = False
            body.rows.append((str(len(body.rows) + 1), row))
            if row in view.grid.hidden_rows:
                body.findings.append(
                    report(
                        "form.hidden_row",
                        "warning",
                        "隐藏行中有数据，已计入",
                        row,
                        header.left,
                        row=str(len(body.rows)),
                        suggestion="请核实该行是否应报；不应报的请删除",
                    )
                )
        else:
            after_note = _other_line(view, row, header, line, body, report) or after_note
    if body.rows and body.denials:
        message = "表中写有“零报告”一类的话，却又有记录，记录已计入"
        body.findings.append(
            report(
                "returns.zero_and_rows", "warning", message, body.denials[0], header.left, suggestion="请删去不实的一处"
            )
        )
    return body


def _other_line(view: View, row: int, header: Header, line: str, body: Body, report: Reporter) -> bool:
    """Takes down a line that is no record; True if it was a note."""
    if line == "zero":
        body.zero = True
        body.denials += [row] if denies("".join(view.text(row, c) for c in view.filled(row, range(view.width)))) else []
    elif line == "example":
        body.findings.append(report("form.example_row", "note", "填写示例行，未计入", row, header.left))
    elif line in ("total", "subtotal"):
        texts = " ".join(view.text(row, c) for c in view.filled(row, range(header.left, header.right + 1)))
        message = "合计或小计行，未作为记录计入"
        body.findings.append(report("form.total_row", "note", message, row, header.left, found=texts[:200]))
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
        message = f"表下说明涉及数字，可能更正表中数据：“{text[:80]}”"
        suggestion = "请把更正写入表内相应单元格，或说明不影响表内数据"
        yield report("form.note_corrects", "warning", message, row, col, found=text[:200], suggestion=suggestion)
    elif not note_is_harmless(flat):
        yield report(
            "form.note_figures", "note", f"表下说明含有数字，未计入表内：“{text[:80]}”", row, col, found=text[:200]
        )


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
        severity = "note" if same else "error"
        body.findings.append(
            report(
                "form.duplicate_row",
                severity,
                f"“{view.text(row, label_col)}”出现两次，取第一次（第 {seen[name] + 1} 行）",
                row,
                label_col,
                row=name,
                suggestion="请删去多余的一行",
            )
        )
        return
    seen[name] = row
    body.rows.append((name, row))
    if guessed:
        body.findings.append(
            report(
                "form.row_guessed",
                "warning",
                f"行名“{view.text(row, label_col)}”与规定名称不一致，按“{header.form.category(name).label}”读取",
                row,
                label_col,
                row=name,
                expected=header.form.category(name).label,
            )
        )
    if row in view.grid.hidden_rows:
        body.findings.append(
            report(
                "form.hidden_row",
                "warning",
                "隐藏行中有数据，已计入",
                row,
                label_col,
                row=name,
                suggestion="请取消隐藏后核实",
            )
        )


def _unknown_row(view: View, row: int, label_col: int, label: str, report: Reporter) -> Iterator[Finding]:
    if label.startswith(("小计", "分计", "其中", "上期", "上月", "去年", "同比", "增减")):
        yield report("form.total_row", "note", f"“{view.text(row, label_col)}”行未计入", row, label_col)
    elif label:
        yield report(
            "form.unknown_row",
            "error",
            f"行名“{view.text(row, label_col)}”不是规定的类别，该行未计入",
            row,
            label_col,
            suggestion="请按规定的类别填写，或并入“其他案件”",
        )
    else:
        yield report(
            "form.unlabelled_row", "error", "该行有数字但没有行名，未计入", row, label_col, suggestion="请补写行名"
        )


def _missing(form: Form, seen: dict[str, int], report: Reporter, header: Header) -> Iterator[Finding]:
    """Only parts of a table split over sheets lack most rows; that is judged where the parts are joined."""
    for category in form.categories:
        if category.name not in seen:
            yield report(
                "form.missing_row",
                "error",
                f"缺少“{category.label}”一行",
                header.first,
                header.left,
                row=category.name,
                expected=f"“{category.label}”一行",
                suggestion="请补报该行；没有发生的填 0",
            )


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

"""Rows below a list's records that hold a number and a drop-down's default, as a blank form is handed out: none is a record."""

from __future__ import annotations

from tally.declare import Field
from tally.locate.body import Body, Reporter
from tally.locate.headers import Header
from tally.locate.view import View

_LEAST = 2  # rows alike: one alone is a record of which the rest was not written
_CHOOSE = frozenset(("请选择", "--请选择--", "-请选择-", "（请选择）", "(请选择)", "点击选择"))
Content = tuple[tuple[int, str], ...]


def take_prefilled(view: View, header: Header, body: Body, report: Reporter) -> None:
    """Takes the last rows that hold nothing but the same choices out of the records, and says so once."""
    contents = [_content(view, header, row) for _, row in body.rows]
    first = len(contents)
    while first and contents[first - 1] and contents[first - 1] == contents[-1]:
        first -= 1
    rows = [row for _, row in body.rows[first:] if row not in body.more]
    if len(rows) < max(_LEAST, len(contents) - first):
        return
    numbers = {number for number, _ in body.rows[first:]}
    del body.rows[first:]
    body.findings[:] = [f for f in body.findings if f.row not in numbers]
    texts = "".join(f"“{text}”" for _, text in contents[-1])
    kind, left = "form.prefilled_rows", header.left
    first_row, last_row, record = rows[0] + 1, rows[-1] + 1, header.form.record
    body.findings.append(
        report(kind, rows[0], left, found=texts, texts=texts, first=first_row, last=last_row, record=record)
    )


def prefilled_again(view: View, header: Header, row: int) -> bool:
    """True for such a row where the row above or below it says the same."""
    content = _content(view, header, row)
    beside = (r for r in (row - 1, row + 1) if header.last < r < view.height)
    return bool(content) and any(_content(view, header, r) == content for r in beside)


def _content(view: View, header: Header, row: int) -> Content:
    """What a row holds beside its number, if that is nothing but choices; () for any other row."""
    span = range(header.left, header.right + 1)
    filled = [(col, view.text(row, col)) for col in span if view.text(row, col)]
    fields = {col: header.form.field(name) for col, name in header.by_col.items()}
    content = tuple((col, text) for col, text in filled if col not in fields or fields[col].kind != "seq")
    chosen = all(_is_chosen(fields[col], text) if col in fields else False for col, text in content)
    return content if chosen else ()


def _is_chosen(field: Field, text: str) -> bool:
    return field.kind in ("choice", "yesno") or text in _CHOOSE

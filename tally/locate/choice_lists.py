"""The choices that a form's drop-down lists offer, kept under the names of its columns: they look like a list, and are no record.

抽查结果 | 企业规模 over 合格, 不合格 and 大型, 中型, … on a sheet 字典, or in hidden columns beside the form.
"""

from __future__ import annotations

from tally.clean.words import YESNO
from tally.declare import Field
from tally.locate.headers import Header
from tally.locate.ledger import Ledger
from tally.locate.view import View

_MOST = 500  # rows of such a block


def lists_choices(view: View, header: Header) -> bool:
    """True if what stands under a header is, in each column of choices, the choices themselves, each once.

    A list of records has a number or all the columns that no record lacks; these have neither.
    """
    form, fields = header.form, {c.field: c.col for c in header.columns}
    lacks = any(field.required and field.name not in fields for field in form.fields)
    offered = {col: names for name, col in fields.items() if (names := _choices(form.field(name)))}
    if form.layout != "list" or "seq" in fields or not lacks or not offered:
        return False
    written = {col: _down(view, header, col) for col in offered}
    each = all(len(set(texts)) == len(texts) > 1 and set(texts) <= offered[col] for col, texts in written.items())
    return each and any(len(texts) == _number(header, col) for col, texts in written.items())


def book_choices(view: View, header: Header, ledger: Ledger) -> None:
    """What the block holds, with its heading."""
    span = range(header.left, header.right + 1)
    for row in range(header.first, min(view.height, header.last + _MOST)):
        if not view.filled(row, span):
            return
        ledger.book("choices", row, span)


def _down(view: View, header: Header, col: int) -> list[str]:
    """The texts below a heading up to the first blank."""
    texts: list[str] = []
    for row in range(header.last + 1, min(view.height, header.last + _MOST)):
        if not (text := view.text(row, col)):
            break
        texts.append(text)
    return texts


def _choices(field: Field) -> frozenset[str]:
    choices = YESNO if field.kind == "yesno" else field.choices
    return frozenset(name for choice in choices for name in (choice.name, *choice.aliases))


def _number(header: Header, col: int) -> int:
    """How many choices the column of `col` offers."""
    field = header.form.field(header.by_col[col])
    return len(YESNO if field.kind == "yesno" else field.choices)

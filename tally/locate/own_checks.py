"""Rows and columns in which a form checks itself: 校验, 误差, 核对. They hold no figure of the form's; where one says no, it is a finding."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from tally.locate.body import Body, Reporter
from tally.locate.headers import Header
from tally.locate.view import View
from tally.model import Finding
from tally.writing.characters import narrow
from tally.writing.nothing import NOTHING

_NAME = re.compile(
    r"(数据|逻辑|公式|自动|平衡|表内|横向|纵向|合计|[行列栏])?(校验|核对|校对|稽核|验算|误差|差额|平衡)([行列栏数值]|结果|公式|情况|检查)?"
)
_AGREES = re.compile(
    r"[+-]?0(\.0+)?|√|✓|✔|是|对|正确|无误|平衡|相符|一致|通过|相等|合格|ok|true|yes|pass|t|y", re.IGNORECASE
)


def is_check(core: str) -> bool:
    """True for the name of a row or column that checks the others."""
    return _NAME.fullmatch(core) is not None


def agrees(text: str) -> bool:
    """True for what such a cell says where all is well: 0, √, 正确, TRUE, nothing."""
    flat = narrow(text)
    return flat in NOTHING or _AGREES.fullmatch(flat) is not None


def failing(view: View, cells: Iterable[tuple[int, int]], report: Reporter, label: str) -> Iterator[Finding]:
    """Each cell of a check that says that the form does not agree with itself."""
    for row, col in cells:
        text = view.text(row, col)
        if text and not agrees(text):
            yield report("form.check_fails", row, col, found=text, label=label, text=text[:40])


def of_column(view: View, header: Header, body: Body, col: int, label: str) -> Iterator[Finding]:
    """What a column of checks says beside the rows of a matrix."""
    yield from failing(view, ((row, col) for _, row in body.rows), Reporter(view, header.form), label)

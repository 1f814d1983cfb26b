"""Lines of a list that sum its records: how they are told from records, and whether they are right.

样例镇小计 3批; 盐城样例口罩厂 计数 | 2, as Excel's 分类汇总 writes it; 过次页, 承前页; 合计, 总计数.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Any

from tally.clean.numbers import clean_number
from tally.declare import Field
from tally.locate.body import Body, Reporter
from tally.locate.headers import Header
from tally.locate.view import View
from tally.model import Column, Finding
from tally.writing.nothing import NOTHING
from tally.writing.numbers import plain

_CARRIED = r"[(]?(承前页|承上页|接上页|接前页|过次页|转次页|转下页)[)]?[:：]?"
_SUM_OF = re.compile(
    rf".{{0,60}}(小计|合计|总计|共计|累计|计数|汇总|求和|平均值|最大值|最小值)([(].{{0,60}}[)])?[:：]?|{_CARRIED}"
)
_GRAND = re.compile(r"(本[表区县市]|[全所]).{0,6}[总合]计(数)?[:：]?|总计数?[:：]?|总(汇总|求和)[:：]?")
_NO_SUM = re.compile(rf"{_CARRIED}|.*(平均值|最大值|最小值|累计).*")
_COUNTS = re.compile(
    r"(?:(?:共|其中|不?合格|在产|停产|转产|注销)?[:：]?[\d.]{1,12}%?(?:个?(?:批次|批|家|户|个|只|万只|条|种|件))?[,，、;；/]?){1,8}"
)
_HEADED = re.compile(r".{1,30}[(]共?(\d{1,4})个?(?:批次?|条)[)][:：]?")
_RECORDS = re.compile(r"共?(\d{1,9})个?(?:批次?|条)")


def sum_label(texts: Sequence[str]) -> str:
    """The words by which a line (narrow) says that it is a sum, where all else in it counts; "" for any other line."""
    labels = [t for t in texts if _SUM_OF.fullmatch(t)]
    rest = (t for t in texts if t not in labels and t not in NOTHING)
    return labels[0] if len(labels) == 1 and all(_COUNTS.fullmatch(t) for t in rest) else ""


def is_grand(label: str) -> bool:
    """True for the label of a sum of the whole list."""
    return bool(_GRAND.fullmatch(label))


def counts_records(text: str) -> bool:
    """True for a number of batches alone: 共3批次."""
    return bool(_RECORDS.fullmatch(text))


def counts_group(text: str) -> bool:
    """True for a heading that gives the number of batches below it: 样例镇（3批）."""
    return bool(_HEADED.fullmatch(text))


def sums_that_disagree(view: View, header: Header, body: Body, earlier: Sequence[int] = ()) -> Iterator[Finding]:
    """A list's total against its records, with those above a repeated heading (`earlier`) or without; a subtotal against those it may stand for: of each numeric column, and of a number of batches."""
    report = Reporter(view, header.form)
    every = [row for _, row in body.rows]
    for row in body.totals:
        for col, written, actual in _figures(view, header, row, [[*earlier, *every], every]):
            yield report("form.total_disagrees", row, col, found=written, written=written, expected=actual)
    for row in body.subtotals:
        label = sum_label([view.text(row, c) for c in view.filled(row, _span(header))])
        if _NO_SUM.fullmatch(label):
            continue
        for col, written, actual in _figures(view, header, row, _parts(every, body, row)):
            yield report("form.total_disagrees/part", row, col, found=written, written=written, expected=actual)


def _span(header: Header) -> range:
    return range(header.left, header.right + 1)


def _parts(rows: Sequence[int], body: Body, at: int) -> list[list[int]]:
    """The records that a subtotal may stand for: all above it from any other sum on; in a list that begins with a sum, those below."""
    ends = sorted({*body.totals, *body.subtotals} - {at})
    above = [[r for r in rows if end < r < at] for end in (*(e for e in ends if e < at), -1)]
    below = [[r for r in rows if at < r < end] for end in (*(e for e in ends if e > at), at + 10**9)]
    if rows and min(body.subtotals) < rows[0]:
        return below
    return [above[-2] if len(above) > 1 else above[-1], *above]


def _figures(view: View, header: Header, row: int, parts: Sequence[list[int]]) -> Iterator[tuple[int, str, str]]:
    """(column, what a line of sums writes, what the first of `parts` comes to) where it agrees with none of them."""
    columns = {c.col: c for c in header.columns}
    filled = view.filled(row, _span(header))
    counting = any("计数" in view.text(row, c) for c in filled)
    for col in filled:
        column = columns.get(col)
        field = header.form.field(column.field) if column else None
        count = _count(view.text(row, col), counting and (field is None or field.kind != "seq"))
        if column is not None and field is not None and field.summed and not counting:
            written = clean_number(view.own(row, col), field.unit, False, column.unit).value
            sums = [_sum(view, part, field, column) for part in parts]
        elif count is not None:
            written, sums = count, [Decimal(len(part)) for part in parts]
        else:
            continue
        if written is not None and None not in sums and written not in sums:
            yield col, plain(written), plain(sums[0])


def _count(text: str, counting: bool) -> Decimal | None:
    """The number of records that a cell of such a line says; a bare number says one where the line is a 计数."""
    match = _RECORDS.fullmatch(text) or _HEADED.fullmatch(text)
    bare = counting and text.isdecimal() and len(text) <= 9
    return Decimal(match[1]) if match else Decimal(text) if bare else None


def _sum(view: View, rows: Sequence[int], field: Field, column: Column) -> Any:
    """None where a cell of the column cannot be read: that is said there."""
    readings = [clean_number(view.own(row, column.col), field.unit, False, column.unit) for row in rows]
    if any(r.state == "unreadable" for r in readings):
        return None
    return sum((r.value for r in readings if r.value is not None), Decimal(0))

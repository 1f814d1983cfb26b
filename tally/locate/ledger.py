"""The ledger of ink: what consumed each visible cell of a sheet. What nothing consumed is its rest, and is a finding.

The steps of locating book what they understood, by the names in `BOOKS`; nothing is taken for granted. A row of a
list is booked as a whole, so a sheet of 100,000 records costs one entry a row.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from tally.locate.view import View
from tally.model import Booked

BEGINNING = 60  # rows of a sheet whose account is kept beside its tables, for a picture of it

# What may consume ink -> its Chinese name, as the picture of a sheet says it.
BOOKS: dict[str, str] = {
    "title": "标题",
    "form number": "附件号",
    "reporting unit": "填报单位",
    "date": "填报时间",
    "measure": "计量单位",
    "imprint": "表头附注",
    "field": "栏目",
    "heading": "表头其他文字",
    "column number": "栏号",
    "category": "行名",
    "value": "已读数据",
    "left out": "未计入的列",
    "unknown column": "规定以外的列",
    "continued": "续行",
    "total": "合计行",
    "subtotal": "小计行",
    "example": "示例行",
    "struck": "删除线",
    "numbered ahead": "预编序号",
    "zero report": "零报告",
    "note": "说明",
    "signature": "填表人、审核人",
    "unknown row": "规定以外的行",
    "beside": "表旁内容",
    "said": "已提出疑问",
    "reference": "往期参考",
    "choices": "下拉选项",
}


class Ledger:
    """The account of one grid."""

    def __init__(self, view: View, booked: Booked | None = None):
        self.view = view
        self._rows: dict[int, list[tuple[frozenset[int], str]]] = {row: [*line] for row, line in (booked or {}).items()}

    def book(self, by: str, row: int, cols: Iterable[int]) -> None:
        """`by` (of `BOOKS`) consumed the cells `cols` of `row`. What was booked before stays with its first taker."""
        if by not in BOOKS:
            raise KeyError(by)
        entry = (cols if isinstance(cols, frozenset) else frozenset(cols), by)
        self._rows.setdefault(row, []).append(entry)

    def taker(self, row: int, col: int) -> str:
        """What consumed a cell, "" if nothing did."""
        return next((by for cols, by in self._rows.get(row, ()) if col in cols), "")

    def beginning(self) -> Booked:
        """What was booked in the first rows."""
        return {row: tuple(self._rows[row]) for row in range(BEGINNING) if row in self._rows}

    def rest(self) -> Iterator[tuple[int, list[int]]]:
        """The rows with ink that nothing consumed, each with the columns of it."""
        for row, line in enumerate(self.view.grid.rows):
            entries = self._rows.get(row, ())
            if len(entries) == 1 and len(entries[0][0]) >= len(line) and max(entries[0][0]) + 1 == len(entries[0][0]):
                continue  # one entry takes the whole row
            booked = frozenset().union(*(cols for cols, _ in entries)) if entries else frozenset()
            left = [c for c in range(len(line)) if c not in booked]
            if left and (filled := self.view.filled(row, left)):
                yield row, filled

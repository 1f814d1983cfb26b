"""Columns headed 单位 whose cells are units of measure: each says in what the figures on its left are counted."""

from __future__ import annotations

import re
from collections.abc import Iterator

from tally.clean.units import factor, is_unit
from tally.declare import Field
from tally.locate.body import Body, Reporter
from tally.locate.headers import Header
from tally.locate.view import View
from tally.model import Column, Finding

_HEADING = re.compile(r"(计量|数量|货币|金额)?单位\d?")


def names_measures(core: str, texts: list[str]) -> bool:
    """True for a column headed 单位 or 计量单位 in which nothing but units of measure stands: 人次, 元, 只."""
    return _HEADING.fullmatch(core) is not None and all(map(is_unit, set(texts)))


class UnitsBeside:
    """The units of measure that stand beside the figures of one table, column by column."""

    def __init__(self, view: View, header: Header, body: Body):
        self.view, self.header, self.body = view, header, body
        self.cols = frozenset(col for col, _ in header.unknown if self._texts(col) and self._is_one(col))

    def on(self, column: Column) -> Column:
        """The column in the unit that all cells beside it name, where its own heading names none."""
        written = self._written(column)
        field = self.header.form.field(column.field)
        by = {factor(unit, field.unit) for unit in written.values()}
        if column.unit or len(by) != 1:
            return column
        unit = next(iter(written.values()))
        return Column(column.field, column.col, column.label, unit, column.how, column.parts)

    def findings(self) -> Iterator[Finding]:
        """Each figure beside which another unit stands than the one it is read in."""
        report = Reporter(self.view, self.header.form)
        for column in self.header.columns if self.cols else ():
            field = self.header.form.field(column.field)
            unit = self.on(column).unit or field.unit
            for row, written in self._written(column).items():
                if factor(written, field.unit) != factor(unit, field.unit):
                    words = {"label": field.label, "written": written, "unit": unit}
                    yield report(
                        "form.unit_beside",
                        row,
                        column.col,
                        found=written,
                        row=self._key(row),
                        field=field.name,
                        **words,
                    )

    def _written(self, column: Column) -> dict[int, str]:
        """Grid row -> the unit beside the figure of the column, where a figure stands; {} where no such column is beside it."""
        field: Field = self.header.form.field(column.field)
        if not field.numeric or column.parts or column.col + 1 not in self.cols:
            return {}
        rows = [row for _, row in self.body.rows if self.view.filled(row, (column.col,))]
        return {row: text for row in rows if (text := self.view.text(row, column.col + 1))}

    def _texts(self, col: int) -> list[str]:
        return [text for _, row in self.body.rows if (text := self.view.text(row, col))]

    def _is_one(self, col: int) -> bool:
        header = self.header
        core = next((c for r in range(header.last, header.first - 1, -1) if (c := self.view.label(r, col).core)), "")
        return names_measures(core, self._texts(col))

    def _key(self, row: int) -> str:
        return next(key for key, at in self.body.rows if at == row)

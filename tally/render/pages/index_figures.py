"""The overview's figures: page 1's table of the newest report, and how each figure went over the periods."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import chain

from tally.blocks import Align, Entry, Head, Table
from tally.paths import Paths
from tally.render.pages.cells import Cells
from tally.render.pages.sparkline import sparkline
from tally.report import marks
from tally.totals import stored
from tally.totals.figures import printed
from tally.totals.trend import Series
from tally.writing.periods import month

_MOST = 6  # periods whose numbers stand beside the line


def course(paths: Paths) -> tuple[Table, Cells] | None:
    """A row a figure: its line over the periods and the newest numbers; None before there are two periods."""
    series = stored.read_series(paths)
    if not series:
        return None
    periods = series[0].periods[-_MOST:]
    cells = Cells()
    rows = [_row(one, periods, cells) for one in series]
    heads = ("指标", "走势", *map(month, periods), "要求", "口径")
    right: list[Align] = ["right"] * (len(periods) + 1)
    align: list[Align] = ["left", "center", *right, "left"]
    marked = any(entry.kind == "doubt" for entry in chain.from_iterable(rows))
    note = marks.note("，见该期报告") if marked else ""
    table = Table(
        "course", "各期走势", (tuple(map(Head, heads)),), tuple(rows), tuple(align), note=note, sortable=False
    )
    return table, cells


def _row(one: Series, periods: Sequence[str], cells: Cells) -> tuple[Entry, ...]:
    values = dict(zip(one.periods, one.values, strict=True))
    doubts = dict(zip(one.periods, one.doubts, strict=False))
    unit = "" if one.unit == "%" else one.unit
    sign = "%" if one.unit == "%" else ""
    numbers = []
    for period in periods:
        value = values[period]
        text = "—" if value is None else printed(value, one.decimals) + sign
        numbers.append(Entry(text, kind="doubt" if doubts[period] and value is not None else ""))
    numbers_in_words = "，".join(
        f"{month(period)} {entry.text}" for period, entry in zip(periods, numbers, strict=True)
    )
    line = Entry("　" * 7)
    cells.put(line, sparkline(one.values, f"{one.label}走势：{numbers_in_words}"))
    target = "—" if one.target is None else f"{printed(one.target, 0)}{sign}"
    return Entry(f"{one.label}（{unit}）" if unit else one.label), line, *numbers, Entry(target), Entry(_base(one))


def _base(one: Series) -> str:
    if not one.alike:
        return "各期单位不同，不可直接比较"
    few, many = min(one.units), max(one.units)
    return f"{few}个单位同口径" if few == many else f"{few}～{many}个单位，按各期报告口径"


def plain(table: Table) -> tuple[Table, Cells]:
    """Page 1's figures as they stand there, their marks with them; what opens a figure stays in the report."""
    rows = (tuple(map(_plain, row)) for row in table.body)
    return Table(
        table.id, "", table.head, tuple(rows), table.align, table.widths, note=table.note, sortable=False
    ), Cells()


def _plain(entry: Entry) -> Entry:
    return Entry(entry.text, kind=entry.kind)

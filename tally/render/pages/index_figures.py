"""The overview's figures: page 1's table of the newest report, and how each figure went over the periods."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from tally.blocks import Align, Entry, Head, Table
from tally.declare import Campaign
from tally.paths import Paths
from tally.render.pages.cells import Cells
from tally.render.pages.sparkline import sparkline
from tally.report import marks
from tally.store.seals import Broken
from tally.store.tables import read_arrow
from tally.totals import stored
from tally.totals.figures import printed
from tally.totals.trend import Series

_MOST = 6  # periods whose numbers stand beside the line


def course(campaign: Campaign, paths: Paths) -> tuple[Table, Cells] | None:
    """A row a figure: its line over the periods and the newest numbers; None before there are two periods."""
    series = stored.read_series(paths)
    if not series:
        return None
    periods = series[0].periods[-_MOST:]
    doubts = {period: _doubted(paths.beside(period)) for period in periods}
    cells = Cells()
    rows = [_row(campaign, one, periods, doubts, cells) for one in series]
    heads = ("指标", "走势", *periods, "要求", "口径")
    right: list[Align] = ["right"] * (len(periods) + 1)
    align: list[Align] = ["left", "center", *right, "left"]
    marked = any(entry.kind == "doubt" for row in rows for entry in row)
    note = marks.note("，见该期报告") if marked else ""
    table = Table(
        "course", "各期走势", (tuple(map(Head, heads)),), tuple(rows), tuple(align), note=note, sortable=False
    )
    return table, cells


def _row(
    campaign: Campaign, one: Series, periods: Sequence[str], doubts: dict[str, frozenset[str]], cells: Cells
) -> tuple[Entry, ...]:
    values = dict(zip(one.periods, one.values, strict=True))
    unit = "" if one.unit == "%" else one.unit
    sign = "%" if one.unit == "%" else ""
    numbers = []
    for period in periods:
        value = values[period]
        text = "—" if value is None else printed(value, one.decimals) + sign
        in_doubt = value is not None and not doubts[period].isdisjoint(_refs(campaign, one))
        numbers.append(Entry(text, kind="doubt" if in_doubt else ""))
    said = "，".join(f"{period} {entry.text}" for period, entry in zip(periods, numbers, strict=True))
    line = Entry("　" * 7)
    cells.put(line, sparkline(one.values, f"{one.label}走势：{said}"))
    target = "—" if one.target is None else f"{printed(one.target, 0)}{sign}"
    return Entry(f"{one.label}（{unit}）" if unit else one.label), line, *numbers, Entry(target), Entry(_base(one))


def _base(one: Series) -> str:
    if not one.alike:
        return "各期单位不同，不可直接比较"
    few, many = min(one.units), max(one.units)
    return f"{few}个单位同口径" if few == many else f"{few}～{many}个单位，按各期报告口径"


def _refs(campaign: Campaign, one: Series) -> Iterable[str]:
    """The figures of a period's report that say what the series says of it."""
    form, _, measure = one.name.partition(".")
    totals = [f.total for f in campaign.forms if f.name == form and f.layout == "matrix"]
    return [f"{form}.{total}.{measure}" for total in totals] or [one.name]


def _doubted(paths: Paths) -> frozenset[str]:
    """The figures of a period that bear the mark; none where they cannot be vouched for: nothing is shown of them then."""
    file = stored.folder(paths) / f"{stored.FIGURES}.parquet"
    if not file.exists():
        return frozenset()
    try:
        table = read_arrow(file)
    except Broken:
        return frozenset()
    pairs = zip(table["ref"].to_pylist(), table["doubt"].to_pylist(), strict=True)
    return frozenset(ref for ref, doubt in pairs if doubt)


def plain(table: Table) -> tuple[Table, Cells]:
    """Page 1's figures as they stand there, their marks with them; what opens a figure stays in the report."""
    rows = (tuple(Entry(e.text, kind=e.kind) for e in row) for row in table.body)
    return Table(
        table.id, "", table.head, tuple(rows), table.align, table.widths, note=table.note, sortable=False
    ), Cells()

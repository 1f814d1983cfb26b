"""The campaign over all its periods: one small panel a figure, legible from two periods to twenty-four."""

from __future__ import annotations

from decimal import Decimal

from matplotlib.axes import Axes

from tally.blocks import DOUBT, Chart, paint
from tally.totals import Totals
from tally.totals.figures import printed
from tally.totals.trend import Series
from tally.writing.periods import month

COLUMNS = 3
PANEL_MM = 34
ROOM_BELOW = 0.3  # of the highest value: a lowest one below it has its number above, clear of the axis
FEW = 4  # periods: then every point bears its number, else the first, the last and the extremes


def trend(totals: Totals) -> Chart | None:
    """None before there are two periods."""
    series = totals.trends
    if not series:
        return None
    rows = -(-len(series) // COLUMNS)
    with paint.style():
        figure, panels = paint.grid(PANEL_MM * rows + 2, rows, COLUMNS)
        for axes, one in zip(panels, series, strict=False):
            _panel(axes, one)
        for axes in panels[len(series) :]:
            axes.set_axis_off()
        return paint.finish("chart-trend", _message(totals), "；".join(_told(s) for s in series), figure)


def _message(totals: Totals) -> str:
    """What went up, what went down, and what stayed since the last period; like for like, and beyond chance."""
    ways: dict[str, list[str]] = {}
    for one in totals.trends:
        last, now = one.values[-2:]
        if last is not None and now is not None and one.alike:
            mark = DOUBT if any(one.doubts[-2:]) else ""
            ways.setdefault(_way(totals, one, now - last), []).append(f"{mark}{_brief(one.label)}")
    clauses = [f"{'、'.join(labels)}{way}" for way, labels in ways.items()]
    return f"与上期相比，{'，'.join(clauses)}" if clauses else "各期主要数字"


def _way(totals: Totals, series: Series, difference: Decimal) -> str:
    change = totals.changes.get(series.name)
    if not difference:
        return "持平"
    if change is not None and change.chance:
        return "无明显变化"
    return "上升" if difference > 0 else "下降"


def _brief(label: str) -> str:
    """A label short enough for a title: 各期罚没 is 罚没, 不合格发现率 is 发现率."""
    return label.removeprefix("各期").removeprefix("不合格").replace("按时报送率", "按时率")


def _told(series: Series) -> str:
    texts = ["—" if v is None else printed(v, series.decimals) for v in series.values]
    points = zip(series.periods, texts, series.units, strict=True)
    marked = (f"{month(p)}{_marked(series, at, text)}（{n}个单位）" for at, (p, text, n) in enumerate(points))
    values = "，".join(marked)
    return f"{series.label}（{series.unit}）：{values}"


def _panel(axes: Axes, series: Series) -> None:
    known = {at: value for at, value in enumerate(series.values) if value is not None}
    points = [(at, float(value)) for at, value in known.items()]
    at, values = zip(*points, strict=True)
    many = len(series.periods) > FEW
    axes.plot(at, values, color=paint.DARK, marker="o", markersize=2.5 if many else 5, linewidth=1.4)
    lowest = min(values)
    highest = max([*values, float(series.target or 0)])
    if series.target is not None:
        axes.axhline(float(series.target), color=paint.INK, linestyle="--", linewidth=0.8)
    for place, value in points:
        if place in _labelled(points, many=many):
            text = _marked(series, place, printed(known[place], series.decimals))
            axes.annotate(
                text,
                (place, value),
                (0, -11 if many and value == lowest > ROOM_BELOW * highest else 5),
                textcoords="offset points",
                ha="center",
                fontsize=8,
                bbox=paint.WHITE,
                zorder=5,
            )
    axes.set_title(f"{series.label}（{series.unit}）", fontsize=9, loc="left")
    axes.set_ylim(0, 1.3 * highest or 1)
    axes.set_xlim(-0.6, len(series.periods) - 0.4)
    ticks = range(len(series.periods)) if not many else (0, len(series.periods) - 1)
    axes.set_xticks(list(ticks), [_short(series.periods[t]) for t in ticks], fontsize=8)
    axes.set_xlabel(_base(series), fontsize=8)
    axes.yaxis.set_visible(False)
    axes.spines["left"].set_visible(False)


def _marked(series: Series, place: int, text: str) -> str:
    return f"{DOUBT}{text}" if series.doubts[place] else text


def _labelled(points: list[tuple[int, float]], *, many: bool) -> set[int]:
    """Which points bear their number: all of few; else the first, the last, the highest and the lowest, if apart."""
    if not many:
        return {at for at, _ in points}
    shown = [points[0][0], points[-1][0]]
    apart = max(2, len(points) // 4)
    for extreme in (max(points, key=lambda p: p[1])[0], min(points, key=lambda p: p[1])[0]):
        if all(abs(extreme - at) >= apart for at in shown):
            shown.append(extreme)
    return set(shown)


def _base(series: Series) -> str:
    if not series.alike:
        return "各期单位不同，不可直接比较"
    if len(set(series.units)) == 1:
        return f"{series.units[0]}个单位同口径"
    return f"{min(series.units)}～{max(series.units)}个单位，按各期报告口径"


def _short(period: str) -> str:
    """2021年5月 as 21年5月."""
    return month(period).removeprefix("20")

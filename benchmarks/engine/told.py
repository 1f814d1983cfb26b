"""The figures as Markdown tables, and the cost a county against the number of counties as a picture."""

from __future__ import annotations

import statistics
from collections.abc import Sequence
from pathlib import Path

from benchmarks.engine.measure import LIMIT, PAPERMILL, PLAIN, SLOW, Taken


def table(taken: Taken) -> str:
    """Medians with quartiles, and ratios to papermill as it comes and to the limit."""
    medians = {name: statistics.median(times) for name, times in taken.seconds.items()}
    lines = ["| 方式 | 每个单位（毫秒）：中位数 [四分位] | 快于 papermill | 为极限的 |", "|---|---|---|---|"]
    for name, times in taken.seconds.items():
        low, _, high = statistics.quantiles(times, n=4, method="inclusive") if len(times) > 1 else times * 3
        m = medians[name]
        note = f"（取 {SLOW} 个单位量）" if taken.counties > SLOW and name.startswith((PAPERMILL[:9], "plain")) else ""
        lines.append(
            f"| {name}{note} | {m * 1e3:.0f} [{low * 1e3:.0f}-{high * 1e3:.0f}] "
            f"| {medians[PAPERMILL] / m:.1f}× | {m / medians[LIMIT]:.2f}× |"
        )
    return "\n".join(lines)


def extrapolated(taken: Taken, small: Taken) -> str:
    """A size that only our engine ran, beside what papermill would take by its cost a county at a smaller size."""
    (name, (each,)), n = next(iter(taken.seconds.items())), taken.counties
    plain = statistics.median(small.seconds[PAPERMILL])
    before = statistics.median(small.seconds[name])
    return "\n".join(
        [
            "| 方式 | 全部用时 | 每个单位（毫秒） | 快于 papermill |",
            "|---|---|---|---|",
            f"| {PAPERMILL}（按 {small.counties} 个单位时推算，未实测） | {plain * n / 60:.0f} 分 | {plain * 1e3:.0f} | 1.0× |",
            f"| {name} | {each * n:.0f} 秒 | {each * 1e3:.0f}（{small.counties} 个单位时的 {each / before:.2f} 倍） | {plain / each:.1f}× |",
        ]
    )


def picture(found: Sequence[Taken], target: Path) -> None:
    """Milliseconds a county against the number of counties, one line a way, both axes by powers of ten."""
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure

    from tally.blocks import paint

    names = list(
        dict.fromkeys(n for taken in found for n in taken.seconds if n != PLAIN)
    )  # as good as papermill's line
    with paint.style():
        figure = Figure(figsize=(6.4, 3.6), layout="constrained")
        FigureCanvasAgg(figure)
        axes = figure.add_subplot(xscale="log", yscale="log")
        for name, marker in zip(names, "osD^v", strict=False):
            points = [(t.counties, 1e3 * statistics.median(t.seconds[name])) for t in found if name in t.seconds]
            xs, ys = zip(*points, strict=True)
            axes.plot(
                xs, ys, marker=marker, color=paint.DARK, markerfacecolor="white" if marker in "sD" else paint.DARK
            )
            axes.annotate(name, points[-1], (7, 0), textcoords="offset points", va="center", fontsize=8)
        sizes = sorted({t.counties for t in found})
        axes.set_xticks(sizes, [f"{n:,}" for n in sizes])
        axes.set_yticks([20, 50, 100, 200, 500, 1000, 2000], ["20", "50", "100", "200", "500", "1000", "2000"])
        axes.minorticks_off()
        axes.set_xlim(sizes[0] / 1.5, sizes[-1] * 12)
        axes.set_xlabel("单位数")
        axes.set_title("每个单位的用时（毫秒，中位数，两轴均为对数）", fontsize=9.5, loc="left")
        axes.grid(axis="y", color="#dddddd", linewidth=0.5)
        figure.savefig(target, dpi=150, metadata={"Software": None})

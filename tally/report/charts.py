"""Charts of the report: figures of `tally.totals` in, `tally.blocks.Chart` out; () where there is nothing to show.

Each says one thing, labels its bars and points directly, and reads in black and white.
"""

from __future__ import annotations

from tally.blocks import Chart, paint
from tally.declare import Form
from tally.totals import TO_DATE, Totals
from tally.totals.figures import percent, wilson
from tally.totals.record import STATES
from tally.totals.sampling import item_names
from tally.writing.numbers import plain

Row = tuple[str, float, float, str]  # label, whole, part of it, text beside the bar


def cases(totals: Totals, form: Form) -> tuple[Chart, ...]:
    """Cases to date by category and by unit, cases filed drawn dark within them."""
    if not {"cases_handled", "cases_filed"} <= {f.name for f in form.fields}:
        return ()
    stem, value = form.name, totals.book.value
    at = (f"cases_handled{TO_DATE}", f"cases_filed{TO_DATE}")

    def row(label: str, refs) -> Row | None:
        handled, filed = (value(r) for r in refs)
        return None if handled is None else (label, float(handled), float(filed or 0), _pair(handled, filed))

    kinds = [row(c.label, [f"{stem}.{c.name}.{m}" for m in at]) for c in form.parts]
    total = f"{stem}.{form.total}"
    units = [row(n, [f"{total}.{m}@{c}" for m in at]) for c, n in totals.history.units.items()]
    drawn = (
        ("chart-cases-category", "各类别案件查办情况（累计，件）", kinds),
        ("chart-cases-unit", "各单位案件查办情况（累计，件）", units),
    )
    return tuple(c for id, caption, rows in drawn if (c := _stacked(id, caption, [r for r in rows if r])))


def _pair(handled, filed) -> str:
    return f"{plain(handled)}（立案{plain(filed)}）" if filed is not None else plain(handled)


def _stacked(id: str, caption: str, rows: list[Row], names=("查办案件", "其中立案")) -> Chart | None:
    rows = sorted(rows, key=lambda r: -r[1])
    if not any(whole for _, whole, _, _ in rows):
        return None
    shown, cut = rows[: paint.MOST], len(rows) > paint.MOST
    with paint.style():
        figure, (axes,) = paint.sheet(paint.bars_height(len(shown)))
        places, wholes = range(len(shown)), [r[1] for r in shown]
        light = axes.barh(
            places, wholes, color=paint.LIGHT, edgecolor="#7f93a8", hatch="///", linewidth=0.6, height=0.68
        )
        dark = axes.barh(places, [r[2] for r in shown], color=paint.DARK, height=0.68)
        for i, (_, whole, part, text) in enumerate(shown):
            axes.annotate(text, (max(whole, part), i), (4, 0), textcoords="offset points", va="center", fontsize=8.5)
        axes.set_yticks(places, [r[0] for r in shown])
        axes.set_xlim(0, 1.22 * max(wholes) or 1)
        axes.invert_yaxis()
        paint.quiet(axes)
        paint.legend(figure, [light, dark], names)
        told = caption + (f"，数量前{paint.MOST}个" if cut else "")
        return paint.finish(id, told, "；".join(f"{r[0]}{r[3]}" for r in shown), figure)


def sampling(totals: Totals) -> tuple[Chart, ...]:
    """Failing rate with its interval by unit, and the failing items."""
    return tuple(c for c in (_rates(totals), _pareto(totals)) if c)


def _rates(totals: Totals) -> Chart | None:
    count, rows = totals.book.count, []
    for code, name in totals.history.units.items():
        n, k = (count(f"sampling.{m}{TO_DATE}@{code}") for m in ("batches", "failing"))
        if n:
            rows.append((name, k, n, float(percent(k, n)), *map(float, wilson(k, n))))
    if not rows:
        return None
    rows, city = rows[: paint.MOST], totals.book.value(f"sampling.failing_rate{TO_DATE}")
    with paint.style():
        figure, (axes,) = paint.sheet(paint.bars_height(len(rows)) + 6)
        for i, (_, k, n, rate, low, high) in enumerate(rows):
            axes.plot([low, high], [i, i], color=paint.INK, linewidth=1.1, marker="|", markersize=6)
            axes.plot(
                [rate],
                [i],
                "o",
                color=paint.DARK if k else "white",
                markeredgecolor=paint.DARK,
                markersize=6,
                clip_on=False,
                zorder=3,
            )
            axes.annotate(f"{k}/{n}", (high, i), (5, 0), textcoords="offset points", va="center", fontsize=8.5)
        line = axes.axvline(float(city), color=paint.INK, linestyle="--", linewidth=0.9)
        axes.set_yticks(range(len(rows)), [r[0] for r in rows])
        axes.set_xlim(0, min(108, 1.12 * max(r[5] for r in rows)))
        axes.invert_yaxis()
        axes.tick_params(axis="y", length=0, pad=7)
        axes.set_xlabel("不合格发现率（%），横线为95%置信区间，旁注为不合格批次/抽查批次", fontsize=8.5)
        paint.legend(figure, [line], [f"{totals.history.whole}{plain(city)}%"])
        alt = "；".join(f"{n}{k}/{b}批次，{r:.2f}%（{lo:.2f}%—{hi:.2f}%）" for n, k, b, r, lo, hi in rows)
        return paint.finish("chart-rate-unit", "各单位不合格发现率及其95%置信区间（累计）", alt, figure)


def _pareto(totals: Totals) -> Chart | None:
    items = item_names(totals.book)[:12]
    if len(items) < 2:
        return None
    whole = sum(n for _, n in item_names(totals.book))
    running = [100 * sum(n for _, n in items[: i + 1]) / whole for i in range(len(items))]
    with paint.style():
        figure, (axes,) = paint.sheet(62)
        places = range(len(items))
        bars = axes.bar(places, [n for _, n in items], width=0.6, color=paint.DARK)
        axes.set_xticks(places, [_broken(name) for name, _ in items], fontsize=8)
        axes.set_ylim(0, 1.25 * max(n for _, n in items))
        axes.yaxis.set_visible(False)
        axes.spines["left"].set_visible(False)
        other = axes.twinx()
        (line,) = other.plot(
            places, running, color=paint.INK, marker="o", markersize=4, markerfacecolor="white", linewidth=1
        )
        for i, (_, n) in enumerate(items):  # over the line, on white
            at = {"xytext": (0, 2), "textcoords": "offset points", "ha": "center", "path_effects": [paint.HALO]}
            other.annotate(str(n), (i, n), xycoords=axes.transData, fontsize=8.5, zorder=5, **at)
        other.spines[:].set_visible(False)
        other.set_ylim(0, 112)
        other.set_yticks([0, 50, 100], ["0", "50%", "100%"], fontsize=8)
        paint.legend(figure, [bars, line], ["批次", "累计占比"])
        alt = "；".join(f"{name}{n}批次" for name, n in items)
        return paint.finish("chart-items", "不合格项目分布（累计，批次）", alt, figure)


def _broken(name: str) -> str:
    """A long label on lines of six characters, three at most."""
    lines = [name[i : i + 6] for i in range(0, len(name), 6)]
    return "\n".join(lines[:3]) + ("…" if len(lines) > 3 else "")


def coverage(totals: Totals) -> tuple[Chart, ...]:
    """Producing firms by unit, those sampled drawn dark."""
    rows, value = [], totals.book.value
    for code, name in totals.history.units.items():
        producing, sampled, rate = (value(f"coverage.{m}@{code}") for m in ("producing", "sampled", "rate"))
        if rate is not None:
            rows.append((name, float(producing), float(sampled), f"{sampled}/{producing}，{plain(rate)}%"))
    caption = "各单位在产企业抽查覆盖情况（家）"
    chart = _stacked("chart-coverage", caption, rows, ("在产企业", "其中已抽查")) if rows else None
    return (chart,) if chart else ()


def trend(totals: Totals, form: Form) -> tuple[Chart, ...]:
    """Cases and fines period by period (sums of what was returned for each) with the number of units behind them."""
    fields = [f for f in form.fields if f.name in ("cases_handled", "fines_confiscations") and not f.cumulative]
    periods = totals.history.periods
    if len(periods) < 2 or not fields:
        return ()
    matrix, names = totals.matrices[form.name], [t.period for t in periods]
    with paint.style():
        figure, panels = paint.sheet(58, len(fields))
        told = []
        for axes, field in zip(panels, fields, strict=True):
            found = [
                [r.value for c in totals.history.units if (r := matrix.get(p, c, form.total, field.name))]
                for p in names
            ]
            sums = [sum(v) if v else None for v in found]
            _line(axes, names, sums, [len(v) for v in found])
            axes.set_title(f"{field.label}（{field.unit}）", fontsize=9, loc="left")
            said = "，".join(
                f"{p}期{'—' if s is None else plain(s)}（{len(v)}个单位）"
                for p, s, v in zip(names, sums, found, strict=True)
            )
            told.append(f"{field.label}：{said}")
        return (paint.finish("chart-trend", "各期查办情况（括号内为有数据的单位数）", "；".join(told), figure),)


def _line(axes, names: list[str], sums: list, counts: list[int]) -> None:
    points = [(i, float(s)) for i, s in enumerate(sums) if s is not None]
    axes.plot(*zip(*points, strict=True), color=paint.DARK, marker="o", markersize=5, linewidth=1.4) if points else None
    for i, y in points:
        axes.annotate(plain(sums[i]), (i, y), (0, 6), textcoords="offset points", ha="center", fontsize=8.5)
    axes.set_xticks(range(len(names)), [f"{n}\n（{c}）" for n, c in zip(names, counts, strict=True)], fontsize=8)
    axes.set_ylim(0, 1.25 * max((y for _, y in points), default=1) or 1)
    axes.set_xlim(-0.4, len(names) - 0.6)
    axes.yaxis.set_visible(False)
    axes.spines["left"].set_visible(False)


_SIGNS = {
    "on time": ("o", paint.DARK),
    "late": ("D", "white"),
    "zero return": ("s", paint.LIGHT),
    "missing": ("x", paint.INK),
    "failed": ("v", "white"),
}


def submissions(totals: Totals) -> tuple[Chart, ...]:
    """Units × forms as a matrix of signs."""
    forms = list(dict.fromkeys(form for _, form in totals.record))
    units = list(totals.history.units.items())
    if len(units) > paint.MOST:
        return ()
    labels = {f.name: f.number for f in totals.history.campaign.forms} | {"summary": "工作总结"}
    with paint.style():
        figure, (axes,) = paint.sheet(20 + 5.6 * len(units))
        for state, (marker, fill) in _SIGNS.items():
            at = [
                (x, y)
                for y, (c, _) in enumerate(units)
                for x, f in enumerate(forms)
                if _shown(totals.record[c, f]) == state
            ]
            if state == "failed" and not at:
                continue  # rare: in the legend only where it happened
            edge = {} if marker == "x" else {"edgecolors": paint.INK}
            axes.scatter(
                [x for x, _ in at],
                [y for _, y in at],
                44,
                fill,
                marker=marker,
                label=STATES[state],
                linewidths=1,
                **edge,
            )
        axes.set_yticks(range(len(units)), [n for _, n in units])
        axes.set_xticks(range(len(forms)), [labels[f] for f in forms])
        axes.set_xlim(-0.5, len(forms) - 0.5)
        axes.set_ylim(len(units) - 0.4, -0.6)
        axes.xaxis.tick_top()
        axes.tick_params(which="both", length=0)
        axes.spines[:].set_visible(False)
        axes.set_yticks([i + 0.5 for i in range(len(units) - 1)], minor=True)
        axes.grid(axis="y", which="minor", color="#dddddd", linewidth=0.5)
        paint.legend(figure, *axes.get_legend_handles_labels())
        gone = [
            f"{n}{labels[f]}{STATES[s]}"
            for c, n in units
            for f in forms
            if (s := _shown(totals.record[c, f])) != "on time"
        ]
        return (paint.finish("chart-submission", "各单位报送情况", "；".join(gone) or "均按时报送", figure),)


def _shown(s) -> str:
    return "late" if s.late else s.state

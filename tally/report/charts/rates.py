"""Failing rates by unit with their intervals, the highest first: who is worse, and who cannot be told apart."""

from __future__ import annotations

from dataclasses import dataclass

from tally.blocks import DOUBT, Chart, paint
from tally.declare import Form
from tally.report.phrases import few
from tally.totals import TO_DATE, Totals
from tally.totals.figures import percent, wilson


@dataclass(frozen=True, slots=True)
class Rate:
    """One unit's failing batches of its batches, in percent, with the 95 % interval."""

    name: str
    failing: int
    batches: int
    rate: float
    low: float
    high: float
    doubt: bool

    def apart(self, whole: float) -> bool:
        """Whether the interval leaves out the rate of all units together."""
        return not self.low <= whole <= self.high


def rates(totals: Totals) -> Chart | None:
    """None for fewer than two units with samples, and where nothing has failed."""
    rates_of_units = [r for code, name in totals.history.units.items() if (r := _rate(totals, code, name))]
    whole = totals.book.value(f"sampling.failing_rate{TO_DATE}")
    if (
        totals.sampling is None or len(rates_of_units) < 2 or not whole
    ):  # where nothing has failed there is nothing to compare
        return None
    ordered = sorted(rates_of_units, key=lambda r: (-r.rate, -r.batches))[: paint.MOST]
    what, form = totals.history.whole, totals.sampling.form
    return _drawn(ordered, float(whole), what, _message(ordered, float(whole), what), form)


def _rate(totals: Totals, code: str, name: str) -> Rate | None:
    batches, failing = (totals.book.count(f"sampling.{m}{TO_DATE}@{code}") for m in ("batches", "failing"))
    rate, bounds = percent(failing, batches), wilson(failing, batches)
    if rate is None or bounds is None:
        return None
    doubt = bool(totals.book[f"sampling.failing{TO_DATE}@{code}"].doubt)
    return Rate(name, failing, batches, float(rate), float(bounds[0]), float(bounds[1]), doubt)


def _message(ordered: list[Rate], whole: float, what: str) -> str:
    higher = [r.name for r in ordered if r.apart(whole) and r.rate > whole]
    lower = [r.name for r in ordered if r.apart(whole) and r.rate < whole]
    if not higher and not lower:
        return f"各单位不合格发现率与{what}{whole:.2f}%的差别都在随机波动范围内"
    clauses = [f"{few(names)}{how}" for names, how in ((higher, "明显高于"), (lower, "明显低于")) if names]
    return f"不合格发现率{'、'.join(f'{s}{what}' for s in clauses)}（{whole:.2f}%），其余单位不能区分"


def _drawn(rows: list[Rate], whole: float, what: str, caption: str, form: Form) -> Chart:
    with paint.style():
        figure, (axes,) = paint.sheet(paint.bars_height(len(rows)) + 2)
        for at, row in enumerate(rows):
            color = paint.DARK if row.apart(whole) else paint.GREY
            axes.plot([row.low, row.high], [at, at], color=color, linewidth=1.1, marker="|", markersize=6)
            face = color if row.failing else "white"
            axes.plot([row.rate], [at], "o", color=face, markeredgecolor=color, markersize=6, clip_on=False, zorder=3)
            label = f"{DOUBT if row.doubt else ''}{row.rate:.2f}%（{row.failing}/{row.batches}）"
            axes.annotate(label, (row.high, at), (5, 0), textcoords="offset points", va="center")
        line = axes.axvline(whole, color=paint.INK, linestyle="--", linewidth=0.9)
        axes.set_yticks(range(len(rows)), [r.name for r in rows])
        axes.set_xlim(0, min(130, 1.3 * max(r.high for r in rows)))
        axes.invert_yaxis()
        axes.tick_params(axis="y", length=0, pad=7)
        paint.quiet(axes)
        paint.legend(
            figure,
            [line],
            [
                f"{what}{whole:.2f}%；横线为大致范围（约95%的把握），灰色的含{what}的发现率；括号内为不合格/{form.act}{form.record}"
            ],
        )
        alt = "；".join(
            f"{r.name}{r.failing}/{r.batches}{form.counted}，{r.rate:.2f}%（{r.low:.2f}%～{r.high:.2f}%）" for r in rows
        )
        return paint.finish("chart-rate-unit", caption, alt, figure)

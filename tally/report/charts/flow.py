"""From samples to consequences: how many batches were tested, failed, were followed up, and what came of it."""

from __future__ import annotations

from dataclasses import dataclass

from matplotlib.patches import FancyBboxPatch

from tally.blocks import DOUBT, Chart, paint
from tally.declare import Form
from tally.report.follow_up import asked_steps, failing_batches
from tally.totals import TO_DATE, Totals
from tally.totals.figures import percent, printed

PUNISHED = "行政处罚"
QUALITY = "quality"


@dataclass(frozen=True, slots=True)
class Step:
    """`share` is of the step before, in words; "" where the two are not counted in the same."""

    label: str
    number: int
    unit: str
    share: str = ""
    doubt: bool = False

    @property
    def text(self) -> str:
        return f"{DOUBT if self.doubt else ''}{self.number}{self.unit}"


def flow(totals: Totals) -> Chart | None:
    """None without samples, or where none failed."""
    batches = failing_batches(totals)
    if totals.sampling is None or not batches:
        return None
    form = totals.sampling.form
    tested = totals.book.count(f"sampling.batches{TO_DATE}")
    handled = sum(bool(b.follow_up) for b in batches)
    fined = sum(PUNISHED in b.named for b in batches)
    whole = sum(not b.missing for b in batches)
    shaken = _doubted(totals, "failing")
    punished = Step("写明处罚", fined, form.counted, _share(fined, len(batches)), shaken)
    steps = [
        Step(form.act, tested, form.counted, doubt=_doubted(totals, "batches")),
        Step("不合格", len(batches), form.counted, _share(len(batches), tested), shaken),
        Step("填报后处理", handled, form.counted, _share(handled, len(batches)), _doubted(totals, "handled")),
        *([punished] if PUNISHED in asked_steps(totals.history.campaign) else []),
        Step("步骤齐全", whole, form.counted, _share(whole, len(batches)), shaken),
        *_cases(totals),
    ]
    rest, what = len(batches) - whole, f"不合格{form.goods}" if form.goods != form.record else "不合格的"
    count = f"{DOUBT if shaken else ''}{len(batches)}{form.counted}"
    caption = (
        f"{count}{what}中，后处理步骤齐全的{whole}{form.counted}，{rest}{form.counted}尚待补齐"
        if rest
        else f"{count}{what}的后处理步骤都已齐全"
    )
    return _drawn(steps, caption, form)


def _doubted(totals: Totals, measure: str) -> bool:
    figure = totals.book.get(f"sampling.{measure}{TO_DATE}")
    return figure is not None and bool(figure.doubt)


def _share(part: int, whole: int) -> str:
    share = percent(part, whole)
    return "" if share is None else f"{printed(share, 2)}%"


def _cases(totals: Totals) -> list[Step]:
    """Quality cases filed and handed to the police: counted in cases, not in batches."""
    steps = []
    for measure, label in (("cases_filed", "质量类立案"), ("cases_transferred", "移送公安")):
        ref = f"cases.{QUALITY}.{measure}{TO_DATE}"
        if totals.book.value(ref) is not None:
            steps.append(Step(label, totals.book.count(ref), "件", doubt=bool(totals.book[ref].doubt)))
    return steps


def _measured(steps: list[Step], form: Form) -> str:
    """What each share is of."""
    cases = f"；案件按件计，不与{form.record}相比" if any(s.unit != form.counted for s in steps) else ""
    return f"不合格的占{form.act}{form.record}，以后各步占不合格{form.record}{cases}"


def _drawn(steps: list[Step], caption: str, form: Form) -> Chart:
    with paint.style():
        figure, (axes,) = paint.sheet(30)
        for at, step in enumerate(steps):
            face = paint.LIGHT if step.unit == form.counted else "white"
            style = "round,pad=0.02,rounding_size=0.06"
            axes.add_patch(
                FancyBboxPatch((at + 0.1, 0.25), 0.76, 0.5, style, facecolor=face, edgecolor=paint.DARK, linewidth=0.8)
            )
            axes.text(at + 0.48, 0.6, step.label, ha="center", va="center", fontsize=8.5)
            axes.text(at + 0.48, 0.4, step.text, ha="center", va="center", fontsize=9.5, weight="bold")
            if at:
                axes.annotate(
                    "", (at + 0.07, 0.5), (at - 0.11, 0.5), arrowprops={"arrowstyle": "->", "color": paint.INK}
                )
            if step.share:
                axes.text(at + 0.48, 0.1, step.share, ha="center", va="center", fontsize=8.5)
        axes.text(0, 0.1, "占比：", ha="left", va="center", fontsize=8.5)
        axes.text(0, 0.93, _measured(steps, form), va="center", fontsize=8)
        axes.set_xlim(0, len(steps))
        axes.set_ylim(0, 1)
        axes.set_axis_off()
        alt = "；".join(f"{s.label}{s.text}{f'（{s.share}）' if s.share else ''}" for s in steps)
        return paint.finish("chart-flow", caption, alt, figure)

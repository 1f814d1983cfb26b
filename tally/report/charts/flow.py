"""From samples to consequences: how many batches were tested, failed, were followed up, and what came of it."""

from __future__ import annotations

from dataclasses import dataclass

from matplotlib.patches import FancyBboxPatch

from tally.blocks import DOUBT, Chart, paint
from tally.report.follow_up import failing_batches
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
    tested = totals.book.count(f"sampling.batches{TO_DATE}")
    handled = sum(bool(b.follow_up) for b in batches)
    punished = sum(PUNISHED in b.named for b in batches)
    whole = sum(not b.missing for b in batches)
    shaken = _doubted(totals, "failing")
    steps = [
        Step("抽查", tested, "批次", doubt=_doubted(totals, "batches")),
        Step("不合格", len(batches), "批次", _share(len(batches), tested), shaken),
        Step("填报后处理", handled, "批次", _share(handled, len(batches)), _doubted(totals, "handled")),
        Step("写明处罚", punished, "批次", _share(punished, len(batches)), shaken),
        Step("步骤齐全", whole, "批次", _share(whole, len(batches)), shaken),
        *_cases(totals),
    ]
    rest, count = len(batches) - whole, f"{DOUBT if shaken else ''}{len(batches)}批次"
    caption = (
        f"{count}不合格产品中，后处理步骤齐全的{whole}批次，{rest}批次尚待补齐"
        if rest
        else f"{count}不合格产品的后处理步骤都已齐全"
    )
    return _drawn(steps, caption)


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


def _drawn(steps: list[Step], caption: str) -> Chart:
    with paint.style():
        figure, (axes,) = paint.sheet(30)
        for at, step in enumerate(steps):
            face = paint.LIGHT if step.unit == "批次" else "white"
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
        axes.text(
            0, 0.93, "不合格的占抽查批次，以后各步占不合格批次；案件按件计，不与批次相比", va="center", fontsize=8
        )
        axes.set_xlim(0, len(steps))
        axes.set_ylim(0, 1)
        axes.set_axis_off()
        alt = "；".join(f"{s.label}{s.text}{f'（{s.share}）' if s.share else ''}" for s in steps)
        return paint.finish("chart-flow", caption, alt, figure)

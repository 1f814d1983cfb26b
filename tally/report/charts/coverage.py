"""Coverage against its target of 100 %: the units that are not there, by name, the least covered first."""

from __future__ import annotations

from dataclasses import dataclass

from tally.blocks import DOUBT, Chart, paint
from tally.report.phrases import few
from tally.totals import Totals


@dataclass(frozen=True, slots=True)
class Covered:
    """One unit's producing firms and those that were sampled."""

    name: str
    producing: int
    sampled: int
    doubt: bool = False

    @property
    def mark(self) -> str:
        return DOUBT if self.doubt else ""

    @property
    def label(self) -> str:
        return f"{self.mark}{self.rate:.2f}%（{self.sampled}/{self.producing}）"

    @property
    def rate(self) -> float:
        return 100 * self.sampled / self.producing

    @property
    def rest(self) -> int:
        return self.producing - self.sampled


def coverage(totals: Totals) -> Chart | None:
    """None for fewer than two units with producing firms, or where all of them are covered: one bar tells nothing."""
    rows, without = [], []
    for code, name in totals.history.units.items():
        figures = [totals.book.get(f"coverage.{m}@{code}") for m in ("producing", "sampled")]
        producing, sampled = (None if f is None else f.value for f in figures)
        if producing:
            doubt = any(f is not None and bool(f.doubt) for f in figures)
            rows.append(Covered(name, int(producing), int(sampled or 0), doubt))
        elif producing is not None:
            without.append(name)
    short = sorted((r for r in rows if r.rest), key=lambda r: (r.rate, -r.rest))
    if len(rows) < 2 or not short or totals.sampling is None:
        return None
    act = totals.sampling.form.act
    full = [r for r in rows if not r.rest]
    words = few([f"{r.name}{r.mark}差{r.rest}家" for r in short])
    caption = f"{act}未达100%的{len(short)}个单位：{words}" if len(short) <= 3 else f"{act}未达100%的有{words}"
    return _drawn(short[: paint.MOST], full, without, caption, act)


def _drawn(short: list[Covered], full: list[Covered], without: list[str], caption: str, act: str) -> Chart:
    bars = [(r.name, r.rate, r.label) for r in short]
    if full:
        firms, mark = sum(r.producing for r in full), DOUBT if any(r.doubt for r in full) else ""
        bars.append((f"其余{len(full)}个单位", 100.0, f"{mark}100.00%（{firms}/{firms}）"))
    with paint.style():
        figure, (axes,) = paint.sheet(paint.bars_height(len(bars)) + 3)
        for at, (_, rate, label) in enumerate(bars):
            axes.barh([at], [100], height=0.62, color="white", edgecolor=paint.GREY, hatch="///", linewidth=0.6)
            axes.barh([at], [rate], height=0.62, color=paint.DARK)
            axes.annotate(label, (100, at), (6, 0), textcoords="offset points", va="center")
        line = axes.axvline(100, color=paint.INK, linewidth=1.4)
        axes.set_yticks(range(len(bars)), [name for name, _, _ in bars])
        axes.set_xlim(0, 125)
        axes.invert_yaxis()
        paint.quiet(axes)
        more = f"；{few(without)}没有在产企业" if without else ""
        paint.legend(figure, [line], [f"要求100%；斜线为尚未{act}的；括号内为已{act}/在产企业{more}"])
        alt = "；".join(f"{name}{label}" for name, _, label in bars) + more
        return paint.finish("chart-coverage", caption, alt, figure)

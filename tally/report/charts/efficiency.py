"""Cases found per hundred inspections, unit by unit: who finds much, whatever the unit's size."""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal

from tally.blocks import DOUBT, Chart, paint
from tally.declare import Form
from tally.totals import TO_DATE, Totals
from tally.totals.change import falls
from tally.totals.figures import printed

FOUND, INSPECTED = "cases_handled", "operators_inspected"
PER = 100
DECIMALS = 2
RESTATED = "*"


@dataclass(frozen=True, slots=True)
class Rate:
    """`value` per `PER` inspections."""

    name: str
    value: Decimal
    cases: str
    inspected: str
    doubt: bool
    restated: bool = False  # whether the inspections to date are fewer than they were: the rate is of another base

    @property
    def label(self) -> str:
        return f"{self.number}{RESTATED if self.restated else ''}（{self.cases}/{self.inspected}）"

    @property
    def number(self) -> str:
        return f"{DOUBT if self.doubt else ''}{printed(self.value, DECIMALS)}"


def efficiency(totals: Totals, form: Form) -> Chart | None:
    """None unless the form counts cases and inspections and at least two units gave both."""
    if not {FOUND, INSPECTED} <= {f.name for f in form.measures}:
        return None
    change = totals.changes.get(f"{form.name}.{form.total}.{INSPECTED}")
    fewer = falls(totals.matrices[form.name], form.field(INSPECTED), change) if change else {}
    rates = {code: _rate(totals, form, name, f"@{code}") for code, name in totals.history.units.items()}
    units = [replace(rate, restated=code in fewer) for code, rate in rates.items() if rate]
    whole = _rate(totals, form, totals.history.whole, "")
    if len(units) < 2 or whole is None:
        return None
    ordered = sorted(units, key=lambda r: -r.value)[: paint.MOST]
    return _drawn(ordered, whole, cut=len(units) > len(ordered))


def _rate(totals: Totals, form: Form, name: str, at: str) -> Rate | None:
    stem = f"{form.name}.{form.total}"
    cases, inspected = (totals.book.get(f"{stem}.{m}{TO_DATE}{at}") for m in (FOUND, INSPECTED))
    if cases is None or inspected is None or cases.value is None or not inspected.value:
        return None
    doubt = bool(cases.doubt or inspected.doubt)
    return Rate(name, PER * cases.value / inspected.value, cases.number, inspected.number, doubt)


def _drawn(rates: list[Rate], whole: Rate, *, cut: bool) -> Chart:
    first = rates[0]
    leading = next((rate for rate in rates if not rate.restated), None)
    caption = f"每{PER}户次检查查办案件{whole.name}{whole.number}件"
    caption += f"，{leading.name}最多（{leading.number}件）" if leading is first else ""
    caption += f"；只列前{paint.MOST}个单位" if cut else ""
    with paint.style():
        figure, (axes,) = paint.sheet(paint.bars_height(len(rates)))
        for at, rate in enumerate(rates):
            width, look = [float(rate.value)], paint.LIGHT if rate.doubt else paint.DARK
            edge, hatch = (paint.DARK, "///") if rate.doubt else (None, None)
            axes.barh([at], width, height=0.62, linewidth=0.6, color=look, edgecolor=edge, hatch=hatch)
            axes.annotate(
                rate.label,
                (float(max(rate.value, whole.value)), at),  # right of the line: none is written across it
                (4, 0),
                textcoords="offset points",
                va="center",
                zorder=5,
                bbox=paint.WHITE,
            )
        why = f"；{RESTATED}累计检查数比上期少，不宜比较" if any(r.restated for r in rates) else ""
        line = axes.axvline(float(whole.value), color=paint.INK, linestyle="--", linewidth=0.9)
        axes.set_yticks(range(len(rates)), [r.name for r in rates])
        axes.set_xlim(0, 1.3 * float(first.value) or 1)
        axes.invert_yaxis()
        paint.quiet(axes)
        paint.legend(figure, [line], [f"{whole.name}{whole.label}；括号内为查办案件数/检查户次{why}"])
        return paint.finish("chart-efficiency", caption, "；".join(f"{r.name}{r.label}" for r in rates), figure)

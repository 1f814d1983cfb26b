"""By how much each open error could move the totals, in words, for the data-quality list: in the order of the desk's queue."""

from __future__ import annotations

from decimal import Decimal

from tally.declare import Campaign
from tally.model import Finding
from tally.totals import TO_DATE, Totals
from tally.totals.reach import RECORDS, Figure, Scales, counted
from tally.totals.score import Score, score
from tally.totals.views import Views, findings_of
from tally.writing.numbers import plain

MISSING = "returns.missing"


def stakes(totals: Totals) -> dict[int, str]:
    """Row numbers of `findings` to how far the error could move a figure of all units, the highest score first."""
    history = totals.history
    scales = Scales(Views(history.campaign, history.now, history.periods[:-1]))
    findings = findings_of(history.now.findings)
    scores = {row: score(scales, [f]) for row, f in enumerate(findings) if f.severity == "error"}
    ordered = sorted(scores.items(), key=lambda entry: -entry[1].value)
    figures = {row: _figure(history.campaign, findings[row], s) for row, s in ordered}
    return {row: _told(totals, scales, findings[row], f, scores[row].reach[f]) for row, f in figures.items() if f}


def _told(totals: Totals, scales: Scales, finding: Finding, figure: Figure, amount: Decimal) -> str:
    """By how much; of a form that did not come, that its sums lack the unit: what it would have said nobody knows."""
    if finding.rule == MISSING:
        return "该表各项合计均不含该单位本期数"
    return _words(totals, scales, figure, amount)


def _figure(campaign: Campaign, finding: Finding, s: Score) -> Figure | None:
    """The figure to name: that of the finding's own cell, else a list's number of records, else a column that every
    record must fill, else the one that moves most."""
    named = [(finding.form, finding.row, finding.field), (finding.form, "", RECORDS)]
    forms = [f for f in campaign.forms if f.name == finding.form and f.layout == "list"]
    named += [(f.name, "", name) for f in forms for name in counted(f) if f.field(name).required]
    return next((figure for figure in named if figure in s.reach), s.figure)


def _words(totals: Totals, scales: Scales, figure: Figure, amount: Decimal) -> str:
    """罚没至多85.19万元（占全市累计的12.1%）: a share of the sum that the text states, where it states one."""
    form = scales.views.campaign.form(figure[0])
    category, name = figure[1:]
    row = form.category(category).label if category and category != form.total else ""
    field = None if name == RECORDS else form.field(name)
    share = _share(amount, *_whole(totals, scales, figure))
    if field is not None and not field.numeric:
        return f"“{field.label}”至多{plain(amount)}条记录{share}"
    label = f"《{form.title}》记录数" if field is None else f"{row}{field.label}"
    unit = "条" if field is None or not field.unit else field.unit
    return f"{label}至多{plain(amount)}{unit}{share}"


def _whole(totals: Totals, scales: Scales, figure: Figure) -> tuple[Decimal, str]:
    """The sum that a figure is a part of, and what it is called."""
    form, category, name = figure
    to_date = totals.book.value(f"{form}.{category}.{name}{TO_DATE}")
    if to_date:
        return abs(to_date), f"{totals.history.whole}累计"
    return abs(scales.city[figure]), totals.history.whole


def _share(amount: Decimal, city: Decimal, whole: str) -> str:
    if not city:
        return ""
    share = float(amount / city)
    if share > 1:
        return f"（超过{whole}）"
    return f"（占{whole}的{100 * share:.1f}%）" if share >= 0.0005 else "（不足0.1%）"

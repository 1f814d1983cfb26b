"""By how much each open error could move the totals, in words, for the data-quality list."""

from __future__ import annotations

from tally.check.influence import AVERAGE, Influence, influence
from tally.model import Finding
from tally.totals import Totals
from tally.writing.numbers import plain


def stakes(totals: Totals) -> dict[int, str]:
    """Row numbers of `findings` to how far the error could move a figure of all units, the largest share first."""
    history = totals.history
    records = history.now.findings.astype(object).where(lambda x: x.notna(), "").to_dict("records")
    findings = [Finding(**r) for r in records]
    rows: dict[Finding, list[int]] = {}
    for i, finding in enumerate(findings):
        rows.setdefault(finding, []).append(i)
    weighed = influence(findings, history.campaign, history.now)
    return {rows[w.finding].pop(0): _said(w, history.whole) for w in weighed if w.amount}


def _said(w: Influence, whole: str) -> str:
    if not w.share:
        share = ""
    elif w.share > 1:
        share = f"（超过{whole}合计）"
    else:
        share = f"（占{whole}的{100 * w.share:.1f}%）" if w.share >= 0.0005 else "（不足0.1%）"
    about = "约" if w.basis == AVERAGE else ""
    return f"{w.measure}{about}{plain(w.amount)}{w.unit}{share}"

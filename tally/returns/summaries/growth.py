"""How a figure has grown since the last period, as a summary says it right behind the figure: （较上期增加9件）, 环比下降12%."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from tally.returns.summaries.amounts import AMOUNT, Amount, amount
from tally.returns.summaries.stating import Stated

_SINCE = r"(?:[较比](?:上一?个?[期月]份?|前一?[期月]|(?P<month>\d{1,2}月份?))|环比)"
_WAYS = {"增加": 1, "增长": 1, "上升": 1, "增多": 1, "多": 1, "减少": -1, "下降": -1, "降低": -1, "少": -1}
_GROWTH = re.compile(
    rf"[,、(]?(?P<text>{_SINCE}(?P<way>{'|'.join(_WAYS)})(?:了)?(?P<n>{AMOUNT})(?P<unit>%|个百分点|[\u4e00-\u9fff]{{0,3}}))"
)


@dataclass(frozen=True)
class Growth:
    """By how much, below nought where it fell; `share`: in per cent of the figure before."""

    amount: Amount
    way: int
    share: bool
    text: str
    named: bool = False  # a month is named, which need not be the last

    def fits(self, was: Decimal, now: Decimal) -> bool:
        step = (now - was) * self.way
        if not self.share:
            return self.amount.fits(step)
        return bool(was) and self.amount.fits(step / was * 100)


def growth_behind(stated: Stated) -> Growth | None:
    """The growth since the last period that is said behind a figure; None for other comparisons and points of a rate."""
    match = _GROWTH.match(stated.behind)
    if match is None or match["unit"] == "个百分点" or stated.measure.unit == "%":
        return None
    measure, share = stated.measure, match["unit"] == "%"
    unit = "" if share else _known(match["unit"], measure.written)
    read = amount(match["n"], unit, "", "%" if share else measure.unit, not share and measure.continuous)
    return Growth(read, _WAYS[match["way"]], share, match["text"], bool(match["month"])) if read is not None else None


def _known(unit: str, written: tuple[str, ...]) -> str:
    """The unit of measure that the words behind an amount begin with, "" for none."""
    return next((u for u in sorted(written, key=len, reverse=True) if unit.startswith(u)), "")

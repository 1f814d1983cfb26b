"""By when a unit is to answer, and whom it may ask: one wording for the list and the letter, from what the campaign declares.

Nothing is made up: where the campaign names no person and no number, none is given.
"""

from __future__ import annotations

from collections.abc import Iterable

from tally.declare import Campaign, Period
from tally.render.feedback.notices import Notice
from tally.report.phrases import day


def answer_by(period: Period) -> str:
    """请于2021年6月15日前…, or 请尽快…, as a sentence begins."""
    return f"请于{day(period.answer, year=True)}前" if period.answer else "请尽快"


def contact(campaign: Campaign) -> str:
    """联系人：甲，电话：0515-…; what of it is declared, "" if nothing is."""
    parts = (("联系人", campaign.contact), ("电话", campaign.telephone))
    return "，".join(f"{name}：{text}" for name, text in parts if text)


def whom_to_ask(campaign: Campaign) -> str:
    """The sentence that ends list and letter."""
    named = contact(campaign)
    return f"对上述内容有疑问的，请与{campaign.issuer}联系{f'（{named}）' if named else ''}。"


def about_earlier(listed: Iterable[Notice]) -> str:
    """Where what stands open from earlier periods is mended, which is in no sheet of the workbook; "" if nothing does."""
    count = sum(n.earlier and n.severity != "note" for n in listed)
    if not count:
        return ""
    return f"其中 {count} 处是以前报送期的，不在所附各表中：请在清单“怎么办”写明的那一期的文件中更正，注明“更正”，单独报送。"

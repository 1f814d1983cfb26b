"""What a sheet without a form says of the forms beside it: a cover of another unit, 本表金额单位为元, 质量类应为14件."""

from __future__ import annotations

import re
from collections.abc import Iterable

from tally.clean.unit_names import units_in
from tally.declare import Campaign, Period, Unit
from tally.locate.context import measures_in
from tally.locate.lines import is_signature, note_corrects
from tally.locate.notes import LONG, qualifies
from tally.locate.statements import unread
from tally.locate.times import misfits, other_times, stretches_in
from tally.writing.characters import narrow

_UNIT_IS = re.compile(
    r"单位[:：]?(为|是|均为)?[:：]?(人民币)?[百千万]?[元只个箱盒]$|以[百千万]?[元只个箱盒](计|为单位)"
)
_TITLE = re.compile(r".*(表|目录|汇总|材料|封面|清单)")
_NUMBERED = re.compile(r"(附件|附表|表|第)[\d一二三四五六七八九十]{1,2}[页号]?|^\d{1,2}[.、](?=\D)")


def sentence_that_matters(campaign: Campaign, period: Period, unit: Unit, texts: Iterable[str]) -> str:
    """The first text that speaks of the unit, the units of measure, the time or the figures of forms; "" if none does."""
    return next((text for text in texts if len(text) <= LONG and _matters(campaign, period, unit, text)), "")


def _matters(campaign: Campaign, period: Period, unit: Unit, text: str) -> bool:
    flat = narrow(text)
    if is_signature(flat):
        return False
    others = units_in(campaign, text).codes - {unit.code, campaign.top.code}
    if others or note_corrects(flat) or qualifies(text) or _UNIT_IS.search(flat):
        return True
    if any("元" in measure or "只" in measure for measure in measures_in(flat)):
        return True
    stretches = stretches_in(flat, period.end.year)
    if other_times(flat, period) or any(misfits(s, period, flat) for s in stretches):
        return True
    return not _TITLE.fullmatch(flat) and any(unread(_without_titles(campaign, flat), form) for form in campaign.forms)


def _without_titles(campaign: Campaign, flat: str) -> str:
    """A line without the names of forms and of the campaign, which say nothing of a figure."""
    for form in campaign.forms:
        for title in (form.title, *form.aliases):
            flat = flat.replace(narrow(title), "")
    return flat.replace(narrow(campaign.title), "")


def lists_only(texts: Iterable[str]) -> bool:
    """True for a sheet whose digits are only numbers of annexes and pages: a table of contents."""
    return not any(any(ch.isdigit() for ch in _NUMBERED.sub("", narrow(text))) for text in texts)

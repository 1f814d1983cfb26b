"""What a summary that counts lacks, as far as its text alone shows: `of_text`."""

from __future__ import annotations

import re
from collections.abc import Iterator

from tally import catalogue
from tally.declare import Campaign, Period, Unit
from tally.model import Finding
from tally.returns.pictured import drawn_in
from tally.returns.summaries.itself import of_another, out_of_date
from tally.returns.summaries.sections import unwritten
from tally.returns.summaries.texts import Summary
from tally.writing.characters import narrow

_NOTHING = re.compile(
    r"(?:总结|小结|汇报|报告|情况)(?P<says>(?:本[月期季]|[我本][县区市局]){0,2}(?:无|零报告|没有|无情况)[。.]?)$"
)
_NOTES = ("comment", "footnote", "endnote", "text box")
_ENDS = re.compile(r"[。；;！!\n]")
_CORRECTS = re.compile(r"(?:更正|勘误|订正)[:：].*\d|应(?:改)?为\d|(?:数据|数字|报表|附件\d)[^，,]{0,6}有误")
_SHORT = 120  # characters: so little beside a picture is its caption


def of_text(campaign: Campaign, period: Period, unit: Unit, summary: Summary) -> Iterator[Finding]:
    """Headings without text, another unit or period, pictures that nobody read."""
    at = summary.at()
    if headings := unwritten(summary.text):
        words = "”“".join(headings)
        yield catalogue.finding("summary.unwritten", at, unit=unit.code, form="summary", headings=words)
    if nothing := _NOTHING.search(narrow(summary.text)):
        yield catalogue.finding("summary.nothing", at, unit=unit.code, form="summary", text=nothing["says"])
    notes = (one.text for one in summary.ink if one.kind in _NOTES)
    for sentence in dict.fromkeys(s.strip() for text in (summary.text, *notes) for s in _ENDS.split(text)):
        if _CORRECTS.search(narrow(sentence)):
            at_sentence = summary.at(sentence[:200])
            yield catalogue.finding("summary.corrects", at_sentence, unit=unit.code, form="summary", text=sentence[:80])
    yield from of_another(campaign, unit, summary)
    yield from out_of_date(period, unit, summary)
    if drawn := drawn_in(summary.ink):
        kind = "summary.pictured" if len(narrow(summary.text)) < _SHORT else "summary.pictured/beside"
        yield catalogue.finding(kind, at, unit=unit.code, form="summary", drawn=drawn)

"""A blank work summary in Word: the headings of the city's own, a line for each figure, a hint where the unit writes.

What is not filled in is known again when it comes back (`tally.locate.imprint.filled_in`): it is no word of the unit's.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from tally.blocks import Block, Heading, Paragraph, Run, Title
from tally.declare import Campaign, Form, Unit
from tally.locate.imprint import GAP, HINT
from tally.render import word
from tally.report.duties import ordinal
from tally.report.gaps import PARTS
from tally.report.phrases import day
from tally.writing.periods import month


def summary_form(campaign: Campaign, period: str, unit: Unit, *, timestamp: datetime) -> bytes:
    """The Word file; the same declarations and `timestamp` give the same bytes. UsageError for an unknown period."""
    blocks = tuple(_blocks(campaign, period, unit))
    return word.render(blocks, timestamp=int(timestamp.timestamp()))


def _blocks(campaign: Campaign, period: str, unit: Unit) -> Iterator[Block]:
    office = unit.office or unit.name
    yield Title(f"关于{campaign.title}的工作总结", office)
    yield _text(f"填报单位：{office}　报送期：{month(period)}")
    yield Heading("一、基本情况", 1)
    yield _text(f"截至{day(campaign.period(period).end, year=True)}，")
    for form in campaign.forms:
        if form.layout == "matrix" and unit.must(form.name):
            yield from map(_text, _figures(form))
    yield _text(_hint("检查、抽查的其他情况"))
    yield Heading("二、主要做法", 1)
    spoken_of = [d for d in campaign.duties if "summary" in d.evidence]
    for number, duty in enumerate(spoken_of, 1):
        yield Heading(f"（{ordinal(number)}）{duty.title}", 2)
        yield _text(_hint("这项工作怎么做的，写具体的做法、数字和事例"))
    for title, _, _, _ in PARTS:
        yield Heading(title, 1)
        yield _text(_hint("没有的写“无”"))


def _figures(form: Form) -> Iterator[str]:
    """A line for each column of the form's total: 查办案件＿＿＿件"""
    for field in form.fields:
        if field.summed:
            yield f"{field.noun}{GAP}{field.unit}"


def _hint(words: str) -> str:
    return f"{HINT}{words}】"


def _text(text: str) -> Paragraph:
    return Paragraph((Run(text),))

"""How many records a line says that a list has: 共4批次，其中合格3批次，不合格1批次; 共有口罩生产企业5家，在产3家."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from tally.clean.text import chinese_number
from tally.declare import Form
from tally.locate.body import Body
from tally.locate.headers import Header
from tally.locate.view import View

_NUMBER = r"(?P<number>\d{1,6}|[一二两三四五六七八九十百]{1,5})个?"
# A number of a part that no column of the list tells (医用2家, 复检1批次), or of another list, is not compared.
_WHOLE = re.compile(
    rf"(?:^|[,，。;；:：(（])(?:以上|合计|总计|注[:：]?)?(?:本[期月次表]|本[区县市]|全[区县市]|截至目前|表[中内])?(?:一?共有?|总共|合计|共计|总计)"
    rf"(?:抽查|抽检|检查|上报|有|登记|列出)?(?:口罩)?(?:生产)?(?:企业|产品|样品|口罩)?{_NUMBER}(?P<classifier>批次|批|条记录|条|家)"
)
_PERIOD = re.compile(r"本[期月次周]|当[月期]|新增")
_STOP = r"(?=[,，。;；、)）]|$|其中|不?合格|在产|停产)"


@dataclass(frozen=True, slots=True)
class Count:
    """`of` is the choice that is counted, "" for all records; `words` as written."""

    of: str
    number: int
    classifier: str
    words: str
    partial: bool = False  # of this period: of a list to date it may be fewer

    def agrees(self, number: int) -> bool:
        return self.number == number or (self.partial and self.number < number)


def counts_in(flat: str, form: Form) -> Iterator[Count]:
    """The numbers of records that a line (narrow) says, of all and of each choice of the form's first list of choices."""
    whole = _WHOLE.search(flat)
    if whole is None:
        return
    partial = form.accumulates == "whole" and bool(_PERIOD.search(flat))
    classifiers = (
        ("家",)
        if form.key and form.field(form.key[0]).confidential == "firm" and len(form.key) == 1
        else ("批次", "批", "条")
    )
    if whole["classifier"] in classifiers or whole["classifier"] == "条记录":
        yield from _count("", whole, partial)
    for name in choices(form):
        pattern = re.compile(
            rf"(?:^|[,，。;；:：、(（中])(?:其中)?[:：]?{re.escape(name)}(?:的|企业|产品)?{_NUMBER}(?P<classifier>批次|批|条|家){_STOP}"
        )
        for match in pattern.finditer(flat, whole.end()):
            if match["classifier"] in classifiers:
                yield from _count(name, match, partial)


def _count(of: str, match: re.Match[str], partial: bool) -> Iterator[Count]:
    text = match["number"]
    number = int(text) if text.isdecimal() else chinese_number(text.replace("两", "二"))
    if number is not None:
        yield Count(of, int(number), match["classifier"], match[0].strip(",，。;；:：、(（中"), partial)


def choices(form: Form) -> tuple[str, ...]:
    """The names of all choices of the form's columns of choices."""
    return tuple(choice.name for field in form.fields for choice in field.choices)


def counted(view: View, header: Header, body: Body) -> dict[str, int]:
    """How many records there are ("") and how many hold each choice, of columns that every record fills with a choice's name."""
    result = {"": len(body.rows)}
    for column in header.columns:
        names = {choice.name for choice in header.form.field(column.field).choices}
        values = Counter(view.text(row, column.col) for _, row in body.rows)
        if names and set(values) <= names and not column.parts:
            result |= {name: values[name] for name in names}
    return result

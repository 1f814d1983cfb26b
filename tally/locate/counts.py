"""How many records a line says that a list has: 共4批次，其中合格3批次，不合格1批次; 共有口罩生产企业5家，在产3家."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

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
_ELSEWHERE = re.compile(r"[上去前]|同比|环比|平均|全市|全省|目标|提高|下降|上升|个百分点|\d月|类|标签|实物")
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


@dataclass(frozen=True, slots=True)
class Rate:
    """The share of a choice among all records, in per cent; `step` is the value of its last digit."""

    of: str
    percent: Decimal
    step: Decimal
    words: str

    def agrees(self, number: int, every: int) -> bool:
        """Rounded or cut off."""
        return not every or abs(Decimal(100 * number) / every - self.percent) < self.step


def rates_in(flat: str, form: Form) -> Iterator[Rate]:
    """The shares that a line (narrow) says of this list: 合格率66.7%, 不合格发现率为 33.3%; not those of another time or unit."""
    for clause in re.split(r"[,，。;；]", flat):
        for name in choices(form):
            match = re.search(
                rf"(?:^|[^不]){re.escape(name)}(?:发现)?率[:：为是达]{{0,2}}(\d{{1,3}}(?:\.\d{{1,4}})?)%", clause
            )
            if match and not _ELSEWHERE.search(clause):
                step = Decimal(1).scaleb(-len(match[1].partition(".")[2]))
                yield Rate(name, Decimal(match[1]), step, match[0])


def says_counts(flat: str, form: Form) -> bool:
    """True for a line (narrow) that says how many records there are, or what share of them."""
    return any(counts_in(flat, form)) or any(rates_in(flat, form))


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

"""Which category a row label of a matrix means, and what it says beside: 1-6月合计, 质量类（上月）, 合计（累计）."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from tally.declare import Form, Period
from tally.locate.labels import Names, is_foreign, parse, resembling
from tally.locate.qualifiers import Meaning, meaning, names_scope, without_scope
from tally.locate.times import stretches_in
from tally.writing.characters import narrow

_KINDS: dict[Meaning, str] = {
    "past": "form.row_other_time",
    "future": "form.row_other_time",
    "planned": "form.row_planned",
    "share": "form.row_unknown_words",
    "limited": "form.row_limit",
    "unknown": "form.row_unknown_words",
    "period": "form.row_scope",
    "to date": "form.row_scope",
}
_TOTAL = re.compile(
    r"(本单位|以上|[全本各][县区市]?|[\u4e00-\u9fff]{1,6}[县区市])(?:合计|总计)"
)  # 全区合计, 亭湖区合计
_SIGNS = frozenset("Σ∑")  # a sum by its sign alone is read, and asked about
DROPPED = frozenset(("form.row_other_time", "form.row_planned"))  # such a row gives way to another of its category


@dataclass(frozen=True, slots=True)
class RowName:
    """The category of a row, whether its label names it outright, and the other words and the unit in the label.

    `place`: the part of the land whose total the row says it is: 全区, 城区, 亭湖区.
    """

    category: str
    outright: bool = True
    words: tuple[str, ...] = ()
    unit: str = ""
    place: str = ""


def row_name(form: Form, names: Names, text: str, period: Period | None) -> RowName | None:
    """What a row label says; None if it names no category."""
    label = parse(text)
    if category := names.category(label.core):
        return RowName(category, True, label.asides, label.unit)
    if form.total and names_scope(label.core):
        return RowName(form.total, True, (label.core, *label.asides), label.unit)
    if form.total and (of_place := _TOTAL.fullmatch(label.core)):
        return RowName(form.total, True, label.asides, label.unit, of_place[1])
    if form.total and label.core in _SIGNS:
        return RowName(form.total, False, label.asides, label.unit)
    core, scope = without_scope(label.core)
    if scope and (category := names.category(core)):
        return RowName(category, True, (scope, *label.asides), label.unit)
    year = period.end.year if period else 2000
    for stretch in stretches_in(text, year):
        category = names.category(parse(narrow(text).replace(stretch.text, "", 1)).core)
        if category:
            return RowName(category, True, (stretch.text, *label.asides), label.unit)
    category = resembling(label.core, names.categories)
    return RowName(category, False, label.asides, label.unit) if category else None


def row_remarks(form: Form, name: RowName, period: Period | None) -> Iterator[tuple[str, str]]:
    """(kind of finding, word) for each word of a row's label that a person must know of."""
    if name.unit:
        yield "form.row_unit", name.unit
    for word in dict.fromkeys(name.words):
        if is_foreign(word):
            yield "form.row_foreign", word
            continue
        kind = _KINDS.get(meaning(word, None, period), "")
        if kind == "form.row_scope" and not _mixed(form, meaning(word, None, period)):
            continue
        if kind:
            yield kind, word


def _mixed(form: Form, how: Meaning) -> bool:
    """True if some figure of the row must be the other of the period's and the one to date."""
    return any(f.numeric and f.cumulative == (how == "period") for f in form.fields)

"""Several columns under the heading of one field: which of them is the form's figure, told by their words or not at all.

The words of each column (本期, 合计, 5月, 合德镇, 合格) are held against the others'. Where they say which column is
meant, that one is taken; columns that make up the whole by their names are added; anything else is refused, and the
cells say so. Never the first for want of a better one.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from tally.clean.units import factor
from tally.clean.words import YESNO
from tally.declare import Field, Period
from tally.locate.column_labels import Heading
from tally.locate.labels import choice_word
from tally.locate.qualifiers import Meaning, meaning
from tally.model import Column, Joining, Part

_OTHER_TIMES: frozenset[Meaning] = frozenset(("past", "future", "planned", "share"))
# Names that together leave nothing out: the two or three make up the whole.
_WHOLES = tuple(
    frozenset(names.split())
    for names in (
        "医用 非医用", "罚款 没收", "罚款 没收违法所得", "一般程序 简易程序", "普通程序 简易程序", "立案 简易",
        "城区 乡镇", "城区 农村", "城镇 农村", "城市 农村", "线上 线下", "网上 实体", "企业 个体", "企业 个体工商户",
        "上半月 下半月", "上旬 中旬 下旬", "生产领域 流通领域", "生产领域 流通领域 使用领域", "生产 流通", "生产 流通 使用",
        "生产环节 流通环节", "国有 非国有", "规上 规下",
    )
)  # fmt: skip
_PLAIN_END = re.compile(r"(案件|数|金额|款项)$")
_WEEK = re.compile(r"第?([一二三四五1-5])周")
_WEEKS = "一二三四五"


@dataclass(frozen=True, slots=True)
class Selection:
    """What is read for a field: `column`; what is left out, and why, as (heading, kind of finding)."""

    column: Column
    left_out: tuple[tuple[Heading, str], ...] = ()
    added: bool = False  # the column is a sum of several


def select(field: Field, headings: Sequence[Heading], period: Period | None) -> Selection:
    """The column or columns that hold `field`, of one or several under its heading."""
    if len(headings) == 1:
        return Selection(headings[0].column)
    apart = _words_apart(headings)
    meanings = {col: _meanings(words, field, period) for col, words in apart.items()}
    other = [h for h in headings if meanings[h.col] & _OTHER_TIMES]
    rest = [h for h in headings if h not in other]
    series = len(other) > 1 and len(rest) == 1 and "whole" not in meanings[rest[0].col]
    if not rest or series:
        return _refused(headings)
    taken = rest[0] if len(rest) == 1 else _named(field, rest, apart, meanings)
    if taken is not None:
        whole = "whole" in meanings[taken.col]
        left_out = tuple((h, _why(meanings[h.col], whole)) for h in headings if h is not taken)
        return Selection(taken.column, left_out)
    return _together(field, rest, apart) or _refused(rest)


Apart = dict[int, tuple[str, ...]]  # column -> the words that tell it from the others


def _words_apart(headings: Sequence[Heading]) -> Apart:
    """What each heading says that not all of them say, by column."""
    common = frozenset.intersection(*(frozenset(h.words) for h in headings))
    apart: Apart = {}
    for heading in headings:
        apart[heading.col] = tuple(w for w in heading.words if w not in common)
    return apart


def _meanings(words: Sequence[str], field: Field, period: Period | None) -> set[Meaning]:
    return {meaning(word, field, period) for word in words}


def _why(meanings: set[Meaning], beside_whole: bool) -> str:
    """Why a column is left out: it is of another time or reach, a part of the one that is taken, or another figure."""
    if meanings & {"past", "future"}:
        return "form.other_time"
    if meanings & {"period", "to date"}:
        return "form.other_scope"
    part = "limited" in meanings or (beside_whole and not meanings & _OTHER_TIMES)
    return "form.part_of_column" if part else "form.other_column"


def _named(field: Field, rest: Sequence[Heading], apart: Apart, meanings: dict[int, set[Meaning]]) -> Heading | None:
    """The one column among `rest` whose words, or want of words, say that it is the field's figure.

    实际 says so beside a plan, which is not among `rest`; beside 设计 or 最大 it is one of two figures that the form may mean.
    """
    bare = [h for h in rest if not apart[h.col]]
    whole = [h for h in rest if "whole" in meanings[h.col]]
    scope = [h for h in rest if ("to date" if field.cumulative else "period") in meanings[h.col]]
    scoped = all(meanings[h.col] & {"period", "to date"} or not apart[h.col] for h in rest)
    for choice in (whole, scope if scoped else [], bare):
        if len(choice) == 1:
            return choice[0]
    return None


def _together(field: Field, rest: Sequence[Heading], apart: Apart) -> Selection | None:
    """The columns of `rest` read as one: ticks under the choices, parts that make up the whole, one thing twice."""
    if (names := _choices(field, rest, apart)) is not None:
        return Selection(_joined(rest, "ticks", names))
    units = [h.unit for h in rest]
    if field.numeric and len(set(units)) == len(units) and all(factor(u, field.unit) is not None for u in units):
        return Selection(_joined(rest, "sum", units), added=True)
    if field.numeric and _make_up_the_whole([apart[h.col] for h in rest]):
        return Selection(_joined(rest, "sum", units), added=True)
    if not any(apart.values()):
        return Selection(_joined(rest, "same", units), tuple((h, "form.duplicate_column") for h in rest[1:]))
    return None


def _choices(field: Field, rest: Sequence[Heading], apart: Apart) -> list[str] | None:
    """The choice that each column stands for, None unless every one names a different choice of the field."""
    choices = YESNO if field.kind == "yesno" else field.choices
    by_word = {word: c.name for c in choices for word in (c.name, *c.aliases)}
    names = [by_word.get(choice_word(apart[h.col][-1]) if apart[h.col] else "", "") for h in rest]
    return names if all(names) and len(set(names)) == len(names) else None


def _make_up_the_whole(words: Sequence[tuple[str, ...]]) -> bool:
    """True if the columns' names leave nothing out: 罚款 and 没收, A and 非A, A and 其他, the weeks in order."""
    if any(len(w) != 1 for w in words):
        return False
    names = frozenset(_PLAIN_END.sub("", w[0]) for w in words)
    if len(names) != len(words):
        return False
    if names in _WHOLES or any("非" + n in names for n in names):
        return True
    if names & {"其他", "其它"}:
        return True
    weeks = [m for w in words if (m := _WEEK.fullmatch(w[0]))]
    return len(weeks) == len(words) >= 4 and [m[1] for m in weeks] in (
        list(_WEEKS[: len(weeks)]),
        list("12345")[: len(weeks)],
    )


def _joined(headings: Sequence[Heading], how: Joining, says: Sequence[str]) -> Column:
    parts = tuple(Part(h.col, s, h.words[-1] if h.words else "") for h, s in zip(headings, says, strict=True))
    first = headings[0]
    return Column(first.field, first.col, first.label, "" if how == "sum" else first.unit, how, parts)


def _refused(headings: Sequence[Heading]) -> Selection:
    return Selection(_joined(headings, "refused", [h.words[-1] if h.words else h.label for h in headings]))

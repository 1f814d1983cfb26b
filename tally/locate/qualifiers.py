"""Words that qualify a heading, a row or a note: what each says of the figures below it, and how that agrees with the form.

A word is understood (it speaks of this period, of the figure to date, of another time, of a plan, of a part, …), or
it repeats what the form's own declaration says, or nobody knows what it does: then a person must look. The lists hold
only words whose meaning for the figure is plain; `tests/unit/locate/test_qualifiers.py` shows for each what it changes.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Literal

from tally.declare import Field, Period
from tally.locate.times import relation, stretches_in
from tally.writing.characters import narrow

Meaning = Literal[
    "", "declared", "period", "to date", "past", "future", "planned", "actual", "whole", "share", "limited", "unknown"
]
THIS_PERIOD = frozenset(
    [
        "本期",
        "本月",
        "当期",
        "当月",
        "本期数",
        "本月数",
        "本期新增",
        "本月新增",
        "当月新增",
        "当期新增",
        "新增",
        "本周",
        "当周",
        "本期发生",
        "本月发生",
        "本次",
    ]
)
TO_DATE = frozenset(
    [
        "累计",
        "累计数",
        "至今累计",
        "累计至今",
        "本年",
        "本年累计",
        "年初至今",
        "年初以来",
        "今年以来",
        "今年累计",
        "截至目前",
        "截止目前",
        "截至本期",
        "本期累计",
        "本月累计",
        "当月累计",
        "行动以来",
        "专项行动以来",
        "开展以来",
    ]
)
PAST = re.compile(r"上期|上月|上周|上次|上年|去年|前期|前月|往年|上季|同期|结转|以前")
SHARE = re.compile(r"率$|占比|比例|比重|同比|环比|增减|增幅|增长|平均|%")
PLANNED = re.compile(r"预计|估计|预估|暂估|估算|计划|目标|任务|拟|应缴|应收|应检|应查|上报数|原报数|初报|初审|预报|待")
ACTUAL = re.compile(r"^(实际|实有|实缴|实收|实检|实查|完成|已完成|核实|核定|审核|复核|审定|认定|最终|确认)")
WHOLE = frozenset(
    [
        "合计",
        "小计",
        "总计",
        "总数",
        "共计",
        "合计数",
        "总数量",
        "计",
        "全县",
        "全区",
        "全市",
        "全部",
        "总",
        "总量",
        "汇总",
        "数量",
        "件数",
        "金额",
        "人次",
        "户数",
        "数",
    ]
)
LIMITED = re.compile(r"^(不含|不包括|不包含|未含|不计|除|剔除|扣除|仅|只含|只计|限|其中|含|包括|包含|另|部分)|外$")
# What declarations and clerks put before a word that they only repeat: 包括立案和简易案件, 按人次.
_LEAD = re.compile(r"^(包括|包含|含|指|即|按|为|以|请填|填写)|(填写|填报|统计|计)$")
_FORMAL = re.compile(
    r"盖章|公章|签章|签字|签名|必填|选填|可不填|(保留|精确到)[\d一二两三四]位小数|保留整数|(请填)?整数|只填数字|填数字|(请|从)?(下拉|列表)?(中)?选择|下拉(菜单|列表|框)?(选择)?"
    r"|(没有|无)的?(请|应)?填(0|零|[“]?[无/][”]?)|[一二三四五六七八九十\d]{1,2}|第?\d{1,2}栏|[甲乙丙丁]|=?\d{1,2}([+-]\d{1,2})+"
)

_A_DAY = re.compile(r"(?<=.)(/|每)[天日]$|^每[天日](?=.)")
# How a date is to be written, and since when it is asked for: neither says whose figures stand below.
_WRITTEN_SO = re.compile(
    r"(格式|如|例如|例|按)?(为|是)?[:：]?([年/.\-]|月|日|时间|格式|[yYmMdD]{1,4}+|\d{4}[-/.年]\d{1,2}[-/.月]\d{1,2}日?)++|精确到[年月日]|(营业执照|执照)(上的?)?(日期|登记)?"
    r"|\d{4}年?(\d{1,2}月)?(\d{1,2}日)?(及|之)?以?[后来]"
)

# The day on which a form was filled in says nothing of what its figures count, but for being the period's.
_REPORTED = re.compile(r"(填报|填表|报送|上报|制表)(时间|日期)")


def meaning(word: str, field: Field | None, period: Period | None) -> Meaning:
    """What `word` (narrow) says of a figure of `field` in `period`; "" if it says nothing, "unknown" if nobody knows."""
    if (
        not word
        or _FORMAL.fullmatch(word)
        or (field is not None and field.kind == "date" and _WRITTEN_SO.fullmatch(word))
    ):
        return ""
    if word in THIS_PERIOD:
        return "period"
    if word in TO_DATE:
        return "to date"
    if word in WHOLE:
        return "whole"
    if field is not None and word in field.pieces:
        return "limited"
    if field is not None and word_is_declared(word, field):
        return "declared"
    if SHARE.search(word):
        return "share"
    if PAST.search(word):
        return "past"
    if (time := _time(word, period)) is not None:
        return "" if time == "period" and _REPORTED.match(word) else time
    return _plainly(word)


def _plainly(word: str) -> Meaning:
    if ACTUAL.search(word):
        return "actual"
    if PLANNED.search(word):
        return "planned"
    return "limited" if LIMITED.search(word) else "unknown"


def _time(word: str, period: Period | None) -> Meaning | None:
    """How a word that names a time lies to the period; 截至 makes it a figure to date."""
    if period is None:
        return None
    stretches = stretches_in(word, period.end.year)
    if not stretches:
        return "to date" if word.startswith(("截至", "截止")) else None
    how = relation(stretches[-1], period)
    return "to date" if how == "period" and "截" in word else how


def word_is_declared(word: str, field: Field) -> bool:
    """True if the form's own declaration of the field says the word: its label, another writing, its unit, its note."""
    if _lists_choices(word, field) or (word.isascii() and _letters(word) == _letters(field.name)):
        return True
    if field.label.startswith("日"):
        word = _A_DAY.sub("", word)
    declared = narrow(" ".join((field.label, *field.aliases, field.unit, field.note)))
    if word.startswith("不") or "除" in word:
        return word in declared
    return word in declared or (len(bare := _LEAD.sub("", word)) > 1 and bare in declared.replace("不含" + bare, ""))


def _letters(text: str) -> str:
    return re.sub("[^a-z]", "", text.lower())


def _lists_choices(word: str, field: Field) -> bool:
    """True for a word that is, or lists, the choices of the field: 合格/不合格, 是/否."""
    names = ((c.name, *c.aliases) for c in field.choices)
    choices = ("是", "否") if field.kind == "yesno" else tuple(name for some in names for name in some)
    parts = [p for p in re.split(r"[/、,，;；|]|或", word) if p]
    return bool(parts) and all(part in choices for part in parts)


def contradicts(how: Meaning, field: Field) -> bool:
    """True if a word says that the figure is to date where the form asks for the period's, or the other way round."""
    return how == ("period" if field.cumulative else "to date")


def names_scope(core: str) -> bool:
    """True for a label that says no more than 本期 or 累计."""
    return core in THIS_PERIOD or core in TO_DATE


@lru_cache(4096)
def without_scope(core: str) -> tuple[str, str]:
    """A label without 本期, 累计 before or behind it, and that word; the label and "" if it says nothing of the kind."""
    for word in _BY_LENGTH:
        for rest in (core.removeprefix(word), core.removesuffix(word)):
            if rest != core and rest:
                return rest, word
    return core, ""


_BY_LENGTH = sorted(THIS_PERIOD | TO_DATE, key=len, reverse=True)

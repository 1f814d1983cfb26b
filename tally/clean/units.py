"""Units of measure that people write into cells and headers, and how they convert.

Factors are exact. A unit belongs to a dimension; units of different dimensions never convert.
"""

from __future__ import annotations

import re
from decimal import Decimal
from functools import lru_cache

_MONEY = {
    "元": 1,
    "圆": 1,
    "块": 1,
    "块钱": 1,
    "元整": 1,
    "人民币": 1,
    "百元": 100,
    "千元": 1000,
    "万元": 10**4,
    "万": 10**4,
    "十万元": 10**5,
    "百万元": 10**6,
    "千万元": 10**7,
    "亿元": 10**8,
    "亿": 10**8,
    "万元整": 10**4,
    "万圆": 10**4,
}
_PIECES = {
    "只": 1,
    "个": 1,
    "片": 1,
    "枚": 1,
    "隻": 1,
    "支": 1,
    "百只": 100,
    "千只": 1000,
    "万只": 10**4,
    "万个": 10**4,
    "万片": 10**4,
    "万枚": 10**4,
    "万": 10**4,
    "十万只": 10**5,
    "百万只": 10**6,
    "千万只": 10**7,
    "亿只": 10**8,
    "亿": 10**8,
    "千个": 1000,
}
_COUNTS = {
    "人次": ("人次", "人", "人·次", "次", "名", "名次"),
    "户/人": ("户/人", "户", "人", "户次", "家", "家次", "户人", "户(人)", "个", "户·人", "经营户"),
    "件": ("件", "起", "宗", "例", "件次", "个", "案"),
}  # fmt: skip
_SCALE = {"百": 100, "千": 1000, "万": 10**4, "亿": 10**8}
# What people count in that converts into nothing a form asks for: known, so that it is seen and refused.
_OTHERS = re.compile(
    r"[十百千万亿]{0,2}(美元|美金|港元|港币|欧元|日元|英镑|角|分|箱|包|盒|袋|打|批|批次|吨|公斤|千克|克|托|卷|台|%|百分比)|元/只"
)


def factor(written: str, declared: str) -> Decimal | None:
    """What a number in unit `written` is multiplied by to be in unit `declared`; None if that makes no sense.

    >>> factor("元", "万元")
    Decimal('0.0001')
    """
    if written == declared:
        return Decimal(1)
    for table in (_MONEY, _PIECES):
        if declared in table and written in table:
            return Decimal(table[written]) / table[declared]
        if declared in table:
            return Decimal(_SCALE[written]) if written in _SCALE and table[declared] == 1 else None
    same = _COUNTS.get(declared, (declared,))
    if written in same:
        return Decimal(1)
    if written and written[0] in _SCALE and (written[1:] in same or not written[1:]):
        return Decimal(_SCALE[written[0]])
    return None


@lru_cache(20_000)
def is_unit(text: str) -> bool:
    """True if `text` is a unit of measure this module knows."""
    counted = text[1:] if text[:1] in _SCALE and len(text) > 1 else text
    return (
        text in _MONEY
        or text in _PIECES
        or any(counted in names for names in _COUNTS.values())
        or _OTHERS.fullmatch(text) is not None
    )


_LEAD = re.compile(r"^(以|按)?(计量|金额|货币)?(单位|金额)?[::为是]?(人民币)?[::]?")


def unit_named(text: str) -> str:
    """The unit of measure that a remark such as 单位：人民币元 or 含没收，元 (narrow) names; "" if none."""
    for part in (text, *re.split(r"[,:、;。]", text)):
        bare = _LEAD.sub("", part)
        for written in (part, bare, bare.removesuffix("计"), bare.removesuffix("整")):
            if is_unit(written):
                return written
    return ""

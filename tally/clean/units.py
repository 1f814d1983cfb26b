"""Units of measure that people write into cells and headers, and how they convert.

Factors are exact. A unit belongs to a dimension; units of different dimensions never convert.
"""

from __future__ import annotations

from decimal import Decimal

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


def factor(written: str, declared: str) -> Decimal | None:
    """What a number in unit `written` is multiplied by to be in unit `declared`; None if that makes no sense.

    >>> factor("元", "万元")
    Decimal('0.0001')
    """
    if written == declared:
        return Decimal(1)
    for table in (_MONEY, _PIECES):
        if declared in table:
            return Decimal(table[written]) / table[declared] if written in table else None
    same = _COUNTS.get(declared, (declared,))
    if written in same:
        return Decimal(1)
    if written and written[0] in _SCALE and (written[1:] in same or not written[1:]):
        return Decimal(_SCALE[written[0]])
    return None


def is_unit(text: str) -> bool:
    """True if `text` is a unit of measure this module knows."""
    return (
        text in ("箱", "包", "盒", "袋", "批", "批次", "元/只")
        or text in _MONEY
        or text in _PIECES
        or any(text in names for names in _COUNTS.values())
    )

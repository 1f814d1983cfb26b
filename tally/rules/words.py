"""What texts of returns say: whether they say anything, a place of sale, and which follow-up steps they name."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from tally.writing.nothing import says_nothing

_NOT_IN_MARKET = re.compile(
    r"^(产品|批次|均|全部|尚|暂|都)*(未|没有|没|无)(有|发现)?(流入|进入|上市|销售|售出|出售|出厂|外流)"
)
_SHOP = re.compile(r"超市|药店|药房|商店|商行|商场|百货|便利店|门市部|经营部|批发部|专卖店|店$")

# The steps the notice asks for after a failing sample (annex 1, duties 4, 7 and 8), and how people write them.
FOLLOW_UP_STEPS: dict[str, tuple[str, ...]] = {
    "责令停售": ("停售", "停止销售", "停止生产", "停产停售", "下架", "责令停止"),
    "流向排查": ("流向", "追溯", "溯源", "追查", "去向", "台账", "封存", "库存"),
    "整改": ("整改", "改正"),
    "核查": ("核查", "复查", "复检", "复核", "回访", "验收"),
    "行政处罚": ("处罚", "罚款", "罚没", "没收", "立案", "查处", "警告"),
    "召回": ("召回",),
    "通报商务、海关": ("商务", "海关"),
    "信用公示": ("公示", "信用", "公开", "失信"),
}


def filled(text: str | None) -> bool:
    """Whether a text says something: `/`, 无 and the like do not."""
    return not says_nothing(text)


def destination_named(text: str | None) -> bool:
    """Whether a place of sale is named; 未流入市场 names none."""
    return text is not None and filled(text) and not _NOT_IN_MARKET.match(text.strip())


def is_shop(name: str) -> bool:
    """Whether a firm's name says that it sells, not makes."""
    return bool(_SHOP.search(name))


def follow_up_steps(text: str | None, steps: Mapping[str, tuple[str, ...]] = FOLLOW_UP_STEPS) -> tuple[str, ...]:
    """The steps of the notice that 后处理措施 names, in the notice's order."""
    return tuple(step for step, words in steps.items() if _names_one(text or "", words))


def _names_one(text: str, words: Iterable[str]) -> bool:
    return any(word in text for word in words)

"""A line within a list that heads the records below it: does it only gather them, or say something that they do not?"""

from __future__ import annotations

import re
from collections.abc import Collection

from tally.declare import Form
from tally.locate.places import names_place

_COUNTED = re.compile(r"(?<=[\u4e00-\u9fff])[(（]?(共)?\d{1,4}个?(家|批次|批|个|条)[)）]?[:：]?$")
_LEADING = re.compile(
    r"^[(（]?([一二三四五六七八九十]{1,3}|\d{1,2}|第[一二三四五六七八九十\d]+部分)[)）、.]+|^以下(为|是)?|^其中[:：]?|[:：]$"
)
_NOT = re.compile("非([\u4e00-\u9fff]{2})")
_STATES = re.compile(r"在产|停产|转产|注销|大型|中型|小型|微型|规上|规下|规模以上|规模以下|新增|原有")
_PLAIN_HEAD = re.compile(
    r"(本[期月]|本年|当月)?(新增|原有|其[他它]|生产|流通|使用|销售|经营|线上|线下|网络|实体|市场|药店|超市|商场|医疗机构|学校|电商|非?医用|民用|日常防护"
    r"|重点|一般|本级|[省市县区]级|监督抽查|专项抽查|日常检查|监督|专项|抽查|抽检|检查|在产|停产|转产|注销|大型|中型|小型|微型|规上|规下|规模以[上下]"
    r"|企业|领域|环节|单位|类|批次|产品|口罩|门店|情况|名单|名录|明细|部分)++"
)


_DAYS = re.compile(r"(\d{4}年)?(\d{1,2}月)?\d{1,2}日|(\d{1,2}月)?(第[一二三四五六1-6]周|[上中下]旬)")


def is_plain(text: str) -> bool:
    """True for a heading made of words for kinds of firms and products alone."""
    return _PLAIN_HEAD.fullmatch(bare_heading(text)) is not None


def bare_heading(text: str) -> str:
    """A heading (narrow) without its number and the number of records that it gives: 一、样例镇（3批） is 样例镇."""
    return _COUNTED.sub("", _LEADING.sub("", _LEADING.sub("", text)))


def heads_group(text: str, days: bool = True) -> bool:
    """True for a line (narrow) that says of which place the records below it are, with `days` of which days too."""
    bare = bare_heading(text)
    return names_place(bare) or (days and bool(_DAYS.fullmatch(bare)))


def gathers(text: str, values: Collection[str], form: Form) -> bool:
    """True if a heading within a list only gathers the records below it: 一、生产领域; 停产企业 over a record that says 停产.

    What the form's own name shuts out gathers nothing of it: 医用口罩 in a list of 非医用口罩.
    """
    bare = bare_heading(text)
    if bare and not _PLAIN_HEAD.fullmatch(bare) and not heads_group(text):
        return False
    if any(re.search(f"(?<!非){word}", bare) for title in (form.title, *form.aliases) for word in _NOT.findall(title)):
        return False
    states = _STATES.findall(bare)
    told = [s for s in states if s not in ("新增", "原有")]
    return all(any(state in value for value in values) for state in told)

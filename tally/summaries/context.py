"""What a number in a sentence is about: the unit's total, or something that must not be taken for it.

Set aside are plans, other periods, the country, the province and the city, single cases, parts by category or
field. Each is told by words before the number; a later word (截至, 我县共) may lead back to the total.
"""

from __future__ import annotations

import re
from typing import NamedTuple

_OWN_BODY = r"我(?:县|区|市|局|们)|本(?:县|区|市|局|辖区|地)|辖区|全辖"
_TOTALS = r"截[至止]|累计|合计|总计|共计"
_HARD = (
    # what is set aside, what leads back
    (
        "plan",
        r"计划|拟(?=[于对抽开查出检组])|将(?=继续|再|于|开展|抽|组织|进一步|对|完成|实现|达到)|力争|争取|预计|打算|下一步|下一?阶段|下半年|明年|目标|要求各?",
        r"目前|截[至止]|实际|已(?=出动|检查|查|抽|立案|完成)",
    ),
    (
        "past",
        r"(?<![较比与同])(?:上期|上月|上个月|上季度|上年|去年|上一年|往年|前年|20(?:1\d|20)年|去年同期|同期)",
        r"今年|本期|本月|本季度|目前|截[至止]|现[有已]|20(?:2[1-9]|3\d)年",
    ),
    (
        "elsewhere",
        r"全国|全省|全球|我国|国内|外省|外地|周边|(?:国家|省|市)(?:级|市场监管|市监)?(?:总)?局(?=[^,;。]{0,4}(?:共|累计|已|抽|查|通报|反馈|下达|安排))",
        _OWN_BODY,
    ),
    (
        "single case",
        r"某|该(?:企业|公司|店|单位|药房|药店|厂|经营部|超市|批|案|当事人)|当事人|一案|例如|比如|譬如|典型案|"
        r"[\u4e00-\u9fff]{2,}(?:公司|药房|药店|大药房|经营部|商行|百货店|制品厂|口罩厂)(?=[^,;。]{0,6}(?:立案|作出|处以|处罚|罚|因|涉嫌|生产的|销售的|经营的|未|擅自|被))",
        rf"截[至止]|累计|{_OWN_BODY}|(?<!一)共(?=出动|检查|查|立案|罚|结案|抽|移送|办)",
    ),
)
_SOFT = re.compile(
    r"(?:价格|质量|不正当竞争|知识产权|药械(?:资质)?|虚假广告|广告|商标|其[他它]|认证|计量)(?:违法)?(?:类|案件|案(?!值)|方面)"
    r"|(?:生产|流通|销售|经营|网络|线上|线下|电商|医用|农村|城区)(?:环节|领域|渠道|方面|平台)"
    r"|[\u4e00-\u9fff]{2,4}(?:分局|街道|镇|乡|监管所|园区)(?=[^,;。]{0,4}(?:共|累计|出动|检查|查|立案|抽|结案|罚|移送|\d))"
    r"|第[一二三四五六七八九十]+(?:轮|阶段|批|次)"
    r"|(?<![非])医用口罩(?=生产|经营|抽|\d|共|[^,;。]{0,3}批)"
)
_LEADS_BACK = re.compile(rf"{_TOTALS}|{_OWN_BODY}|(?:以上|上述)|(?<![一])共(?!同|享|和|性|建|治)|全(?:县|区|市|局)")
_COMPARISON = re.compile(r"[较比](?:上|去|前|同|往)|同比|环比|相比")
_PERIOD = re.compile(
    r"本期|本月|当月|当期|本季度|(?<!自)(?<!从)(?<![\d年至到-])\d{1,2}月(?:份)?(?![\d至到以底末]|起)|新增"
)
_TO_DATE = re.compile(r"截[至止]|累计|以来|迄今|至今|目前为止|自\d{1,2}月|总计")
_AS_OF = re.compile(r"截[至止](?:到|于)?(?:20\d\d年)?(\d{1,2})月(\d{1,2})[日号]|截[至止](?:到|于)?(?:20\d\d年)?(\d{1,2})月(?:份)?(?:底|末)")  # fmt: skip


class Around(NamedTuple):
    """What the words before a number say of it.

    `aside` names why it is no total of the unit's, "" if nothing says so; `scope` is "period", "to date" or
    ""; `as_of` is the month and day of 截至…, None if none; `total`: a word for the whole (共, 截至) stands before it.
    """

    aside: str
    scope: str
    as_of: tuple[int, int] | None
    total: bool


def around(before: str, place: str = "") -> Around:
    """`before` is the sentence up to the end of what was matched, narrow; `place` the unit's name.

    全市 is the unit's own only if its name ends in 市; so for 全县 and 全区.
    """
    segment = before.rpartition(";")[2]
    scopes = [(m.start(), s) for p, s in ((_PERIOD, "period"), (_TO_DATE, "to date")) for m in p.finditer(before)]
    dates = [m for m in _AS_OF.finditer(before)]
    aside = _compared(before) or _hard(before, place) or _part(segment)
    return Around(aside, max(scopes)[1] if scopes else "", _day(dates[-1]) if dates else None, bool(_LEADS_BACK.search(before)))  # fmt: skip


def _day(found: re.Match[str]) -> tuple[int, int]:
    return (int(found[1]), int(found[2])) if found[1] else (int(found[3]), 31)


def _compared(before: str) -> str:
    """A number in a clause of comparison: 比上期多查办案件3件."""
    clause = re.split(r"[,;。]", before)[-1]
    return "comparison" if _COMPARISON.search(clause) else ""


def _hard(before: str, place: str) -> str:
    for name, away, back in _HARD:
        if name == "elsewhere":
            away, back = _whole_of(place, away, back)
        gone = [m.start() for m in re.finditer(away, before)]
        returned = [m.start() for m in re.finditer(back, before)]
        if gone and (not returned or max(returned) < max(gone)):
            return name
    return ""


def _whole_of(place: str, away: str, back: str) -> tuple[str, str]:
    """全市 belongs to the level above for a county or district, but is a county-level city's own."""
    own = f"全{place[-1]}" if place and place[-1] in "县区市" else ""
    others = [w for w in ("全市", "全县", "全区") if w != own] if own else []
    above = [w for w in others if w == "全市"]
    return "|".join((away, *above)), "|".join((back, own)) if own else back


def _part(segment: str) -> str:
    """A part by category or field; 共 leads back only after a list of parts, and never after 其中."""
    parts = list(_SOFT.finditer(segment))
    if not parts:
        return ""
    last = parts[-1]
    rest = segment[last.end() :]
    listed = len(parts) > 1 or re.search(r"[、和及与等]", segment[max(last.start() - 6, 0) : last.end() + 3])
    among = "其中" in segment[: last.start()]
    back = _LEADS_BACK.search(rest)
    return "" if back and listed and not among else "part"

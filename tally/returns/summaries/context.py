"""What a number in a sentence is about: the unit's total, or something that must not be taken for it.

Set aside are plans, other periods, the country, the province and the city, single cases, parts by category or
field. Each is told by words before the number; a later word (截至, 我县共) may lead back to the total.
"""

from __future__ import annotations

import re
from bisect import bisect_left
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
        r"[\u4e00-\u9fff]{2,30}(?:公司|药房|药店|大药房|经营部|商行|百货店|制品厂|口罩厂)(?=[^,;。]{0,6}(?:立案|作出|处以|处罚|罚|因|涉嫌|生产的|销售的|经营的|未|擅自|被))",
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
_CLAUSE = 200  # characters looked back at most within a clause or segment
_COMPARISON = re.compile(r"[较比](?:上|去|前|同|往)|同比|环比|相比")
_PERIOD = re.compile(
    r"本期|本月|当月|当期|本季度|(?<!自)(?<!从)(?<![\d年至到-])\d{1,2}月(?:份)?(?![\d至到以底末]|起)|新增"
)
_TO_DATE = re.compile(r"截[至止]|累计|以来|迄今|至今|目前为止|自\d{1,2}月|总计")
_WHOLE_TIME = re.compile(r"累计|以来|迄今|至今|今年")  # of one figure, where it stands before that alone
_AS_OF = re.compile(r"截[至止](?:到|于)?(?:20\d\d年)?(\d{1,2})月(\d{1,2})[日号]|截[至止](?:到|于)?(?:20\d\d年)?(\d{1,2})月(?:份)?(?:底|末)")  # fmt: skip


class Around(NamedTuple):
    """What the words before a number say of it.

    `aside` names why it is no total of the unit's, "" if nothing says so; `scope` is "period", "to date" or
    ""; `as_of` is the month and day of 截至…, None if none; `total`: a word for the whole (共, 截至) stands before it.
    `since` is the place of the last word such as 累计 before it, -1 if none.
    """

    aside: str
    scope: str
    as_of: tuple[int, int] | None
    total: bool
    since: int


class Aside(NamedTuple):
    """Where the words stand that lead away from the unit's own total, and those that lead back."""

    name: str
    away: list[int]
    back: list[int]


class Context:
    """One sentence (narrow) with the words that tell what its numbers are about, found once.

    `place` is the unit's name: 全市 is the unit's own only if its name ends in 市; so for 全县 and 全区.
    """

    def __init__(self, sentence: str, place: str = ""):
        self.sentence = sentence
        self._hard = [_aside(sentence, place, *words) for words in _HARD]
        self._soft = list(_SOFT.finditer(sentence))
        self._soft_starts = [m.start() for m in self._soft]
        self._back = _starts(_LEADS_BACK, sentence)
        self._stops = _starts(r"[,;。]", sentence)
        self._segments = _starts(";", sentence)
        self._period, self._to_date = _starts(_PERIOD, sentence), _starts(_TO_DATE, sentence)
        self._since = _starts(_WHOLE_TIME, sentence)
        self._dates = list(_AS_OF.finditer(sentence))
        self._date_starts = [m.start() for m in self._dates]

    def around(self, at: int) -> Around:
        """What stands before the place `at`."""
        period, to_date = _last(self._period, at), _last(self._to_date, at)
        scope = "" if period == to_date else "period" if period > to_date else "to date"
        dated = bisect_left(self._date_starts, at)
        as_of = _day(self._dates[dated - 1]) if dated else None
        aside = self._compared(at) or self._away(at) or self._part(at)
        return Around(aside, scope, as_of, _last(self._back, at) >= 0, _last(self._since, at))

    def _compared(self, at: int) -> str:
        """A number in a clause of comparison: 比上期多查办案件3件."""
        clause = self.sentence[max(_last(self._stops, at) + 1, at - _CLAUSE) : at]
        return "comparison" if _COMPARISON.search(clause) else ""

    def _away(self, at: int) -> str:
        return next((a.name for a in self._hard if _last(a.away, at) > _last(a.back, at)), "")

    def _part(self, at: int) -> str:
        """A part by category or field; 共 leads back only after a list of parts, and never after 其中."""
        segment = _last(self._segments, at) + 1
        n = bisect_left(self._soft_starts, at)
        if not n or (last := self._soft[n - 1]).start() < segment:
            return ""
        text, start = self.sentence, max(segment, last.start() - _CLAUSE)
        several = n > 1 and self._soft_starts[n - 2] >= segment
        listed = several or re.search(r"[、和及与等]", text[max(last.start() - 6, segment) : last.end() + 3])
        back = _last(self._back, at) >= last.end()
        return "" if back and listed and "其中" not in text[start : last.start()] else "part"


def _aside(sentence: str, place: str, name: str, away: str, back: str) -> Aside:
    leading_away, leading_back = _of_place(name, away, back, place)
    return Aside(name, _starts(leading_away, sentence), _starts(leading_back, sentence))


def _starts(pattern: str | re.Pattern[str], text: str) -> list[int]:
    return [m.start() for m in re.finditer(pattern, text)]


def _last(starts: list[int], at: int) -> int:
    """The last of the places before `at`, -1 if there is none."""
    n = bisect_left(starts, at)
    return starts[n - 1] if n else -1


def _day(match: re.Match[str]) -> tuple[int, int]:
    return (int(match[1]), int(match[2])) if match[1] else (int(match[3]), 31)


def _of_place(name: str, away: str, back: str, place: str) -> tuple[str, str]:
    """全市 belongs to the level above for a county or district, but is a county-level city's own."""
    whole = f"全{place[-1]}" if place and place[-1] in "县区市" else ""
    if name != "elsewhere" or not whole:
        return away, back
    return away if whole == "全市" else f"{away}|全市", f"{back}|{whole}"

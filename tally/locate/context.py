"""What stands around a table: its title, 填报单位, 填报时间, a unit of measure for the whole table, its period."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

from tally.clean.dates import date_in
from tally.clean.units import is_unit, unit_named
from tally.declare import Campaign, Period
from tally.locate.pieces import pieces
from tally.locate.times import relation, spelled, stretches_in
from tally.writing.characters import narrow

_SEAL = r"[(（](?:盖章|公章|章)[)）]"
# The line that names the unit which reports; what stands behind it is the name.
REPORTING = re.compile(
    rf"(?:(?:填报|报送|上报|填表|编制|报表)(?:单位|部门)(?:名称)?(?:{_SEAL})?(?:[:：]|$)"
    rf"|^(?:单位|部门)(?:名称)?(?:{_SEAL}[:：]?|(?<=称)[:：]))(.*)"
)
# Behind the name of the unit, or in its place: its six-digit code.
_CODE = re.compile(r"(?:区划|单位|地区|机构|部门)(?:编码|代码|编号|代号)[:：]?(\d{6})(?!\d)")
_DATE = re.compile(r"(?:填报|报送|填表|上报|制表)?(?:时间|日期)[::：](.*)")
_LONE_DATE = re.compile(r"(\d{4}|[二〇零○一九]{4})年.{1,2}月.{1,3}[日号]$")
_BEHIND = re.compile(
    r"((\d{4}|[二〇零○一九]{4})年)?([\d一二三四五六七八九十]{1,2}月)([\d一二三四五六七八九十]{1,3}[日号])?(份|底|末)?$"
)
_TITLED = re.compile(
    r"[^:：]{4,36}(统计表|情况表|汇总表|报表|一览表|登记表|明细表|计划表|任务表|表|[日周旬月季年]报)([(（].*[)）])?"
)
_CUT = re.compile(
    r"(?:填报|报送|填表|上报|制表)?(?:时间|日期)[::：]|(?:金额|计量|货币)?单位[:：]|\d{4}年|审核人|(?:填[表报]|联系|负责|经办|制表|统计)人|联系电话"
)
_TO_SIGN = re.compile(r"(?:\d{4}[年.\-]?)?\d{1,2}月[日号](?!报)")  # 2021年6月　日: the day is left to the pen
_LABEL = re.compile(r"[^:]{2,12}:")  # another label, whatever it asks for
_TO_DATE_BY_HAND = re.compile(r"[\d_.\-—]*(年[\d_]*(月[\d_]*([日号].*)?)?)?")  # 年 月 日 as printed, filled in or not
_PARTS = {"上半月": 8, "下半月": 23, "上旬": 5, "中旬": 15, "下旬": 25}  # a day in each
_PART = re.compile("|".join(_PARTS))
_MEASURE = re.compile(r"(?<![报送写制表])(?:金额|计量|货币)?单位[:为]?((?:人民币)?(?:(?!单位)[^():;。\d])+)")
_COUNTED_IN = re.compile(r"(?:金额|罚没|案值|数额)[^。;]{0,8}(?:以|按|为|单位)(?:人民币)?([百千万亿]?元)")


@dataclass(frozen=True, slots=True)
class Context:
    """`unit_text`, `unit_code` and `date_text` as written, "" where nothing is; `measures` the units of 单位：…, `times` what says when."""

    title: str = ""
    unit_text: str = ""
    date_text: str = ""
    measures: tuple[str, ...] = ()
    times: tuple[str, ...] = ()
    unit_code: str = ""


def context_of(lines: list[list[str]], titles: tuple[str, ...]) -> Context:
    """The context in `lines` (texts of the cells of each line above, beside or below a table)."""
    title = unit = code = day = likely = ""
    measures: list[str] = []
    times: list[str] = []
    for line in lines:
        texts = [p.text for p in pieces([t for t in line if t.strip()])]
        for at, text in enumerate(texts):
            flat = narrow(text)
            following = narrow(texts[at + 1]) if at + 1 < len(texts) else ""
            if any(narrow(t).replace("/", "") in flat.replace("/", "") for t in titles):
                title = title or text.strip()
            likely = likely or (text.strip() if _TITLED.fullmatch(flat) else "")
            sealed = REPORTING.search(flat)
            if sealed and not day and (behind := _BEHIND.search(flat, sealed.start())):
                day, times = (behind[0], times) if date_in(behind[0]) else (day, [*times, behind[0]])
            if not unit and (match := sealed):
                unit = _name_in(match[1]) or ("" if _LABEL.match(following) else _name_in(following))
            code = code or (match[1] if (match := _CODE.search(flat + following)) else "")
            measures += measures_in(flat)
            times += times_in(flat) if not _TO_SIGN.fullmatch(flat) else ()
            if not day and (said := _DATE.search(flat)) and date_in(said[1] or following) is not None:
                day = said[1] or following
            elif not day and len(texts) <= 3 and (_LONE_DATE.match(flat) or _TO_SIGN.fullmatch(flat)):
                day = flat
    return Context(title or likely, unit, day, tuple(measures), tuple(times), code)


def _name_in(text: str) -> str:
    """The name at the beginning of what stands behind 填报单位 (narrow); "" of a date or a line to write on."""
    name = _CUT.split(text)[0].strip("()_ ,;.…-—:")
    return "" if _TO_DATE_BY_HAND.fullmatch(name) else name


_OF_THE_TABLE = re.compile(r"截[至止]|统计(期间|时段|时间|时点)|数据(时间|口径|期间|截)|(报表|报告|所属)期|期间[:：为]")


@lru_cache(4096)
def times_in(flat: str) -> tuple[str, ...]:
    """A line (narrow) that says of which time the table is: nothing but a time, or 截至…, 统计期间：…; else none."""
    flat = spelled(flat)
    named = stretches_in(flat, 2000)
    if not named:
        return ()
    rest = flat
    for stretch in named:
        rest = rest.replace(stretch.text, "")
    bare = (
        len(
            re.sub(
                r"[\d年月日号份底末至到\-—~(（)）:：.,，、]|填报|报送|时间|日期|截[至止]|止|附件?|数据|情况|统计|报表|表|月报|季报",
                "",
                rest,
            )
        )
        <= 1
    )
    return (flat,) if bare or _OF_THE_TABLE.search(flat) else ()


@lru_cache(4096)
def measures_in(flat: str) -> tuple[str, ...]:
    """The units of measure that a line (narrow) says a table is in: 单位：万元、件, 金额以元计, 统计表（元）."""
    parts = [p for match in _MEASURE.finditer(flat) for p in re.split(r"[、,，/]", match[1])]
    named = [u for p in parts if (u := unit_named(p))] + _COUNTED_IN.findall(flat)
    if named or not ("表" in flat or "附件" in flat):
        return tuple(named)
    return tuple(text for text in re.findall(r"\(([^()]+)\)", flat) if is_unit(text) and "元" in text)


def period_named(campaign: Campaign, current: Period, *texts: str) -> str:
    """The period that a sheet's name, a title or a date names; "" if none or if it leaves it open.

    A date within some weeks after a period's end is a return for that period, so only a date before the
    current period's start, or a month written out, tells of another period.
    """
    for text in texts:
        flat = narrow(text)
        for match in re.finditer(r"(?:(\d{4})[年.\-]?)?(?<!\d)(\d{1,2})月(?:份|$|报|\D)(?!\d{1,2}日)", flat):
            if match.end() < len(flat) and re.match(r"\d{1,2}[日号]", flat[flat.index("月", match.start()) + 1 :]):
                continue
            year, part = int(match[1] or current.end.year), _PART.match(flat, flat.index("月", match.start()) + 1)
            if _TO_SIGN.match(flat, match.start()) and _is_next_month(current, year, int(match[2])):
                continue  # signed by hand in the days after the period
            if name := _covering(campaign, current, year, int(match[2]), part[0] if part else ""):
                return name
        month = re.search(r"(?<!\d)(20\d{2})[-_.]?(0[1-9]|1[0-2])(?![\d.\-/])", flat)
        if month and (name := _covering(campaign, current, int(month[1]), int(month[2]))):
            return name
        day = date_in(flat)
        if day is not None and day < current.start:
            return next((p.name for p in campaign.periods if p.start <= day <= p.end), "before")
        if day is not None and day > current.end + timedelta(days=60):
            return next((p.name for p in campaign.periods if p.start <= day <= p.end), "after")
    return ""


def _is_next_month(current: Period, year: int, month: int) -> bool:
    after = current.end + timedelta(days=20)
    return (year, month) == (after.year, after.month) and after.month != current.end.month


def period_spoken_of(campaign: Campaign, current: Period, *texts: str, titled: bool = False) -> str:
    """The period that 截至5月底, 2021年1-5月 and the like say a table is for; "" if the current one, or none is said.

    `titled`: the texts are titles, in which every time counts, whatever stands beside it.
    """
    for text in texts:
        for stretch in stretches_in(text, current.end.year) if times_in(narrow(text)) or titled else ():
            how = relation(stretch, current)
            if how in ("past", "future"):
                day = stretch.end if how == "past" else stretch.start
                far = "before" if how == "past" else "after"
                return next((p.name for p in campaign.periods if p.start <= day <= p.end), far)
    return ""


def _covering(campaign: Campaign, current: Period, year: int, month: int, part: str = "") -> str:
    """The period that a month, or a part of it, lies in; a month that holds several periods leaves the current one."""
    middle = current.start + (current.end - current.start) / 2
    if not part and (middle.year, middle.month) == (year, month):
        return current.name
    try:
        day = date(year, month, _PARTS.get(part, 15))
    except ValueError:
        return ""
    return next((p.name for p in campaign.periods if p.start <= day <= p.end), "")

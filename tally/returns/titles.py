"""What a table's title, its sheet's and its file's name say of it: 样表, 作废, 上年同期, 上半年, another article. Every word is known or said."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from tally import catalogue
from tally.clean.unit_names import other_office
from tally.declare import Campaign, Form, Period, Unit
from tally.locate.extra_columns import PLACE
from tally.locate.times import misfits, stretches_in
from tally.model import INK_KINDS, Finding, Place, RawTable
from tally.writing.characters import narrow

_STATUS = re.compile(
    r"草稿|草案|初稿|征求意见|讨论稿|作废|废止|停用|样[表稿本]|样例|示例|范例|测试|演练|培训|仅供参考|计划|预[计估报测]|未审核"
    r"|上年同期|去年同期|去年|上年|上期|上月|往年|同期"
)
# words by which a table is set aside where another of its kind has none of them
_INVALID = re.compile(r"作废|废止|停用|草稿|草案|初稿|征求意见|讨论稿|样[表稿本]|样例|示范|范例|测试|演练|培训")
# a line that says nothing else than that: （征求意见稿）, 本表作废
_STAMPED = re.compile(
    rf"[(（【\[*]*[本此该以]?[表件上]?(?:数据|仅?为|系|已|是|仅供|内部|暂)*(?:{_INVALID.pattern})[稿表件本版用]?[)）】\]*!！。]*"
)
_OLD_FOLDER = re.compile(
    r"^(?:旧|老|原)(?:版|表|的|数据|文件|资料)?$|^(?:模板|模版|退回|备份|存档|归档|历史|删除|回收站|不要|无效)"
)
_PRINTED = frozenset(("page header", "page footer", "text box", "watermark"))
_RHYTHM = re.compile(r"日报|周报|旬报|半月报|季报|年报")  # a report of another length than the campaign's
_NAMED_BEFORE = re.compile(r"[\u4e00-\u9fff]+?(局|委|委员会|政府|指挥部|大队|中队|支队)")  # who a title begins with
_KNOWN = re.compile(
    r"[\u4e00-\u9fff]{0,24}?专项(整治|检查|抽查|治理|执法)?(行动|工作)?|[\u4e00-\u9fff]{2,14}?(省|市|县|区|局|委员会|办公室|管委会)"
    r"|市场监管(系统|部门)?|附件[\d一二三四五六七八九十]{0,3}|附表\d{0,3}|表[\d一二三四五六七八九十]{1,3}|关于|开展|进行|[我本全各][县区市]?|的|及|和|暨"
    r"|汇总|统计|情况|报表|月报|明细|登记|一览|表|上报|填报|报送|单位|金额|盖章|公章|附件?|续表?|副本|非医用|医用|截[至止]?|累计|本[期月]|人民币|[万千百]?元|人次|户|件|[万千百]?只|修改稿|修订稿?|最终版?|定稿|试行|\d+|[年月日号第期至到]|[\W_]|[A-Za-z]+"
)


def words_of_titles(campaign: Campaign, period: Period, unit: Unit, form: Form, table: RawTable) -> Iterator[Finding]:
    """Warnings of what the names of a table say that may make it another one than the period's return."""
    stem = table.grid.file.rsplit("/", 1)[-1].rsplit("!", 1)[-1].rsplit(".", 1)[0]
    named = [("标题", table.title), ("工作表名", table.grid.sheet), ("文件名", stem), *_beside(table)]
    named += [("文件夹名", folder) for folder in folders_of(table.grid.file)]
    for what, text in named:
        for kind, word in _doubts(campaign, period, unit, form, what, narrow(text)):
            at = Place(table.grid.file, table.grid.sheet, raw=text[:200])
            remark = catalogue.remark(kind, what=what, text=text[:80], word=word, title=form.title, period=period.name)
            yield catalogue.finding_at(remark, at, unit=unit.code, form=form.name)
            break
    for text in table.times:
        if narrow(text) == narrow(table.title):
            continue
        if word := next((s.text for s in stretches_in(text, period.end.year) if misfits(s, period, narrow(text))), ""):
            at = Place(table.grid.file, table.grid.sheet, raw=text[:200])
            remark = catalogue.remark(
                "returns.title_time", what="所写时段", text=text[:80], word=word, period=period.name
            )
            yield catalogue.finding_at(remark, at, unit=unit.code, form=form.name)


def folders_of(file: str) -> list[str]:
    """The names of the folders, archives and mails in which a file lies, from outside; without their endings."""
    outer = re.split(r"[/!]", file)[:-1]
    return [re.sub(r"\.[A-Za-z0-9]{1,5}$", "", name) for name in outer if name]


def invalid(table: RawTable) -> str:
    """The word by which a title, a sheet's, file's or folder's name says that the table is none that counts; "" for none."""
    stem = table.grid.file.rsplit("/", 1)[-1].rsplit("!", 1)[-1]
    names = (table.title, table.grid.sheet, stem, *folders_of(table.grid.file))
    words = (_INVALID.search(narrow(name)) or _OLD_FOLDER.search(narrow(name)) for name in names)
    return next((word[0] for word in words if word), "")


def _beside(table: RawTable) -> Iterator[tuple[str, str]]:
    """What is printed over or beside the table on its page, a watermark among it, and what people call that."""
    printed = [ink for ink in table.grid.ink if ink.kind in _PRINTED]
    for ink in printed:
        if _INVALID.search(narrow(ink.text)):  # other words are asked about as notes are
            yield INK_KINDS[ink.kind], ink.text
    texts = {line for ink in printed for line in ink.text.split("\n")}
    for line in _lines_beside(table):
        if line not in texts and _STAMPED.fullmatch(narrow(line)):
            yield "表旁文字", line


def _lines_beside(table: RawTable) -> Iterator[str]:
    """The lines and cells above, below and between that are no part of the table."""
    yield from (*table.grid.before, *table.grid.after, *(text for _, text in table.notes))
    for row in table.grid.rows[: table.header[0]]:
        yield from (value for value in row if isinstance(value, str))


def _doubts(
    campaign: Campaign, period: Period, unit: Unit, form: Form, what: str, flat: str
) -> Iterator[tuple[str, str]]:
    """(kind, word) of each doubt about one name (narrow), the gravest first."""
    rest = _without_title(flat, form)
    if match := _STATUS.search(rest) or what == "文件夹名" and _OLD_FOLDER.search(rest):
        yield "returns.title_status", match[0]
    for stretch in stretches_in(flat, period.end.year):
        if misfits(stretch, period, flat):
            yield "returns.title_time", stretch.text
    if match := _RHYTHM.search(rest):
        yield "returns.title_words", match[0]
    before = _NAMED_BEFORE.match(rest.strip())
    if what == "标题" and before and (office := other_office(campaign, unit, before[0])):
        yield "returns.title_words", office
    if what == "标题" and (word := _stranger(campaign, form, rest)):
        yield "returns.title_words", word


def _without_title(flat: str, form: Form) -> str:
    """A name without the form's own title."""
    for title in sorted((form.title, *form.aliases), key=len, reverse=True):
        if narrow(title) in flat:
            return flat.replace(narrow(title), " ", 1)
    return flat


@lru_cache(maxsize=5000)
def _stranger(campaign: Campaign, form: Form, rest: str) -> str:
    """What is left of a title without the form's own words, the campaign's, names of units, places and times; "" if nothing."""
    for stretch in stretches_in(rest, 2000):
        rest = rest.replace(stretch.text, " ")
    for unit in (*campaign.units, campaign.top):
        for name in (unit.office, unit.name, *unit.aliases):
            rest = rest.replace(narrow(name), " ") if name else rest
    rest = PLACE.sub(" ", rest.replace(narrow(campaign.title), " "))
    left = [w for w in _KNOWN.sub(" ", rest).split() if w not in narrow(form.title) and w not in narrow(campaign.title)]
    return "".join(left)

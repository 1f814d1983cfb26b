"""What a table's title, its sheet's and its file's name say of it: 样表, 作废, 上年同期, 上半年, another article. Every word is known or said."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from functools import lru_cache

from tally import catalogue
from tally.clean.dates import date_in
from tally.clean.unit_names import other_office, others_named
from tally.declare import Campaign, Form, Period, Unit
from tally.locate.extra_columns import PLACE
from tally.locate.imprint import without_print
from tally.locate.lines import is_signature
from tally.locate.times import misfits, short_day, stretches_in
from tally.model import INK_KINDS, Finding, Place, RawTable
from tally.readers.parcels.letter import QUOTED_NAME
from tally.writing.characters import narrow

# words by which a table is set aside where another of its kind has none of them
_INVALID = re.compile(
    r"作废|废止|停用|草稿|草案|初稿|征求意见|讨论稿|样[表稿本]|样例|引用的来信|示范|范例|测试|演练|培训|备份|旧[表稿]|勿[用动删看报]|不[要再]?用(?!改)|待审"
    r"|退回(?!.{0,2}(?:后|修改|再|重|补|整改))|错[误表](?!.{0,3}(?:改|更|订|修))"
    r"|(?<![A-Za-z])(?:old|bak|backup|drafts?|test|temp|tmp|samples?|demo|invalid|void|wrong)(?![A-Za-z])",
    re.IGNORECASE,
)
_MENDED = r"(?:核减|核实|核对|复核|审核|调整|修改|更正|订正|剔除|扣除)[之以]?"
_FORMER = re.compile(rf"{_MENDED}前")
_STATUS = re.compile(
    rf"{_INVALID.pattern}|仅供参考|计划|预[计估报测]|未审核|{_FORMER.pattern}|(?:汇总|合并)[之以]?前"
    r"|上年同期|去年同期|去年|上年|上期|上月|往年|同期",
    re.IGNORECASE,
)
_BLANK = re.compile(r"模[板版]|空白?表")  # of a sheet: many keep such a word in the name of a file that they filled in
# a part of what a form asks for; a form's own title may name one (非医用口罩生产企业)
_PART = re.compile(
    r"非医用|医用|N95|生产|流通|销售|经营|批发|零售|线[上下]|网络|电商|药[店房]|商超|城区|农村|乡镇|自查|简易(?:程序|案件)"
    r"|[不未][含包][括含]?[^)）\]】_\s]{1,8}|[仅只]限?[含报计]?[^)）\]】_\s]{1,8}",
    re.IGNORECASE,
)
# a line that says nothing else than that: （征求意见稿）, 本表作废
_STAMPED = re.compile(
    rf"[(（【\[*]*[本此该以]?[表件上]?(?:数据|仅?为|系|已|是|仅供|内部|暂)*(?:{_INVALID.pattern})[稿表件本版用]?[)）】\]*!！。]*"
)
_OLD_FOLDER = re.compile(
    r"^(?:旧|老|原)(?:版|表|的|数据|文件|资料)?$|^(?:模板|模版|退回|备份|存档|归档|历史|删除|回收站|不要|无效)"
)
_OLD = {"文件夹名": _OLD_FOLDER, "工作表名": _BLANK}
# The names that a table has of its own, and what is said of words in them that nobody knows.
_OF_TABLE = {"标题": "returns.title_words", "工作表名": "returns.title_words/sheet"}
_PRINTED = frozenset(("page header", "page footer", "text box", "watermark"))
_HEAD, _SHORT = 3, 24  # lines of a document in which its letterhead stands; characters of such a line
_SENT_TO = re.compile(r"[抄主报]送|转发|通知|[：:]")
_RHYTHM = re.compile(
    r"(?<![\d一二三四五六七八九十])日报|周报|旬报|半月报|季报|年报"
)  # a report of another length than the campaign's
_NAMED_BEFORE = re.compile(r"[\u4e00-\u9fff]+?(局|委|委员会|政府|指挥部|大队|中队|支队)")  # who a title begins with
_KNOWN = re.compile(
    r"[\u4e00-\u9fff]{0,24}?专项(整治|检查|抽查|治理|执法)?(行动|工作)?|[\u4e00-\u9fff]{2,14}?(省|市|县|区|局|委员会|办公室|管委会)"
    r"|市场监管(系统|部门)?|附件[\d一二三四五六七八九十]{0,3}|附表\d{0,3}|表[\d一二三四五六七八九十]{1,3}|关于|开展|进行|[我本全各][县区市]?|的|及|和|暨"
    rf"|汇总|统计|情况|报表|月报|明细|登记|一览|名单|表|上报|填报|报送|单位|金额|盖章|公章|附件?|续表?|副本|截[至止]?|累计|本[期月]|人民币|[万千百]?元|人次|户|件|[万千百]?只|{_MENDED}后|修改稿|修订稿?|最终版?|[定正终]稿|试行|数据|正式|最新|新|打印|工作|原始|电子|[版页]|\d+|[年月日号第期至到]|[\W_]|[A-Za-z]+"
)


def words_of_titles(campaign: Campaign, period: Period, unit: Unit, form: Form, table: RawTable) -> Iterator[Finding]:
    """Warnings of what the names of a table say that may make it another one than the period's return."""
    stem = table.grid.file.rsplit("/", 1)[-1].rsplit("!", 1)[-1].rsplit(".", 1)[0]
    named = [("标题", without_print(table.title)), ("工作表名", table.grid.sheet), ("文件名", stem), *_beside(table)]
    named += [("文件夹名", folder) for folder in folders_of(table.grid.file)]
    for what, text in named:
        doubts = _doubts(campaign, period, unit, form, what, narrow(text))
        if doubt := next(doubts, None) or _earlier_day(period, what, text):
            yield _asked(period, unit, form, table, what, text, *doubt)
    for what, text in _letterhead(table):
        if others := others_named(campaign, unit, narrow(text)):
            yield _asked(period, unit, form, table, what, text, "returns.title_unit", others)
    if (day := date_in(table.date_text)) is not None and _is_early(campaign, period, form, day):
        span = f"{period.start.month}月{period.start.day}日—{period.end.month}月{period.end.day}日"
        yield _asked(period, unit, form, table, "填报时间", table.date_text, "returns.filled_early", span)
    for text in table.times:
        if narrow(text) == narrow(table.title):
            continue
        if word := next((s.text for s in stretches_in(text, period.end.year) if misfits(s, period, narrow(text))), ""):
            yield _asked(period, unit, form, table, "所写时段", text, "returns.title_time", word)


def _earlier_day(period: Period, what: str, text: str) -> tuple[str, str] | None:
    """The doubt about a sheet's or file's name that ends with a day before the period."""
    day = short_day(text, period.end.year) if what in ("工作表名", "文件名") else None
    return ("returns.title_time", day.text) if day is not None and day.end < period.start else None


def _is_early(campaign: Campaign, period: Period, form: Form, day: date) -> bool:
    """True for a day in the first half of the period, when the last period's form is still being filled in; in the first there is none."""
    due = period.due.get(form.name)
    until = min(due, period.end) if due else period.end
    first_half = period.start <= day < period.start + (until - period.start) / 2
    return first_half and campaign.before(period.name) is not None


def _asked(
    period: Period, unit: Unit, form: Form, table: RawTable, what: str, text: str, kind: str, word: str
) -> Finding:
    """The finding about a word in one of a table's names."""
    at = Place(table.grid.file, table.grid.sheet, raw=text[:200])
    words = {"what": what, "text": text[:80], "word": word, "unit_name": unit.name}
    remark = catalogue.remark(kind, **words, title=form.title, period=period.name)
    return catalogue.finding_at(remark, at, unit=unit.code, form=form.name)


def folders_of(file: str) -> list[str]:
    """The names of the folders, archives and mails in which a file lies, from outside; without their endings."""
    outer = re.split(r"[/!]", file)[:-1]
    return [re.sub(r"\.[A-Za-z0-9]{1,5}$", "", name) for name in outer if name]


def is_quoted(table: RawTable) -> bool:
    """Whether it stands in what a mail quotes of an older one."""
    return table.grid.file.endswith(QUOTED_NAME)


def invalid(table: RawTable) -> str:
    """The word by which a title, a sheet's, file's or folder's name says that the table is none that counts; "" for none."""
    stem = table.grid.file.rsplit("/", 1)[-1].rsplit("!", 1)[-1]
    names = (table.title, table.grid.sheet, stem, *folders_of(table.grid.file))
    flat = [narrow(name) for name in names]
    words = (_INVALID.search(name) or _FORMER.search(name) or _OLD_FOLDER.search(name) for name in flat)
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


def _letterhead(table: RawTable) -> Iterator[tuple[str, str]]:
    """What stands at the head of a page or document, and who signs below the table: whose it is."""
    for ink in table.grid.ink:
        if ink.kind in _PRINTED:
            yield INK_KINDS[ink.kind], ink.text
    for line in table.grid.before[:_HEAD]:
        if len(line) <= _SHORT and not _SENT_TO.search(line):
            yield "表旁文字", line
    for _, text in table.notes:
        if is_signature(narrow(text)):
            yield "落款", text


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
    if match := _STATUS.search(rest) or what in _OLD and _OLD[what].search(rest):
        yield "returns.title_status", match[0]
    for stretch in stretches_in(flat, period.end.year):
        if misfits(stretch, period, flat):
            yield "returns.title_time", stretch.text
    if match := _RHYTHM.search(rest):
        yield "returns.title_words", match[0]
    before = _NAMED_BEFORE.match(rest.strip())
    if what == "标题" and before and (office := other_office(campaign, unit, before[0])):
        yield "returns.title_words", office
    if word := _part_named(campaign, form, what, rest):
        yield "returns.title_part", word
    if what in _OF_TABLE and (others := others_named(campaign, unit, flat)):
        yield "returns.title_unit", others
    if what in _OF_TABLE and (word := _stranger(campaign, form, rest)):
        yield _OF_TABLE[what], word


def _part_named(campaign: Campaign, form: Form, what: str, rest: str) -> str:
    """The word in a name that limits the table to a part of what is asked for, "" for none.

    A file and its folder may hold all the campaign's forms: what any of them counts limits none.
    """
    forms = (form,) if what in _OF_TABLE else campaign.forms
    known = frozenset().union(*map(_parts_of, forms)) | set(_PART.findall(narrow(campaign.title)))
    return next((match[0] for match in _PART.finditer(rest) if match[0] not in known), "")


@lru_cache(maxsize=200)
def _parts_of(form: Form) -> frozenset[str]:
    """The parts that a form's own titles and labels name."""
    names = (form.title, *form.aliases, *(f.label for f in form.fields), *(c.label for c in form.categories))
    return frozenset(word for name in names for word in _PART.findall(narrow(name)))


def _without_title(flat: str, form: Form) -> str:
    """A name without the form's own title."""
    for title in sorted((form.title, *form.aliases), key=len, reverse=True):
        if narrow(title) in flat:
            return flat.replace(narrow(title), " ", 1)
    return flat


@lru_cache(maxsize=5000)
def _stranger(campaign: Campaign, form: Form, rest: str) -> str:
    """What is left of a name without the form's own words, the campaign's, names of units, places and times; "" if nothing."""
    for stretch in stretches_in(rest, 2000):
        rest = rest.replace(stretch.text, " ")
    for unit in (*campaign.units, campaign.top):
        for name in (unit.office, unit.name, *unit.aliases):
            rest = rest.replace(narrow(name), " ") if name else rest
    rest = PLACE.sub(" ", rest.replace(narrow(campaign.title), " "))
    own = narrow(" ".join((campaign.title, form.title, *form.aliases, *(f.label for f in form.fields))))
    left = "".join(w for w in _KNOWN.sub(" ", rest).split() if w not in own)
    return left if len(left) > 1 else ""

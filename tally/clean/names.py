"""Names of firms and products: one of each in a cell, whole, and a name. What stands for several, or for none, is said."""

from __future__ import annotations

import re

from tally.clean.reading import Reading, doubtful, repaired, unreadable
from tally.clean.text import has_lost_letters, tidy
from tally.clean.words import clean_text
from tally.model import RawValue
from tally.writing.characters import narrow
from tally.writing.firms import ends_as_firm

_FIRM_ENDS = "公司|厂|店|经营部|门市部|药房|超市|商行|中心|合作社"
_TWO_FIRMS = re.compile(
    rf".{{0,300}}?({_FIRM_ENDS})([(][^()]{{0,100}}[)])?[、,;/和及与→]{{1,9}}[^、,;/]{{2}}.{{0,300}}?({_FIRM_ENDS})([(][^()]{{0,100}}[)])?"
)
_COUNT = "(?:[2-9]|[1-9]\\d|[二两三四五六七八九十]{1,3}|多|数|若干)"
# Words by which one line says that it stands for several; a lot's own number (20210503批) says nothing of the kind.
_SEVERAL = re.compile(
    rf"等(?:共|合计)?{_COUNT}?个?(?:家|户|种|批次?|款|个|类)?(?:企业|单位|公司|产品|规格|型号)?[)]?$"
    rf"|(?<![\d第.\-]){_COUNT}个?(?:批次?|种(?:规格|型号|产品|口罩)?|家|户)[)]?$|各\d{{1,3}}批|^(?:多种|若干|各种|多家|多个)"
)
_TIMES = re.compile(r"(?<=[\u3400-\u9fff])[xX×*]\d{1,2}$")
# What is put round a name by those who number, point at or quote it.
_BEFORE = re.compile(r"^(?:\d{1,3}[、.．)）]\s*(?=[\u3400-\u9fff])|[①-⑳★☆●■◆※*＊△▲#]+\s*|[\"“'‘《]+)")
_BEHIND = "。．.;；,，、①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳★☆●■◆※*＊△▲#\"”'’》"
# Words by which a name says that it is not, or not only, the firm's that is asked for.
_WHOSE = re.compile(
    r"^(?:标称|标示|委托|受托|被委托|生产|经销|销售|代工|代理|监制)(?:方|商|者|单位|企业)?[:：]|委托.{2,40}(?:生产|加工|制造)|[(]受?委托"
)
_NONE = re.compile(
    r"[\d.\-/:年月日 ]+|[0-9A-Z]{15,20}|在产|停产|转产|注销|不?合格|[大中小微]型|是|否"
    r"|(?:以下)?[均都]?同(?:[左右前后下]|第?\d).{0,9}|以下[均都]?同.{0,9}|[^\w]+"  # where else it stands, or marks alone
)
_NO_FIRM = re.compile(
    r"(?:无名|无厂名|不明|不详|未知|三无)(?:的?(?:厂家|企业|厂|单位|商家|产品))?|(?:厂家|企业|厂名)(?:不详|不明|未知)"
    r"|企业名称|单位名称|个体户?"
)
_UNNAMED = re.compile(
    r"[无未](?:证|照|牌|挂牌|办照|注册|登记).{0,9}|(?:家庭|黑|小|地下){0,3}(?:作坊|窝点|加工点)"
    r"|.{0,9}(?:某(?:一|家|个)?|[xX×]{2})(?:口罩)?(?:有限)?(?:企业|公司|口罩厂|厂|店|单位|商户|作坊)"
)
_LONG = 80  # characters: what is longer is no address, product or name
_ADDRESS = re.compile(
    rf".{{0,{_LONG}}}(?:[路街巷道]\d{{1,6}}(?:-\d{{1,6}})?号|[镇乡村组]\d{{0,4}}组?|\d{{1,6}}[号栋幢室])(?:[(].{{0,{_LONG}}}[)])?"
)
_PRODUCT = re.compile(rf".{{0,{_LONG}}}(?:口罩|防护服|手套|消毒液|防护用具)(?:[(].{{0,{_LONG}}}[)])?")
_CODE_BEHIND = re.compile(
    rf"(.{{0,{_LONG}}}?[^0-9A-Za-z(])[ (:：,，/]{{0,6}}(?:[0-9A-Z]{{18}}|1\d{{10}}|0\d{{2,3}}-?\d{{7,8}})[)]?"
)
_ENDS = re.compile(
    rf"(?:{_FIRM_ENDS}|集团|有限合伙|工厂|作坊|商店|经营户|加工户|个体户?|商贸|科技|部)(?:[(].{{0,{_LONG}}}[)])?$"
)


_BETWEEN = re.compile(r"[、,，;；/\n]|和|及|与")
# What pages and programs leave beside a name that is copied from them.
_COPIED = re.compile(r"_x000D_|https?:.*|www[.].*|(?:查看详情|点击查看|复制|展开)$|^(?:企查查|天眼查|爱企查)", re.I)
_RENAMED = re.compile(r"[(](?:原|曾用|更名|现|改名)")
_SHORTEST = 4  # characters of a firm's name that stands beside another
# What may stand in brackets behind a name and belong to it: 建军路店, 普通合伙, 样例镇. Anything else is said of the firm.
_PART = re.compile(
    r"(?:店|厂|部|分公司|合伙|个体.{0,9}|独资|集团|控股|[省市区县镇乡村园路街道]|盐城|江苏|[A-Za-z]{1,9})$"
)
_SAID_BEHIND = re.compile(rf"(.{{2,{_LONG}}}(?:{_FIRM_ENDS}|加工户|作坊))[(]([^()]{{1,30}})[)]")
_WORDS_BEHIND = re.compile(
    rf"(.{{2,{_LONG}}}公司)([^\w(].{{0,20}}|\d.{{0,20}}|[已停拆搬注退拟暂未].{{1,20}}|新增|新办)"
)
_SAID_BEFORE = re.compile(
    rf"(?:([\u3400-\u9fff]{{1,6}}):|[(]((?!集团)[\u3400-\u9fff]{{0,5}}[^例)])[)])(.{{2,{_LONG}}})"
)
_TWICE_LIMITED = re.compile(rf".{{2,{_LONG}}}有限(?:责任)?公司.{{2,{_LONG}}}有限(?:责任)?公司.{{0,9}}")


def clean_firm(raw: RawValue) -> Reading:
    """The name of one firm."""
    reading = _clean(raw)
    if not isinstance(reading.value, str) or _is_doubted(reading):
        return reading
    name, flat = reading.value, narrow(reading.value)
    lines = str(raw).split("\n")
    several = len(lines) > 1 and all(re.search(f"({_FIRM_ENDS})$", narrow(line)) for line in lines)
    if several or _TWO_FIRMS.fullmatch(flat) or _names_two(name, flat):
        return doubtful(name, "two_firms", seen=tidy(str(raw)))
    if _NO_FIRM.fullmatch(flat):
        return unreadable("no_name", seen=name, what="企业名称")
    if behind := _CODE_BEHIND.fullmatch(flat):
        return doubtful(name[: len(behind[1].rstrip("(: ,，/"))].strip(" （(:："), "name_and_more", seen=name)
    if _WHOSE.search(flat):
        return doubtful(name, "name_of_another", seen=name)
    if not _ENDS.search(flat) and (_ADDRESS.fullmatch(flat) or _PRODUCT.fullmatch(flat)):
        return doubtful(name, "no_name/look", seen=name, what="企业名称")
    if _UNNAMED.fullmatch(flat):
        return doubtful(name, "no_name/look", seen=name, what="企业名称")
    if (copied := _COPIED.search(flat)) and (rest := _COPIED.sub("", flat)):
        return doubtful(rest, "name_and_words", seen=name, value=rest, words=copied[0])
    if (beside := _beside(flat, narrow(_bare(name)))) is not None:
        return doubtful(beside[0], "name_and_words", seen=name, value=beside[0], words=beside[1])
    if (bare := _bare(name)) != name:
        return repaired(bare, "name_marks", seen=name, value=bare)
    return reading


def _names_two(name: str, flat: str) -> bool:
    """True for two names with nothing but a blank between them, or nothing at all: 甲有限公司乙有限公司."""
    if _TWICE_LIMITED.fullmatch(flat):
        return _RENAMED.search(flat) is None
    parts = name.split()
    return len(parts) > 1 and all(len(part) >= _SHORTEST and ends_as_firm(part) for part in parts)


def _beside(flat: str, bare: str) -> tuple[str, str] | None:
    """(the name, what is said beside it): 样例口罩厂（停产） is 样例口罩厂, of which 停产 is said.

    None for a name alone, and for one with no more than marks round it (`bare`: without them).
    """
    if behind := _SAID_BEHIND.fullmatch(flat):
        return None if _PART.search(behind[2]) and not _RENAMED.search(flat) else (behind[1], behind[2])
    if (behind := _WORDS_BEHIND.fullmatch(flat)) and not _ENDS.search(flat) and bare != behind[1]:
        return behind[1], behind[2]
    if (before := _SAID_BEFORE.fullmatch(flat)) and _ENDS.search(flat):
        return before[3], before[1] or before[2]
    return None


def clean_product(raw: RawValue) -> Reading:
    """The name of one product."""
    reading = _clean(raw)
    if isinstance(reading.value, str) and not _is_doubted(reading) and ends_as_firm(reading.value):
        return doubtful(reading.value, "no_name/look", seen=reading.value, what="产品名称")
    return reading


def clean_one_product(raw: RawValue) -> Reading:
    """The name of the one product that a record is of."""
    return _one(clean_product(raw), raw, 2)


def _one(reading: Reading, raw: RawValue, alike: int) -> Reading:
    """A reading that is asked about where it lists several things, which end in the same `alike` characters: 防护口罩、儿童口罩."""
    parts = [part for part in map(narrow, _BETWEEN.split(str(raw))) if part]
    listed = len(parts) > 1 and all(len(p) > alike for p in parts) and len({p[-alike:] for p in parts}) == 1
    if not listed or not isinstance(reading.value, str) or _is_doubted(reading):
        return reading
    value = "、".join(parts) if "\n" in str(raw) else reading.value
    return doubtful(value, "several_in_one", seen=value)


def clean_model(raw: RawValue) -> Reading:
    """The model of one product: nearly any text."""
    reading = clean_text(raw)
    if isinstance(raw, str) and raw.strip().endswith(("型", "款")):
        reading = _one(reading, raw, 1)
    if isinstance(reading.value, str) and not _is_doubted(reading) and _SEVERAL.search(narrow(reading.value)):
        return doubtful(reading.value, "several_in_one", seen=reading.value)
    return reading


def clean_person(raw: RawValue) -> Reading:
    """The name of a person."""
    reading = clean_text(raw)
    if not isinstance(reading.value, str) or _is_doubted(reading):
        return reading
    if has_lost_letters(reading.value):
        return unreadable("garbled/name", seen=reading.value[:40])
    if ends_as_firm(reading.value) or _NONE.fullmatch(narrow(reading.value)):
        return doubtful(reading.value, "no_name/look", seen=reading.value, what="姓名")
    return reading


def _clean(raw: RawValue) -> Reading:
    """A text that is a name of something, and of one thing."""
    reading = clean_text(raw)
    if not isinstance(reading.value, str) or _is_doubted(reading):
        return reading
    name, flat = reading.value, narrow(reading.value)
    if has_lost_letters(name):
        return unreadable("garbled/name", seen=name[:40])
    if _NONE.fullmatch(flat):
        return unreadable("no_name", seen=name, what="名称")
    if _SEVERAL.search(flat) or _TIMES.search(flat):
        return doubtful(name, "several_in_one", seen=name)
    return reading


def _is_doubted(reading: Reading) -> bool:
    return reading.remark is not None and reading.remark.severity != "note"


def _bare(name: str) -> str:
    """The name without marks round it; one that is nothing but marks stays."""
    return _BEFORE.sub("", name).rstrip(_BEHIND).strip() or name

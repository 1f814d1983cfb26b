"""What one line below a header is: a record, a note, a total, an example, or nothing."""

from __future__ import annotations

import re
from typing import Literal

from tally.locate.header_rows import is_number_row
from tally.locate.headers import Header
from tally.locate.sums import is_grand, sum_label
from tally.locate.view import View
from tally.writing.nothing import NOTHING

Line = Literal["record", "blank", "note", "total", "subtotal", "example", "numbers", "zero", "unchanged", "title"]

_NOTE = re.compile(
    r"^(注|备注|附注|说明|填表说明|填报说明|审核人?|复核人?|填表人|填报人|制表人?|统计人|经办人|联系人|联系电话|电话|单位负责人|分管领导|负责人|签发人?|填报单位|填报时间|填报日期|报送单位|报送时间|日期|时间|盖章|[*※])[(（]?[^)）]{0,6}[)）]?([::：、．.]|$)"
)
_NOTE_LOOSE = re.compile(r"^(注|备注|附注|说明|填表说明|审核人|填表人|制表人)[\d(（:：]")
_TOTAL = re.compile(r"^(合计|总计|共计|本表合计|累计)(\(.*\))?[:：]?$")
_SUBTOTAL = re.compile(r"^(小计|本页小计|本页合计|分计)(\(.*\))?[:：]?$")
_EXAMPLE = re.compile(
    r"^[(（【\[]?(填写|填表|填报)?(示例|样例|例子|举例|范例|示范|样表|例如|例)[)）】\]]?([::：].*)?$|^[(（【\[](填写|填表)?(示例|样例|例)[)）】\]].+"
)
EXAMPLE_WORD = re.compile(r"[(（【\[]?(填写|填表|填报)?(示例|样例|例子|举例|范例|示范|样表|例如|例)[)）】\]]?[:：]?")
# A record's number with a mark before or behind it: *4, ※3, 注5, 6#.
_NUMBERED = re.compile(r"[*※★☆#△▲注备]{0,2}[(（第]?(\d{1,5})(?:\.0)?[)）.、号]?[*※★☆#△▲]{0,2}")
_PLAIN_NUMBER = re.compile(r"[(（第]?\d{1,5}(\.0)?[)）.、号]?")
_SECTION = re.compile(r"[(（]?[一二三四五六七八九十]{1,3}[)）、.]|以下|第[一二三四五六七八九十\d]+部分|其中[:：]")
# What heads a group of records in the column of names, and is no name.
_GROUP = re.compile(
    r"[(（]?[一二三四五六七八九十\d]{0,2}[)）、.]?(在产|停产|转产|注销|大型|中型|小型|微型|规上|规下|规模以上|规模以下|新增|原有|其[他它]"
    r"|生产|流通|使用|销售|经营|非?医用|重点|一般)(企业|领域|环节|单位|类)(名单|名录)?[:：]?"
)
_PAGE_NUMBER = re.compile(r"[-—–－]{1,2}\d{1,4}[-—–－]{1,2}|第\d{1,4}页([,，/]?共\d{1,4}页)?|共\d{1,4}页")
_ORDINARY = re.compile(
    r"[(（]?(续[上前]?[表页]|续|接[上下][表页]|转下[表页])[)）]?.{0,3}|[*＊.…\-—=_~]{3,}|以下(空白|无正文|无内容)|(本|此)页(以下)?(空白|无正文)|第\d+页.*|共\d+页.*|[-—]\d+[-—]|.*(监管局|管理局|执法局|委员会|办公室|人民政府|领导小组|分局|大队|支队|专班)$"
    r"|\d{4}年.*|.*[。；;：:].*|[(（].*[)）]|.*(统计表|情况表|汇总表|报表|一览表|附表\d*|附件\d*)"
)
_ENDED = re.compile(r"[(（]?以下(空白|为空|无正文|无内容|无)[)）]?")
_SAID_OTHERWISE = re.compile(f"{_EXAMPLE.pattern}|{_TOTAL.pattern}|{_SUBTOTAL.pattern}")
_ZERO = re.compile(
    r"零报告|零申报|(本|我|辖)(地|地区|辖区|区|县|市|期|月|单位|局)?(区|内|域)?(暂|均|尚)?(无|没有|未发现|未查处|未查办|未办理|未开展).{0,16}(企业|抽查|抽检|案件|情况|批次|报告事项)"
)
# That nothing changed says that the last list stands, not that there is nothing: 本月无新增企业, 同上月, 名单无变化.
_UNCHANGED = re.compile(
    r"(无|没有|未|不)(发生|有|任何)*(新增|增加|增减|变化|变动|变更|更新|调整)|[同与和跟按]上(月|期|次|周|季)|(见|参照|沿用|维持)(上[月期次周季]|\d{1,2}月)"
)
_FIRM_END = re.compile(r"(公司|厂|店|部|中心|商行|合作社)$")
_SHORT = 30  # characters of such a line
_NAMES = re.compile(r"^(附件\s*\d|附表\s*\d)")


def denies(text: str) -> bool:
    """True if a line (narrow) says in so many words that there is nothing to report."""
    return bool(_ZERO.search(text))


def says_unchanged(text: str) -> bool:
    """True if a line (narrow) says no more than that a list is as it was: 本月无新增企业, 名单无变化, 同上月, 见4月报表."""
    return len(text) <= _SHORT and bool(_UNCHANGED.search(text)) and not _FIRM_END.search(text)


def says_nothing(text: str) -> bool:
    """True if a line (narrow) says in words that there is nothing to report: 零报告, 本期无案件, 无."""
    return denies(text) or text.rstrip("。") in NOTHING


def is_said_otherwise(text: str) -> bool:
    """True for a cell that reads like that of an example, a total or a subtotal: 示例, （示例）江苏口罩厂, 总计."""
    return bool(_SAID_OTHERWISE.match(text))


def is_numbered(text: str) -> bool:
    """True for a record's number, with a mark or without."""
    return bool(_NUMBERED.fullmatch(text))


def says_more(text: str) -> bool:
    """True for a record's number with a mark that may point to a note."""
    return not _PLAIN_NUMBER.fullmatch(text)


def number_of(text: str) -> int | None:
    """The number that a cell of 序号 says, None if it says none."""
    match = _NUMBERED.fullmatch(text)
    return int(match[1]) if match else None


def is_section(text: str) -> bool:
    """True for a line that heads the records below it: 一、生产领域, 以下为本月新增, 在产企业."""
    return bool(_SECTION.match(text) or _GROUP.fullmatch(text))


def is_firm_like(text: str) -> bool:
    """True for words that may be a name: no date, number of a page, sentence, or office that signs."""
    return len(text) >= 2 and not text.isdigit() and text.rstrip("。") not in NOTHING and not _ORDINARY.fullmatch(text)


def goes_on(view: View, row: int, header: Header, keys: frozenset[str], above: int) -> bool:
    """True if `row` is a further line of the record that ends in grid row `above`.

    Of the fields `keys`, which a record does not lack, none has a cell of its own in the row; something else has.
    """
    if row != above + 1:
        return False
    span = range(header.left, header.right + 1)
    filled = view.filled(row, span)
    mapped = header.by_col
    content = [c for c in filled if c in mapped]
    if not content or any(mapped[c] in keys or mapped[c] == "seq" for c in content):
        return False
    if not keys & set(mapped.values()):
        return False
    first = view.text(row, filled[0])
    if _is_wide(view, row, filled[0]) or _NOTE.match(first) or _NOTE_LOOSE.match(first) or _NAMES.match(first):
        return False
    words = "".join(view.text(row, c) for c in filled)
    return not (_TOTAL.match(first) or _SUBTOTAL.match(first) or _ORDINARY.fullmatch(first) or _ZERO.search(words))


def _is_wide(view: View, row: int, col: int) -> bool:
    span = view.covered.get((row, col))
    return span is not None and span.right - span.left >= 2


def _plainly_a_record(view: View, row: int, header: Header, filled: list[int], required: frozenset[str]) -> bool:
    """True for a numbered line with most of its fields, as nearly all are: told without reading every cell."""
    mapped = header.by_col
    if len(filled) <= 6 or mapped.get(filled[0]) != "seq" or type(view.own(row, filled[0])) is not int:
        return False
    texts = [view.text(row, c) for c in filled[1:3]]
    if any(t.isdigit() or t in NOTHING or _SAID_OTHERWISE.match(t) for t in texts):
        return False
    return required <= {mapped[c] for c in filled if c in mapped}


def classify(view: View, row: int, header: Header, required: frozenset[str]) -> Line:
    """What `row` is for a list with `header`; `required` are the fields that a record cannot lack."""
    span = range(header.left, header.right + 1)
    filled = view.filled(row, span)
    if not filled:
        return "blank"
    if _plainly_a_record(view, row, header, filled, required):
        return "record"
    texts = {c: view.text(row, c) for c in filled}
    first = texts[filled[0]]
    mapped = header.by_col
    words = "".join(t for c, t in texts.items() if mapped.get(c) != "seq" or not t.isdigit())
    whole = header.form.accumulates == "whole"  # of a list of additions no addition is none
    if whole and len(filled) <= 4 and says_unchanged(words) and len(words) == max(map(len, texts.values())):
        return "unchanged"
    if _ZERO.search("".join(texts.values())) and len(filled) <= 4:
        return "zero"
    content = [c for c in filled if mapped.get(c) not in (None, "seq")]
    named = any(mapped.get(c) in required for c in content)
    if (
        mapped.get(filled[0]) == "seq"
        and _NUMBERED.fullmatch(first)
        and says_more(first)
        and named
        and len(content) > 1
    ):
        return "record"
    if any(_EXAMPLE.match(texts[c]) for c in filled[:3]):
        return "example"
    if any(_SUBTOTAL.match(texts[c]) for c in filled[:3]):
        return "subtotal"
    if any(_TOTAL.match(texts[c]) for c in filled[:3]):
        return "total"
    if label := sum_label(list(texts.values())):
        return "total" if is_grand(label) else "subtotal"
    if all(mapped.get(c) == "seq" and texts[c].isdigit() for c in filled):
        return "blank"  # numbered beforehand, and not filled in
    if _is_note(first, filled, mapped, required, view, row):
        return "note"
    if is_number_row(list(texts.values())) and len(filled) >= 5:
        return "numbers"
    if not content and len(filled) == 1 and first.rstrip("。") in NOTHING:
        return "zero"
    if not content:
        return "blank" if all(mapped.get(c) == "seq" for c in filled) else "note"
    if all(texts[c] in NOTHING for c in content):
        return "zero"
    return "record"


def _is_note(
    first: str, filled: list[int], mapped: dict[int, str], required: frozenset[str], view: View, row: int
) -> bool:
    if _NAMES.match(first) and len(filled) <= 2:
        return True
    last = view.text(row, filled[-1])
    if _ENDED.fullmatch(last) and all(c == filled[-1] or mapped.get(c) == "seq" for c in filled):
        return True
    if _NOTE.match(first) and (len(filled) <= 6 and mapped.get(filled[0]) != "enterprise" or len(filled) <= 2):
        return True
    if _NOTE_LOOSE.match(first) and len(filled) <= 2:
        return True
    if len(filled) > 1 or first.rstrip("。") in NOTHING:
        return False
    if mapped.get(filled[0]) in required and not (
        _ORDINARY.fullmatch(first) or _SECTION.match(first) or _GROUP.fullmatch(first)
    ):
        return False  # a record of which only the name is written, be it merged over the rest
    return _is_wide(view, row, filled[0]) or mapped.get(filled[0]) not in required or bool(_GROUP.fullmatch(first))


_SIGNATURE = re.compile(
    r"(审核人?|复核人?|填表人|填报人|制表人?|统计人|经办人|联系人|联系电话|电话|单位负责人|分管领导|负责人|签发人?)([::：]|$)"
)


def is_signature(text: str) -> bool:
    """True for a line of who filled the form in and how to reach them; its figures are telephone numbers."""
    return bool(_SIGNATURE.match(text))


_FIGURE = re.compile(r"\d|[一二三四五六七八九十百千万两](?=[件只家批户人次万])")
_CORRECTING = re.compile(
    r"更正|应为|改为|修正|调整|漏报|漏填|漏统|补报|补充|另有|另外|还有|未计入|未列入|未包含|不含|未含|实为|实际|有误|以此为准|为准|扣除|重复|多报|少报|误|撤销|作废|复检|删除|取消|剔除"
)
_HARMLESS = re.compile(
    r"^(审核|复核|填表|填报|制表|统计|经办|联系|电话|单位负责|分管|负责|签发|报送|日期|时间)|^\d{4}年\d{1,2}月\d{1,2}日$"
)


def note_speaks_of_figures(text: str) -> bool:
    """True if a note below a table holds figures that may change what the table says."""
    return bool(_FIGURE.search(text)) and bool(_CORRECTING.search(text)) and not _HARMLESS.match(text)


_PLAINLY = re.compile(r"更正|应为|改为|有误|漏报|漏填|漏统计|补报|未计入|未列入|实为|以此为准|多报|少报|作废")


def note_corrects(text: str) -> bool:
    """True if a line that stands apart from the table says plainly that a figure is another."""
    return bool(_FIGURE.search(text)) and bool(_PLAINLY.search(text)) and not _HARMLESS.match(text)


_TAKES_BACK = re.compile(r"有误|作废|撤销|删除|取消|剔除|不计|不算|重复|错误|更正|待核|复检|无效")


def takes_back(text: str) -> bool:
    """True for words beside a record that say it does not hold: 此行有误, 已撤销."""
    return bool(_TAKES_BACK.search(text))


# Who signs and seals, what is enclosed, how and when it was sent: said on every form, of no figure.
_FORMAL = re.compile(
    r"^(附|附件|附表|抄[送报]|主送|报送|上报|打印|校对|印发|制表|填报|填表|联系|报告|数据来源|来源|承办|责任|科室|处室|股室|电子邮箱|邮箱|传真|地址)"
    r"|盖章|公章|签[章字名]|[（(]章[)）]|^第\d+页|^共\d+页|(监管局|管理局|执法局|委员会|办公室|人民政府|领导小组|分局|大队|支队|专班)$"
)


def is_formal(text: str) -> bool:
    """True for a line (without blanks) that stands on every form and says nothing of its figures."""
    return bool(_HARMLESS.match(text) or _PAGE_NUMBER.fullmatch(text) or _FORMAL.search(text) or _ENDED.fullmatch(text))


def note_is_harmless(text: str) -> bool:
    """True for who filled it in, telephone numbers, dates and a page's number."""
    return bool(_HARMLESS.match(text) or _PAGE_NUMBER.fullmatch(text)) or not _FIGURE.search(text)

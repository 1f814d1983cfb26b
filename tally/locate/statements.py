"""A sentence beside a table that speaks of the table's figures and says nothing that is known: a person must read it.

A sentence has a subject here if it names a measure, a category or a part of such a name, or the table itself (表, 列,
行, 数据, 填反). Known are how a form is to be filled in, what repeats its declaration, and assurances; each pattern
below is a whole sentence, so that nothing can hide behind a harmless beginning.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache

from tally.declare import Form
from tally.locate.labels import names_of, parse
from tally.locate.qualifiers import word_is_declared

_SENTENCE = re.compile(r"[。；;\n]|(?<!\d)\d{1,2}[.、](?!\d)")
_COMMA = re.compile(r"[,，]")
_PAGE = re.compile(r"第(\d{1,3})页.{0,3}共(\d{1,3})页")
_MANY = 200  # pages
LEAD = re.compile(
    r"^[*※]?(注|备注|附注|说明|填表说明|填报说明|特别说明|情况说明|(?:审核|逻辑|勾稽|平衡)关系)[\d一二三四五六七八九十]{0,2}[:：.、]?"
)
_MARKS = re.compile(r"[\"'“”‘’《》()（）【】\[\]:：,，、.\s*※]")
_TABLE = re.compile(
    r"[本该上此]表|表[中内]|表格|[此该这一二两三几\d][行列栏格]|各[行列栏]|数据|数字|空格|空白[处格]|单元格|填[反错串]|对调|颠倒|忽略|口径|数量|产能|金额"
)
_PARTS = 2  # characters of a name that tell of it: 人员 of 出动执法人员
_KNOWN = re.compile(
    r"(本表|此表|该表|表格|附表|各表)?(由|请)?[^,，]{0,16}(负责)?(填报|报送|填写|上报|汇总上报|汇总填报)"
    r"|(以上|本表|表内|表中|上述|所报|填报)?(各项|全部|所有)?(数据|数字|情况|内容)?(均|都|已)?(经)?(核实|核对|审核|真实|准确|无误|属实|有效|完整|齐全|一致|可靠|、|，)+"
    r"|.{0,8}(保留|精确到|精确至|取).{0,6}(小数|整数|位|元|个位).{0,4}"
    r"|[^,，]{0,14}(按|请按|应按)[^,，]{0,10}(口径|要求|规定|标准|顺序|格式)(填报|填写|报送|统计)"
    r"|.{0,10}(没有|无)(发生|数据|内容)?的?(请|应|均|一律)?填(写|报)?(0|零|“0”|无).{0,8}|零填0|不留空|不得(空白|空格|留空|漏填)"
    r"|(本表|此表)?(一式.份|.份(留存|存档|留底|报.{1,12})|按[月季年周期]报送|每[月季年周期]报送一次|[^,，]{0,4}[月日号周]前报送.{0,10})"
    r"|(数据|本表|表内数据)?(应|须|请)?与.{1,12}(保持)?一致"
    r"|(此|本)页(以下)?(空白|无正文)|以下(空白|无正文|无内容)|(本表)?到此(结束|为止)|完|续[上前]?[表页]|接[上下][表页]|转下[表页]"
    r"|(本表|以上|上述|上表|表[内中])?(数据|数字|情况)?均?[为是系]?本[期月](的|份)?(数据?|数字|情况|统计)*"
    r"|关于(?!.*(更正|更改|调整|修改|撤回|作废|补报)).{2,40}的(函|报告|通知|请示|汇报)"
    r"|(附|附件)[:：]?[^,，]{0,12}(清单|名单|照片|目录|复印件)"
)
_DENIES = re.compile(r"[不未无非没除剔扣]|上[月期年]|去年|同期|结转|以前|另")
_LINK = re.compile(
    r"包括|包含|含|是指|指|即|为|是|适用|程序|的|等于|=|\+|－|-|和|与|及|以及|加|合计|之和|总和|应|不小于|不大于|大于等于|小于等于|[≥≤<>]|其中|各[类行项]"
)


def unread(text: str, form: Form) -> str:
    """The first sentence of a line that speaks of the table's figures in words nobody knows, "" if none does."""
    unknown = (sentence for sentence in _unknown(text, form) if _has_subject(sentence, form))
    return next(unknown, "")


def is_known_line(text: str, form: Form) -> bool:
    """Whether each sentence of a line is one that changes nothing, or there is none."""
    return not any(_unknown(text, form))


def _unknown(text: str, form: Form) -> Iterator[str]:
    """The sentences of a line that are not known, neither whole nor clause by clause."""
    for sentence in _sentences(text):
        clauses = [clause for clause in _COMMA.split(sentence) if clause]
        if not (_is_known(sentence, form) or all(_is_known(clause, form) for clause in clauses)):
            yield sentence


def pages_missing(text: str, others: Iterable[str]) -> bool:
    """True if a line says that it stands on a later page, and not every page before it is among `others`."""
    page = _PAGE.search("".join(text.split()))
    if page is None or not 1 < int(page[1]) <= _MANY:
        return False
    numbers = {int(m[1]) for other in others if (m := _PAGE.search("".join(other.split())))}
    return not set(range(1, int(page[1]))) <= numbers


def _sentences(text: str) -> Iterator[str]:
    flat = LEAD.sub("", "".join(text.split()))
    for sentence in _SENTENCE.split(flat):
        if bare := LEAD.sub("", sentence).strip("，,、：: "):
            yield bare


def repeats(sentence: str, form: Form) -> bool:
    """True for a sentence that says of measures what their declaration says, and denies nothing: 查办案件含立案和简易案件."""
    return not _DENIES.search(sentence) and any(n in sentence for n in _names(form)) and _is_known(sentence, form)


def _has_subject(sentence: str, form: Form) -> bool:
    return bool(_TABLE.search(sentence)) or any(part in sentence for part in _parts(form))


def _is_known(sentence: str, form: Form) -> bool:
    bare = _MARKS.sub("", sentence)
    if _KNOWN.fullmatch(sentence) or _KNOWN.fullmatch(bare):
        return True
    rest = bare
    for name in _names(form):
        rest = rest.replace(name, "|")
    words = [w for w in _LINK.sub("|", rest).split("|") if w]
    return all(any(word_is_declared(w, f) for f in form.fields) for w in words)


@lru_cache(maxsize=200)
def _names(form: Form) -> tuple[str, ...]:
    """The form's names of measures and rows, longest first."""
    labels = [*(f.label for f in form.fields), *(c.label for c in form.categories)]
    cores = {*names_of(form).fields, *names_of(form).categories, *(parse(label).core for label in labels)}
    return tuple(sorted((c for c in cores if len(c) >= _PARTS and not c.isascii()), key=len, reverse=True))


@lru_cache(maxsize=200)
def _parts(form: Form) -> frozenset[str]:
    """Every two characters that stand together in a name of a matrix's measures or rows; of a list its whole names."""
    if form.layout != "matrix":
        return frozenset(_names(form))
    labels = [*(f.label for f in form.fields), *(c.label for c in form.categories)]
    cores = [parse(label).core for label in labels]
    return frozenset(core[at : at + _PARTS] for core in cores for at in range(len(core) - 1))

"""What a note beside, above or below a table gives reason to say: figures that correct it, words that qualify all of it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from tally.declare import Field, Form, Period
from tally.locate.body import Body, Reporter
from tally.locate.context import measures_in, times_in
from tally.locate.imprint import is_instruction
from tally.locate.labels import names_of
from tally.locate.lines import is_formal, is_signature, note_is_harmless, note_speaks_of_figures
from tally.locate.qualifiers import word_is_declared
from tally.locate.statements import LEAD, is_known_line, pages_missing, repeats, unread
from tally.locate.times import misfits, other_times, relation, stretches_in, unread_date
from tally.locate.view import View
from tally.model import Finding
from tally.writing.characters import narrow

LONG = 120  # a longer paragraph is running text that has a place of its own
_SENTENCE = re.compile(r"[。；;\n]|(?<!\d)\d{1,2}[.、](?!\d)")
_QUALIFIES = re.compile(
    r"不含|未含|不包括|未包括|不包含|未包含|仅[含为限指计统是]|只[含计统]|除[^。；]{1,12}外|剔除|扣除|另有|未统计|未列入"
    r"|[红黄蓝绿灰橙紫][色字底]|标[红黄绿蓝灰]|底纹|底色|字体|加粗|粗体|斜体|下划线|高亮|涂色|不计入|暂定|本次修改|已?修改过?的"
    r"|未经?审[核计定批]|待审[核计]|快报|初步统计|初步数据|仅供参考|以正式|最终以|以最终|未核实|待核实"
    r"|未完|待续|[接转][上下]页|上月|上期|上周|去年|上年|同期|结转|往年|以前年度|预计|估计|估算|暂估|预估|应缴|计划数|目标数|含[^。；，,]{1,8}"
)
# What a clerk says of a return that is not whole, or not sure: 五星街道未报, 请勿使用, 凭记忆填的, 与台账不符.
_DOUBTS = re.compile(
    r"未报(?!告)|[没未]有?收到|^缺|缺少|尚未|不完整|不全|待核|待补|有误|不准确?$|[有为]重复|不符$|不一致$|记忆|估的|推算|出入|勿使?用|重报|[再后]补|先这样"
    r"|未审|手工统计|以[^,，。]{1,8}为准|互换|作废|不实$|存疑|打不开"
)
_IS_OF = re.compile(r"(?:以上|本表|上述|表中|表内|数据)[^。;；\d]{0,6}[为是系]([^。;；]{2,16}?)(?:的?数据?|情况|$)")
_CLAUSE = re.compile(r"[,，、：:（）()]")
_SCOPE = re.compile(r"(累计|本月|本期|当月|当期)(发生|新增)?数?")


def take_note(
    view: View, row: int, filled: Sequence[int], body: Body, report: Reporter, period: Period | None = None
) -> None:
    """Takes down a line of text below a table, that in the columns `filled`."""
    texts = [str(view.own(row, c)) for c in filled]
    body.lines.append(texts)
    text = " ".join(" ".join(t.split()) for t in texts)
    body.notes.append((view.address(row, filled[0]), text))
    body.findings += of_note(text, report, row, filled[0], period)


def take_paragraphs(paragraphs: tuple[str, ...], body: Body, report: Reporter, period: Period | None = None) -> None:
    """Notes that stand in paragraphs below a table of a document."""
    for text in paragraphs:
        if text.strip():
            body.notes.append(("", text))
            body.findings += of_note(text, report, None, 0, period)


def of_note(text: str, report: Reporter, row: int | None, col: int, period: Period | None = None) -> Iterator[Finding]:
    """What a note below a table gives reason to say."""
    if is_instruction(text):
        return
    flat = "".join(text.split())
    qualified = [*_qualifiers(flat, report.form), *_other_times(flat, period)] if len(flat) <= LONG else []
    if note_speaks_of_figures(flat):
        yield report("form.note_corrects", row, col, found=text[:200], text=text[:80])
    elif qualified:
        yield report("form.note_qualifies", row, col, found=text[:200], text=text[:80], word="”“".join(qualified))
    elif unread_date(text):
        yield report("form.date_unread", row, col, found=text[:200], text=text[:80])
    elif pages_missing(text, _texts_of(report.view)):
        yield report("form.note_pages", row, col, found=text[:200], text=text[:80])
    elif (
        len(flat) <= LONG
        and not (is_signature(flat) or times_in(narrow(text)))
        and (sentence := unread(_in_this_period(narrow(text), period), report.form))
    ):
        yield report("form.note_unread", row, col, found=text[:200], text=sentence[:80])
    elif len(flat) <= LONG and not is_signature(flat) and _DOUBTS.search(flat.rstrip("。.!！")):
        yield report("form.note_unread", row, col, found=text[:200], text=text[:80])
    elif not note_is_harmless(flat):
        yield report("form.note_figures", row, col, found=text[:200], text=text[:80])
    elif len(flat) <= LONG and not _is_understood(text, report.form):
        yield report("form.note_said", row, col, found=text[:200], text=text[:80])


def _is_understood(text: str, form: Form) -> bool:
    """Whether a line says what changes nothing: who signs, when, in what unit, how a form is filled in."""
    flat = "".join(text.split())
    return is_formal(flat) or bool(times_in(narrow(text)) or measures_in(narrow(text))) or is_known_line(text, form)


def _texts_of(view: View) -> Iterator[str]:
    """The texts of a grid and of the paragraphs around it."""
    yield from (*view.grid.before, *view.grid.after)
    for row in view.grid.rows:
        yield from (v for v in row if isinstance(v, str))


def _in_this_period(flat: str, period: Period | None) -> str:
    """A line with 本期 where it names the period itself."""
    if period is None:
        return flat
    for stretch in stretches_in(flat, period.end.year):
        if relation(stretch, period) == "period" and not misfits(stretch, period, flat):
            flat = flat.replace(stretch.text, "本期")
    return flat


def _other_times(flat: str, period: Period | None) -> Iterator[str]:
    """The times of another period that a note says the table is of: 以上为4月数据."""
    for match in _IS_OF.finditer(flat):
        yield from (stretch.text for stretch in other_times(match[1], period))


def qualifies(text: str) -> bool:
    """True for words that may change what a figure means: 待核实, 上月数, 黄色为暂定数."""
    return _QUALIFIES.search("".join(text.split())) is not None


def may_change(text: str, form: Form, period: Period | None) -> bool:
    """True for words that may change what a figure means: a number, a unit, another time, a qualifier, the table's own names."""
    flat = narrow(text)
    if any(ch.isdigit() for ch in flat) or measures_in(flat) or qualifiers_in(flat, form) or unread(flat, form):
        return True
    return bool(other_times(flat, period))


def qualifiers_in(text: str, form: Form) -> list[str]:
    """The words in a line of text that may change what the table's figures mean."""
    flat = "".join(text.split())
    return list(_qualifiers(flat, form)) if len(flat) <= LONG else []


def _qualifiers(flat: str, form: Form) -> Iterator[str]:
    for sentence in _SENTENCE.split(flat):
        if repeats(LEAD.sub("", sentence), form):
            continue
        fields = _fields_in(sentence, form)
        for match in _QUALIFIES.finditer(sentence):
            clause = _CLAUSE.split(sentence[match.start() :])[0]
            if not any(word_is_declared(clause, f) for f in fields or form.fields):
                yield clause if len(clause) <= 12 else match[0]
        scope = _SCOPE.search(sentence)
        if scope and not all(f.cumulative == (scope[1] == "累计") for f in fields or _measures(form)):
            yield scope[0]


def _fields_in(sentence: str, form: Form) -> list[Field]:
    """The fields whose names a sentence says, the longest writing first: 移送公安机关案件数 names no 案件数."""
    names: set[str] = set()
    for core, name in sorted(names_of(form).fields.items(), key=lambda pair: -len(pair[0])):
        if len(core) > 1 and core in sentence:
            names.add(name)
            sentence = sentence.replace(core, "|")
    return [f for f in form.fields if f.name in names]


def _measures(form: Form) -> list[Field]:
    return [f for f in form.fields if f.numeric] if form.layout == "matrix" else []

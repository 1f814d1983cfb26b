"""What a mail says of the forms that it brings: that they are of another time, void, to be changed, in another measure.

A mail's words are no part of a form: nothing in it is changed for them. Every sentence that would change what a form
means is quoted, at the mail and under the form, so that a person decides.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from tally import catalogue
from tally.clean.unit_names import others_named
from tally.declare import Campaign, Form, Period, Unit
from tally.locate.notes import qualifiers_in
from tally.locate.times import other_times
from tally.model import Document, Finding, Place, ReceivedFile, Return
from tally.readers.parcels.letter import HEAD_LINE
from tally.returns.summaries.comparing import OF_LETTER, Earlier, compare
from tally.returns.summaries.measures import measures_of
from tally.returns.summaries.stating import mentions
from tally.returns.summaries.texts import Summary
from tally.writing.characters import narrow

Sent = tuple[ReceivedFile, Document]  # a mail's text and the file in which it came
_SUBJECT = "主题："
_SIGNED = 2  # last lines of a mail, in which its sender signs
_COVER = 300  # characters: a letter that covers something is no longer
_COVERING = re.compile(r"附件|查收|报上|呈报|附上|随附|请审阅|请收")
_REPLY = re.compile(r"^(?:回复|答复|转发|re|fw|fwd)[:：]", re.IGNORECASE)
_ASKED = re.compile(r"(?:的通知|的函|的提醒|催报)$")  # what a letter of the issuer's is called
_OTHERS = re.compile(r"(?:抄送|转发|抄报|发送|收件人|并转|通知)[^，。；]*")  # who gets it too, what is passed on
_ENDS = re.compile(r"[。；;！!\n]")
_COURTESY = re.compile(
    r"^本(?:电子)?邮件(?:及其?附件)?[^，。]{0,6}(?:保密|机密|仅限|仅供)|^(?:如|若|倘)(?:果|有|发现|存在|需)|联系(?:人|电话|方式)|^(?:审核|填表|制表|填报)人?[:：]"
)
_CHANGES = re.compile(
    r"应为|应是|改为|更正|修改|修正|有误|错误|漏报|漏填|多报|少报|作废|废止|撤回|撤销|忽略|不要用|勿用|以[^，。]{0,8}为准"
    r"|重新报送|重报|补报|草稿|草案|初稿|征求意见|样[表稿本]|测试|演练|未经?审[核定批]|仅供参考|待核实|暂定|不完整|不含|未含|不包括"
)
_SCOPE = re.compile(r"(?:累计|本月|本期|当月|当期)(?:发生|新增)?数?")  # 现将本月报表报上: said of every return
_MEASURE = re.compile(
    r"单位[^，。]{0,3}[为是:：]?(?:元|千元|只|个|盒|箱)|(?:按|以)(?:元|千元|只|个|盒|箱)(?:计|为单位|填)"
)


def is_covering(text: str) -> bool:
    """Whether a mail's own text only tells that something comes with it."""
    return len(narrow(text)) < _COVER and _COVERING.search(narrow(text)) is not None


def letter_findings(
    campaign: Campaign, period: Period, unit: Unit, letter: Document, brought: Sequence[str]
) -> Iterator[Finding]:
    """A warning for each sentence that speaks of the forms (names in `brought`) otherwise than as a covering letter does."""
    forms = [campaign.form(name) for name in brought]
    for sentence in _sentences(letter):
        if word := _word(narrow(sentence), period, forms):
            named = [f.name for f in forms if _names(f, sentence)] or list(brought) * (len(brought) == 1) or [""]
            for name in named:
                at = Place(letter.file, raw=sentence[:200])
                remark = catalogue.remark("intake.letter_says", text=sentence[:80], word=word)
                yield catalogue.finding_at(remark, at, unit=unit.code, form=name)


def letter_unit(campaign: Campaign, unit: Unit, letter: Document) -> Iterator[Finding]:
    """A warning where a mail's subject, its first line or its signature names another unit and not this one."""
    subject = [line.removeprefix(_SUBJECT) for line in letter.text.splitlines() if line.startswith(_SUBJECT)]
    lines = [line.strip() for line in body(letter).splitlines() if line.strip()]
    for line in dict.fromkeys((*subject, *lines[:1], *lines[-_SIGNED:])):
        if named := others_named(campaign, unit, _OTHERS.sub("", line)):
            at = Place(letter.file, raw=line[:200])
            words = {"named": named, "text": line[:40], "unit_name": unit.name}
            yield catalogue.finding_at(catalogue.remark("intake.letter_unit", **words), at, unit=unit.code)
            return


def letter_figures(
    campaign: Campaign, unit: Unit, sent: Sent, returns: Mapping[str, Return], earlier: Earlier
) -> list[Finding]:
    """Where the figures that a mail's text states are not those of the forms that came in it.

    A mail that brought no form is held against all that had come by then.
    """
    file, letter = sent
    parcel = letter.file.rpartition("!")[0] + "!"
    brought = {n: r for n, r in returns.items() if any(t.grid.file.startswith(parcel) for t in r.tables)}
    by_then = {n: r for n, r in returns.items() if all(f.received <= file.received for f in r.files)}
    text = Summary(file, letter.file, body(letter))
    told = compare(campaign, unit, text, brought or by_then, earlier, OF_LETTER)
    return [*told, *_uncounted(campaign, unit, text, returns)] if not brought else told


def _uncounted(campaign: Campaign, unit: Unit, text: Summary, returns: Mapping[str, Return]) -> Iterator[Finding]:
    """The figures of forms that did not come, in the text of a mail that brought none."""
    told: set[str] = set()
    for measure, sentence in mentions(text.text, unit.name, measures_of(campaign)):
        form = measure.form
        if form not in told and form in returns and returns[form].state == "missing":
            told.add(form)
            words = {"title": campaign.form(form).title, "text": sentence[:60]}
            remark = catalogue.remark("intake.letter_only", **words)
            yield catalogue.finding_at(remark, text.at(sentence), unit=unit.code, form=form)


def body(letter: Document) -> str:
    """What a mail's sender wrote: not who wrote it and when, nor what it quotes of another mail."""
    lines = letter.text.splitlines()
    return "\n".join(line for line in lines if not HEAD_LINE.match(line) and not line.lstrip().startswith((">", "＞")))


def _sentences(letter: Document) -> Iterator[str]:
    """The subject, then the body's sentences."""
    for line in letter.text.splitlines():
        subject = line.removeprefix(_SUBJECT).strip() if line.startswith(_SUBJECT) else ""
        if subject and not (
            _REPLY.match(subject) and _ASKED.search(subject)
        ):  # a reply bears the title of what was asked
            yield subject
    for line in body(letter).splitlines():
        yield from filter(None, (s.strip() for s in _ENDS.split(line)))


def _word(flat: str, period: Period, forms: Sequence[Form]) -> str:
    """The word in a sentence (narrow) for which a person should read it, "" for none."""
    if _COURTESY.search(flat):
        return ""
    if match := _CHANGES.search(flat) or _MEASURE.search(flat):
        return match[0]
    if elsewhere := other_times(flat, period, days=False):
        return elsewhere[0].text
    words = (word for form in forms for word in qualifiers_in(flat, form))
    return next((word for word in words if not _SCOPE.fullmatch(word)), "")


def _names(form: Form, sentence: str) -> bool:
    return any(narrow(name) in narrow(sentence) for name in (form.number, form.title, *form.aliases))

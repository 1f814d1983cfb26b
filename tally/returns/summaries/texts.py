"""What kind of text a unit sent: its work summary, or a notice, minutes, a chat, another campaign's summary, …

`kind_of` answers with the key of what is said of it in the catalogue, "" for a summary.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from tally.declare import Campaign
from tally.model import Ink, Place, ReceivedFile
from tally.returns.summaries.subject import left_of, speaks_of, subject_of
from tally.writing.characters import narrow

TITLED = re.compile(r"总结|小结|工作报告|情况(?:的)?(?:汇报|报告)|工作情况")
_SUMMARY_TITLE = re.compile(r"(?:总结|小结|汇报|报告|情况|情况说明)(?:[（(].*[）)])?$")
_NOTICE_TITLE = re.compile(r"(?:通知|的函|通告|公告)(?:[（(].*[）)])?$")
_PLAN_TITLE = re.compile(r"(?:方案|计划|预案|部署|任务清单|责任清单)(?:[（(].*[）)])?$")
_BRIEF_TITLE = re.compile(
    r"(?:简报|信息|动态|快讯|报道)(?:[（(].*[）)])?$|^.{0,12}(?:简报|工作动态|信息).{0,3}第?\d+期"
)
_MINUTES = re.compile(
    r"^(?:会议)?(?:时间|地点|主持人?|参加人员|参会人员|出席人员|出席|列席|缺席|记录人?|议题)[：:]", re.MULTILINE
)
_CHAT = re.compile(
    r"^(?:\[?(?:\d{4}[-/年.]\d{1,2}[-/月.]\d{1,2}日?\s+)?\d{1,2}:\d{2}(?::\d{2})?\]?\s*\S{1,20}|"
    r"\S{1,20}(?:\(\d+\)|<\S+>)?\s+(?:\d{4}[-/年.]\d{1,2}[-/月.]\d{1,2}日?\s+)?(?:上午|下午|晚上)?\d{1,2}:\d{2}(?::\d{2})?)(?:$|\s|[：:])",
    re.MULTILINE,
)
_CHAT_EXPORT = re.compile(r"聊天记录|消息分组|消息对象|群聊的聊天")
_CAMPAIGN_WORD = re.compile(r"专项|整治|行动|治理|创建|攻坚|百日|普查|清理")
_FIGURES = re.compile(r"^[^\n\d：:]{2,20}[：: ]?\d[\d.,]*[^\n\d]{0,6}$", re.M)  # 查办案件11件, a line of its own
_FEW_FIGURES = 3
_LISTED = re.compile(r"^[ \t\u3000]*(?:[-*•·]|\d{1,2}[.、)])[ \t\u3000]*[^\s\d.]", re.MULTILINE)
_HEAD = 6  # lines in which a title stands
_TITLE_LENGTH = 60
_STEPS, _STEPS_SHARE = 4, 0.3  # steps of the duty list that a text repeats word for word, in number and as a share
_LEAST_STEP = 6  # characters: shorter steps are words that anybody uses
_LEAST = 80  # characters of a text that does not call itself a summary
_COVER = 300  # characters: a shorter letter about a summary is none


@dataclass(frozen=True)
class Summary:
    """A unit's 工作总结: its running text, a paragraph a line, and where it came from."""

    file: ReceivedFile
    name: str  # the file's address, of a zip's member too
    text: str
    sheet: str = ""  # of a workbook, where it is written on a sheet
    ink: tuple[Ink, ...] = ()  # what lies between its paragraphs and is no text

    def at(self, raw: str = "") -> Place:
        return Place(self.name, self.sheet, raw=raw)


def kind_of(campaign: Campaign, text: str) -> str:
    """ "" for a summary of this campaign, else the key of what it is instead (`summary.not_notice`, …)."""
    for key, is_such in _OTHERS.items():
        if is_such(campaign, text):
            return key
    if _is_summary(text):
        return ""
    return "summary.not_written" if calls_itself_summary(campaign, text) else "intake.no_form"


def _is_summary(text: str) -> bool:
    """Whether a text tells something: sentences or a list, of some length where it does not say that it is a summary.

    Under a summary's title one sentence will do, or lines of figures: what is not written is said (`sections.unwritten`).
    """
    sentences = text.count("。") + text.count("；") + len(_LISTED.findall(text))
    if _titled(text, _SUMMARY_TITLE) and (sentences or len(_FIGURES.findall(text)) >= _FEW_FIGURES):
        return True
    return sentences > 1 and bool(TITLED.search(text)) or sentences > 0 and len(text.strip()) >= _LEAST


def calls_itself_summary(campaign: Campaign, text: str) -> bool:
    """Whether a text is titled as a summary of this campaign, whatever it tells."""
    return _titled(text, _SUMMARY_TITLE) and speaks_of(campaign, text)


def _head(text: str) -> list[str]:
    """The lines among which the title stands, without spaces."""
    lines = [line for raw in text.splitlines() if (line := narrow(raw).strip("#*>"))]
    return [line for line in lines[:_HEAD] if len(line) <= _TITLE_LENGTH and "。" not in line]


def _titled(text: str, pattern: re.Pattern) -> bool:
    """Whether the first line of the head that ends as a title does, ends like this."""
    return bool(pattern.search(title_of(text)))


def title_of(text: str) -> str:
    """The first line of the head that ends as a title does, without spaces; "" where none does."""
    return next(filter(_is_title, _head(text)), "")


def _is_title(line: str) -> bool:
    return any(p.search(line) for p in _TITLES)


_TITLES = (_SUMMARY_TITLE, _NOTICE_TITLE, _PLAN_TITLE, _BRIEF_TITLE)


def _is_chat(campaign: Campaign, text: str) -> bool:
    lines = [line for line in text.splitlines() if line.strip()]
    turns = len(_CHAT.findall(text))
    return turns >= 3 and turns * 6 >= len(lines) or bool(_CHAT_EXPORT.search(text[:300])) and turns > 0


def _is_minutes(campaign: Campaign, text: str) -> bool:
    kinds = {m.rstrip("：:") for m in _MINUTES.findall(text)}
    named = any(re.search(r"会议(?:纪要|记录)|纪要$", line) for line in _head(text))
    return len(kinds) >= 3 or named and len(kinds) >= 1 or named and not _titled(text, _SUMMARY_TITLE)


def _is_notice(campaign: Campaign, text: str) -> bool:
    """The issuer's own notice sent back, or any letter that calls itself a notice."""
    long_summary = len(narrow(text)) > _COVER and "总结" in "".join(_head(text))
    return repeats_notice(campaign, text) or _titled(text, _NOTICE_TITLE) and not long_summary


def repeats_notice(campaign: Campaign, text: str) -> bool:
    """Whether a text is the issuer's own notice: its number, and much of its duty list word for word."""
    flat = narrow(text)
    steps = [narrow(s) for d in campaign.duties for s in d.steps if len(s) >= _LEAST_STEP]
    repeated = sum(s in flat for s in steps)
    return repeated >= max(_STEPS, len(steps) * _STEPS_SHARE) and narrow(campaign.notice) in flat


def _is_plan(campaign: Campaign, text: str) -> bool:
    return _titled(text, _PLAN_TITLE)


def _is_brief(campaign: Campaign, text: str) -> bool:
    return _titled(text, _BRIEF_TITLE)


def _is_elsewhere(campaign: Campaign, text: str) -> bool:
    """It tells something, but not of this campaign: nothing in it does, or its title names another."""
    if not _is_summary(text):
        return False
    return _names_another(campaign, text) or not speaks_of(campaign, text)


def _names_another(campaign: Campaign, text: str) -> bool:
    subject, flat = subject_of(campaign), narrow(text)
    for line in _head(text):
        if not (_SUMMARY_TITLE.search(line) and _CAMPAIGN_WORD.search(line)):
            continue
        about = left_of(_without_units(campaign, line))
        shared = any(s in a or a in s for s in subject.parts for a in about)
        if about and not shared and subject.title not in flat:
            return any(flat.count(a) >= subject.named_in(flat) for a in about)
    return False


def _without_units(campaign: Campaign, title: str) -> str:
    names = {n for u in (*campaign.units, campaign.top) for n in (u.name, *u.aliases, u.office) if n}
    names |= {narrow(campaign.issuer), *campaign.unit_suffixes}
    for name in sorted(names, key=len, reverse=True):
        title = title.replace(name, " ")
    return title


_OTHERS: dict[str, Callable[[Campaign, str], bool]] = {
    "summary.not_chat": _is_chat,
    "summary.not_minutes": _is_minutes,
    "summary.not_notice": _is_notice,
    "summary.not_plan": _is_plan,
    "summary.not_brief": _is_brief,
    "summary.not_of_campaign": _is_elsewhere,
}

"""A summary's paragraphs sorted to the duties of the notice that they speak of: `passages`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from tally.declare import Campaign, Duty
from tally.returns.summaries.paragraphs import Paragraph, paragraphs, sentences
from tally.writing.characters import narrow

LEAST = 3.0  # score below which a paragraph does not speak of a duty
_IN_LEAD, _IN_BODY, _TITLE = 2.0, 1.0, 4.0
_SHARE = 0.4  # of the best duty's score: what a paragraph says by the way is not offered
_MEDICAL_ANNEX = 2  # its duties are about medical masks alone, whatever else their words would fit
_ASIDE = re.compile(r"问题|不足|困难|下一?步|打算|计划|下阶段|努力方向|意见|建议|背景|附件")
_NOT_DONE = re.compile(
    r"(?:尚未|未能|没有|暂未|还未|未曾|尚无|未)(?:开展|建立|制定|成立|落实|组织|进行|完成|部署|实施|启动|配备)"
    r"|(?:将|拟|计划|下一步)(?:要|于|对|继续|进一步)?(?:开展|建立|制定|成立|落实|组织|进行|加强)"
)
_NON_MEDICAL = re.compile(r"非医用(?:口罩)?")
_MEDICAL = re.compile(r"医用口罩|医疗器械|药械|药店")
_OPENING = re.compile(r"(?:如下|情况)[:：。]?$|现将")


@dataclass(frozen=True, slots=True)
class Passage:
    """One paragraph that speaks of a duty (`Duty.name`), the more the higher its score; `heading` stands above it."""

    duty: str
    text: str
    score: float
    heading: str = ""


def passages(campaign: Campaign, text: str) -> tuple[Passage, ...]:
    """Paragraphs of what was done, with the duties they speak of; one may serve several, each duty's best first.

    What a unit calls a problem or a plan, and sentences that say that a thing has not been done, are left out.
    """
    passages = [p for paragraph in paragraphs(text) for p in _sorted(campaign, paragraph)]
    order = {d.name: i for i, d in enumerate(campaign.duties)}
    return tuple(sorted(passages, key=lambda p: (order[p.duty], -p.score)))


def _sorted(campaign: Campaign, paragraph: Paragraph) -> Iterator[Passage]:
    if _ASIDE.search(paragraph.section) or _ASIDE.search(paragraph.heading):
        return
    done = [s for s in sentences(paragraph.text) if not _NOT_DONE.search(s) and not _OPENING.search(s)]
    opening = not paragraph.section and _OPENING.search(paragraph.text)
    if opening or not done or not re.search(r"[。；;]", paragraph.text):  # a title, a signature
        return
    lead, body = (narrow(t).replace(campaign.title, "") for t in (paragraph.heading or done[0], "".join(done)))
    scores = {d.name: _score(d, lead, body) for d in campaign.duties}
    best = max(scores.values(), default=0.0)
    for name, score in scores.items():
        if score >= max(LEAST, best * _SHARE):
            yield Passage(name, "".join(done), round(score, 2), paragraph.heading)


def _score(duty: Duty, lead: str, body: str) -> float:
    """How much a paragraph speaks of a duty: its keywords in the heading and the text, the likeness of the titles."""
    if duty.annex == _MEDICAL_ANNEX:
        lead, body = (_NON_MEDICAL.sub("", t) for t in (lead, body))
        if not _MEDICAL.search(lead + body):
            return 0.0
    words = [k for k in duty.keywords if not _within_longer(k, duty, body)]
    return (
        _IN_LEAD * sum(k in lead for k in words)
        + _IN_BODY * sum(k in body for k in words)
        + _TITLE * _likeness(duty.title, lead)
    )


def _within_longer(keyword: str, duty: Duty, body: str) -> bool:
    """True if a longer keyword of the duty that holds this one stands in the text."""
    return any(keyword != other and keyword in other and other in body for other in duty.keywords)


def _likeness(title: str, lead: str) -> float:
    """The share of the title's pairs of characters that the heading holds."""
    pairs = {title[i : i + 2] for i in range(len(title) - 1)}
    return sum(p in lead for p in pairs) / len(pairs) if pairs else 0.0

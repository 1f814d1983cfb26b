"""What a campaign is about, in its own words: from its title, its forms and its duties' keywords. `speaks_of` asks a text."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from tally.declare import Campaign
from tally.locate.labels import parse
from tally.writing.characters import narrow

# Words of every campaign's title: what is left between them is what this one is about.
_OF_ALL = re.compile(
    r"关于|开展|进一步|深入|全面|加强|强化|推进|提升|产品|质量|安全|专项|集中|联合|综合|整治|整顿|治理|清理|排查|检查|抽查|督查|督导|"
    r"巡查|普查|监测|监管|监督|执法|打击|行动|工作|活动|情况|统计|汇总|总结|小结|报告|汇报|方案|任务|责任|清单|通知|"
    r"\d{2,4}年度?|[一二三四]季度|[上下]半年|春季|夏季|秋季|冬季|[\d一二三四五六七八九十]{1,12}月份?|第[\d一二三四五六七八九十]{1,12}[周期次]|[的和与及、，。：:（）()〔〕《》“”\d\s-]"
)
_LEAST_LABELS = 4  # labels of forms in a text that never says what the campaign is about
_LEAST_PART = 2  # characters of what is left of a title


@dataclass(frozen=True)
class Subject:
    """`parts`: what the campaign's title is about (口罩); `words`: keywords of its duties; `labels`: what its forms count."""

    title: str
    parts: tuple[str, ...]
    words: frozenset[str]
    labels: frozenset[str]

    def named_in(self, flat: str) -> int:
        """How often a text (narrowed) names what the campaign is about."""
        return max((flat.count(p) for p in self.parts), default=0)


def left_of(title: str) -> tuple[str, ...]:
    """What a title is about: its pieces between the words that all such titles have."""
    return tuple(p for p in _OF_ALL.split(narrow(title)) if len(p) >= _LEAST_PART)


@cache
def subject_of(campaign: Campaign) -> Subject:
    parts = campaign.subject or left_of(campaign.title)
    words = frozenset(w for d in campaign.duties for w in d.keywords)
    labels = frozenset(parse(f.label).core for form in campaign.forms for f in form.fields if f.numeric)
    return Subject(narrow(campaign.title), parts, words, labels)


def speaks_of(campaign: Campaign, text: str) -> bool:
    """Whether a text is about the campaign: it gives its title, or names what it is about and one of its duties or figures.

    A text that names neither speaks of it still where it states several of the figures that its forms ask for.
    """
    subject, flat = subject_of(campaign), narrow(text)
    if subject.title in flat:
        return True
    labels = sum(label in flat for label in subject.labels)
    if not subject.named_in(flat):
        return labels >= _LEAST_LABELS
    evidence = labels + sum(word in flat for word in subject.words)
    return bool(evidence) or not (subject.words or subject.labels) or subject.named_in(flat) > 1

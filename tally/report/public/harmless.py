"""What proves a text harmless: every word of it is one that names nobody.

A text that names somebody cannot be known by how it looks: a firm's short name, a nickname, a shop's sign look like any
word. So a sentence is told only if it is made of nothing but words that are known to name nobody: those of
`tally.writing.words`, what the campaign's own declaration says (which is public), the units, numbers with their measure, and
words that the analyst has confirmed. A count of fewer than the campaign tells of (`Campaign.smallest`) is not harmless.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache

from tally.declare import Campaign
from tally.report.public.folding import narrow
from tally.writing.words import plain_words

LONGEST_PIECE = 8  # characters of a declared text that may stand by themselves

_MEASURES = "个百分点|万元|亿元|元|万只|只|家次|家|户次|户|人次|人|批次|批|件|起|份|场次|场|期|次|项|年|月|日|天|小时|周|个|名|条|张|种|类|届|轮|级|处|%|余|多"
_NUMERAL = r"\d{1,6}(?:\.\d{1,4})?|[一二三四五六七八九十两百千]{1,5}|数十|数百|上百"
_NUMBER = re.compile(rf"({_NUMERAL})({_MEASURES})")
_COUNTED = frozenset(
    ("家", "户", "件", "起", "批次", "批", "人", "名", "个")
)  # of which a small number tells of somebody
_NUMERALS = {"一": 1, "两": 2, "二": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9, "十": 10}
_FORMULAS = re.compile(
    r"[(（]\d{1,2}[)）]|〔\d{4}〕\d{1,4}号|GB(?:/T)?\s?\d{3,5}(?:[-—]\d{4})?|YY(?:/T)?\s?\d{3,5}(?:[-—]\d{4})?"
    r"|KN9[05]|N95|FFP[123]|12315|12345|企业[A-Z]{1,3}|[（(]略[)）]"
)
_MARK = re.compile(r"[\s，。、；：！？“”‘’（）《》〈〉【】〔〕()\[\],.;:!?\"'…—\-·%～~/＋+]")
_SENTENCE = re.compile(r"[^。！？；!?;\n]*[。！？；!?;\n]?")


@dataclass(frozen=True)
class Harmless:
    """`words` that name nobody; `smallest` is the least number of firms or cases that may be told."""

    words: frozenset[str]
    smallest: int = 3

    def unproven(self, text: str) -> tuple[str, ...]:
        """The stretches of a text that are no known words, each once; () for one that is harmless."""
        plain = narrow(text)
        reached = self._reached(plain)
        stretches, at = [], 0
        while at < len(plain):
            step = reached[at]
            if step.known:
                at = step.end
                continue
            start = at
            while at < len(plain) and not reached[at].known:
                at = reached[at].end
            stretches.append(plain[start:at])
        return tuple(dict.fromkeys(stretches))

    def _reached(self, text: str) -> list[_Step]:
        """For every place the step from there by which fewest characters of the rest remain unknown."""
        steps: list[_Step] = [_Step(len(text), True, 0)] * (len(text) + 1)
        for at in reversed(range(len(text))):
            best = _Step(at + 1, False, steps[at + 1].unknown + 1)
            for end in self._ends(text, at):
                if steps[end].unknown < best.unknown or (not best.known and steps[end].unknown <= best.unknown):
                    best = _Step(end, True, steps[end].unknown)
            steps[at] = best
        return steps

    def _ends(self, text: str, at: int) -> Iterator[int]:
        """Where a known word, number or mark that begins at a place may end."""
        if _MARK.match(text, at):
            yield at + 1
        if (formula := _FORMULAS.match(text, at)) is not None:
            yield formula.end()
        if (number := _NUMBER.match(text, at)) is not None and not self._small(number[1], number[2]):
            yield number.end()
        for size in range(1, min(self._longest, len(text) - at) + 1):
            if text[at : at + size] in self.words:
                yield at + size

    def _small(self, numeral: str, measure: str) -> bool:
        value = _NUMERALS.get(numeral) if numeral in _NUMERALS else float(numeral) if numeral[0].isdigit() else None
        return measure in _COUNTED and value is not None and 0 < value < self.smallest

    @property
    def _longest(self) -> int:
        return _longest(self.words)


@dataclass(frozen=True, slots=True)
class _Step:
    """To `end`, over something `known` or over one character that is not; `unknown` characters remain from here on."""

    end: int
    known: bool
    unknown: int


@cache
def _longest(words: frozenset[str]) -> int:
    return max(map(len, words), default=0)


def sentences(text: str) -> list[str]:
    """A text's sentences, each with its stop."""
    return [sentence for sentence in _SENTENCE.findall(text) if sentence]


def harmless(campaign: Campaign, confirmed: Iterable[str] = ()) -> Harmless:
    """What is known to name nobody in a campaign; `confirmed` are words that the analyst has looked at."""
    words = {*plain_words(), *confirmed}
    for declared in _declared(campaign):
        words |= set(_pieces(declared))
    for unit in (*campaign.units, campaign.top, *campaign.areas):
        words |= {unit.name, *unit.aliases} - {""}
    return Harmless(frozenset(words), campaign.smallest)


def _declared(campaign: Campaign) -> Iterator[str]:
    """What the campaign says of itself, its forms and its duties."""
    yield from (campaign.title, campaign.issuer, campaign.notice, *campaign.duty_lists.values())
    for duty in campaign.duties:
        yield from (duty.title, *duty.steps, *duty.offices, *duty.keywords)
    for form in campaign.forms:
        yield from (form.title, *form.aliases, *(category.label for category in form.categories))
        for field in form.fields:
            yield from (field.label, *(choice.name for choice in field.choices))


def _pieces(text: str) -> Iterator[str]:
    """Stretches of two and more characters of a declared text, its own marks apart."""
    for part in re.split(r"\W+", text):
        for start in range(len(part)):
            yield from (part[start:end] for end in range(start + 2, min(start + LONGEST_PIECE, len(part)) + 1))

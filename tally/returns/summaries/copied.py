"""A summary that is another text once more: the unit's own of an earlier period, or another unit's.

Compared are sentences. Names of days and months may differ, and the unit's own names; what then stands in both, word for
word, was not written for this period. Where only the figures are new, that is told too.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import pandas as pd

from tally import catalogue
from tally.declare import Campaign
from tally.model import Finding, Place
from tally.writing.characters import narrow
from tally.writing.periods import month

_SHARE = 0.9  # of a text's characters that stand in the other
_LEAST = 80  # characters of sentences: a short text says the same every month
_SENTENCE = 6  # characters: a shorter one is a heading
_COMMON = 50  # units with one sentence from which it is everybody's
_ENDS = re.compile(r"[。；;！!\n]")
_DAYS = re.compile(r"(?:20\d{2}年)?\d{1,2}月(?:份|底|末|\d{1,2}[日号])?|20\d{2}[-./]\d{1,2}[-./]\d{1,2}|20\d{2}年")
_FIGURE = re.compile(r"\d+(?:\.\d+)?")
Sentences = frozenset[str]


@dataclass(frozen=True)
class Wording:
    """One unit's text: its sentences without days, and the same without any figure."""

    unit: str
    at: Place
    exact: Sentences
    masked: Sentences

    @property
    def long(self) -> bool:
        return _length(self.exact) >= _LEAST

    def repeats(self, other: Wording) -> str:
        """The variant of what is said of a text that is `other`'s once more; "no" where it is not."""
        if _share(self.exact, other.exact) >= _SHARE:
            return ""
        return "/figures" if _share(self.masked, other.masked) >= _SHARE else "no"


def copied(campaign: Campaign, texts: pd.DataFrame, earlier: Sequence[tuple[str, pd.DataFrame]]) -> Iterator[Finding]:
    """A finding for each of `texts` (unit, file, sheet, text) that is an earlier one or another unit's once more.

    `earlier`: (period, its texts), oldest first.
    """
    now = [w for w in wordings(campaign, texts) if w.long]
    before = [(period, {w.unit: w for w in wordings(campaign, frame)}) for period, frame in reversed(earlier)]
    for wording in now:
        yield from _of_the_past(wording, before)
    yield from _of_one_another(campaign, now)


def wordings(campaign: Campaign, texts: pd.DataFrame) -> list[Wording]:
    return [_wording(campaign, *row) for row in texts[["unit", "file", "sheet", "text"]].itertuples(index=False)]


def _wording(campaign: Campaign, unit: str, file: str, sheet: str, text: str) -> Wording:
    declared = campaign.unit(unit)
    names = sorted({declared.name, declared.office, *declared.aliases} - {""}, key=len, reverse=True)
    exact = set()
    for sentence in _ENDS.split(text):
        flat = _DAYS.sub("", narrow(sentence))
        for name in names:
            flat = flat.replace(name, "")
        if len(flat) >= _SENTENCE:
            exact.add(flat)
    masked = frozenset(_FIGURE.sub("#", sentence) for sentence in exact)
    return Wording(unit, Place(file, sheet or ""), frozenset(exact), masked)


def _of_the_past(wording: Wording, before: Sequence[tuple[str, dict[str, Wording]]]) -> Iterator[Finding]:
    """Against the unit's own earlier texts, the latest first; one is enough."""
    for period, theirs in before:
        other = theirs.get(wording.unit)
        variant = wording.repeats(other) if other else "no"
        if variant != "no":
            yield catalogue.finding(
                f"summary.copied{variant}", wording.at, unit=wording.unit, form="summary",
                period=month(period), count=len(wording.exact),
            )  # fmt: skip
            return


def _of_one_another(campaign: Campaign, now: Sequence[Wording]) -> Iterator[Finding]:
    """Units whose texts are one: told at both, for nobody knows whose it was."""
    by_sentence: dict[str, list[Wording]] = defaultdict(list)
    for wording in now:
        for sentence in wording.exact:
            by_sentence[sentence].append(wording)
    for wording in now:
        near = _nearest(wording, by_sentence)
        if near and wording.repeats(near) == "":
            other = campaign.unit(near.unit).name
            yield catalogue.finding("summary.same_text", wording.at, unit=wording.unit, form="summary", other=other)


def _nearest(wording: Wording, by_sentence: dict[str, list[Wording]]) -> Wording | None:
    """The other unit's text that shares most with it."""
    shared: Counter[str] = Counter()
    others: dict[str, Wording] = {}
    for sentence in wording.exact:
        holders = by_sentence[sentence]
        for other in holders if len(holders) <= _COMMON else ():
            if other.unit != wording.unit:
                shared[other.unit] += len(sentence)
                others[other.unit] = other
    return others[shared.most_common(1)[0][0]] if shared else None


def _share(mine: Sentences, others: Sentences) -> float:
    return _length(mine & others) / (_length(mine) or 1)


def _length(sentences: Sentences) -> int:
    return sum(map(len, sentences))

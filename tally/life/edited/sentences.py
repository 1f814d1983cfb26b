"""A paragraph as it was edited against the same paragraph as we wrote it: which number is which, and which changed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from tally.life.edited.numbers import Number, agrees, alike

Kind = Literal["changed", "removed", "unexplained", "right", "by hand"]  # "by hand": people wrote it, no data says it
_LABEL, _UNIT, _VALUE, _ORDER = 3.0, 1.0, 1.2, 0.4  # what speaks for two numbers being the same, in weights
_LEAST = 1.6  # of these together
_OTHER = 0.3  # so much more like another number's words: then the words were changed
_CALENDAR = ("年", "月", "日", "天")
_KNOWN = 0.5  # a number elsewhere is of the same thing


@dataclass(frozen=True, slots=True)
class Finding:
    """What became of one number. `ours` and `edited` are texts, "" where there is none."""

    kind: Kind
    where: str
    label: str
    ours: str = ""
    edited: str = ""


def compare(
    where: str,
    ours: Sequence[Number],
    edited: Sequence[Number],
    known: Sequence[Number],
    data: Sequence[Number] | None = None,
) -> list[Finding]:
    """Each number of either text once; `known` are the numbers that stand elsewhere in the report or the data.

    `data`: of a paragraph that people wrote, the numbers of the data alone: only of those can a number be wrong.
    """
    pairs = _pairs(ours, edited)
    findings = []
    for e, number in enumerate(edited):
        mine = next((ours[o] for o, at in pairs.items() if at == e), None)
        finding = _judged(where, number, mine, ours, known)
        free = mine is not None and data is not None and _of_people(mine, data)
        findings.append(replace(finding, kind="by hand") if free and finding.kind == "changed" else finding)
    for o, number in enumerate(ours):
        if o not in pairs:
            findings.append(Finding("removed", where, number.label, number.text))
    return findings


def _of_people(mine: Number, data: Sequence[Number]) -> bool:
    """Whether a number in a paragraph that people wrote is theirs: a day of their plans, or none that the data has."""
    return mine.unit in _CALENDAR or not _stands_elsewhere(mine, data)


def _judged(
    where: str, number: Number, mine: Number | None, ours: Sequence[Number], known: Iterable[Number]
) -> Finding:
    if mine is None:
        kind: Kind = "right" if _stands_elsewhere(number, (*ours, *known)) else "unexplained"
        return Finding(kind, where, number.label, "", number.text)
    if not agrees(number, mine):
        return Finding("changed", where, mine.label or number.label, mine.text, number.text)
    if (other := _meant(number, mine, ours)) is not None:
        return Finding("changed", where, number.label, other.text, number.text)
    return Finding("right", where, mine.label, mine.text, number.text)


def _meant(number: Number, mine: Number, ours: Sequence[Number]) -> Number | None:
    """The number that the words now before `number` are of, where they are another's and that one is not the same."""
    likeness = alike(number.label, mine.label)
    for other in ours:
        if (
            other.unit == number.unit
            and alike(number.label, other.label) > likeness + _OTHER
            and not agrees(number, other)
        ):
            return other
    return None


def _stands_elsewhere(number: Number, known: Iterable[Number]) -> bool:
    return any(agrees(number, other) and alike(number.label, other.label) >= _KNOWN for other in known)


def _pairs(ours: Sequence[Number], edited: Sequence[Number]) -> dict[int, int]:
    """Which of our numbers became which: the likeliest pairs first, each number once."""
    scores = []
    for o, mine in enumerate(ours):
        for e, number in enumerate(edited):
            score = _score(mine, number) - _ORDER * abs(o / len(ours) - e / len(edited))
            scores.append((score, -abs(o - e), o, e))
    pairs: dict[int, int] = {}
    for score, _, o, e in sorted(scores, reverse=True):
        if score >= _LEAST and o not in pairs and e not in pairs.values():
            pairs[o] = e
    return pairs


def _score(mine: Number, number: Number) -> float:
    same = mine.value == number.value or agrees(number, mine)
    return _LABEL * alike(mine.label, number.label) + _UNIT * (mine.unit == number.unit) + _VALUE * same

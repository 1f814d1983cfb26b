"""The figures that a summary states, each with its sentence: `figures(text)`.

Where the text states a measure more than once, all statements are kept, the weightiest first: a sentence that
begins with 截至 or 共 and holds several measures outweighs a passing remark.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import NamedTuple

from tally.clean.text import tidy
from tally.returns.summaries.amounts import Amount, amount
from tally.returns.summaries.context import Around, Context
from tally.returns.summaries.measures import MEASURES, NIL, Measure, compiled
from tally.returns.summaries.paragraphs import Paragraph, paragraphs, sentences
from tally.writing.characters import narrow

_BEHIND = 40  # characters
LONGEST_QUOTE = 200  # characters
_AHEAD = re.compile(r"下一?步|打算|计划|下阶段|工作安排|努力方向|工作思路")
_ELSE = re.compile(r"典型案例|案例|背景|形势")
_FIGURES = re.compile(r"[\d零一二三四五六七八九十百千万]|合格|生产企业|案件|立案")


@dataclass(frozen=True)
class Stated:
    """One figure as a summary states it; `amount` is in the measure's unit.

    `scope`: "period", "to date" or "" where the text does not say; `as_of`: month and day of 截至….
    `weight` grows with what speaks for a total; `sentence` is the quotation, at most 200 characters.
    """

    measure: Measure
    amount: Amount
    sentence: str
    scope: str = ""
    as_of: tuple[int, int] | None = None
    weight: int = 0
    at: tuple[int, int] = (0, 0)  # sentence and place in it, both counted from 0
    alone: bool = False  # a word such as 累计 stands before this figure, behind the one before it
    behind: str = ""  # the words right behind it (narrow)

    @property
    def value(self) -> Decimal:
        return self.amount.value

    @property
    def key(self) -> tuple[str, str]:
        return self.measure.key


class _Hit(NamedTuple):
    measure: Measure
    amount: Amount
    start: int
    end: int
    around: Around


def figures(text: str, place: str = "", measures: tuple[Measure, ...] = MEASURES) -> tuple[Stated, ...]:
    """Every figure that `text` states of `measures`, in the order of the text.

    `place` is the unit's name: it tells whose total 全市 is. Plans, comparisons, other periods, other places,
    single cases and parts by category are left out; so is what no number can be read from.
    """
    stated: list[Stated] = []
    for n, (paragraph, sentence) in enumerate(_sentences(text)):
        if _FIGURES.search(sentence):
            stated += _stated(n, paragraph, sentence, place, measures)
    latest = max((s.as_of for s in stated if s.as_of), default=None)
    return tuple(s for s in stated if s.as_of in (None, latest))


def mentions(text: str, place: str, measures: tuple[Measure, ...]) -> Iterator[tuple[Measure, str]]:
    """Every measure of which a sentence gives a figure, of whatever it is, with that sentence."""
    for _, sentence in _sentences(text):
        flat, _ = _narrowed(sentence)
        yield from ((hit.measure, tidy(sentence)) for hit in _hits(flat, place, measures))


def _sentences(text: str) -> Iterator[tuple[Paragraph, str]]:
    for paragraph in paragraphs(text):
        if _AHEAD.search(paragraph.section) or _ELSE.search(f"{paragraph.section}{paragraph.heading}"):
            continue
        for sentence in sentences(paragraph.text):
            yield paragraph, sentence


def _stated(n: int, paragraph: Paragraph, sentence: str, place: str, measures: tuple[Measure, ...]) -> list[Stated]:
    flat, places = _narrowed(sentence)
    quotable = tidy(sentence)
    hits = _of_the_whole([h for h in _hits(flat, place, measures) if not h.around.aside])
    kinds = len({h.measure.key for h in hits})
    basics = 1 if "基本情况" in paragraph.section else 0
    return [
        Stated(
            h.measure,
            h.amount,
            _quote(quotable, places[h.start]),
            h.around.scope,
            h.around.as_of,
            3 * h.around.total + min(kinds, 6) + basics,
            (n, h.start),
            h.around.since > before,
            flat[h.end : h.end + _BEHIND],
        )
        for before, h in zip((-1, *(h.start for h in hits)), hits, strict=False)
    ]


def _of_the_whole(hits: list[_Hit]) -> list[_Hit]:
    """Without a lone case among sampling figures: 不合格2批次，立案2件 tells what became of the two."""
    keys = {h.measure.key for h in hits}
    lone = [k for k in keys if k[0] == "cases"]
    return (
        hits
        if len(lone) != 1 or ("sampling", "failing") not in keys
        else [h for h in hits if h.measure.key not in lone]
    )


def _hits(flat: str, place: str, measures: tuple[Measure, ...]) -> list[_Hit]:
    """The matches of all measures; of two that overlap in one measure the first pattern's counts."""
    hits: list[_Hit] = []
    context = Context(flat, place)
    for measure in measures:
        taken: list[tuple[int, int]] = []
        for pattern in compiled(measure):
            for match in pattern.finditer(flat):
                start, end = _span(match)
                if any(start < e and s < end for s, e in taken):
                    continue
                amount = _amount(match, measure)
                if amount is not None and not _behind(flat, match, measure):
                    taken.append((start, end))
                    hits.append(_Hit(measure, amount, match.start(), match.end(), context.around(start)))
    return sorted(hits, key=lambda h: h.start)


def _span(match: re.Match[str]) -> tuple[int, int]:
    """Where the number stands (for statements of nothing, the statement)."""
    return match.span("n") if "n" in match.re.groupindex else match.span()


def _amount(match: re.Match[str], measure: Measure) -> Amount | None:
    if "n" not in match.re.groupindex:
        return Amount(NIL, NIL, NIL, written=match[0])
    groups = match.groupdict()
    unit, after = groups.get("unit") or "", groups.get("after") or ""
    first = amount(match["n"], unit, after, measure.unit, measure.continuous)
    if "n2" not in groups or first is None:
        return first
    second = amount(match["n2"], match["unit2"], "", measure.unit, measure.continuous)
    return first.and_more(second) if second is not None else None


_SAMPLES_NEAR = re.compile(r"批次|抽[查检样]")
_VISITED = re.compile(r"(?:检查|抽查|抽检|抽样|走访|培训|帮扶|指导|督促|约谈|巡查|服务|组织|对|向|为)[^,;。]{0,10}$")


def _behind(flat: str, match: re.Match[str], measure: Measure) -> bool:
    """What looks like the measure and is not: firms visited for firms there are, all passing without a sample."""
    if measure.key == ("enterprises", "firms"):
        return (
            bool(_VISITED.search(flat, max(match.start() - 20, 0), match.start()))
            and "排查" not in flat[: match.start()]
        )
    if measure.key == ("sampling", "failing") and "n" not in match.re.groupindex:
        return not _SAMPLES_NEAR.search(flat)
    return False


def _narrowed(sentence: str) -> tuple[str, list[int]]:
    """The sentence in narrow form and, for each of its characters, the place in the sentence."""
    pieces = [(c, i) for i, raw in enumerate(sentence) for c in narrow(raw)]
    return "".join(c for c, _ in pieces), [i for _, i in pieces]


def _quote(text: str, at: int) -> str:
    """The sentence, or what stands around `at` where it is too long to quote."""
    if len(text) <= LONGEST_QUOTE:
        return text
    start = max(min(at - LONGEST_QUOTE // 2, len(text) - LONGEST_QUOTE + 1), 0)
    end = start + LONGEST_QUOTE - 2
    return ("…" if start else "") + text[start:end] + ("…" if end < len(text) else "")


def ranked(stated: tuple[Stated, ...]) -> dict[tuple[str, str], list[Stated]]:
    """By measure, the statements with the weightiest first; the earlier of two alike."""
    by_key: dict[tuple[str, str], list[Stated]] = {}
    for s in stated:
        by_key.setdefault(s.key, []).append(s)
    return {key: sorted(some, key=lambda s: (-s.weight, s.at)) for key, some in by_key.items()}

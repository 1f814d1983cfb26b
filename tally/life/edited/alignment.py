"""Which paragraph and which table of an edited report was which of ours, whatever was reworded, moved or put between."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from difflib import SequenceMatcher

from tally.life.edited.document import Grid, Text

Pair = tuple[
    int | None, int | None
]  # the place in ours, the place in the edited one; None where it is only in the other
_ALIKE = 0.4  # of the characters: then a paragraph is the same, reworded
_DIGITS = re.compile(r"[\d.,▲]+")


def texts(ours: Sequence[Text], edited: Sequence[Text]) -> list[Pair]:
    """Every paragraph of both once, those that belong together as a pair, in the order of the edited report."""
    a, b = [_masked(t.text) for t in ours], [_masked(t.text) for t in edited]
    pairs: list[Pair] = []
    left: list[int] = []
    right: list[int] = []
    for tag, i1, i2, j1, j2 in SequenceMatcher(None, a, b, autojunk=False).get_opcodes():
        if tag == "equal":
            pairs += zip(range(i1, i2), range(j1, j2), strict=True)
        else:
            left += range(i1, i2)
            right += range(j1, j2)
    matched = _likeliest(a, b, left, right)
    pairs += [*matched, *_alone(left, right, matched)]
    return sorted(pairs, key=lambda pair: (pair[1] if pair[1] is not None else len(b), pair[0] or 0))


def grids(ours: Sequence[Grid], edited: Sequence[Grid]) -> list[Pair]:
    """The tables of both: alike by heading and first column."""
    a, b = [_shape(grid) for grid in ours], [_shape(grid) for grid in edited]
    matched = _likeliest(a, b, list(range(len(a))), list(range(len(b))))
    return [*matched, *_alone(range(len(a)), range(len(b)), matched)]


def _alone(left: Iterable[int], right: Iterable[int], matched: Sequence[tuple[int, int]]) -> Iterator[Pair]:
    """What has no partner on the other side."""
    mine, theirs = dict(matched), {j for _, j in matched}
    for i in left:
        if i not in mine:
            yield i, None
    for j in right:
        if j not in theirs:
            yield None, j


def _shape(grid: Grid) -> str:
    head = "|".join(grid.rows[0]) if grid.rows else ""
    return _masked(f"{grid.caption}#{head}#{'|'.join(row[0] for row in grid.rows if row)}")[:400]


def _likeliest(a: Sequence[str], b: Sequence[str], left: Sequence[int], right: Sequence[int]) -> list[tuple[int, int]]:
    scores = []
    for i in left:
        for j in right:
            matcher = SequenceMatcher(None, a[i], b[j], autojunk=False)
            if matcher.quick_ratio() >= _ALIKE and (ratio := matcher.ratio()) >= _ALIKE:
                scores.append((ratio, -abs(i - j), i, j))
    matched: dict[int, int] = {}
    for _, _, i, j in sorted(scores, reverse=True):
        if i not in matched and j not in matched.values():
            matched[i] = j
    return list(matched.items())


def _masked(text: str) -> str:
    return _DIGITS.sub("#", text)

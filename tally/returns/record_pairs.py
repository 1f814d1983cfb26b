"""Which record of one list is which of another that was read from its picture: both stand in the same order."""

from __future__ import annotations

from collections.abc import Sequence

_LEAST = 2  # columns that say the same: fewer is another record
_MOST = 250_000  # pairs weighed; longer lists are paired by their places

Texts = Sequence[str]  # what each column of a record says, "" for nothing


def paired(ours: Sequence[Texts], theirs: Sequence[Texts]) -> list[tuple[int, int]]:
    """Places of the same record in both, in order, so that as many columns as possible say the same."""
    if len(ours) * len(theirs) > _MOST:
        return [(n, n) for n in range(min(len(ours), len(theirs)))]
    alike = [[_alike(a, b) for b in theirs] for a in ours]
    best = _best(alike, len(ours), len(theirs))
    pairs: list[tuple[int, int]] = []
    i = j = 0
    while i < len(ours) and j < len(theirs):
        if alike[i][j] and best[i][j] == alike[i][j] + best[i + 1][j + 1]:
            pairs.append((i, j))
            i, j = i + 1, j + 1
        elif best[i][j] == best[i + 1][j]:
            i += 1
        else:
            j += 1
    return pairs


def _alike(a: Texts, b: Texts) -> int:
    """How many columns say the same something; 0 where too few do."""
    same = sum(x == y != "" for x, y in zip(a, b, strict=True))
    return same if same >= _LEAST else 0


def _best(alike: Sequence[Sequence[int]], height: int, width: int) -> list[list[int]]:
    """The most columns alike that pairs from (row, column) on can come to."""
    best = [[0] * (width + 1) for _ in range(height + 1)]
    for i in range(height - 1, -1, -1):
        for j in range(width - 1, -1, -1):
            together = alike[i][j] + best[i + 1][j + 1] if alike[i][j] else 0
            best[i][j] = max(best[i + 1][j], best[i][j + 1], together)
    return best

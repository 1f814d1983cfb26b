"""Where columns begin and end, told by the words that stand in them."""

from __future__ import annotations

from collections.abc import Iterable

from tally.readers.pdf.word_lines import Word

_HAIR = 0.5  # points by which a word may reach into the next column

Columns = list[tuple[float, float]]


class NoTable(Exception):
    """What stands there cannot be told to be a table's cells."""


def merged(words: Iterable[Word]) -> Columns:
    """The stretches that words take, those that overlap made one."""
    columns: Columns = []
    for word in sorted(words, key=lambda word: word.left):
        if columns and word.left < columns[-1][1]:
            columns[-1] = (columns[-1][0], max(columns[-1][1], word.right))
        else:
            columns.append((word.left, word.right))
    return columns


def paired(columns: Columns, heads: Columns, body: Columns) -> Columns:
    """The columns, those of figures alone put together with the headings that are set to the other edge of their cells.

    Raises `NoTable` where that may be the headings on either side.
    """
    headless = [n for n, column in enumerate(columns) if column in body and not _within(heads, column)]
    bodiless = {n for n, column in enumerate(columns) if column in heads and not _within(body, column)}
    if not headless or not bodiless:
        return columns
    ways = [step for step in (-1, 1) if all(n + step in bodiless for n in headless)]
    if len(ways) != 1:
        raise NoTable
    partners = {n: n + ways[0] for n in headless}
    joined = {n: (columns[min(n, p)][0], columns[max(n, p)][1]) for n, p in partners.items()}
    return [joined.get(n, column) for n, column in enumerate(columns) if n not in partners.values()]


def _within(columns: Columns, place: tuple[float, float]) -> bool:
    """Whether one of the columns lies in the place."""
    return any(left < place[1] and right > place[0] for left, right in columns)


def under(columns: Columns, word: Word) -> list[int]:
    """The columns that a word stands in or over."""
    return [n for n, (left, right) in enumerate(columns) if word.left < right - _HAIR and word.right > left + _HAIR]

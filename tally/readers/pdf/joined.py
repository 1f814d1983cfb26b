"""A table that goes on over a page's end is one: same columns, the first thing on its page, the one before the last on its."""

from __future__ import annotations

from collections.abc import Sequence

from tally.model import Span
from tally.readers.pdf.table import Table
from tally.writing.firms import ends_as_firm

_SAME = 3.0  # points by which columns may differ
NOTE = "第 {} 页第一行接在上页末行（第 {} 行）之后，已合成一行，请核对"
_MOST_HEADER = 4  # rows of a header that is printed again on each page


def joined(pages: Sequence[Sequence[Table]], above: Sequence[Sequence[str]]) -> list[Table]:
    """All tables in order, those that are one put together. `above`: lines over the first table of each page."""
    whole: list[Table] = []
    for tables, lines in zip(pages, above, strict=True):
        for n, table in enumerate(tables):
            goes_on = n == 0 and whole and whole[-1].ends[0] == table.page - 1 and _continues(whole[-1], table, lines)
            if goes_on:
                _append(whole[-1], table)
            else:
                whole.append(table)
    return whole


def _continues(before: Table, table: Table, lines: Sequence[str]) -> bool:
    """Whether nothing but a repeated title stands over the table, and its columns are those of the one before."""
    same = len(before.edges) == len(table.edges) and all(
        abs(a - b) <= _SAME for a, b in zip(before.edges, table.edges, strict=True)
    )
    return same and (not lines or _repeated(before, table) > 0)


def _repeated(before: Table, table: Table) -> int:
    """How many of the first rows are the header again."""
    n = 0
    while (
        n < min(_MOST_HEADER, len(before.rows), len(table.rows))
        and before.rows[n] == table.rows[n]
        and any(table.rows[n])
    ):
        n += 1
    return n


def _is_broken(last: list[str], first: list[str]) -> bool:
    """Whether the first row on a page goes on the last of the page before: some of its texts, and only texts, without its number.

    Each of them goes on one that fills its cell; a text that fills no line more than others do may as well be a record.
    """
    filled = [n for n, text in enumerate(first) if text.strip()]
    if not filled or len(filled) * 2 > len(first) or first[0].strip() or not last[0].strip():
        return False
    if any(first[n].strip()[0].isdigit() or last[n].strip()[-1:].isdigit() for n in filled):
        return False
    if len(filled) == 1:
        text = "".join(last[filled[0]].split())
        return bool(text) and not ends_as_firm(text)
    most = max(text.count("\n") for text in last)
    return most > 0 and all(last[n].strip() and last[n].count("\n") == most for n in filled)


def _mend(before: Table, table: Table, at: int) -> None:
    """Puts the texts of that row behind those that they go on."""
    row = len(before.rows) - 1
    for col, text in enumerate(table.rows[at]):
        if text.strip():
            before.rows[row][col] += f"\n{text}"
            if (at, col) in table.marks:
                before.marks.setdefault((row, col), {}).update(table.marks[at, col])
    before.notes = (*before.notes, NOTE.format(table.page, row + 1))


def _append(before: Table, table: Table) -> None:
    skip, at = _repeated(before, table), len(before.rows)
    if skip < len(table.rows) and _is_broken(before.rows[-1], table.rows[skip]):
        _mend(before, table, skip)
        skip += 1
    before.rows += table.rows[skip:]
    for span in table.merges:
        if span.top >= skip:
            before.merges.append(Span(span.top - skip + at, span.left, span.bottom - skip + at, span.right))
    for name in ("cut", "pictures"):
        getattr(before, name).update((r - skip + at, c) for r, c in getattr(table, name) if r >= skip)
    before.drawn.update({(r - skip + at, c): what for (r, c), what in table.drawn.items() if r >= skip})
    before.marks.update({(r - skip + at, c): facts for (r, c), facts in table.marks.items() if r >= skip})
    before.last_page, before.last_box = table.page, table.box

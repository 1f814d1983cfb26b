"""Findings of one cause told by their first few: one slip in a list of many thousand lines must not hide all the rest.

Whatever shows findings one by one shows them by `first_of_each`; all of them stand in `findings.parquet`, in the
data-quality list of `forms.xlsx` and, marked in place, in the unit's feedback.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Hashable, Iterable
from typing import TypeVar

MOST_ALIKE = 20  # findings of one cause that are shown one by one
T = TypeVar("T")

Cause = Callable[[T], Hashable]


def first_of_each(findings: Iterable[T], cause: Cause, most: int = MOST_ALIKE) -> list[tuple[T, int]]:
    """In their order, the first `most` of each cause, each with how many more of its cause follow unshown.

    That number is 0 except at the last one shown of a cause with more; a cause with a single one more shows that too.
    """
    listed = list(findings)
    of_cause = Counter(map(cause, listed))
    seen: Counter[Hashable] = Counter()
    shown = []
    for finding in listed:
        key = cause(finding)
        seen[key] += 1
        room = most if of_cause[key] > most + 1 else most + 1
        if seen[key] <= room:
            shown.append((finding, of_cause[key] - room if seen[key] == room else 0))
    return [(finding, max(0, more)) for finding, more in shown]


def and_more(number: int) -> str:
    """What is said in place of those that are not shown."""
    return f"同一原因的问题另有 {number:,} 条，没有逐条列出；全部见 forms.xlsx 的“数据质量清单”"

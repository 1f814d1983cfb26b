"""What lies on a page and is no text, in words: pictures and objects whose content nobody here reads."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from tally.model import INK_KINDS, Ink

_DRAWN = ("picture", "chart", "diagram", "object")  # what may hold figures or sentences


def drawn_in(ink: Sequence[Ink]) -> str:
    """3 处图片、1 处图表; "" for nothing."""
    counts = Counter(INK_KINDS[one.kind] for one in ink if one.kind in _DRAWN)
    return "、".join(f" {count} 处{name}" for name, count in counts.items())

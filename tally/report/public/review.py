"""What a person has to look at before a public edition goes out: each text that was changed, and as what."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence

from tally.report.public.scrub import Masked

_HEADS = ("原文", "公开版中的文字", "略去的内容")
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


def as_csv(masked: Sequence[Masked]) -> bytes:
    """The list as a CSV file that Excel opens as text; only its head where nothing was changed."""
    content = io.StringIO()
    writer = csv.writer(content, lineterminator="\n")
    writer.writerow(_HEADS)
    for one in masked:
        writer.writerow([_inert(text) for text in (one.written, one.printed, "、".join(one.kinds))])
    return content.getvalue().encode("utf-8-sig")


def _inert(text: str) -> str:
    return f"'{text}" if text.startswith(_FORMULA_STARTS) else text

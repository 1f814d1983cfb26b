"""A period's name as official texts write it, and as people type it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

_PART = r"[\u4e00-\u9fff][\u4e00-\u9fff\d]*"  # of a month or a year, as it is called: 上半月, 第2周, 一季度
_TYPED = re.compile(r"(?:(\d{4})\s*+[-./年]?\s*+|(\d{2})\s*+[-./年]\s*+)?(\d{1,2})\s*+月?(?:份)?")


def month(period: str) -> str:
    """2021-05 as 2021年5月, 2021-05-上半月 as 2021年5月上半月, 2026-第2季度 as 2026年第2季度; an otherwise named period as it is.

    >>> month("2026-03-第2周")
    '2026年3月第2周'
    """
    if match := re.fullmatch(rf"(\d{{4}})-(\d{{1,2}})(?:-({_PART}))?", period):
        return f"{match[1]}年{int(match[2])}月{match[3] or ''}"
    match = re.fullmatch(rf"(\d{{4}})(?:-({_PART}))?", period)
    return f"{match[1]}年{match[2] or ''}" if match else period


def meant(typed: str, names: Sequence[str]) -> str:
    """Which of the periods `names` somebody typed: 2021-5, 202105, 2021年5月, 21.5 or 5月 is 2021-05; "" if none or several.

    >>> meant("5月", ["2021-04", "2021-05"])
    '2021-05'
    """
    text = unicodedata.normalize("NFKC", typed).strip()
    if text in names:
        return text
    written = [name for name in names if month(name) == text]
    if len(written) == 1:
        return written[0]
    match = _TYPED.fullmatch(text)
    fitting = [name for name in names if match and _fits(name, match[1] or match[2] or "", int(match[3]))]
    return fitting[0] if len(fitting) == 1 else ""


def _fits(name: str, year: str, number: int) -> bool:
    """Whether a period is that month, in that year if one is given."""
    match = re.fullmatch(r"(\d{4})-(\d{1,2})", name)
    return bool(match and int(match[2]) == number and match[1].endswith(year))

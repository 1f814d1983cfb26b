"""A period's name as official texts write it, and as people type it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

_TYPED = re.compile(r"(?:(\d{4})\s*[-./年]?\s*|(\d{2})\s*[-./年]\s*)?(\d{1,2})\s*月?(?:份)?")


def month(period: str) -> str:
    """2021-05 as 2021年5月, 2021-05-上半月 as 2021年5月上半月; an otherwise named period as it is."""
    match = re.fullmatch(r"(\d{4})-(\d{1,2})(?:-([上下]半月|[上中下]旬))?", period)
    return f"{match[1]}年{int(match[2])}月{match[3] or ''}" if match else period


def meant(typed: str, names: Sequence[str]) -> str:
    """Which of the periods `names` somebody typed: 2021-5, 202105, 2021年5月, 21.5 or 5月 is 2021-05; "" if none or several.

    >>> meant("5月", ["2021-04", "2021-05"])
    '2021-05'
    """
    text = unicodedata.normalize("NFKC", typed).strip()
    if text in names:
        return text
    match = _TYPED.fullmatch(text)
    fitting = [name for name in names if match and _fits(name, match[1] or match[2] or "", int(match[3]))]
    return fitting[0] if len(fitting) == 1 else ""


def _fits(name: str, year: str, number: int) -> bool:
    """Whether a period is that month, in that year if one is given."""
    match = re.fullmatch(r"(\d{4})-(\d{1,2})", name)
    return bool(match and int(match[2]) == number and match[1].endswith(year))

"""A period's name as official texts write it."""

from __future__ import annotations

import re


def month(period: str) -> str:
    """2021-05 as 2021年5月, 2021-05-上半月 as 2021年5月上半月; an otherwise named period as it is."""
    match = re.fullmatch(r"(\d{4})-(\d{1,2})(?:-([上下]半月|[上中下]旬))?", period)
    return f"{match[1]}年{int(match[2])}月{match[3] or ''}" if match else period

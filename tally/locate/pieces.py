"""The cells of a line beside a table, those that only together say a time made one: 2021 | 年 | 4 | 月, 报告期 | 202104."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

_LABEL = re.compile(r"(报告期|所属期|报表期|统计期间?|月份|年月|期[别次数]|时段|时间|日期)[:：]?\s*$")
_NUMBER = re.compile(r"\d{1,6}")
_STORED = re.compile(r"(\d+)\.0")  # a whole number as a workbook stores it
_NAME = re.compile(
    r"(年度?|月份?|[日号期])|[至到—\-~～].*|月.{0,6}|日[至到].*"
)  # what stands behind a number of a time
_NUMBERED = re.compile(r"(?<![\d.])\d{1,4}$")
_OPEN = re.compile(r"(年度?|月|[自从第至到])$")  # a number goes on behind it
_REST = re.compile(r"\d{1,2}([日号].{0,8})?")
_MONTH = re.compile(r"\d{1,2}月.{0,8}")


@dataclass(frozen=True, slots=True)
class Piece:
    """What one cell says, or several beside one another do: the places of the first and the last among the line's cells."""

    first: int
    last: int
    text: str


def pieces(texts: Sequence[str]) -> list[Piece]:
    """The cells of a line (as written, left to right) with the parts of a time put together."""
    parts: list[Piece] = []
    for at, text in enumerate(texts):
        stored = _STORED.fullmatch(text.strip())
        whole = stored[1] if stored else text
        if parts and _goes_on(parts[-1].text.strip(), whole.strip()):
            parts[-1] = Piece(parts[-1].first, at, parts[-1].text.strip() + whole.strip())
        else:
            parts.append(Piece(at, at, whole if stored else text))
    return parts


def _goes_on(before: str, text: str) -> bool:
    """True if `text` belongs to the time that `before` begins."""
    if _LABEL.search(before):
        return _NUMBER.fullmatch(text) is not None
    if _NUMBERED.search(before):
        return _NAME.fullmatch(text) is not None
    if before.endswith("年") and _MONTH.fullmatch(text):
        return True
    if re.search(r"\d[日号月]$", before) and text[:1] in ("至", "到"):
        return True
    return _OPEN.search(before) is not None and _REST.fullmatch(text) is not None

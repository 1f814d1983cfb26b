"""Conditional formats that take something from sight: white letters, a line through them, a format that shows nothing.

A reader hands over `Condition`s once its sheet is read; where one holds, the cell's mark says so as if the cell itself
looked like that. Where it cannot be told whether one holds, one ink of kind "condition" says so at its first cell.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from tally.model import RawValue, Span
from tally.readers.rectangle import Sheet
from tally.readers.runs import WHITE, Font, unseen
from tally.readers.styles import style
from tally.readers.sums import column_index

_NO_VALUE = re.compile(r"(?:ISERROR|ISERR|ISNA|ISBLANK)\([^()]*\)|LEN\(TRIM\([^()]*\)\)=0", re.IGNORECASE)
_COMPARED = re.compile(
    r"(?P<fixed_col>\$?)(?P<col>[A-Z]{1,3})(?P<fixed_row>\$?)(?P<row>[1-9]\d{0,6})(?P<sign><=|>=|<>|=|<|>)(?P<bound>.+)", re.IGNORECASE
)  # fmt: skip
_SIGNS: dict[str, Callable[[Any, Any], bool]] = {
    "=": lambda a, b: a == b,
    "<>": lambda a, b: a != b,
    "<": lambda a, b: a < b,
    "<=": lambda a, b: a <= b,
    ">": lambda a, b: a > b,
    ">=": lambda a, b: a >= b,
}
# how SpreadsheetML and XML 2003 call a comparison -> its sign; the two that take two bounds by themselves
OPERATORS = {
    "equal": "=", "notequal": "<>", "less": "<", "lessthan": "<", "lessorequal": "<=", "lessthanorequal": "<=",
    "greater": ">", "greaterthan": ">", "greaterorequal": ">=", "greaterthanorequal": ">=",
    "between": "between", "notbetween": "notbetween",
}  # fmt: skip


@dataclass(frozen=True)
class Effect:
    """What a cell looks like where the condition holds: `number_format` "" where that stays as it is."""

    hidden: bool = False
    struck: bool = False
    number_format: str = ""

    def __bool__(self) -> bool:
        return self.hidden or self.struck or bool(self.number_format)


@dataclass(frozen=True)
class Condition:
    """`sign` of `OPERATORS` with its bounds as written, or "formula" with one that is true or not, or "always"; any
    other sign is a test that cannot be told. `effect` holds for cells of `spans` that pass it."""

    spans: tuple[Span, ...]
    sign: str
    bounds: tuple[str, ...]
    effect: Effect


def effect_of(font: Font, ground: str = WHITE, number_format: str = "") -> Effect:
    """What letters in `font` on `ground` and a format take from sight; false where that is nothing."""
    return Effect(unseen(font, ground), font.struck, number_format)


def apply(content: Sheet, conditions: Iterable[Condition]) -> None:
    """Marks the cells whose conditions hold."""
    for condition in conditions:
        in_doubt: list[tuple[int, int]] = []
        for row, col, value in _cells(content, condition.spans):
            holds = _holds(condition, content, (row, col), value)
            if holds is None:
                in_doubt.append((row, col))
            elif holds:
                _mark(content, row, col, value, condition.effect)
        if in_doubt:
            more = f"等 {len(in_doubt)} 格" if len(in_doubt) > 1 else ""
            content.lay(*in_doubt[0], "condition", _words(condition) + more)


def _cells(content: Sheet, spans: Iterable[Span]) -> Iterator[tuple[int, int, RawValue]]:
    """The cells that hold something."""
    for top, left, bottom, right in spans:
        rows = range(top, bottom + 1) if bottom - top < len(content.rows) else sorted(content.rows)
        for row in rows:
            line = content.rows.get(row, []) if top <= row <= bottom else []
            for col in range(left, min(right + 1, len(line))):
                if line[col] is not None:
                    yield row, col, line[col]


_NAMES = {
    "formula": "公式", "between": "介于", "notbetween": "不介于", "duplicateValues": "重复值", "uniqueValues": "唯一值", "top10": "前若干项",
    "aboveAverage": "高于或低于平均值", "containsText": "含有文本", "notContainsText": "不含文本", "timePeriod": "日期",
}  # fmt: skip


def _words(condition: Condition) -> str:
    name = condition.sign if condition.sign in _SIGNS else _NAMES.get(condition.sign, "其他")
    return f"条件：{name} {'、'.join(condition.bounds)}"[:60].strip()


def _mark(content: Sheet, row: int, col: int, value: RawValue, effect: Effect) -> None:
    if effect.hidden and value == 0:
        content.mark(row, col, shown="")  # the usual way to show no zeros
    elif effect.hidden:
        content.mark(row, col, unseen=True)
    if effect.struck:
        content.mark(row, col, struck=True)
    if not effect.number_format:
        return
    shown = style(effect.number_format)
    if isinstance(value, str):
        mark = shown.read_text(value)[1]
    else:
        mark = shown.number_mark(value) if isinstance(value, int | float) and not isinstance(value, bool) else None
    if mark is not None:
        content.mark(row, col, shown=mark.shown, number_format=mark.number_format)


def _holds(condition: Condition, content: Sheet, at: tuple[int, int], value: RawValue) -> bool | None:
    """None where it cannot be told."""
    sign, bounds = condition.sign, condition.bounds
    if sign == "always":
        return True
    if sign == "never":
        return False
    if sign == "formula":
        return _formula(bounds[0], condition.spans[0], content, at)
    if sign in ("between", "notbetween") and len(bounds) == 2:
        low, high = _compared(value, ">=", bounds[0]), _compared(value, "<=", bounds[1])
        return None if low is None or high is None else (low and high) == (sign == "between")
    return _compared(value, sign, bounds[0]) if sign in _SIGNS and bounds else None


def _formula(text: str, span: Span, content: Sheet, at: tuple[int, int]) -> bool | None:
    """TRUE, a test for errors or blanks (which no cell with a value passes), or one cell compared with a constant."""
    written = (
        "".join(text.split()).lstrip("=").removeprefix("(").removesuffix(")")
        if "(" not in text
        else "".join(text.split())
    )
    if written.upper() in ("TRUE", "TRUE()", "1"):
        return True
    if written.upper() in ("FALSE", "FALSE()", "0") or _NO_VALUE.fullmatch(written):
        return False
    match = _COMPARED.fullmatch(written)
    if match is None:
        return None
    row, col = int(match["row"]) - 1, column_index(match["col"])
    row += 0 if match["fixed_row"] else at[0] - span.top
    col += 0 if match["fixed_col"] else at[1] - span.left
    line = content.rows.get(row, [])
    return _compared(line[col] if 0 <= col < len(line) else None, match["sign"], match["bound"])


def _compared(value: RawValue, sign: str, bound: str) -> bool | None:
    """A cell's value against a constant, as Excel compares: a blank is 0 beside a number and "" beside a text."""
    constant = _constant(bound)
    if constant is None or isinstance(value, bool):
        return None
    if value is None:
        value = 0 if isinstance(constant, float) else ""
    if isinstance(value, int | float) and isinstance(constant, float):
        return _SIGNS[sign](float(value), constant)
    if isinstance(value, str) and isinstance(constant, str):
        return _SIGNS[sign](value.lower(), constant.lower())
    if isinstance(value, int | float | str):
        return sign in ("<>", "<", "<=") if isinstance(constant, str) else sign in ("<>", ">", ">=")
    return None


def _constant(text: str) -> float | str | None:
    text = text.strip().lstrip("=")
    if len(text) > 1 and text[0] == text[-1] == '"':
        return text[1:-1]
    try:
        return float(text)
    except ValueError:
        return None

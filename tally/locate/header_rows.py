"""Which grid rows a header takes: groups above its labels, sub-labels, units and numbers below."""

from __future__ import annotations

import re
from collections.abc import Sequence

from tally.clean.units import is_unit
from tally.locate.context import REPORTING
from tally.locate.labels import completes, parse
from tally.locate.qualifiers import names_scope
from tally.locate.view import View

GENERIC = frozenset(
    (
        "",
        "总数",
        "数量",
        "小计",
        "合计",
        "件数",
        "金额",
        "数",
        "总计",
        "人次",
        "户数",
        "情况",
        "累计",
        "本期",
        "本月",
        "当期",
    )
)
_SHORT = 12  # characters of a label that stands for a group or a part of a column
_FIGURE = re.compile(r"[-+]?\d[\d.,]{0,12}(?!\d{0,12}[年月季度周\-—~至])")
# What stands before the numbers of columns, or before their codes in a statistical form.
_NAMES_OF_NUMBERS = frozenset(
    ("栏次", "栏号", "列次", "列号", "栏目", "行次", "行号", "代码", "编码", "指标代码", "指标编码")
)
_CODE = re.compile(r"[A-Za-z]{0,3}[-.]?\d{1,6}")
_NAMES_OF_UNITS = frozenset(("计量单位", "单位", "数量单位"))
_CIRCLED = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"
_COLUMN_NUMBER = re.compile(
    rf"[(]?(?:第?[栏列]?(?P<digits>\d{{1,2}})[栏列]?|(?P<circled>[{_CIRCLED}])|(?P<letter>[A-Z]))[)]?"
    r"(?:[=≥≤<>][\d()=≥≤<>+\-×*/÷%①-⑳]+)?"
)
STEMS = "甲乙丙丁戊己庚辛壬癸"


def extent(view: View, anchor: int, pool: list[int], vocabulary: frozenset[str]) -> tuple[int, int]:
    """The rows of a header around its row with labels: groups above; sub-labels, units, numbers below."""
    first, last = anchor, anchor
    repeated = _repeats(view, anchor, pool, vocabulary)
    while first > 0 and anchor - first < 2 and _is_group_row(view, first - 1, first, pool, repeated):
        first -= 1
    while last + 1 < view.height and last - anchor < 4 and _continues(view, last + 1, first, pool, vocabulary):
        last += 1
    below = last + 2  # a number row may stand below a blank line
    if below < view.height and not view.filled(last + 1, pool) and is_number_row(_texts(view, below, pool)):
        last = below
    for row in range(last + 1, min(last + 3, view.height)):
        if _names_units(_texts(view, row, pool)):
            last = row
    return first, last


def _names_units(texts: Sequence[str]) -> bool:
    """True for 计量单位 人次 件 万元: what every column is counted in, whatever stands between it and the labels."""
    return len(texts) > 2 and texts[0] in _NAMES_OF_UNITS and all(map(is_unit, texts[1:]))


def _repeats(view: View, row: int, pool: list[int], vocabulary: frozenset[str]) -> bool:
    """True if a row of labels names three columns of the form more than once: groups above tell them apart."""
    cores = [view.label(row, c).core for c in view.filled(row, pool)]
    known = [core for core in cores if core in vocabulary]
    return len(known) - len(set(known)) >= 3


def _texts(view: View, row: int, pool: list[int]) -> list[str]:
    return [view.text(row, c) for c in view.filled(row, pool)]


def _is_group_row(view: View, row: int, below: int, pool: list[int], repeated: bool) -> bool:
    """A row of group labels: two or more texts, one of them merged over several columns or into the row below.

    Where the row below names its columns more than once (`repeated`), short texts are groups though nothing is merged.
    """
    filled = view.filled(row, pool)
    if len(filled) < 2 or any(not isinstance(view.own(row, c), str) for c in filled):
        return False
    if any(names_scope(parse(view.text(row, c)).core) for c in filled):
        return True
    spans = [view.covered.get((row, c)) for c in filled]
    if any(_heads_the_sheet(view.text(row, c)) for c in filled):
        return False
    if repeated and all(len(view.text(row, c)) <= _SHORT for c in filled):
        return True
    return any(s is not None and (s.bottom >= below or 0 < s.right - s.left < len(pool) * 2 // 3) for s in spans)


def _heads_the_sheet(text: str) -> bool:
    """True for the unit that reports, a day or a unit of measure: a line above the table, no group of its columns."""
    return bool(REPORTING.match(text) or re.match(r"填报时间|单位[:：]|填表|报送", text))


def _continues(view: View, row: int, first: int, pool: list[int], vocabulary: frozenset[str]) -> bool:
    """True if `row` still belongs to the header that began at `first`."""
    filled = view.filled(row, pool)
    if not filled:
        return any((s := view.covered.get((row, c))) is not None and first <= s.top < row for c in pool)
    texts = [view.text(row, c) for c in filled]
    labels = [view.label(row, c) for c in filled]
    if is_number_row(texts) or all(x.core == "" and x.unit for x in labels) or _is_sub_row(view, row, first, pool):
        return True
    if any(not isinstance(view.own(row, c), str) for c in filled) or any(re.match(r"[-+]?[\d.,]+", t) for t in texts):
        return False
    known = sum(1 for x in labels if x.core in vocabulary or (x.core or x.unit) and x.core in GENERIC)
    known += sum(1 for c in filled if _goes_on(view, row, c, first, vocabulary))
    under_merge = all(_below_group(view, row, c, first) for c in filled)
    return known * 2 > len(filled) or (under_merge and known > 0)


def _goes_on(view: View, row: int, col: int, first: int, vocabulary: frozenset[str]) -> bool:
    """True if the cell is the rest of the label above it: 信用代码 below 统一社会."""
    above = next((text for r in range(row - 1, first - 1, -1) if (text := view.text(r, col))), "")
    return bool(above) and completes(above, view.text(row, col), vocabulary)


def _is_sub_row(view: View, row: int, first: int, pool: list[int]) -> bool:
    """True for a row that splits headings into columns: 本期, 上期; 合德镇, 海河镇, 合计; 2020年, 2021年.

    Every filled cell of it stands under a heading that has several columns, merged or with blanks behind it, and the
    headings of one column have nothing below them; a record fills those.
    """
    filled = view.filled(row, pool)
    if len(filled) < 2 or not all(_may_be_label(view, row, c) for c in filled):
        return False
    return all(_below_group(view, row, c, first) or _in_open_group(view, row, c, first) for c in filled)


def _may_be_label(view: View, row: int, col: int) -> bool:
    raw, text = view.own(row, col), view.text(row, col)
    if not isinstance(raw, str):
        return text.isdigit() and len(text) == 4 and text.startswith("20")
    return len(text) <= _SHORT and not _FIGURE.match(text)


def _in_open_group(view: View, row: int, col: int, first: int) -> bool:
    """True if `col` belongs to a heading above that is followed by blank cells, each with something in `row`."""
    heads = [r for r in range(first, row) if view.filled(r, (col,))]
    if not heads:
        above = range(first, row)
        left = next((c for c in range(col, -1, -1) if view.has_ink(above, (c,))), None)
        return left is not None and bool(view.filled(row, range(left, left + 1)))
    spans = (view.covered.get((r, col)) for r in heads)
    if any(s is not None and s.bottom >= row for s in spans):
        return False
    beside = col + 1
    blank = beside < view.width and not any(view.text(r, beside) for r in range(first, row))
    return blank and bool(view.filled(row, (beside,)))


def _below_group(view: View, row: int, col: int, first: int) -> bool:
    span = view.covered.get((row - 1, col))
    return span is not None and span.top >= first and span.right > span.left


def number_rows(view: View, first: int, last: int, pool: list[int]) -> frozenset[int]:
    """The rows of a header, but its first, that only number its columns."""
    return frozenset(row for row in range(first + 1, last + 1) if is_number_row(_texts(view, row, pool)))


def is_number_row(texts: Sequence[str]) -> bool:
    """1 2 3 … or 甲 乙 1 2 …, as forms number their columns: in brackets, circles, letters, with sums (3=4+10) too."""
    rest = [t for t in texts if t not in _NAMES_OF_NUMBERS]
    if len(rest) >= 3 and texts[0] in _NAMES_OF_NUMBERS and all(map(_CODE.fullmatch, rest)):
        return len(set(rest)) == len(rest) and rest == sorted(rest, key=lambda t: (len(t), t))
    while rest and len(rest[0]) == 1 and rest[0] in STEMS:
        rest = rest[1:]
    if len(texts) < 3:
        return False
    if not rest:
        return True
    numbers = [_column_number(t) for t in rest]
    first = numbers[0]
    return first in (0, 1, 2, 3) and len(rest) >= 3 and numbers == list(range(first, first + len(rest)))


def _column_number(text: str) -> int | None:
    """The number by which a form counts a column: 3, (3), ③, 栏3, C, 3=4+10; None for what is none."""
    match = _COLUMN_NUMBER.fullmatch(text)
    if match is None:
        return None
    if match["circled"]:
        return _CIRCLED.index(match["circled"]) + 1
    return ord(match["letter"]) - ord("A") + 1 if match["letter"] else int(match["digits"])

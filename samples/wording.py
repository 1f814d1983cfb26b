"""How people write a number, a date, a yes or an empty cell. Each says what a right reading of it gives."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from samples.truth import MEASURES, Value

FULL_WIDTH = str.maketrans("0123456789.,", "０１２３４５６７８９．，")
UNITS = {
    "officers_dispatched": "人次",
    "operators_inspected": "户",
    "cases_handled": "件",
    "cases_filed": "件",
    "cases_closed": "件",
    "fines_confiscations": "万元",
    "case_value": "万元",
    "masks_seized": "万只",
    "cases_transferred": "件",
    "failed_quantity": "只",
    "daily_capacity": "万只",
}
NOTHING = frozenset({None, "", "/", "-", "—", "无", "——"})  # read as no value; "零" is a zero


def plain(value: int | Decimal) -> str:
    """153.10 as 153.1, 12 as 12: no exponent, no trailing zeros."""
    if isinstance(value, int):
        return str(value)
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def number(value: int | Decimal | None, style: str, name: str, at: int = 0) -> object:
    """A figure as written. `at` counts cells, for styles that change from cell to cell."""
    if value is None:
        return None
    if style == "mixed":
        style = ("native", "text", "suffix", "fullwidth", "padded", "native")[at % 6]
    text = plain(value)
    match style:
        case "native":
            return value if isinstance(value, int) else float(value)
        case "text":
            return text
        case "fullwidth":
            return text.translate(FULL_WIDTH)
        case "thousands":
            return f"{value:,}" if isinstance(value, int) else text
        case "suffix":
            return f"{text}{UNITS[name]}" if name in UNITS else text
        case "padded":
            return (f" {text} ", f"{text}\u00a0", f"\u3000{text}")[at % 3]
    raise ValueError(style)


def day(value: date | None, style: str) -> object:
    if value is None:
        return None
    match style:
        case "serial":
            return value
        case "iso":
            return value.isoformat()
        case "dotted":
            return f"{value.year}.{value.month:02d}.{value.day:02d}"
        case "compact":
            return f"{value:%Y%m%d}"
        case "slash":
            return f"{value.year}/{value.month}/{value.day}"
        case "chinese":
            return f"{value.year}年{value.month}月{value.day}日"
        case "spaced":
            return f"{value.year}年 {value.month}月{value.day}日"
    raise ValueError(style)


RESULTS = {
    "plain": {"合格": "合格", "不合格": "不合格"},
    "spaced": {"合格": "合  格", "不合格": "不合格"},
    "conform": {"合格": "符合", "不合格": "不符合"},
    "tick": {"合格": "√", "不合格": "×"},
}
YES = {
    "plain": {"是": "是", "否": "否"},
    "tick": {"是": "√", "否": "×"},
    "worded": {"是": "已流入", "否": "未流入"},
}
STATUSES = {
    "plain": {},
    "worded": {"在产": "正常生产", "停产": "已停产", "转产": "已转产"},
    "short": {"在产": "生产"},
}
SIZES = {"plain": {}, "short": {"大型": "大", "中型": "中", "小型": "小", "微型": "微"}, "firm": {"微型": "微型企业"}}


def zero(shown: object, name: str) -> Value:
    """What a right reading of a way to write zero gives: 0 for 0 and 零, nothing for the rest."""
    if shown in NOTHING:
        return None
    return Decimal(0) if name in MEASURES[5:8] else 0

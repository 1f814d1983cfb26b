"""How clerks write numbers and dates: each writing with what a reader must make of it (domain.md, "Numbers", "Dates")."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from decimal import Decimal

from benchmarks.mess.truth import Value, Writing
from samples.writers.sheet import Ink

FULL = str.maketrans("0123456789.-", "０１２３４５６７８９．－")
_DIGITS, _BANKERS = "零一二三四五六七八九", "零壹贰叁肆伍陆柒捌玖"


def chinese(number: int, formal: bool = False) -> str:
    """A whole number below 100,000,000 in Chinese, 壹拾贰 if `formal`, else 十二."""
    digits, places = (_BANKERS, ("", "拾", "佰", "仟")) if formal else (_DIGITS, ("", "十", "百", "千"))
    if number >= 10000:
        high, low = divmod(number, 10000)
        gap = digits[0] if low and low < 1000 else ""
        return chinese(high, formal) + "万" + gap + (chinese(low, formal) if low else "")
    text, zero = "", False
    for power in (3, 2, 1, 0):
        digit = number // 10**power % 10
        if digit:
            text += (digits[0] if zero and text else "") + digits[digit] + places[power]
        zero = not digit
    text = text or digits[0]
    return text[1:] if not formal and text.startswith("一十") else text


def read(raw, value: Value, needs: str = "", **dress) -> Writing:
    return Writing(Ink(raw, **dress), value, "read", needs=needs)


def repaired(raw, value: Value, needs: str = "", **dress) -> Writing:
    return Writing(Ink(raw, **dress), value, "repaired", needs=needs)


def flagged(raw, *allowed: Value, needs: str = "", value: Value = None, **dress) -> Writing:
    return Writing(Ink(raw, **dress), value, "flagged", allowed, needs)


def plain_number(value: int | Decimal) -> Iterator[Writing]:
    """The undisturbed writings: a number, or its digits as text."""
    text = f"{value:f}" if isinstance(value, Decimal) else str(value)
    yield read(float(value) if isinstance(value, Decimal) else value, value)
    yield read(text, value)


def readable_number(value: int | Decimal, unit: str) -> Iterator[Writing]:
    """Writings whose meaning is beyond doubt, for a column counted in `unit` ("" if none stands)."""
    text = f"{value:f}" if isinstance(value, Decimal) else str(value)
    yield repaired(text.translate(FULL), value)
    for blank in (" ", "\u00a0", "\u3000", "\t", "\n"):
        yield repaired(f"{blank}{text} ", value, needs="blanks")
    yield repaired(text[0] + "\u200b" + text[1:], value)
    yield repaired("'" + text, value)
    yield repaired("\ufeff" + text, value)
    yield read(float(value), value)
    if unit:
        yield repaired(text + unit, value)
        yield repaired(f"{text} {unit}", value)
        yield repaired(text.translate(FULL) + unit, value)
    if value == int(value):
        yield from _whole(int(value), value)
    if value >= 1000:
        grouped = f"{value:,}"
        yield repaired(grouped, value)
        yield repaired(grouped.replace(",", "，"), value)
        yield read(float(value), value, number_format="#,##0.00")
    if "." in text:
        yield read(text + "0", value)
        yield Writing(Ink(float(value) * (1 - 2.0**-53)), value, "read")
    yield Writing(Ink(None, formula=f"={text}+0"), value, "read", needs="formula")
    yield Writing(Ink(float(value), formula=f"={text}*1"), value, "read", needs="formula")


def _whole(whole: int, value: int | Decimal) -> Iterator[Writing]:
    yield repaired(f"{whole}.0", value)
    if whole >= 0:  # nobody writes a figure below nought in characters
        yield repaired(chinese(whole), value)
        yield repaired(chinese(whole, formal=True), value)
    if whole == 2:
        yield repaired("两", value)
    if whole == 0:
        yield repaired("〇", value)
        yield repaired("零", value)


def doubtful_number(value: int | Decimal) -> Iterator[Writing]:
    """Writings a person must look at; where a figure can be guessed it is allowed beside the warning."""
    text = f"{value:f}" if isinstance(value, Decimal) else str(value)
    for form in (
        "约{}",
        "{}余",
        "近{}",
        "{}左右",
        "{}多",
        "大约{}",
        "至少{}",
        "{}以上",
        "不足{}",
        "≥{}",
        "＞{}",
        "{}？",
        "{}?",
    ):
        yield flagged(form.format(text), value, value=value)
    half = int(value) // 3
    yield flagged(f"{value - half}+{half}", value, value=value)
    yield flagged(f"{text}（其中简易3）", value, value=value)
    yield flagged(f"{text}/{half}")
    yield flagged(f"{text}-{value + 3}")
    yield flagged(f"{text}～{value + 3}")
    yield flagged(f"{text}、{half}")
    yield flagged(f"（{text}）", value, -value)
    yield flagged(f"{text}%")
    yield flagged(f"{text}.2.3")
    yield flagged("1O")
    yield flagged("l2")
    yield flagged("12,34")
    yield flagged("1,23")
    yield flagged("3万余", 30000, 3)
    yield flagged("见附件")
    yield flagged("详见说明")
    yield flagged("若干")
    yield flagged("数十")
    yield flagged("十几")
    yield flagged("2021.4.10")
    yield flagged("#REF!")
    yield flagged("合格")
    yield flagged("=1+")
    for mark in ("²", "①", "[1]", "注1", "*", "½", "⑵"):
        yield flagged(f"{text}{mark}", value, value=value)
    for odd in (
        "12 3",
        "原12现15",
        "12改为15",
        "12→15",
        "①②",
        "1,2345",
        "12，34",
        "12-",
        "--5",
        "+-3",
        "第3",
        "3/5",
    ):
        yield flagged(odd)
    yield flagged(f"{text}/2件", value)
    yield flagged("1e3", 1000)
    yield flagged("９９９９９９９９９９９９９９９")
    yield flagged("19900001234567")
    yield flagged("NaN")
    yield flagged("inf")
    yield flagged("0x1F")
    yield flagged("１２件（其中简易3件）", 12, 12)
    yield flagged(datetime(2021, 3, 5), needs="native")
    yield flagged(True, needs="native")
    yield flagged(None, formula="=VLOOKUP(A1,Z1:Z9,1,FALSE)", needs="formula")
    yield flagged("#REF!", formula="=#REF!", needs="formula")
    yield flagged("#DIV/0!", formula="=1/0", needs="formula")
    yield flagged(float(value) / 100, number_format="0.00%", value=value, needs="format")
    yield flagged(float(value), value, value=value, struck=True, needs="struck")
    yield flagged(text, value, value=value, gone="99", needs="gone")


def doubtful_count(value: int, unit: str) -> Iterator[Writing]:
    """What is doubtful in a column of whole numbers only."""
    yield flagged(f"{value}.5")
    yield flagged(value + 0.5)
    yield flagged("1.2万", 12000)
    yield flagged(f"{value}{'只' if unit == '件' else '件'}", value)
    yield flagged("3千5", 3500, 3005)
    yield flagged("1.234", 1234)
    yield flagged("1.5")
    yield flagged("1。5")
    yield flagged(2.0000001)
    yield flagged("12元", 12)


def doubtful_amount(value: Decimal, unit: str) -> Iterator[Writing]:
    """A money or mask amount in another unit than the column's; converted exactly, with a warning."""
    small = "元" if unit == "万元" else "只"
    base = value * 10000
    whole = int(base)
    yield flagged(f"{whole}{small}", value, value=value)
    yield flagged(f"{whole:,}{small}", value, value=value)
    yield flagged(f"{base / 1000:f}千{small}", value, value=value)
    yield flagged(f"{value / 10000:f}亿{small}", value, value=value)
    yield flagged(f"{whole}箱")
    yield flagged("1，16")
    yield flagged("1。16", Decimal("1.16"))
    yield flagged("1：16")
    yield flagged("1·16", Decimal("1.16"))
    yield flagged(f"1万1600{small}", Decimal("2.16"))
    yield flagged(f"3万5千{small}", Decimal("3.5"))
    yield flagged(f"{value:f}{small}", value / 10000)
    yield flagged(f"{whole}.00 {small}", value, value=value)
    yield flagged(f"{value:f}～{value + 1:f}万")
    yield flagged(f"{value:f}{'万只' if unit == '万元' else '万元'}")
    if unit == "万元":
        yield flagged(f"¥{whole}")
        yield flagged(f"{value:f}万美元")
        yield flagged(float(whole), value, value=value, number_format='0"元"', needs="format")
    if 0 < whole < 10**8:
        yield flagged(chinese(whole) + small, value, value=value)


def readable_amount(value: Decimal, unit: str) -> Iterator[Writing]:
    """万 spelled in the cell of a column that is counted in 万."""
    yield repaired(f"{value:f}万", value)
    yield repaired(f"{value:f} {unit}", value)
    yield repaired(float(value), value, number_format='0.0000"万"', needs="format")
    yield repaired(f"{value:f}{unit}".translate(FULL), value)


def plain_date(day: date) -> Iterator[Writing]:
    yield read(datetime(day.year, day.month, day.day), day)
    yield read(day.isoformat(), day)


def readable_date(day: date) -> Iterator[Writing]:
    """Whole dates in the writings of the catalogue; those that any reader takes for a date need no word."""
    y, m, d = day.year, day.month, day.day
    for text in (
        f"{y}.{m:02d}.{d:02d}",
        f"{y}.{m}.{d}",
        f"{y}/{m}/{d}",
        f"{y}年{m}月{d}日",
        f"{y}-{m}-{d}",
        f"{y}年{m}月{d}",
    ):
        yield read(text, day)
    year = "".join("〇一二三四五六七八九"[int(c)] for c in str(y))
    for text in (
        f"{y}{m:02d}{d:02d}",
        f"{y}年 {m}月{d}日",
        f"{y}-{m:02d}-{d:02d} 00:00:00",
        f"{y}．{m}．{d}".translate(FULL),
        f"{year}年{chinese(m)}月{chinese(d)}日",
        f"{year.replace('〇', '零')}年{chinese(m)}月{chinese(d)}日",
    ):
        yield repaired(text, day)
    yield read(y * 10000 + m * 100 + d, day)
    yield read((day - date(1899, 12, 30)).days, day, needs="epoch")


def doubtful_date(day: date) -> Iterator[Writing]:
    """Dates that are none, or not whole."""
    for text in (
        "4.10",
        "2021年2月30日",
        "2019.02.29",
        "去年",
        "20210431",
        "2020/13/01",
        "2020",
        "待定",
        "22/1/2020",
        "0",
        "12",
        "1",
        "2020-00-10",
        "2019.13",
        "#VALUE!",
        "03/04/2020",
    ):
        yield flagged(text)
    yield flagged(f"{day.year}年{day.month}月", day.replace(day=1))
    yield flagged(f"{day.year}.{day.month}", day.replace(day=1))
    yield flagged(f"{day.year % 100:02d}.{day.month}.{day.day}", day)
    yield flagged(f"{day.isoformat()}、{(day + timedelta(40)).isoformat()}", day)
    yield flagged(day.year)
    yield flagged(0)
    yield flagged(f"约{day.year}年{day.month}月{day.day}日", day)
    yield flagged(f"{day.year}年{day.month}月{day.day}日前", day)
    yield flagged(f"{day.year}.{day.month}.{day.day}-{day.year + 1}.{day.month}.1", day)
    yield flagged(datetime(1899, 12, 31), needs="native")
    yield flagged(datetime(2087, 1, 5), date(2087, 1, 5), needs="native")

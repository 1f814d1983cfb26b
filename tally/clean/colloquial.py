"""Figures as people say them: 两三 and 七八 lie between two numbers, 三万五 leaves out its last place, 1批500只 counts twice."""

from __future__ import annotations

import re
from decimal import Decimal

from tally.clean.text import chinese_number
from tally.clean.units import factor, is_unit

_PAIRS = frozenset(("一二", "一两", "两三", "二三", "三四", "三五", "四五", "五六", "六七", "七八", "八九"))
# Marks that some programs show as a hyphen and others not at all.
_HIDDEN_HYPHEN = re.compile("\\d[\u00ad\u2010\u2011\u2027]+\\d")
_RATE = re.compile(r"(/|每)?(天|日|每天|每日)$")
_RATE_BEFORE = re.compile(r"^(日产能?量?|日均|每天|每日)(生产|产)?[::为]?(?=[约\d一二两三四五六七八九十百千万])")
_SHORT = re.compile(
    r"(\d{1,4}|[一二两三四五六七八九十]{1,3}|[一二两三四五六七八九][十百千].*)([百千万亿])([一二三四五六七八九1-9])"
)
_PLACES = {"百": 100, "千": 1000, "万": 10**4, "亿": 10**8}
_AMOUNT = r"(?:共计?|计|合计)?(\d[\d,]{0,20}(?:\.\d{1,20})?[百千万亿]?|[一二两三四五六七八九十百千万]{1,20})([^\d一二两三四五六七八九十\s,，、/;；。()（）]{1,2})"
_AMOUNTS = re.compile(rf"(?:{_AMOUNT}[,，、/;；]?)" + "{2,3}")


def is_between(raw: str, text: str) -> bool:
    """True for a text that names no one number: 两三, 三五十, two figures with a hidden hyphen between. `text` is narrow."""
    if _HIDDEN_HYPHEN.search(raw):
        return True
    return any(pair in text for pair in _PAIRS) and bool(
        re.fullmatch(r"[十百千]?[一二两三四五六七八九]{2}[十百千万]*[多余来]?\D?", text)
    )


def without_rate(text: str, label: str) -> str:
    """10万只/天 or 日产10万只 in a column called 日产能 without the words of the rate; elsewhere a rate is no amount."""
    if not label.startswith("日") or text.endswith(("生日", "次日")):
        return text
    return _RATE_BEFORE.sub("", _RATE.sub("", text))


def short_spoken(text: str) -> Decimal | None:
    """三万五, 一百二, 3万5: a numeral whose last place is left out; None for any other."""
    match = _SHORT.fullmatch(text)
    if match is None:
        return None
    many = Decimal(match[1]) if match[1].isdigit() else chinese_number(match[1])
    rest = Decimal(match[3]) if match[3].isdigit() else chinese_number(match[3])
    place = _PLACES[match[2]]
    return None if many is None or rest is None else many * place + rest * place / 10


def counted_in(text: str, unit: str) -> Decimal | None:
    """The one amount in `unit` that a text of several amounts says: 1批500只, 1批次，500只; None if none or two are."""
    if not _AMOUNTS.fullmatch(text):
        return None
    amounts: list[Decimal] = []
    for number, written in re.findall(_AMOUNT, text):
        by = factor(written, unit)
        if by is None and not is_unit(written):
            return None
        value = _value(number)
        if by is not None and value is not None:
            amounts.append(value * by)
    return amounts[0] if len(amounts) == 1 else None


def _value(number: str) -> Decimal | None:
    scale = _PLACES.get(number[-1], 1) if number[0].isdigit() else 1
    digits = number.rstrip("百千万亿").replace(",", "") if number[0].isdigit() else ""
    return Decimal(digits) * scale if digits else chinese_number(number)

"""Numbers of a text that stand in characters: 一百七十件, 百分之七点五九, 七成五. A lone 一 or 三 is a word more often than a figure."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from tally.clean.text import chinese_number

_COUNTED = "万元|亿元|元|万只|只|万件|件|户次|人次|批次|批|家|户|个百分点|个单位|个|处|份|人|次"
_DIGITS = "零一二三四五六七八九"
_NUMERAL = "[零〇一二两三四五六七八九十百千万亿]"
_DECIMAL = "[零〇一二三四五六七八九]"
_OF_COUNT = re.compile(
    rf"(?<!第)(?<!{_NUMERAL})(?P<number>{_NUMERAL}{{2,12}})(?:点(?P<rest>{_DECIMAL}{{1,4}}))?(?P<unit>{_COUNTED})"
)
_OF_HUNDRED = re.compile(rf"百分之(?P<number>{_NUMERAL}{{1,5}})(?:点(?P<rest>{_DECIMAL}{{1,4}}))?")
_OF_TEN = re.compile(
    r"(?P<number>[一二两三四五六七八九])成(?P<rest>[一二三四五六七八九半])?(?=[，。；、,.;:：的以左多上）)\s]|$)"
)


@dataclass(frozen=True, slots=True)
class Spoken:
    """Where it stands, what it says in its unit, and how many decimals that has: -1 for a whole 成, which is ten per cent."""

    start: int
    end: int
    written: Decimal
    unit: str
    places: int = 0


def spoken(text: str) -> Iterator[Spoken]:
    """The numbers in characters, in no order."""
    for match in _OF_COUNT.finditer(text):
        number = chinese_number(match["number"])
        if number is not None:
            rest = _decimals(match["rest"] or "")
            yield Spoken(match.start(), match.end(), _joined(number, rest), match["unit"], len(rest))
    for match in _OF_HUNDRED.finditer(text):
        number = chinese_number(match["number"])
        if number is not None:
            rest = _decimals(match["rest"] or "")
            yield Spoken(match.start(), match.end(), _joined(number, rest), "%", len(rest))
    for match in _OF_TEN.finditer(text):
        tens, rest = _digit(match["number"]), match["rest"]
        ones = 5 if rest == "半" else _digit(rest) if rest else 0
        yield Spoken(match.start(), match.end(), Decimal(10 * tens + ones), "%", 0 if rest else -1)


def _joined(number: Decimal, rest: str) -> Decimal:
    return Decimal(f"{number}.{rest}") if rest else number


def _digit(character: str) -> int:
    return 2 if character == "两" else _DIGITS.index(character)


def _decimals(text: str) -> str:
    return "".join(str(_digit("零" if c == "〇" else c)) for c in text)

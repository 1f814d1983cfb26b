"""Amounts in running text: the number, what 余, 约, 近 make of it, and which figures of a form fit it.

Numbers are read by `tally.clean`; here only the words around them are understood.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from tally.clean.numbers import clean_number
from tally.clean.writings import decimal
from tally.writing.numbers import exponent

_DIGITS = r"(?<!\d)(?:\d{1,3}(?:,\d{3}){1,4}(?!\d)(?:\.\d{1,6})?|\d{1,13}(?:\.\d{1,6})?)"
_CHINESE = r"[零〇一二两三四五六七八九十百千万亿壹贰叁肆伍陆柒捌玖拾佰仟廿卅]{1,16}"
_NUMBER = rf"(?:{_DIGITS}|{_CHINESE})"
_ABOUT_BEFORE, _ABOUT_AFTER = "约为|约计|大约|大概|约", "左右|上下"
_OVER_BEFORE, _OVER_AFTER = "超过|超|逾|多达|上(?=[百千万])", "以上|余|多|来"
_LEAST = "至少|不少于|不低于"
_NEAR = "将近|接近|近"
_BELOW_BEFORE, _BELOW_AFTER = "不足|不到|不超过|至多|最多", "以下"
_BEFORE = f"(?:{_LEAST}|{_BELOW_BEFORE}|{_ABOUT_BEFORE}|{_OVER_BEFORE}|{_NEAR})"

# A number as a sentence writes it, up to its unit; to be put into the patterns of measures.
AMOUNT = rf"{_BEFORE}?{_NUMBER}(?:[-~—–至到]{_NUMBER})?[余多来]?(?:[十百千]?[万亿])?(?:\d千)?[余多来]?"
AFTER = r"(?:以上|左右|上下|以下|余|多)?"

_RANGE = re.compile(rf"^({_NUMBER})[-~—–至到]({_NUMBER})")
_WORDS = re.compile(f"{_BEFORE}|[余多来]")
_KINDS = {
    "about": re.compile(f"{_ABOUT_BEFORE}|{_ABOUT_AFTER}"),
    "over": re.compile(f"{_OVER_BEFORE.removesuffix('(?=[百千万])')}|{_OVER_AFTER}"),
    "least": re.compile(_LEAST),
    "near": re.compile(_NEAR),
    "below": re.compile(f"{_BELOW_BEFORE}|{_BELOW_AFTER}"),
}
_FEW = re.compile(r"[数几若](?=[十百千万亿干])")
_TENTH, _HALF, _FIFTH = Decimal("0.1"), Decimal("0.5"), Decimal("0.2")


@dataclass(frozen=True, slots=True)
class Amount:
    """`value` in the measure's unit; a figure fits if low <= figure <= high (< high if `open`); None: no bound.

    `last` is the place of the last digit written, in the same unit (0.01 for 5.69万元 in 万元).
    """

    value: Decimal
    low: Decimal | None
    high: Decimal | None
    open: bool = False
    last: Decimal = Decimal(0)
    written: str = ""

    def fits(self, least: Decimal, most: Decimal | None = None) -> bool:
        """Whether a form's figure, or one between `least` and `most`, can be meant."""
        most = least if most is None else most
        below = self.high is None or (least < self.high if self.open else least <= self.high)
        return below and (self.low is None or most >= self.low)

    def rounded(self, figure: Decimal) -> bool:
        """Whether it differs from `figure` by less than the last digit written: cut off, or rounded to a whole."""
        return self.low is not None and self.high is not None and abs(figure - self.value) < self.last

    @property
    def is_range(self) -> bool:
        """Whether it leaves open which of several figures it is: 10-15件."""
        return _RANGE.match(self.written) is not None and self.low != self.high

    def and_more(self, other: Amount) -> Amount:
        """What both make together."""
        low = None if self.low is None or other.low is None else self.low + other.low
        high = None if self.high is None or other.high is None else self.high + other.high
        written = f"{self.written}＋{other.written}"
        return Amount(self.value + other.value, low, high, self.open or other.open, min(self.last, other.last), written)

    def agrees(self, other: Amount) -> bool:
        """Whether one figure can be meant by both."""
        return (other.low is None or self.fits(other.low, other.high or other.low)) and (
            self.low is None or other.fits(self.low, self.high or self.low)
        )


def amount(number: str, unit: str, after: str, declared: str, continuous: bool) -> Amount | None:
    """What `number` (as matched by AMOUNT) with its `unit` and the word `after` says, in the unit `declared`.

    `continuous` measures convert units (元 to 万元); counts have none to convert. None if no number can be read.
    """
    written = f"{number}{unit}{after}"
    if _FEW.search(number):
        return None
    if match := _RANGE.match(number):
        tail = number[match.end() :]
        ends = [_plain(n + tail, unit, declared, continuous) for n in match.groups()]
        least, most = ends
        if least is None or most is None or least > most:
            return None
        return Amount(most, least, most, written=written)
    core = _WORDS.sub("", number)
    value = _plain(core, unit, declared, continuous)
    if value is None:
        return None
    word = _WORDS.search(number)
    return _bounded(value, core, word[0] if word else after, written)


def _plain(number: str, unit: str, declared: str, continuous: bool) -> Decimal | None:
    return clean_number(f"{number}{unit}" if continuous else number, declared, False).value


def _bounded(value: Decimal, core: str, word: str, written: str) -> Amount:
    """The bounds that a word of vagueness sets: 760余 is 760 to 770, 近460 is 450 to 460, 约570 is within a tenth."""
    step = Decimal(10) ** exponent(value.normalize()) if value else Decimal(1)
    kind = next((k for k, words in _KINDS.items() if words.fullmatch(word)), "")
    if kind == "about":
        return Amount(value, value * (1 - _TENTH), value * (1 + _TENTH), written=written)
    if kind == "over":
        return Amount(value, value, value + step, True, written=written)
    if kind == "least":
        return Amount(value, value, None, written=written)
    if kind == "near":
        return Amount(value, max(value - step, value * (1 - _FIFTH)), value, written=written)
    if kind == "below":
        return Amount(value, max(value - step, value * _HALF), value, written=written)
    last, places = _last_place(value, core)
    slack = last / 2 if places else Decimal(0)
    return Amount(value, value - slack, value + slack, last=last, written=written)


def _last_place(value: Decimal, core: str) -> tuple[Decimal, int]:
    """The worth of the last digit written, and how many digits stand behind the point."""
    digits = re.match(_DIGITS, core)
    written = decimal(digits[0]) if digits else None
    if not written:
        return Decimal(0), 0
    places = -min(exponent(written), 0)
    return value / written * Decimal(10) ** -places, places

"""What a slip of the pen makes of one number: every value that was perhaps meant, with the kind of slip."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from tally.writing.numbers import plain


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of mistake: how a clerk would call it, and its cost (minus the logarithm of how likely it is)."""

    name: str
    words: str
    cost: float


KINDS: dict[str, Kind] = {
    k.name: k
    for k in (
        Kind("sign", "正负号写反", 0.3),
        Kind("blank total", "合计漏填", 0.5),
        Kind("ten thousand", "错了一万倍（元与万元、只与万只混用）", 1.0),
        Kind("row shifted", "整行错位一格", 1.2),
        Kind("row left out", "整行漏填", 1.6),
        Kind("cells swapped", "两格互换", 1.6),
        Kind("total of another period", "合计仍是上期的数", 1.8),
        Kind("total and part swapped", "与合计互换", 2.0),
        Kind("digits swapped", "相邻两位数字颠倒", 2.2),
        Kind("total misses a row", "合计漏加一行", 2.6),
        Kind("total counts a row twice", "合计重复加了一行", 2.8),
        Kind("total of another column", "合计填了另一栏的数", 2.8),
        Kind("decimal point", "小数点错位或多（少）写了零", 3.0),
        Kind("digit doubled or dropped", "多写或漏写一位相同的数字", 3.4),
        Kind("total of one row", "合计填成了某一行的数", 3.4),
        Kind("digit of the total", "合计有一位数字写错", 3.8),
        Kind("extra or missing digit", "多写或漏写一位数字", 4.4),
        Kind("total typed over", "合计未随各行更新", 4.2),
        Kind("cell left blank", "本格漏填", 4.4),
        Kind("copied from the next cell", "误抄相邻一格的数", 4.0),
        Kind("one digit", "有一位数字写错", 4.6),
        Kind("another number", "数字填错", 6.0),
    )
}


def meant(value: Decimal, *, whole: bool = False) -> Iterator[tuple[str, Decimal]]:
    """What `value` was perhaps meant to be, likeliest kinds first; a value may come more than once.

    `whole`: it counts things, which come neither in 元 and 万元 nor in 只 and 万只.
    """
    if value < 0:
        yield "sign", -value
        return
    for power in () if whole else (4, -4):
        yield "ten thousand", value.scaleb(power)
    digits = plain(value)
    yield from (("digits swapped", v) for v in swapped(digits))
    for power in (1, -1, 2, -2, 3, -3):
        yield "decimal point", value.scaleb(power)
    yield from (("digit doubled or dropped", v) for v in doubled(digits))
    yield from (("one digit", v) for v in replaced(digits))
    yield from (("extra or missing digit", v) for v in inserted(digits))


def numbers(texts: Iterator[str]) -> Iterator[Decimal]:
    """Those that someone would write: no leading zero, no bare point."""
    for t in texts:
        if t and t[0] != "." and t[-1] != "." and not (len(t) > 1 and t[0] == "0" and t[1] != "."):
            yield Decimal(t)


def swapped(digits: str) -> Iterator[Decimal]:
    at = [i for i, c in enumerate(digits) if c != "."]

    def texts():
        for i, j in zip(at, at[1:], strict=False):
            if digits[i] != digits[j]:
                yield digits[:i] + digits[j] + digits[i + 1 : j] + digits[i] + digits[j + 1 :]

    return numbers(texts())


def doubled(digits: str) -> Iterator[Decimal]:
    """A digit that stands twice taken once, and one that stands once taken twice."""

    def texts():
        for i, c in enumerate(digits):
            if c != ".":
                yield digits[:i] + c + digits[i:]
                if i and digits[i - 1] == c:
                    yield digits[:i] + digits[i + 1 :]

    return numbers(texts())


def replaced(digits: str) -> Iterator[Decimal]:
    return numbers(
        digits[:i] + d + digits[i + 1 :] for i, c in enumerate(digits) if c != "." for d in "0123456789" if d != c
    )


def inserted(digits: str) -> Iterator[Decimal]:
    """Any digit put in or left out."""

    def texts():
        for i, c in enumerate(digits):
            if c != ".":
                yield digits[:i] + digits[i + 1 :]
        for i in range(len(digits) + 1):
            for d in "0123456789":
                yield digits[:i] + d + digits[i:]

    return numbers(texts())

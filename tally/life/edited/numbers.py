"""The numbers of a text: what each says, of what, in which unit."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from difflib import SequenceMatcher

from tally.life.edited.spoken import spoken
from tally.writing.characters import narrow

_UNITS = "个百分点|个单位|亿元|万元|元|亿只|万只|只|万件|件|户次|户/人|人次|万人次|批次|批|家|户|个|处|项|份|倍|页|期|年|月|日|天|%|％|‰|人|次"
_NUMBER = re.compile(rf"(?<![\dA-Za-z.])[-−]?\d[\d,，]*(?:\.\d+)?(?P<more>余|多)?(?P<unit>\s*(?:{_UNITS}))?")
_ABOUT_BEFORE = re.compile(r"(?:约|近|大约|超过|超|逾|不少于|不低于|将近)\s*$")
_ABOUT_AFTER = re.compile(r"^\s*(?:余|多|左右|以上)")
_LABEL = re.compile(r"[^\d\s，。；：、,.;:（）()“”《》%％]+$")
_FILLERS = re.compile(
    r"^(?:其中|共计|共|累计|已|全市|全省|全国|分别|为|达到|达|有|和|及|与|约|近|超过|计){1,12}+|(?:共计|累计|达到|分别|约|近|超过|逾|超|为|达|了|共){1,12}$"
)
_SCALE = {"万": Decimal(10_000), "亿": Decimal(100_000_000)}
_LONGEST_LABEL = 12  # characters
_HALF_A_TENTH = Decimal(5)  # per cent
_OFF = {-1: _HALF_A_TENTH, 0: Decimal("0.5")}  # by places: how far a number in 成 may be off
_NEAR = Decimal("0.05")  # of a number, for 约 and 余


@dataclass(frozen=True, slots=True)
class Number:
    """`text` as written; `value` in whole units (万元 counted out), `unit` without 万; `places` of the written number."""

    text: str
    value: Decimal
    unit: str
    label: str
    written: Decimal
    places: int
    about: bool = False


def numbers(text: str) -> list[Number]:
    """The numbers of a text, in order. ▲ and white space around them say nothing."""
    flat = narrow(text).replace("▲", "")
    placed = sorted([*_found(flat), *_in_characters(flat)], key=lambda place: place[0])
    return [number for _, number in placed]


def _found(text: str) -> Iterator[tuple[int, Number]]:
    for match in _NUMBER.finditer(text):
        unit = (match["unit"] or "").strip().replace("％", "%")
        digits = (
            match[0][: match.start("more") - match.start()]
            if match["more"]
            else match[0].removesuffix(match["unit"] or "")
        )
        digits = digits.strip().rstrip(",，")
        plain = digits.replace(",", "").replace("，", "").replace("−", "-")
        written = Decimal(plain)
        scale = _SCALE.get(unit[:1], Decimal(1)) if len(unit) > 1 else Decimal(1)
        before, after = text[: match.start()], text[match.end() :]
        about = bool(match["more"] or _ABOUT_BEFORE.search(before) or _ABOUT_AFTER.match(after))
        places = len(plain.partition(".")[2])
        base = unit[1:] if scale != 1 else unit
        yield match.start(), Number(digits + unit, written * scale, base, _label(before), written, places, about)


def _in_characters(text: str) -> Iterator[tuple[int, Number]]:
    for said in spoken(text):
        before, after = text[: said.start], text[said.end :]
        scale = _SCALE.get(said.unit[:1], Decimal(1)) if len(said.unit) > 1 else Decimal(1)
        base = said.unit[1:] if scale != 1 else said.unit
        about = bool(_ABOUT_BEFORE.search(before) or _ABOUT_AFTER.match(after))
        shown = text[said.start : said.end]
        yield said.start, Number(shown, said.written * scale, base, _label(before), said.written, said.places, about)


def _label(before: str) -> str:
    """What a number is of: the words right before it."""
    match = _LABEL.search(before.rstrip("（( "))
    words = match[0][-_LONGEST_LABEL:] if match else ""
    return _FILLERS.sub("", words) or words


def alike(a: str, b: str) -> float:
    """How much two labels are the same, 0 to 1."""
    if a == b:
        return 1.0
    return SequenceMatcher(None, a, b, autojunk=False).ratio() if a and b else 0.0


def agrees(edited: Number, ours: Number) -> bool:
    """Whether a number that was written says the same as ours: in another unit, rounded, or said to be about."""
    if edited.unit != ours.unit:
        return False
    if edited.value == ours.value:
        return True
    if "成" in edited.text:  # 近一成, 九成以上: within a tenth; 一成: the nearest one; 九成七: the nearest per cent
        off = abs(edited.value - ours.value)
        return off < 2 * _HALF_A_TENTH if edited.about and edited.places < 0 else off <= _OFF[edited.places]
    if edited.about:
        return abs(edited.value - ours.value) <= _NEAR * abs(ours.value)
    scale = edited.value / edited.written if edited.written else Decimal(1)
    if not edited.places > 0 or scale != (ours.value / ours.written if ours.written else scale):
        return False
    return edited.places < ours.places and round_half_up(ours.written, edited.places) == edited.written


def round_half_up(value: Decimal, places: int) -> Decimal:
    return value.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)

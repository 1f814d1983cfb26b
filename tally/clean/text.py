"""Text as people type it: line breaks and blanks, traces of a wrong decoding, error values, Chinese numerals."""

from __future__ import annotations

import re
from decimal import Decimal

from tally.writing.characters import visible

_BREAK = re.compile(
    r"(?<=[^\x00-\x7f])[ \u3000]{0,99}+[\r\n\t]{1,99}+[ \u3000]*+|[ \u3000]{0,99}+[\r\n\t]{1,99}+[ \u3000]{0,99}(?=[^\x00-\x7f])"
)
_BLANKS = re.compile(r"[\s\u00a0\u3000]+")
_MOJIBAKE = re.compile("\ufffd|锟斤拷|烫烫烫|ï»¿|鈥")
_LOST_LETTERS = re.compile(
    r"(?<=[\u3400-\u9fff])[?？*＊]+(?=[\u3400-\u9fff])|^[?？]+(?=[\u3400-\u9fff])|[□〓■▇▯\ue000-\uf8ff]"
)

ERROR_VALUES = (
    "#REF!",
    "#DIV/0!",
    "#N/A",
    "#VALUE!",
    "#NAME?",
    "#NUM!",
    "#NULL!",
    "#SPILL!",
    "#CALC!",
    "#GETTING_DATA",
)


def tidy(text: str) -> str:
    """`text` for keeping: trimmed, line breaks and tabs taken out, runs of spaces folded; widths untouched."""
    text = visible(text).strip()
    return _BLANKS.sub(" ", _BREAK.sub("", text))


def is_garbled(text: str) -> bool:
    """True if `text` shows the traces of a wrong decoding."""
    return bool(_MOJIBAKE.search(text))


def has_lost_letters(name: str) -> bool:
    """True if a name holds what stands for a character that could not be kept: ? or * between Chinese characters, □, 〓."""
    return bool(_LOST_LETTERS.search(name))


_DIGITS = {c: i for i, c in enumerate("零一二三四五六七八九")} | {c: i for i, c in enumerate("零壹贰叁肆伍陆柒捌玖")}
_DIGITS |= {"〇": 0, "○": 0, "两": 2, "俩": 2, "弌": 1, "弍": 2, "弎": 3, "参": 3, "貳": 2, "陸": 6, "幺": 1, "叄": 3}
_SMALL = {"十": 10, "拾": 10, "百": 100, "佰": 100, "千": 1000, "仟": 1000}
_LARGE = {"万": 10**4, "萬": 10**4, "亿": 10**8, "億": 10**8}
_NUMERAL = re.compile(f"[{''.join(_DIGITS)}{''.join(_SMALL)}{''.join(_LARGE)}廿卅]+")


def chinese_number(text: str) -> Decimal | None:
    """The whole number a Chinese numeral writes (十二, 壹拾贰, 二〇二一, 一万二千), None if it is none."""
    if not text or not _NUMERAL.fullmatch(text):
        return None
    text = text.replace("廿", "二十").replace("卅", "三十")
    if all(c in _DIGITS for c in text):
        return Decimal("".join(str(_DIGITS[c]) for c in text))
    total = section = 0
    digit: int | None = None
    last = 10**9  # the place value just read: places must fall within a section
    for c in text:
        if c in _DIGITS:
            if digit not in (None, 0):
                return None
            digit = _DIGITS[c]
        elif c in _SMALL:
            if _SMALL[c] >= last or (digit == 0):
                return None
            last = _SMALL[c]
            section += (1 if digit is None else digit) * last
            digit = None
        else:
            section += digit or 0
            if not section:
                return None
            total, section, digit, last = (
                (total + section) * _LARGE[c] if _LARGE[c] == 10**8 else total + section * _LARGE[c],
                0,
                None,
                10**9,
            )
    # 一百五, 三千六, 三万五 leave out the last place: too colloquial to be sure of.
    if digit and len(text) > 1 and text[-2] not in "十拾零〇":
        return None
    return Decimal(total + section + (digit or 0))

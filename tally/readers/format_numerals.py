"""Numbers in Chinese numerals, as [DBNum1] (一二三), [DBNum2] (壹贰叁) and [DBNum3] (１２３) show them."""

from __future__ import annotations

_DIGITS = {1: "〇一二三四五六七八九", 2: "零壹贰叁肆伍陆柒捌玖", 3: "０１２３４５６７８９"}
_PLACES = {1: ("", "十", "百", "千"), 2: ("", "拾", "佰", "仟")}
_GROUPS = ("", "万", "亿", "万亿")


def in_numerals(text: str, kind: int, *, placed: bool) -> str:
    """The digits of `text` in numerals; `placed` writes a whole number with 十百千万, as General does."""
    if placed and kind in _PLACES:
        whole, point, rest = text.partition(".")
        if whole.isdigit():
            return _placed(whole, kind) + point + _by_digit(rest, kind)
    return _by_digit(text, kind)


def _by_digit(text: str, kind: int) -> str:
    return text.translate({ord(str(n)): digit for n, digit in enumerate(_DIGITS[kind])})


def _placed(digits: str, kind: int) -> str:
    zero = _DIGITS[kind][0]
    groups: list[str] = []
    while digits:
        digits, group = digits[:-4], digits[-4:]
        groups.append(group)
    pieces: list[str] = []
    for at in range(len(groups) - 1, -1, -1):
        words = _group(groups[at], kind)
        if not words:
            pieces.append(zero)
            continue
        pieces.append((zero if groups[at].startswith("0") and pieces else "") + words + _GROUPS[min(at, 3)])
    text = "".join(pieces)
    while zero * 2 in text:
        text = text.replace(zero * 2, zero)
    return text.rstrip(zero) or zero


def _group(digits: str, kind: int) -> str:
    """Up to four digits in words, without zeros at either end; "" for nothing."""
    pieces: list[str] = []
    for at, digit in enumerate(digits):
        if digit == "0":
            pieces.append("0")
        else:
            pieces.append(_DIGITS[kind][int(digit)] + _PLACES[kind][len(digits) - 1 - at])
    text = "".join(pieces).strip("0")
    while "00" in text:
        text = text.replace("00", "0")
    return text.replace("0", _DIGITS[kind][0])

"""Letters that are written across a page, or huge and pale under its text: what offices print so that copies are known."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from pdfminer.layout import LTChar

from tally.readers.pdf.clipped import paint
from tally.readers.pdf.ink import colour_of

_SLANT = 0.15  # of a letter's size: what rises by less on its way is written along a line
_HUGE = 3.0  # times the usual size
_PALE = 0x90  # the least of red, green and blue in a colour that lets the text over it be read


def apart(chars: Sequence[LTChar]) -> tuple[list[LTChar], tuple[str, ...]]:
    """The page's own letters, and what is written across it, each text once."""
    usual = Counter(round(char.size * 2) / 2 for char in chars).most_common(1)
    across = [n for n, char in enumerate(chars) if _is_across(char, usual[0][0])]
    if not across or len(across) == len(chars):
        return list(chars), ()
    lost = set(across)
    texts: list[str] = []
    last = -2
    for n in across:
        if n != last + 1 or not texts or _turn(chars[n]) != _turn(chars[last]):
            texts.append("")
        texts[-1] += chars[n].get_text()
        last = n
    words = dict.fromkeys(text.strip() for text in texts if text.strip())
    return [char for n, char in enumerate(chars) if n not in lost], tuple(words)


def _is_across(char: LTChar, usual: float) -> bool:
    a, b = char.matrix[0], char.matrix[1]
    if min(abs(a), abs(b)) > _SLANT * max(abs(a), abs(b)):
        return True
    return char.size > usual * _HUGE and (_is_pale(char) or paint(char).see_through)


def _is_pale(char: LTChar) -> bool:
    colour = colour_of(paint(char))
    return len(colour) == 6 and min(int(colour[at : at + 2], 16) for at in (0, 2, 4)) >= _PALE


def _turn(char: LTChar) -> tuple[int, int]:
    """Which way it is written, roughly, and how large."""
    return round(char.matrix[0]), round(char.matrix[1])

"""Plain words of official prose: where a heading may be broken, and what names nobody.

`plain_words.txt` holds no surname and no firm's or place's name, so that a text made of its words alone tells of nobody.
"""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

WORDS = Path(__file__).parent / "plain_words.txt"

_PIECE = re.compile(
    r"[（(][^（）()]*[）)]|[!-\u2e7f]+|.", re.S
)  # a bracket with its contents, a Latin run, a character


@cache
def plain_words() -> frozenset[str]:
    """The words that ship with the program."""
    lines = WORDS.read_text(encoding="utf-8").splitlines()
    return frozenset(word for line in lines if not line.startswith("#") for word in line.split())


@cache
def pieces(text: str) -> tuple[str, ...]:
    """A short text cut between words, longest words first; what is no word, and marks, stay with what is before them."""
    cut: list[str] = []
    at = 0
    while at < len(text):
        size = _word_at(text, at)
        if size:
            cut.append(text[at : at + size])
        else:
            match = _PIECE.match(text, at)
            part = match[0] if match else text[at]
            size = len(part)
            if cut and size == 1:
                cut[-1] += part
            else:
                cut.append(part)
        at += size
    return tuple(cut)


def _word_at(text: str, at: int) -> int:
    sizes = range(min(_longest(), len(text) - at), 1, -1)
    return next((size for size in sizes if text[at : at + size] in plain_words()), 0)


@cache
def _longest() -> int:
    return max(map(len, plain_words()))

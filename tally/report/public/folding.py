"""Texts made alike, so that a name is found whatever its white space, width, case and brackets."""

from __future__ import annotations

import unicodedata

_ZERO_WIDTH = "\u200b\u200c\u200d\u2060\ufeff"
_BRACKETS = str.maketrans("〔〕【】[]", "()()()")


def folded(text: str) -> str:
    """`text` without white space, width, case and bracket kinds."""
    return "".join(_folded(c) for c in text if _kept(c))


def folded_with_places(text: str) -> tuple[str, list[int]]:
    """The same, and where in `text` each of its characters stands."""
    return folded(text), [i for i, c in enumerate(text) if _kept(c)]


def narrow(text: str) -> str:
    """`text` with full-width letters and digits as half-width ones, character for character."""
    return "".join(map(_narrow, text))


def _kept(c: str) -> bool:
    return not c.isspace() and c not in _ZERO_WIDTH


def _folded(c: str) -> str:
    upper = _narrow(c).upper()
    return (upper if len(upper) == 1 else c).translate(_BRACKETS)


def _narrow(c: str) -> str:
    same = unicodedata.normalize("NFKC", c)
    return same if len(same) == 1 else c

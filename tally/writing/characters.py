"""Characters that nobody sees, and widths that nobody means."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

# Zero-width, byte-order and direction marks: nobody sees them, every comparison trips over them.
_INVISIBLE = dict.fromkeys(
    [
        0x200B,
        0x200C,
        0x200D,
        0x2060,
        0xFEFF,
        0x00AD,
        0x180E,
        *range(0x200E, 0x2010),
        *range(0x202A, 0x202F),
        *range(0x2066, 0x206A),
    ]
)
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_SPACE = re.compile(r"\s+")


def visible(text: str) -> str:
    """`text` without invisible and control characters."""
    return _CONTROL.sub("", text.translate(_INVISIBLE))


@lru_cache(20_000)
def narrow(text: str) -> str:
    """`text` in compatibility form (full-width to half-width), without any white space or invisible mark."""
    return _SPACE.sub("", unicodedata.normalize("NFKC", visible(text)))

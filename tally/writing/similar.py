"""Whether two texts differ only as a recogniser of pictures errs."""

from __future__ import annotations

from difflib import SequenceMatcher

_EACH = 8  # characters for each of which a slip is allowed


def one_slip(a: str, b: str) -> bool:
    """Whether the texts differ by a character in eight at most, and by none that is a digit or a Latin letter.

    >>> one_slip("江苏样例甲卫生用品有限公司", "江苏样例甲卫土用品有限公司"), one_slip("平面型17.5", "平面型7.5")
    (True, False)
    """
    changes = [c for c in SequenceMatcher(None, a, b, autojunk=False).get_opcodes() if c[0] != "equal"]
    differ = sum(max(i2 - i1, j2 - j1) for _, i1, i2, j1, j2 in changes)
    touched = "".join(a[i1:i2] + b[j1:j2] for _, i1, i2, j1, j2 in changes)
    return differ * _EACH <= max(len(a), len(b), _EACH) and not any(c.isascii() for c in touched)

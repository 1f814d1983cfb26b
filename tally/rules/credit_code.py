"""The unified social credit code (GB 32100-2015): 18 characters, the last a check digit modulo 31."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

import numpy as np

ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_WEIGHTS = np.array([pow(3, i, 31) for i in range(17)])
_ALL_WEIGHTS = [*_WEIGHTS.tolist(), 1]  # with the check digit itself a right code sums to 0 modulo 31
_VALUE = np.full(128, -1)
_VALUE[[ord(c) for c in ALPHABET]] = range(31)
# Letters that the standard leaves out because they are mistaken for digits, and other usual mistakes.
_MISTAKEN = {"O": "0", "I": "1", "Z": "2", "S": "5", "B": "8", "8": "B", "0": "D", "D": "0", "V": "U", "2": "Z"}
_SHAPE = re.compile(r"[\x21-\x7e]{18}")


def right(codes: Sequence[str]) -> list[bool]:
    """For each code whether it has 18 characters of the standard's alphabet and the right check digit."""
    shaped = [i for i, c in enumerate(codes) if _SHAPE.fullmatch(c)]
    answer = [False] * len(codes)
    if shaped:
        letters = np.frombuffer("".join(codes[i] for i in shaped).encode("ascii"), dtype=np.uint8).reshape(-1, 18)
        values = _VALUE[letters]
        good = (values >= 0).all(axis=1) & ((-(values[:, :17] @ _WEIGHTS)) % 31 == values[:, 17])
        for i, ok in zip(shaped, good.tolist(), strict=True):
            answer[i] = ok
    return answer


def check_digit(first17: str) -> str:
    """The check character of the first 17."""
    return ALPHABET[-sum(ALPHABET.index(c) * int(w) for c, w in zip(first17, _WEIGHTS, strict=True)) % 31]


def likely(code: str) -> str:
    """The one right code that a slip of the pen would turn into `code`; "" if there is none or more than one."""
    strange = [i for i, c in enumerate(code) if c not in ALPHABET]
    if len(code) != 18:
        return ""
    if strange:
        mended = "".join(c if c in ALPHABET else _MISTAKEN.get(c, "?") for c in code)
        return mended if right([mended])[0] else ""
    values = [ALPHABET.index(c) for c in code]
    rest = sum(v * w for v, w in zip(values, _ALL_WEIGHTS, strict=True)) % 31
    good = {code[:i] + c + code[i + 1 :] for i, c in _mistaken(code, values, rest)}
    good |= {code[:i] + code[i + 1] + code[i] + code[i + 2 :] for i in _turned(values, rest)}
    return good.pop() if len(good) == 1 else ""


def _mistaken(code: str, values: list[int], rest: int) -> Iterator[tuple[int, str]]:
    """Where another character that looks alike makes the code right; `rest` is its weighted sum modulo 31."""
    for i, c in enumerate(code):
        other = _MISTAKEN.get(c, "")
        if other and other in ALPHABET and (rest + (ALPHABET.index(other) - values[i]) * _ALL_WEIGHTS[i]) % 31 == 0:
            yield i, other


def _turned(values: list[int], rest: int) -> Iterator[int]:
    """Where two neighbours in each other's place make the code right."""
    for i, (a, b) in enumerate(pairwise(values)):
        if a != b and (rest + (b - a) * (_ALL_WEIGHTS[i] - _ALL_WEIGHTS[i + 1])) % 31 == 0:
            yield i

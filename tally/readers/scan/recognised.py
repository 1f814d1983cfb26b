"""Lines of text cut out of a picture -> what they say, each read twice: from its grey levels, and as black on white.

The models come in the wheel of rapidocr (PP-OCR); nothing is fetched.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

import cv2
import numpy as np

_HEIGHT = 48  # pixels of a line as the model takes it
_NARROWEST = 96  # pixels to which short lines are filled up
_BATCH = 8


@dataclass(frozen=True)
class Reading:
    """What a line says by two readings (the same text where they agree), and how sure the less sure one is (0 to 1)."""

    text: str
    other: str
    certainty: float

    @property
    def agrees(self) -> bool:
        return self.text == self.other


@cache
def _model() -> Any:
    from rapidocr import RapidOCR

    return RapidOCR(
        params={"Global.log_level": "error", "Rec.rec_img_shape": [3, _HEIGHT, _NARROWEST], "Rec.rec_batch_num": _BATCH}
    )


def read_twice(lines: Sequence[np.ndarray]) -> list[Reading]:
    """The lines (grey levels, dark on light) read from their levels and from two levels alone."""
    first, second = _read([_padded(x) for x in lines]), _read([_padded(_two_levels(x)) for x in lines])
    return [Reading(a, b, min(p, q)) for (a, p), (b, q) in zip(first, second, strict=True)]


def read_once(lines: Sequence[np.ndarray]) -> list[tuple[str, float]]:
    """(text, how sure) of each."""
    return _read([_padded(x) for x in lines])


def _read(lines: list[np.ndarray]) -> list[tuple[str, float]]:
    if not lines:
        return []
    result = _model().recognize_txt([cv2.cvtColor(x, cv2.COLOR_GRAY2BGR) for x in lines])
    return [("".join(t.split()), float(s)) for t, s in zip(result.txts, result.scores, strict=True)]


def _padded(line: np.ndarray) -> np.ndarray:
    """With paper around it, as the model was taught."""
    edge = max(3, line.shape[0] // 6)
    return cv2.copyMakeBorder(line, edge, edge, edge, edge, cv2.BORDER_CONSTANT, value=255)


def _two_levels(line: np.ndarray) -> np.ndarray:
    larger = cv2.resize(line, None, fx=2, fy=2, interpolation=cv2.INTER_CUBIC)
    _, flat = cv2.threshold(cv2.GaussianBlur(larger, (3, 3), 0), 0, 255, cv2.THRESH_BINARY + cv2.THRESH_OTSU)
    return flat

"""Horizontal bars placed by hand in millimetres: what a county's notebook shows, thousands of times over.

A figure with axes, ticks and a layout engine is drawn in five times the time; here matplotlib's renderer gets nothing but
rectangles and texts, and where they stand is worked out from the lengths of the labels.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from functools import lru_cache
from typing import Any

import numpy as np
from matplotlib.backends.backend_svg import RendererSVG
from matplotlib.colors import to_rgba
from matplotlib.font_manager import FontProperties
from matplotlib.path import Path
from matplotlib.textpath import text_to_path
from matplotlib.transforms import Affine2D

from tally.blocks import Chart, paint

PITCH, THICK = 6.2, 4.2  # mm from bar to bar, and of a bar
EDGE, GAP = 2.0, 1.5  # mm left free around all, and beside a bar
POINTS = 9.0
LONGEST = 20  # characters of a label, which leaves more than half of the sheet to the bars
CAP = 0.76  # em, the height of digits and of what is seen of Chinese characters above the baseline
_PT = 72 / 25.4  # points to the millimetre


def bars(id: str, caption: str, alt: str, rows: Sequence[tuple[str, float, str]]) -> Chart:
    """A chart of `rows` (label, length ≥ 0, text beside the bar), the first on top; SVG only."""
    rows = [(_short(label), length, text) for label, length, text in rows]
    height = 2 * EDGE + PITCH * len(rows)
    begin = EDGE + max(_width(label) for label, _, _ in rows) + GAP
    room = paint.WIDTH - EDGE - begin - GAP - max(_width(text) for _, _, text in rows)
    scale = room / (max(length for _, length, _ in rows) or 1)
    with _Sheet(height) as sheet:
        for i, (label, length, text) in enumerate(rows):
            middle = EDGE + PITCH * (i + 0.5)
            sheet.bar(begin, middle - THICK / 2, length * scale, THICK, paint.DARK)
            sheet.text(begin - GAP - _width(label), middle, label)
            sheet.text(begin + length * scale + GAP, middle, text)
        sheet.bar(begin - 0.15, EDGE, 0.3, height - 2 * EDGE, paint.FAINT)
    return Chart(id, caption, alt, paint.slim(sheet.svg), "", paint.WIDTH)


def _short(label: str) -> str:
    return label if len(label) <= LONGEST else f"{label[: LONGEST - 1]}…"


class _Sheet:
    """matplotlib's SVG renderer, in millimetres from the top left."""

    def __init__(self, height: float):
        self.svg, self._high = "", height * _PT
        self._places: dict[str, list[tuple[float, float]]] = {}

    def __enter__(self) -> _Sheet:
        self._style, self._out = paint.style(), io.StringIO()
        self._style.__enter__()
        self._renderer = RendererSVG(paint.WIDTH * _PT, self._high, self._out, metadata={"Date": None, "Creator": None})
        return self

    def __exit__(self, *error: Any) -> None:
        self._write()
        self._renderer.finalize()
        self._style.__exit__(*error)
        self.svg = self._out.getvalue()

    def bar(self, left: float, top: float, wide: float, high: float, color: str) -> None:
        box = Affine2D().scale(wide * _PT, high * _PT).translate(left * _PT, self._high - (top + high) * _PT)
        ink = self._renderer.new_gc()
        ink.set_linewidth(0)
        self._renderer.draw_path(ink, Path.unit_rectangle(), box, to_rgba(color))

    def text(self, left: float, middle: float, text: str) -> None:
        base = self._high - middle * _PT - CAP * POINTS / 2
        for char in text:
            self._places.setdefault(char, []).append((left * _PT, base))
            left += _glyph(char)[1]

    def _write(self) -> None:
        """Every character once, at all its places."""
        ink, upright = self._renderer.new_gc(), Affine2D()
        ink.set_linewidth(0)
        for char, places in self._places.items():
            self._renderer.draw_markers(ink, _glyph(char)[0], upright, Path(places), upright, to_rgba(paint.INK))


def _width(text: str) -> float:
    """Of a text in the charts' font, in mm."""
    return sum(_glyph(char)[1] for char in text)


@lru_cache(4096)
def _glyph(char: str) -> tuple[Path, float]:
    """The outline of a character in points, and its advance in mm.

    Kept, so that a process that is forked need not open the font: matplotlib forgets its fonts at every fork.
    """
    with paint.style():
        font = FontProperties(size=POINTS)
        wide, _, _ = text_to_path.get_text_width_height_descent(char, font, ismath=False)
        points, codes = text_to_path.get_text_path(font, char)
    outline = np.asarray(points, float).reshape(-1, 2) * POINTS / text_to_path.FONT_SCALE
    return Path(outline, codes or None, readonly=True), wide / _PT

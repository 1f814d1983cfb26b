"""One restrained style for every chart, and its SVG: the same figures give the same bytes.

Dark and light fills differ in lightness and hatch, series in marker and line, so print in black and white
keeps them apart. Chinese comes from the font that ships with the dependencies; the SVG holds its outlines.
"""

from __future__ import annotations

import io
import re
from collections.abc import Sequence
from contextlib import AbstractContextManager
from functools import cache, lru_cache
from typing import Any, cast

import matplotlib
from matplotlib import font_manager
from matplotlib.axes import Axes
from matplotlib.backends.backend_svg import FigureCanvasSVG
from matplotlib.figure import Figure
from noto_cjk_sans_otc import FONT_PATH

from tally.blocks import Chart

DARK, LIGHT, GREY, INK, FAINT = "#1f4e79", "#d5dfea", "#7a7a7a", "#222222", "#bbbbbb"
WIDTH = 150  # mm, the text width of an official page less a little
WHITE = {"facecolor": "white", "edgecolor": "none", "pad": 0.6}  # behind a label that a line may cross
FACE = "Noto Sans CJK SC"
MOST = 40  # bars that a chart still shows readably

# Settings that somebody keeps for charts of his own, or that lie in the folder he stands in, change none of ours.
_AS_SHIPPED = {k: v for k, v in matplotlib.rcParamsDefault.items() if k not in ("backend", "interactive")}
_STYLE = _AS_SHIPPED | {
    "font.family": [FACE],
    "font.size": 8.5,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.edgecolor": FAINT,
    "axes.labelcolor": INK,
    "xtick.color": INK,
    "ytick.color": INK,
    "text.color": INK,
    "hatch.color": "#7f93a8",
    "hatch.linewidth": 0.6,
    "axes.unicode_minus": False,
    "svg.fonttype": "path",
    "svg.hashsalt": "tally",
}


@cache
def _font() -> None:
    """Makes the shipped font known; once a process."""
    font_manager.fontManager.addfont(str(FONT_PATH))


def stand_in() -> None:
    """From now on charts that somebody draws himself show Chinese too: the shipped font helps out where his own has no such character."""
    _font()
    faces = matplotlib.rcParams["font.family"]
    matplotlib.rcParams["font.family"] = [*(f for f in faces if f != FACE), FACE]


def style() -> AbstractContextManager[None]:
    """A context in which charts are drawn; leaves matplotlib's own settings as they were."""
    _font()
    return matplotlib.rc_context(cast(Any, _STYLE))


def sheet(height_mm: float, columns: int = 1, **more: Any) -> tuple[Figure, list[Axes]]:
    """An empty figure of the common width with `columns` axes side by side."""
    figure = Figure(figsize=(WIDTH / 25.4, height_mm / 25.4), layout="constrained")
    axes = figure.subplots(1, columns, squeeze=False, **more)[0]
    return figure, list(axes)


def grid(height_mm: float, rows: int, columns: int) -> tuple[Figure, list[Axes]]:
    """An empty figure of the common width with rows of axes, in reading order."""
    figure = Figure(figsize=(WIDTH / 25.4, height_mm / 25.4), layout="constrained")
    return figure, list(figure.subplots(rows, columns, squeeze=False).flat)


def bars_height(n: int) -> float:
    """Millimetres for n horizontal bars and their axis."""
    return 12 + 5.1 * n


def quiet(axes: Axes) -> None:
    """No axis of numbers where each bar carries its own."""
    axes.xaxis.set_visible(False)
    axes.spines["bottom"].set_visible(False)
    axes.tick_params(axis="y", length=0)


def legend(figure: Figure, handles: Sequence[Any], labels: Sequence[str]) -> None:
    """The legend above the axes, in one line."""
    figure.legend(handles, labels, loc="outside upper left", ncols=len(labels), frameon=False, fontsize=8.5)


def finish(id: str, caption: str, alt: str, figure: Figure) -> Chart:
    """The drawn figure as a block: what needs a bitmap (Word) draws it from the SVG, in a third of the time."""
    svg = io.StringIO()
    FigureCanvasSVG(figure).print_svg(svg, metadata={"Date": None, "Creator": None})
    return Chart(id, caption, alt, slim(svg.getvalue()), width_mm=WIDTH)


def slim(svg: str) -> str:
    """The SVG alone, without prologue, metadata and needless digits."""
    svg = svg[svg.index("<svg") :]
    svg = re.sub(r"<metadata>.*?</metadata>|<!--.*?-->", "", svg, flags=re.S)
    svg = _GLYPH.sub(lambda m: f"{m[1]}{_scaled(m[2])}{m[3]}{GLYPH_STEP * float(m[4]):g}", svg)
    svg = _NUMBERS.sub(lambda m: _shorter(m[0]), svg)
    return re.sub(r">\s+<", "><", svg).strip() + "\n"


GLYPH_STEP = 8  # font units to one step of an outline: 1000 or 2048 to the em are finer than print shows
_GLYPH = re.compile(r'(<path id="[^"]*-[0-9a-f]+" d=")([^"]*)(" transform="scale\()([\d.]+)')
_NUMBERS = re.compile(r'(?<= d=")[^"]+|(?<= points=")[^"]+|(?<= [xy]=")[^"]+|(?<=transform="translate\()[^)]+')
_DECIMAL = re.compile(r"-?(?<!\d)\d++\.\d++")


@lru_cache(8192)
def _scaled(outline: str) -> str:
    """An outline of M, L, Q, C and z in steps of `GLYPH_STEP`, each point told from the one before: half as long."""
    done: list[str] = []
    x = y = 0
    for command, numbers in re.findall(r"([MLQCz])([^MLQCz]*)", outline):
        points = [round(float(n) / GLYPH_STEP) for n in numbers.split()]
        steps = [v - (y if i % 2 else x) for i, v in enumerate(points)]
        done.append("z" if command == "z" else command.lower() + _tight(steps) if done else "M" + _tight(points))
        if points:
            x, y = points[-2:]
        if command == "M":
            start = x, y
        elif command == "z":
            x, y = start
    return "".join(done)


def _tight(numbers: list[int]) -> str:
    """Numbers with a space only where no minus parts them."""
    return re.sub(r" (?=-)", "", " ".join(map(str, numbers)))


@lru_cache(8192)
def _shorter(numbers: str) -> str:
    """Points of a path, or a place, without needless digits."""
    return _DECIMAL.sub(_rounded, " ".join(numbers.split()))


def _rounded(number: re.Match[str]) -> str:
    """One decimal of a point (0.04 mm) is finer than print shows."""
    text = f"{float(number[0]):.1f}".removesuffix(".0")
    return "0" if text == "-0" else text

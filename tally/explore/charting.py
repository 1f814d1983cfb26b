"""A chart of one's own in the report's style, from any table with a column of names and one of numbers."""

from __future__ import annotations

import base64
import io
from dataclasses import replace

import pandas as pd

from tally.blocks import Chart, paint
from tally.errors import UsageError

KINDS = ("bar", "line")
_PRINTED = 220  # dots an inch of the picture that goes into a paper


def chart(frame: pd.DataFrame, x: str, y: str, kind: str = "bar", caption: str = "") -> Chart:
    """`y` over `x` as horizontal bars, or as a line in the table's order; rows without a number are left out."""
    if missing := [c for c in (x, y) if c not in frame.columns]:
        raise UsageError(f"表中没有列：{'、'.join(missing)}", f"可用：{'、'.join(map(str, frame.columns))}")
    if kind not in KINDS:
        raise UsageError(f"没有名为 {kind!r} 的图", f"可用：{'、'.join(KINDS)}")
    numbers = pd.to_numeric(frame[y], errors="coerce")
    rows = [(str(a), float(b)) for a, b in zip(frame[x], numbers, strict=True) if pd.notna(b)]
    if not rows:
        raise UsageError(f"“{y}”列没有可画的数", "请换一列，或先筛选出有数的行")
    shown = rows[: paint.MOST]
    title = (caption or y) + (f"（前{paint.MOST}个）" if len(rows) > paint.MOST else "")
    alt = "；".join(f"{a} {b:g}" for a, b in shown)
    with paint.style():
        figure = (_bars if kind == "bar" else _line)(shown, y)
        block = paint.finish(f"own-{kind}", title, alt, figure)
        picture = io.BytesIO()
        figure.savefig(picture, format="png", dpi=_PRINTED)
    return replace(block, png=base64.b64encode(picture.getvalue()).decode())


def _bars(rows: list[tuple[str, float]], y: str):
    figure, (axes,) = paint.sheet(paint.bars_height(len(rows)))
    axes.barh(range(len(rows)), [b for _, b in rows], color=paint.DARK, height=0.68)
    for i, (_, b) in enumerate(rows):
        axes.annotate(f"{b:g}", (max(b, 0), i), (4, 0), textcoords="offset points", va="center", fontsize=8.5)
    axes.set_yticks(range(len(rows)), [a for a, _ in rows])
    axes.invert_yaxis()
    paint.quiet(axes)
    return figure


def _line(rows: list[tuple[str, float]], y: str):
    figure, (axes,) = paint.sheet(60)
    axes.plot(range(len(rows)), [b for _, b in rows], color=paint.DARK, marker="o")
    for i, (_, b) in enumerate(rows):
        axes.annotate(f"{b:g}", (i, b), (0, 6), textcoords="offset points", ha="center", bbox=paint.WHITE)
    axes.set_xticks(range(len(rows)), [a for a, _ in rows])
    axes.set_ylabel(y)
    return figure

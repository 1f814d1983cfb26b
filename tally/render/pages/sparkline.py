"""A line over the periods, small enough to stand in a table's cell: for the eye alone, the numbers stand beside it."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from markupsafe import Markup

from tally.render.html.page import shown_plain

WIDE, HIGH = 120, 28
_EDGE = 4


def sparkline(values: Sequence[Decimal | None], label: str) -> Markup:
    """An SVG of `values`, oldest first, with a dot at the newest; a period without a value breaks the line.

    The line begins at zero, so that a small change does not look large.
    """
    points = _points(values)
    lines = [Markup('<polyline points="{}"/>').format(" ".join(part)) for part in _unbroken(points)]
    last = next((point for point in reversed(points) if point), None)
    dot = Markup("<circle cx={} cy={} r=3 />").format(*last.split(",")) if last else Markup("")
    return Markup('<svg class=spark viewBox="0 0 {} {}" width={} height={} role=img aria-label="{}">{}{}</svg>').format(
        WIDE, HIGH, WIDE, HIGH, shown_plain(label), Markup("").join(lines), dot
    )


def _points(values: Sequence[Decimal | None]) -> list[str]:
    """ "x,y" of each value, "" where there is none."""
    highest = max((float(v) for v in values if v is not None), default=0.0) or 1.0
    step = (WIDE - 2 * _EDGE) / max(len(values) - 1, 1)
    points = []
    for at, value in enumerate(values):
        high = (HIGH - 2 * _EDGE) * float(value or 0) / highest
        points.append("" if value is None else f"{_EDGE + at * step:.1f},{HIGH - _EDGE - high:.1f}")
    return points


def _unbroken(points: Sequence[str]) -> list[list[str]]:
    parts: list[list[str]] = [[]]
    for point in points:
        if point:
            parts[-1].append(point)
        elif parts[-1]:
            parts.append([])
    return [part for part in parts if len(part) > 1]

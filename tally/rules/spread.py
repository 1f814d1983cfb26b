"""How far a figure lies from what its own past and its peers let expect: robust statistics in plain Python.

Nothing here knows a form; `tally.rules.outliers` brings the figures.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from statistics import median

MAD = 1.4826  # makes a median absolute deviation comparable with a standard deviation
FEW = 5  # fewer peers say nothing of a spread


def deviation(values: Sequence[float], least: float) -> float:
    """The robust spread of `values` (MAD as a standard deviation), at least `least`."""
    if len(values) < FEW:
        return max(least, 0.5)
    middle = median(values)
    return max(least, MAD * median(abs(v - middle) for v in values))


def log_change(now: float, before: float) -> float:
    """The change as a logarithm; a half is added to both, so that small counts and nought stay calm."""
    return math.log((now + 0.5) / (before + 0.5))


def surprise(now: float, before: float, spread: float, months: int) -> float:
    """How many standard deviations `now` lies from `before`, the mean of `months` earlier figures.

    The noise of small counts stands beside the spread that such changes have among the peers.
    """
    noise = spread**2 + 1 / (now + 0.5) + 1 / (months * (before + 0.5))
    return log_change(now, before) / math.sqrt(noise)


def hidiroglou_berthelot(pairs: Sequence[tuple[float, float]], power: float = 0.4, width: float = 8.0) -> list[bool]:
    """For each (now, before), both above 0, whether its change is out of the peers' bounds (Hidiroglou and Berthelot 1986).

    Ratios are centred at their median and weighed by the size of the figure to the `power`; the bounds lie `width` times
    the distance of the quartiles from the median effect. False throughout for fewer than five peers.
    """
    if len(pairs) < FEW:
        return [False] * len(pairs)
    ratios = [now / before for now, before in pairs]
    middle = median(ratios)
    effects = [
        (1 - middle / ratio if ratio < middle else ratio / middle - 1) * max(now, before) ** power
        for ratio, (now, before) in zip(ratios, pairs, strict=True)
    ]
    ordered = sorted(effects)
    centre = median(ordered)
    low, high = _quartile(ordered, 0.25), _quartile(ordered, 0.75)
    floor = abs(0.05 * centre)
    below, above = max(centre - low, floor), max(high - centre, floor)
    return [effect < centre - width * below or effect > centre + width * above for effect in effects]


def _quartile(ordered: Sequence[float], share: float) -> float:
    at = share * (len(ordered) - 1)
    lower = math.floor(at)
    upper = min(lower + 1, len(ordered) - 1)
    return ordered[lower] + (at - lower) * (ordered[upper] - ordered[lower])


def meant(value: float, expected: float, whole: bool) -> tuple[float, str]:
    """The figure that a slip of the pen would have made into `value`, if it fits what is expected; (0, "") if none does."""
    options = [
        (value / 10, "多写了一位"),
        (value / 100, "多写了两位"),
        (value * 10, "少写了一位"),
        (value * 100, "少写了两位"),
    ]
    options += [(other, "两位数字写颠倒") for other in _swapped(value)]
    fitting = [
        (abs(log_change(other, expected)), other, slip) for other, slip in options if not whole or other == int(other)
    ]
    best = min(fitting, default=(math.inf, 0.0, ""))
    return (best[1], best[2]) if best[0] < math.log(1.6) else (0.0, "")


def _swapped(value: float) -> list[float]:
    """The figures with two neighbouring digits changed over."""
    text = f"{value:.4f}".rstrip("0").rstrip(".")
    figures = []
    for at in range(len(text) - 1):
        pair = text[at : at + 2]
        if pair.isdigit() and pair[0] != pair[1]:
            figures.append(float(text[:at] + pair[::-1] + text[at + 2 :]))
    return figures

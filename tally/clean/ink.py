"""What lies in or over a cell and is no text of it: a box, a picture, a control. It may be what the cell should say."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from tally import catalogue
from tally.clean.reading import Reading, unreadable
from tally.model import INK_KINDS, Ink

_QUIET = frozenset(("shape",))  # lines and frames, without a word, over a cell that says something


def ink_by_cell(ink: Iterable[Ink]) -> Mapping[str, list[Ink]]:
    """By A1 address, what belongs to a cell."""
    found: dict[str, list[Ink]] = {}
    for one in ink:
        if one.cell:
            found.setdefault(one.cell, []).append(one)
    return found


def with_ink(reading: Reading, over: Sequence[Ink]) -> Reading:
    """The reading of a cell that `over` lies in or over: an error where the cell itself is blank, else a warning."""
    words = "、".join(_in_words(ink) for ink in over)
    if reading.state == "blank":
        return unreadable("ink/blank", ink=words)
    told = [ink for ink in over if ink.text or ink.kind not in _QUIET]
    if not told:
        return reading
    said = catalogue.remark("cell.ink", ink="、".join(_in_words(ink) for ink in told))
    if reading.remark is None:
        return replace(reading, remark=said)
    if reading.remark.severity == "note":
        return replace(reading, remark=replace(said, message=f"{said.message}；{reading.remark.message}"))
    return replace(reading, remark=replace(reading.remark, message=f"{reading.remark.message}；{said.message}"))


def _in_words(ink: Ink) -> str:
    name = INK_KINDS.get(ink.kind, ink.kind)
    return f"{name}“{ink.text[:60]}”" if ink.text else name

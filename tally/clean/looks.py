"""Cells whose text does not all look alike: what is left out of it, and digits of two looks that are not one number."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from tally import catalogue
from tally.clean.reading import Reading, blank_but, doubtful, unreadable
from tally.model import RawValue, Run

Clean = Callable[[RawValue], Reading]
_LEFT_OUT = {"struck": "带删除线", "deleted": "在修订中已删除", "unseen": "看不见"}
_DIGITS = frozenset("0123456789０１２３４５６７８９.．,，")
_KINDS_OF_WORDS = ("text", "choice", "yesno")


def clean_runs(raw: RawValue, runs: Sequence[Run], kind: str, clean: Clean) -> Reading:
    """What a cell of a column of `kind` means, whose text that counts is `raw`; `clean` reads it."""
    if kind not in _KINDS_OF_WORDS and (seen := _parted(runs)):
        return unreadable("two_looks", seen=seen)
    reading = clean(raw)
    for look, words in _LEFT_OUT.items():
        part = "".join(run.text for run in runs if run.look == look).strip()
        if part:
            reading = _without(reading, part, words)
    return reading


def crossed(reading: Reading, raw: RawValue, lines: int) -> Reading:
    """A cell through which lines run from corner to corner: two take back what it says, one may; nought is nothing anyhow."""
    if lines > 1 or reading.value is None:
        return unreadable("crossed", seen=raw)
    if reading.value == 0:
        return reading
    if reading.remark is None:
        return doubtful(reading.value, "crossed/one", seen=raw)
    beside = catalogue.remark("cell.crossed/one", seen=raw)
    severity = "warning" if reading.remark.severity == "note" else reading.remark.severity
    both = f"{beside.message}；{reading.remark.message}"
    return replace(reading, remark=replace(reading.remark, severity=severity, message=both))


def _without(reading: Reading, part: str, words: str) -> Reading:
    """The reading with a word on the part that was left out; an error on the rest stays one."""
    if reading.value is None and reading.remark is None:
        return blank_but("left_out/blank", part=part, words=words)
    remark = catalogue.remark("cell.left_out", part=part, words=words)
    if reading.remark is None:
        return doubtful(reading.value, "left_out", part=part, words=words)
    if reading.remark.severity == "note":
        return replace(reading, remark=replace(remark, message=f"{remark.message}；{reading.remark.message}"))
    return replace(reading, remark=replace(reading.remark, message=f"{reading.remark.message}；{remark.message}"))


def _parted(runs: Sequence[Run]) -> str:
    """The text with a stroke where the look changes between two digits, "" if it nowhere does."""
    counted = [run for run in runs if run.look not in _LEFT_OUT and run.text]
    text, parted = "", False
    for run in counted:
        between = (
            text[-1:] in _DIGITS and run.text[0] in _DIGITS and text != "" and run.look not in ("raised", "lowered")
        )
        parted |= between
        text += ("｜" if between else "") + run.text
    return text if parted else ""

"""The one mark of a figure that may be wrong: what is meant by it, and how each output draws it.

Which figures bear it is told by `tally.totals.doubted`. HTML, PDF and Word draw `tally.blocks.DOUBT` before what is of
kind "doubt"; a workbook's cell keeps its number and bears the mark in its format.
"""

from __future__ import annotations

import re

from tally.blocks import DOUBT

MEANING = "所依据的填报数有未更正的差错或疑点"
_TEXT = "@"
_CONDITION = re.compile(r"^(?:\[[^\]]*\])*")  # of a section: [=0]


def note(more: str) -> str:
    """▲ 所依据的填报数有未更正的差错或疑点，见正文。"""
    return f"{DOUBT} {MEANING}{more}。"


def marked_format(number: str) -> str:
    """A workbook's number format ("" for a text) that draws the mark before the cell's own value, in every section."""
    return ";".join(_CONDITION.sub(rf'\g<0>"{DOUBT}"', section, count=1) for section in (number or _TEXT).split(";"))

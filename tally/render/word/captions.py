"""Captions whose numbers Word counts itself: 表1 and 图1 are fields, so that a table put in renumbers those after it."""

from __future__ import annotations

import re

from tally.render.word.wordml import field, run

_NUMBERED = re.compile(r"(表|图)(\d+)(?=\s)")


def caption_runs(text: str) -> str:
    """The runs of a caption; one without a number is text alone."""
    match = _NUMBERED.match(text)
    if match is None:
        return run(text)
    sort, number = match.groups()
    return run(sort) + field(f"SEQ {sort} \\* ARABIC", number) + run(text[match.end() :])

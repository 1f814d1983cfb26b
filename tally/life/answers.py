"""What units wrote into the list that they were sent, set beside the findings it answers: proposals until someone agrees.

The returned list names a finding by its form and its words; a finding that says something else by now is not answered.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from tally.declare import Campaign
from tally.errors import UnreadableFile
from tally.locate.imprint import ANSWER
from tally.model import Grid
from tally.readers.apart import read

RULE = "feedback.answered"
_FORM, _MESSAGE = 2, 7  # columns of the list


@dataclass(frozen=True, slots=True)
class Answer:
    """A unit's words on one line of the list, and where they stand."""

    unit: str
    form: str  # the form's number, 工作总结 or ""
    message: str  # what the line asked about
    text: str
    file: str
    cell: str


def answers(raw: Path, findings: pd.DataFrame) -> list[Answer]:
    """Every answer in the period's returned lists, the latest file's last. `raw`: the period's folder of files."""
    notes = findings[findings["rule"] == RULE]
    every = []
    for file, some in notes.groupby("file", sort=False):
        for grid in _lists(raw, str(file), set(some["sheet"])):
            every += _of(grid, str(some["unit"].iloc[0]))
    return every


def _lists(raw: Path, file: str, sheets: set[str]) -> list[Grid]:
    name = file.split("!")[0]
    try:
        documents = read(raw / name, name)
    except (OSError, UnreadableFile):
        return []
    return [g for d in documents if d.file == file for g in d.grids if g.sheet in sheets]


def _of(grid: Grid, unit: str) -> list[Answer]:
    lines, column = [], None
    for r, line in enumerate(grid.rows):
        if ANSWER in line:
            column = line.index(ANSWER)
        elif column is not None and column < len(line) and line[column] and line[_MESSAGE]:
            cell = f"{chr(65 + column)}{r + 1}"
            form, message = str(line[_FORM] or ""), str(line[_MESSAGE])
            lines.append(Answer(unit, form, message, str(line[column]).strip(), grid.file, cell))
    return lines


def answered(campaign: Campaign, findings: pd.DataFrame, given: list[Answer]) -> dict[int, Answer]:
    """Position in `findings` of each error and warning that an answer is about -> the last such answer."""
    numbers = {f.name: f.number for f in campaign.forms} | {"summary": "工作总结"}
    columns = (findings[c].fillna("") for c in ("unit", "form", "severity", "message"))
    by_position = {}
    for at, (unit, form, severity, message) in enumerate(zip(*columns, strict=True)):
        for answer in given:
            same = (answer.unit, answer.form) == (unit, numbers.get(form, ""))
            if severity != "note" and same and answer.message.endswith(message):
                by_position[at] = answer
    return by_position

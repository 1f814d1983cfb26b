"""What units wrote into the list that they were sent, set beside the findings it answers: proposals until someone agrees.

A line of the list bears, in a column that people do not see, which finding it is about: an answer belongs to that place and
rule, whatever the sentence says by now. A list without the column is matched by place and sentence, figures left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from tally.check.explanations import EXPLAINED
from tally.declare import Campaign, Form
from tally.errors import UnreadableFile
from tally.locate.imprint import ANSWER, KEY
from tally.model import Grid
from tally.readers.apart import read
from tally.render.feedback.notices import ALL_ROWS, form_number, key_of, spot_of

RULE = "feedback.answered"
_FORM, _SPOT, _MESSAGE = 2, 3, 7  # columns of the list
_COLUMNS = ("unit", "form", "row", "field", "rule", "severity", "message")
_FIGURE = re.compile(r"\d+(?:[.,]\d+)*")


@dataclass(frozen=True, slots=True)
class Answer:
    """A unit's words on one line of the list, and where they stand."""

    unit: str
    form: str  # the form's number, 工作总结 or ""
    spot: str  # 质量类案件　罚没
    message: str  # what the line asked about
    key: str  # which finding that was, "" in a list that does not bear it
    text: str
    file: str
    cell: str


def answers(raw: Path, findings: pd.DataFrame) -> list[Answer]:
    """Every answer in the period's returned lists, the latest file's last. `raw`: the period's folder of files."""
    notes = findings[findings["rule"] == RULE]
    every: list[Answer] = []
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


def _of(grid: Grid, unit: str) -> Iterator[Answer]:
    column, key = None, None
    for r, line in enumerate(grid.rows):
        if ANSWER in line:
            column, key = line.index(ANSWER), line.index(KEY) if KEY in line else None
        elif column is not None and column < len(line) and line[column] and line[_MESSAGE]:
            cell = f"{chr(65 + column)}{r + 1}"
            form, spot, message, text = (str(line[c] or "").strip() for c in (_FORM, _SPOT, _MESSAGE, column))
            named = str(line[key] or "") if key is not None and key < len(line) else ""
            yield Answer(unit, form, spot, message, named, text, grid.file, cell)


def answered(campaign: Campaign, findings: pd.DataFrame, given: list[Answer]) -> dict[int, Answer]:
    """Position in `findings` of each error and warning that an answer is about -> the last such answer."""
    by_position: dict[int, Answer] = {}
    if not given:
        return by_position
    forms = {f.name: f for f in campaign.forms}
    texts = findings[list(_COLUMNS)].astype(object).fillna("")
    for at, record in enumerate(texts.to_dict("records")):
        if record["severity"] != "note":
            for answer in given:
                if _about(answer, forms.get(record["form"]), record):
                    by_position[at] = answer
    return by_position


def _about(answer: Answer, form: Form | None, record: Mapping[str, str]) -> bool:
    if answer.unit != record["unit"]:
        return False
    if answer.key:
        row = (record["row"], ALL_ROWS)
        return answer.key in [key_of(record["form"], r, record["field"], record["rule"]) for r in row]
    spot = spot_of(form, record["row"], record["field"])
    if (answer.form, answer.spot) != (form_number(form, record["form"]), spot):
        return False
    return _wording(answer.message).endswith(_wording(record["message"]))


def _wording(message: str) -> str:
    """A sentence without the figures in it, which change with what other units send, and without the analyst's words."""
    return _FIGURE.sub("#", message.partition(EXPLAINED)[0])

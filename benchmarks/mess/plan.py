"""How a form is to be drawn, and the truth of its cells before their file and sheet are named."""

from __future__ import annotations

from dataclasses import dataclass, field
from random import Random

from benchmarks.mess.content import Record
from benchmarks.mess.headings import Office
from benchmarks.mess.truth import Level, Writing
from benchmarks.mess.writings import write
from samples.writers.sheet import Ink, Sheet
from tally.declare import Field, Form

ADDED_COLUMN = "added_column"
FILLERS = {"matrix": (0, 3, 17, "2", "12.5", None), "list": ("某丙", "一分局", "是", "合格", "2021-04-02", 7, None)}


@dataclass
class Spot:
    """One truth cell before its file and sheet are named. `row`, `col` are None if the return has no such cell."""

    form: str
    key: str
    field: str
    row: int | None
    col: int | None
    writing: Writing
    scopes: tuple[str, ...] = ()


@dataclass
class Plan:
    """How one form is to be drawn."""

    form: Form
    level: Level
    holds: frozenset[str]
    office: Office
    with_top: bool = True
    with_foot: bool = True
    paragraphs: bool = False  # top and foot stand outside the table (Word, HTML)
    small: str = ""  # the money or mask column that is filled in 元 or 只, as its header says
    unheard: str = ""  # the column whose header is no name the form knows
    traits: set[str] = field(default_factory=set)


def draw_record(
    rng: Random, sheet: Sheet, row: int, left: int, plan: Plan, fields: list[Field], key: str, record: Record
) -> list[Spot]:
    """Write one record from (row, left) on; the truth of its cells. What an added column says is nobody's business."""
    spots = []
    for i, column in enumerate(fields):
        if column.name == ADDED_COLUMN:
            sheet.put(row, left + i, rng.choice(FILLERS[plan.form.layout]))
            continue
        writing = write(rng, column, record[column.name], plan.level, plan.holds)
        scopes: tuple[str, ...] = ("column",) if column.name == plan.unheard else ()
        if column.name == plan.small and record[column.name] is not None:
            writing, scopes = _small(record[column.name]), ("column", "form")
        if writing.ink != Ink():
            sheet.put(row, left + i, writing.ink)
        spots.append(Spot(plan.form.name, key, column.name, row, left + i, writing, scopes))
    return spots


def _small(value) -> Writing:
    """An amount in 元 or 只 where the form asks for 万: converted with a warning, or refused."""
    whole = int(value * 10000)
    return Writing(Ink(whole), value, "flagged" if whole else "read", (value,))

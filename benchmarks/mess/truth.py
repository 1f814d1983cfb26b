"""What is known about a messy return: the truth of each cell, the planted mistakes, the files."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Literal, NamedTuple

from samples.writers.sheet import Ink, Sheet

Value = str | int | Decimal | date | None
Must = Literal["read", "repaired", "flagged", "blank"]
Level = Literal["clean", "messy", "planted"]


@dataclass(frozen=True, slots=True)
class Writing:
    """One way to write a value and what a reader must make of it.

    read: exactly `value`. repaired: exactly `value`, and the repair is listed. blank: null, a word is not asked for.
    flagged: a warning or error at the cell, and the value null or one of `allowed`.
    """

    ink: Ink
    value: Value
    must: Must
    allowed: tuple[Value, ...] = ()
    needs: str = ""  # what the file must be able to hold: native, format, formula, struck, gone


class Place(NamedTuple):
    """The address of a cell. `cell` is A1 style."""

    file: str
    sheet: str
    cell: str


@dataclass(frozen=True, slots=True)
class Known:
    """The truth of one cell a form asks for. `place` is None where the return has no such cell."""

    form: str
    row: str
    field: str
    place: Place | None
    writing: Writing
    scopes: tuple[str, ...] = ()  # wider findings that answer for it: "row", "column", "form"


@dataclass(frozen=True, slots=True)
class Planted:
    """One mistake put in on purpose, or an oddity of the layout that must not pass without a word.

    cell: a finding must stand at one of `places`. row, form: at the record or the form. told: any word on the
    record, the column or the form, a note too.
    """

    kind: str
    form: str
    row: str
    fields: tuple[str, ...]
    places: tuple[Place, ...]
    severity: Literal["error", "warning"] = "error"
    scope: Literal["cell", "row", "form", "told"] = "cell"


@dataclass(frozen=True)
class Book:
    """One file to write: its name below the unit's folder, the kind of its content, its sheets."""

    name: str
    kind: str
    sheets: tuple[Sheet, ...]
    date_1904: bool = False
    damaged: bool = False  # cut off in the middle
    earlier: bool = False  # came in two days before the rest


@dataclass(frozen=True)
class MessyReturn:
    """One unit's files of one period, with the truth. `records[form]` are the row keys that must come out."""

    seed: int
    level: Level
    unit: str
    period: str
    files: tuple[str, ...]
    known: tuple[Known, ...]
    planted: tuple[Planted, ...]
    records: Mapping[str, tuple[str, ...]]
    copies: Mapping[str, str]  # file -> the file it is a copy of
    traits: tuple[str, ...]  # what kinds of mess it shows, for the list of failures

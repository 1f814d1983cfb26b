"""What is known about a messy return: the inks on its sheets, the truth of each cell, the planted mistakes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Literal, NamedTuple

Value = str | int | Decimal | date | None
Raw = str | int | float | bool | date | datetime | None
Must = Literal["read", "repaired", "flagged", "blank"]
Level = Literal["clean", "messy", "planted"]


@dataclass(frozen=True, slots=True)
class Ink:
    """What is written in one cell. `formula` without a stored value has raw None; `gone` is struck text before raw."""

    raw: Raw = None
    number_format: str = ""
    formula: str = ""
    struck: bool = False
    gone: str = ""


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


@dataclass
class Sheet:
    """One sheet being drawn: inks by 0-based (row, column), and what surrounds them."""

    name: str
    inks: dict[tuple[int, int], Ink] = field(default_factory=dict)
    merges: list[tuple[int, int, int, int]] = field(default_factory=list)
    hidden_rows: set[int] = field(default_factory=set)
    hidden_cols: set[int] = field(default_factory=set)
    hidden: bool = False
    before: list[str] = field(default_factory=list)
    after: list[str] = field(default_factory=list)

    def put(self, row: int, col: int, ink: Ink | Raw) -> None:
        self.inks[row, col] = ink if isinstance(ink, Ink) else Ink(ink)

    def merge(self, top: int, left: int, bottom: int, right: int) -> None:
        if (top, left) != (bottom, right):
            self.merges.append((top, left, bottom, right))

    @property
    def size(self) -> tuple[int, int]:
        ends = [*self.inks, *((m[2], m[3]) for m in self.merges)]
        return (max((r for r, _ in ends), default=-1) + 1, max((c for _, c in ends), default=-1) + 1)


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


def a1(row: int, col: int) -> str:
    """The A1 address of 0-based (row, col)."""
    letters = ""
    col += 1
    while col:
        col, rest = divmod(col - 1, 26)
        letters = chr(65 + rest) + letters
    return f"{letters}{row + 1}"

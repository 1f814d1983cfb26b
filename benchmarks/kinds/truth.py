"""What a return of one feature is: its files, and what is true of every cell it asks for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

Value = str | int | float | date | None


class Key(NamedTuple):
    """One cell that a form asks for; `row` is a category of form 4, or the number of a record in a list."""

    form: str
    row: str
    field: str


@dataclass(frozen=True)
class Flag:
    """The cell needs a warning or an error at its address; its value is then nobody's promise."""


@dataclass(frozen=True)
class Either:
    """What is written can be read in more than one way: any of `values` with a word at the cell (a note too), or a flag."""

    values: tuple[Value, ...]


Truth = Value | Flag | Either
FLAG = Flag()


@dataclass(frozen=True)
class Say:
    """A finding that must stand somewhere: on the form, the file or any cell, and with one of `words` in its text."""

    words: tuple[str, ...] = ()
    form: str = ""
    note: bool = False  # whether a note is enough


@dataclass(frozen=True)
class Case:
    """One return: `files` by their path below the period's raw folder, `true` for every cell of the forms sent.

    `records` says how many records each list form has. `wide`: the fault is the whole form's or file's, so that a
    finding there is not vague. `clean`: ordinary, must raise neither warning nor error. `also`: files of other periods.
    """

    kind: str
    name: str
    files: Mapping[str, bytes]
    true: Mapping[Key, Truth]
    records: Mapping[str, int] = field(default_factory=dict)
    say: tuple[Say, ...] = ()
    wide: bool = False
    clean: bool = False
    also: Mapping[str, Mapping[str, bytes]] = field(default_factory=dict)
    summary: bool | None = None  # whether what is sent is a work summary; None: not asked

"""Compare what was read from a messy return with its truth: a verdict for every cell, record and planted mistake.

Silently wrong: the value differs from the truth (or a record is missing or too many) and no warning or error
stands at that cell, or at its row, column, form or file where the fault is of that width.
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from typing import Literal

import pandas as pd

from benchmarks.mess.truth import Known, MessyReturn, Place, Planted, Value
from tally.model import Finding, Return

Outcome = Literal["right", "repaired", "flagged", "timid", "unlisted", "underwarned", "silent"]
SEVERITIES = ("note", "warning", "error")
LOUD = SEVERITIES[1:]


@dataclass(frozen=True, slots=True)
class Verdict:
    """What became of one cell.

    timid: flagged though it could be read. unlisted: right, but a repair that nobody is told of.
    underwarned: right as far as one can guess, but only a note where a person should look.
    """

    outcome: Outcome
    known: Known
    got: object = None
    why: str = ""


@dataclass
class Judgement:
    """All verdicts on one return."""

    messy: MessyReturn
    cells: list[Verdict] = field(default_factory=list)
    extra: list[str] = field(default_factory=list)  # records nobody reported, without a word
    found: list[tuple[Planted, str]] = field(default_factory=list)  # (mistake, severity found, "" if not)
    alarms: list[Finding] = field(default_factory=list)  # errors on a clean return


class Heard:
    """The findings, by the cell, the record and the form they speak of."""

    def __init__(self, findings: Iterable[Finding]):
        self.all = list(findings)
        self.at: dict[Place, list[Finding]] = defaultdict(list)
        self.of: dict[tuple[str, str, str], list[Finding]] = defaultdict(list)
        for f in self.all:
            self.at[Place(f.file, f.sheet, f.cell)].append(f)
            self.of[f.form, f.row, f.field].append(f)

    def cell(self, known: Known, row: str) -> list[Finding]:
        at = self.at[known.place] if known.place else []
        return [*at, *self.of[known.form, row, known.field]]

    def wider(self, known: Known, row: str) -> bool:
        """Whether a loud finding of one of the cell's scopes stands."""
        keys = {
            "row": (known.form, row, ""),
            "column": (known.form, "", known.field),
            "form": (known.form, "", ""),
        }
        return any(loud(self.of[keys[s]]) for s in known.scopes)

    def column_lost(self, known: Known) -> bool:
        """Whether the column is said to be missing, or its header cell above is said to be none of the form's."""
        if loud(self.of[known.form, "", known.field]):
            return True
        file, sheet, cell = known.place or ("", "", "")
        return any(
            (f.file, f.sheet, _letters(f.cell)) == (file, sheet, _letters(cell))
            and not f.row
            and _row_number(f.cell) < _row_number(cell)
            for f in loud(self.all)
        )

    def form_lost(self, known: Known) -> bool:
        """Whether an error says that the whole form, file or sheet could not be used."""
        file = known.place.file if known.place else ""
        return any(
            f.severity == "error" and not f.cell and not f.row and (f.form == known.form or (file and f.file == file))
            for f in self.all
        )

    def grid_row(self, place: Place) -> list[Finding]:
        number = _row_number(place.cell)
        return [f for f in self.all if (f.file, f.sheet) == place[:2] and f.cell and _row_number(f.cell) == number]


def loud(findings: Iterable[Finding]) -> list[Finding]:
    return [f for f in findings if f.severity in LOUD]


def judge(messy: MessyReturn, returns: Mapping[str, Return], findings: Iterable[Finding]) -> Judgement:
    """The verdicts on a reading of `messy`."""
    unique = dict.fromkeys([*findings, *(f for r in returns.values() for f in r.findings)])
    heard = Heard(replace(f, file=messy.copies.get(f.file, f.file)) for f in unique)
    result = Judgement(messy)
    for form, keys in messy.records.items():
        known = [k for k in messy.known if k.form == form]
        _judge_form(result, heard, returns.get(form), form, keys, known)
    result.found = [(p, _found(heard, p)) for p in messy.planted]
    if messy.level == "clean":
        result.alarms = [f for f in heard.all if f.severity == "error"]
    return result


def _judge_form(result: Judgement, heard: Heard, made: Return | None, form: str, keys, known: list[Known]) -> None:
    by_row: dict[str, list[Known]] = defaultdict(list)
    for k in known:
        by_row[k.row].append(k)
    read = _Read(made, result.messy.copies)
    partner = {k: read.find(k, by_row[k]) for k in keys}
    own = {k: _own_place(by_row[k]) for k in keys}
    for key in keys:
        for k in by_row[key]:
            result.cells.append(_verdict(heard, read, k, partner[key], own[key]))
    for row in read.rows - set(partner.values()):
        place = read.place[row]
        if (
            read.filled(row)
            and not loud(heard.grid_row(place))
            and not any(loud(fs) for (f, r, _), fs in heard.of.items() if (f, r) == (form, row))
        ):
            result.extra.append(f"{form} {place}: {read.filled(row)}")


class _Read:
    """One form as it was read, its records found by the grid row they stand in."""

    def __init__(self, made: Return | None, copies: Mapping[str, str]):
        self.rows: set[str] = set()
        self.place: dict[str, Place] = {}
        self.frame = made.frame if made is not None else pd.DataFrame()
        self.state: dict[tuple[str, str], str] = {}
        self.matrix = False
        if made is None:
            return
        self.rows = {str(i) for i in self.frame.index}
        self.frame = self.frame.set_axis(self.frame.index.astype(str))
        for c in made.cells.itertuples():
            self.state[str(c.row), c.field] = c.state
            at = Place(*(t if isinstance(t, str) else "" for t in (copies.get(c.file, c.file), c.sheet, c.cell)))
            row = str(c.row)
            if row not in self.place or _row_number(at.cell) > _row_number(self.place[row].cell):
                self.place[row] = at
        self.by_place = {(p.file, p.sheet, _row_number(p.cell)): r for r, p in self.place.items() if p.cell}

    def find(self, key: str, known: list[Known]) -> str | None:
        """The record that stands where the known one stands; a category is found by its name."""
        if not key.isdigit():
            return key if key in self.rows else None
        last = _own_place(known)
        row = self.by_place.get((last.file, last.sheet, _row_number(last.cell))) if self.rows else None
        return row if row in self.rows else None

    def value(self, row: str, name: str) -> object:
        if name not in self.frame.columns:
            return None
        got = self.frame.at[row, name]
        return None if got is None or got is pd.NaT or (not isinstance(got, (str, date)) and pd.isna(got)) else got

    def filled(self, row: str) -> dict[str, object]:
        if row not in self.rows:
            return {}
        return {c: v for c in self.frame.columns if (v := self.value(row, c)) is not None}


def _letters(cell: str) -> str:
    return cell.rstrip("0123456789")


def _row_number(cell: str) -> int:
    digits = re.sub(r"\D", "", cell)
    return int(digits) if digits else 0


def _own_place(known: list[Known]) -> Place:
    """A cell in the record's own row: the lowest, since what is merged down stands above it."""
    return max((k.place for k in known if k.place), key=lambda p: _row_number(p.cell))


def _verdict(heard: Heard, read: _Read, known: Known, row: str | None, own: Place) -> Verdict:
    if row is None:
        return _lost(heard, known, own)
    got, w = read.value(row, known.field), known.writing
    said = heard.cell(known, row)
    lost = got is None and (heard.column_lost(known) or heard.form_lost(known))
    warned = bool(loud(said)) or heard.wider(known, row) or lost
    if w.must == "flagged":
        if warned:
            return Verdict("flagged", known, got)
        told = bool(said) and (got is None or any(same(got, v) for v in w.allowed))
        return Verdict("underwarned" if told else "silent", known, got, "no word at the cell")
    warned = warned or any(f.severity == "error" for f in heard.of[known.form, "", known.field])
    if got is None:
        if w.value is None:
            return Verdict("right", known)
        return Verdict("timid" if warned else "silent", known, got, "not read")
    if same(got, w.value) or any(same(got, v) for v in w.allowed):
        listed = bool(said) or read.state.get((row, known.field)) == "repaired"
        if w.must == "repaired" and not str_equal(got, w):
            return Verdict("repaired" if listed else "unlisted", known, got)
        return Verdict("right", known, got)
    return Verdict("timid" if warned else "silent", known, got, "another value")


def _lost(heard: Heard, known: Known, own: Place) -> Verdict:
    """The verdict on a cell whose record was not read at all."""
    if known.writing.value is None and known.writing.must == "blank":
        return Verdict("right", known)
    said = loud(heard.grid_row(own)) or loud(heard.of[known.form, known.row, ""]) or heard.form_lost(known)
    return Verdict("timid" if said or heard.wider(known, known.row) else "silent", known, None, "record not read")


def str_equal(got: object, writing) -> bool:
    """Whether the written text is the value itself, so that nothing was repaired."""
    return isinstance(got, str) and got == writing.ink.raw


def same(got: object, value: Value) -> bool:
    """Whether a typed value is the true one; text is compared without blanks and width of signs."""
    if value is None or got is None:
        return got is None and value is None
    if isinstance(value, Decimal) or (isinstance(value, int) and not isinstance(got, str)):
        return not isinstance(got, (str, date)) and abs(float(got) - float(value)) <= 1e-9 * max(1.0, abs(float(value)))
    if isinstance(value, int):
        return "".join(c for c in unicodedata.normalize("NFKC", got) if c.isdigit()) == str(value)
    if isinstance(value, date):
        return getattr(got, "isoformat", lambda: "")()[:10] == value.isoformat()
    return _bare(str(got)) == _bare(value)


def _bare(text: str) -> str:
    plain = unicodedata.normalize("NFKC", text)
    return "".join(c for c in plain if not c.isspace() and unicodedata.category(c) != "Cf" and c != "-").upper()


def _found(heard: Heard, planted: Planted) -> str:
    """The severity of the finding that names the planted mistake, "" if none does."""
    if planted.scope == "cell":
        said = [f for p in planted.places for f in loud(heard.at[p])]
    elif planted.scope == "row":
        said = [f for f in loud(heard.all) if (f.form, f.row) == (planted.form, planted.row)]
    elif planted.scope == "form":
        said = [f for f in loud(heard.all) if planted.form in (f.form, "") and not f.row and not f.field]
    else:
        said = [f for f in heard.all if f.form in (planted.form, "") and not (f.row and f.field)]
    return max((f.severity for f in said), key=SEVERITIES.index, default="")

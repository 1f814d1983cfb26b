"""What became of a return: a verdict for each cell that its forms ask for, and one for the whole of it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Literal

import pandas as pd

from benchmarks.kinds.truth import Case, Either, Flag, Key, Say, Truth
from tally.store.tables import PeriodTables

Outcome = Literal["right", "noted", "flagged", "vague", "silent", "false alarm"]
WORST_FIRST: tuple[Outcome, ...] = ("silent", "vague", "false alarm", "flagged", "noted", "right")
LOUD = ("warning", "error")
UNIT = "320902"
_CELL = re.compile(r"[A-Z]{1,3}[0-9]+")


@dataclass(frozen=True)
class Verdict:
    """One cell's outcome, or the whole return's (no key): what was true, what was made of it."""

    outcome: Outcome
    key: Key | None
    true: object
    got: object = None
    why: str = ""

    def line(self) -> str:
        place = ".".join(self.key) if self.key else "(return)"
        return f"{self.outcome}: {place} true {self.true!r} got {self.got!r} {self.why}".rstrip()


class Reading:
    """The contract's tables of one period, asked by cell."""

    def __init__(self, case: Case, tables: PeriodTables, summary: str):
        self.case, self.tables, self.summary = case, tables, summary
        f = tables.findings.fillna("")
        sent = {key.form for key in case.true} | set(case.records)
        absent = (f["rule"] == "returns.missing") & ~f["form"].isin(sent)
        self.findings = f[f["unit"].isin((UNIT, "")) & ~absent & (f["rule"] != "intake.unregistered")]
        self.loud = self.findings[self.findings["severity"].isin(LOUD)]
        cells = tables.cells.fillna("")
        self.cells = cells[cells["unit"] == UNIT]

    def value(self, key: Key) -> object:
        """The value in the form's table; None where it is null or there is no such record."""
        frame = self.tables.forms[key.form]
        name = "category" if "category" in frame else "row"
        row = key.row if name == "category" else int(key.row)
        hit = frame[(frame["unit"] == UNIT) & (frame[name] == row)]
        value = hit.iloc[0][key.field] if len(hit) and key.field in hit else None
        return None if pd.isna(value) else value

    def records(self, form: str) -> int:
        frame = self.tables.forms[form]
        return int((frame["unit"] == UNIT).sum())

    def address(self, key: Key) -> str:
        c = self.cells
        hit = c[(c["form"] == key.form) & (c["row"] == key.row) & (c["field"] == key.field)]
        return str(hit.iloc[0]["cell"]) if len(hit) else ""

    def repaired(self, key: Key) -> bool:
        c = self.cells
        hit = c[(c["form"] == key.form) & (c["row"] == key.row) & (c["field"] == key.field)]
        return bool(len(hit)) and hit.iloc[0]["state"] not in ("read", "blank")

    def at(self, key: Key, findings: pd.DataFrame) -> bool:
        """Whether one of `findings` is of this cell: by its name, by its address, or by its own row or column."""
        f, address = findings, self.address(key)
        of_form = f["form"].isin((key.form, ""))
        named = (f["form"] == key.form) & f["row"].isin((key.row, "")) & f["field"].isin((key.field, ""))
        named &= (f["row"] != "") | (f["field"] != "")
        places = f["cell"].map(lambda text: bool(address) and address in _CELL.findall(text)).astype(bool)
        column = f["cell"].map(lambda text: _letters(address) in {_letters(c) for c in _CELL.findall(text)})
        return bool((named | (of_form & places) | (of_form & (f["row"] == "") & column.astype(bool))).any())

    def around(self, key: Key) -> bool:
        """Whether anything loud is said of the form or of no form in particular."""
        return bool(self.loud["form"].isin((key.form, "")).any())


def judge(case: Case, tables: PeriodTables, summary: str = "") -> list[Verdict]:
    """The verdict on each cell, then those on the return as a whole."""
    reading = Reading(case, tables, summary)
    cells = [_cell(reading, key, true) for key, true in case.true.items()]
    return [*cells, *_records(reading), *_said(reading), *_alarms(reading), *_summary(reading)]


def worst(verdicts: list[Verdict]) -> Outcome:
    return min((v.outcome for v in verdicts), key=WORST_FIRST.index, default="right")


def _cell(reading: Reading, key: Key, true: Truth) -> Verdict:
    got = reading.value(key)
    spoken = reading.at(key, reading.loud)
    noted = spoken or reading.repaired(key) or reading.at(key, reading.findings)
    if isinstance(true, Flag):
        return Verdict("flagged", key, true, got) if spoken else _missed(reading, key, true, got)
    values = true.values if isinstance(true, Either) else (true,)
    if any(same(got, value) for value in values):
        if isinstance(true, Either) and not noted:
            return _missed(reading, key, true, got)
        return Verdict("noted" if noted else "right", key, true, got)
    return Verdict("flagged", key, true, got) if spoken else _missed(reading, key, true, got)


def _missed(reading: Reading, key: Key, true: Truth, got: object) -> Verdict:
    if reading.around(key):
        return Verdict("flagged" if reading.case.wide else "vague", key, true, got, "said of the form only")
    return Verdict("silent", key, true, got, "no word")


def _records(reading: Reading) -> Iterator[Verdict]:
    for form, count in reading.case.records.items():
        number = reading.records(form)
        if number != count:
            spoken = bool((reading.loud["form"].isin((form, ""))).any())
            yield Verdict("flagged" if spoken else "silent", None, f"{form}: {count} records", number)


def _said(reading: Reading) -> Iterator[Verdict]:
    for wanted in reading.case.say:
        f = reading.findings if wanted.note else reading.loud
        hit = f if not wanted.form else f[f["form"].isin((wanted.form, ""))]
        if not len(hit):
            yield Verdict("silent", None, wanted, None, "nothing said")
        elif wanted.words and not _worded(hit, wanted):
            yield Verdict("vague", None, wanted, " | ".join(hit["message"]), "not in these words")
        else:
            yield Verdict("flagged", None, wanted, " | ".join(hit["message"]))


def _worded(findings: pd.DataFrame, wanted: Say) -> bool:
    text = findings["message"] + findings["found"] + findings["expected"] + findings["file"] + findings["sheet"]
    return bool(text.map(lambda t: any(word in t for word in wanted.words)).any())


def _alarms(reading: Reading) -> Iterator[Verdict]:
    if reading.case.clean:
        for f in reading.loud.itertuples():
            yield Verdict("false alarm", None, "no warning", f"{f.severity} {f.rule} {f.cell} {f.message}")


def _summary(reading: Reading) -> Iterator[Verdict]:
    asked = reading.case.summary
    if asked is not None and bool(reading.summary) != asked:
        yield Verdict("silent" if not asked else "flagged", None, f"a summary: {asked}", reading.summary[:40])


def same(got: object, true: object) -> bool:
    """Whether a value of the table is the true one."""
    if true is None or got is None:
        return got is None and true is None
    if isinstance(true, date):
        return str(got)[:10] == true.isoformat()
    if isinstance(true, (int, float)):
        return not isinstance(got, str) and abs(float(str(got)) - true) < 1e-9
    return "".join(str(got).split()) == "".join(str(true).split())


def _letters(cell: str) -> str:
    return cell.rstrip("0123456789")


def built(case: Case, folder: Path) -> Path:
    """The files of a case written below `folder`, as they lie in a period's raw folder."""
    for name, content in case.files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    return folder

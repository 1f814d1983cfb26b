"""Where a figure's cells stand, what they say and what was found there; which units a figure leaves out, and why."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

import pandas as pd

from tally.catalogue import place_in_words
from tally.declare import Form
from tally.model import CellState, PeriodTables, Place, Severity
from tally.totals import TO_DATE, Figure, History, Totals


@dataclass(frozen=True, slots=True)
class CellFinding:
    severity: Severity
    rule: str
    message: str
    suggestion: str


@dataclass(frozen=True, slots=True)
class TracedCell:
    """One cell: `raw` as written, `value` as taken, `state` how it came to that."""

    period: str
    file: str  # below the period's raw folder
    sheet: str
    cell: str
    raw: str
    value: str
    state: CellState
    sha256: str
    findings: tuple[CellFinding, ...] = ()

    @property
    def place(self) -> str:
        """Where it stands, below the campaign's folder of raw files."""
        return place_in_words(f"{self.period}/{self.file}", self.sheet, self.cell)

    @property
    def quiet(self) -> bool:
        """Taken as it stands, and nothing was found there."""
        return self.state == "read" and not self.findings


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A unit that a figure does not count, and why."""

    unit: str
    name: str
    why: str


class Index:
    """The cells, findings and hashes of all periods of a history, by address."""

    def __init__(self, history: History):
        self._periods = {t.period: _Period(t) for t in history.periods}

    def cells(self, period: str, places: Iterable[Place]) -> tuple[TracedCell, ...]:
        """The cells at `places`; a place that is a range (D5:D9) gives each of its cells."""
        return tuple(c for place in places for c in self._periods[period].at(place))

    def sha256(self, period: str, file: str) -> str:
        """The hash of a file (or of the archive it is in) when it was read, "" if unknown."""
        return self._periods[period].hashes.get(file.split("!")[0], "")


class _Period:
    def __init__(self, tables: PeriodTables):
        self.tables = tables

    @cached_property
    def hashes(self) -> dict[str, str]:
        returns = self.tables.returns.dropna(subset=["file", "sha256"])
        pairs = zip(returns["file"], returns["sha256"], strict=True)
        return {f: h for files, hashes in pairs for f, h in zip(files.split("\n"), hashes.split("\n"), strict=True)}

    @cached_property
    def written(self) -> dict[tuple[str, str, str], tuple[str, str, CellState]]:
        """(file, sheet, cell) -> raw, value, state."""
        t = _texts(self.tables.cells[self.tables.cells["cell"].notna()])
        keys = zip(t["file"], t["sheet"], t["cell"], strict=True)
        return dict(zip(keys, zip(t["raw"], t["value"], t["state"], strict=True), strict=True))

    @cached_property
    def findings(self) -> dict[tuple[str, str, str], list[CellFinding]]:
        t = _texts(self.tables.findings[self.tables.findings["cell"].notna()])
        known: dict[tuple[str, str, str], list[CellFinding]] = {}
        for r in t.itertuples():
            finding = CellFinding(r.severity, r.rule, r.message, r.suggestion)
            known.setdefault((r.file, r.sheet, r.cell), []).append(finding)
        return known

    def at(self, place: Place) -> Iterable[TracedCell]:
        for cell in _addresses(place.cell):
            key = (place.file, place.sheet, cell)
            raw, value, state = self.written.get(key, (place.raw, "", "read"))
            sha256 = self.hashes.get(place.file.split("!")[0], "")
            findings = tuple(self.findings.get(key, ()))
            yield TracedCell(self.tables.period, *key, raw, value, state, sha256, findings)


def _texts(frame: pd.DataFrame) -> pd.DataFrame:
    return frame.astype(object).where(frame.notna(), "")


def _addresses(cell: str) -> list[str]:
    first, _, last = cell.partition(":")
    if not last:
        return [first]
    column = first.rstrip("0123456789")
    return [f"{column}{row}" for row in range(int(first[len(column) :]), int(last[len(column) :]) + 1)]


def left_out(worked_out: Totals, figure: Figure) -> tuple[LeftOut, ...]:
    """The units that a city figure of a form does not count; () for a unit's own figure and for counts of units."""
    history = worked_out.history
    form = _form(history, figure.ref)
    if form is None or "@" in figure.ref or any("@" not in p.ref for p in figure.parts):
        return ()
    counted = {p.ref.rpartition("@")[2] for p in figure.parts}
    missing = [code for code in history.units if code not in counted]
    return tuple(LeftOut(code, history.units[code], _why(history, form, figure.ref, code)) for code in missing)


def _form(history: History, ref: str) -> Form | None:
    name = {"coverage": "enterprises"}.get(ref.split(".")[0], ref.split(".")[0])
    return next((f for f in history.campaign.forms if f.name == name), None)


def _why(history: History, form: Form, ref: str, code: str) -> str:
    to_date = TO_DATE in ref
    tables = history.latest(form.name, code) if to_date else history.now
    if tables is None or code not in history.reported(tables, form.name):
        when = "各期都没有" if to_date else "本期没有"
        return f"{when}报送《{form.title}》{_not_counted(history.now, form, code)}"
    if form.layout == "list":
        return "没有可计入的记录"
    row, measure = ref.removesuffix(TO_DATE).split(".")[1:3]
    cells = tables.cells
    hit = cells[
        (cells["unit"] == code) & (cells["form"] == form.name) & (cells["row"] == row) & (cells["field"] == measure)
    ]
    cell = _texts(hit).to_dict("records")[0] if len(hit) else None
    if cell is None or not cell["cell"]:
        return "报表中没有这一格"
    place = place_in_words(cell["file"], cell["sheet"], cell["cell"])
    reason = f"原文“{cell['raw']}”无法读取" if cell["state"] == "unreadable" else "该格空白"
    return f"{reason}（{place}）"


def _not_counted(tables: PeriodTables, form: Form, code: str) -> str:
    """What the unit did send this period and why it was not taken, "" if there is nothing of the kind."""
    f = _texts(tables.findings)
    mine = f[(f["unit"] == code) & (f["severity"] == "error") & f["form"].isin(["", form.name]) & (f["file"] != "")]
    kinds = mine["rule"].str.startswith(("file.", "intake.", "form.", "returns."))
    return "".join(
        f"；{file}：{message}" for file, message in zip(mine[kinds]["file"], mine[kinds]["message"], strict=True)
    )

"""What stands behind one cell of a figure: the value taken from it, how it came to that, and what is in doubt there."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import pandas as pd

from tally.check.corrections import APPLIED
from tally.model import PeriodTables, Place
from tally.totals import History
from tally.totals.doubted import doubted

Address = tuple[str, str, str]  # file, sheet, cell
_STATES = {
    "repaired": "整理后读取",
    "corrected": "已按更正记录更正",
    "blank": "空白",
    "unreadable": "无法读取，未计入",
}
_COLUMNS = ("unit", "form", "row", "field", "file", "sheet", "cell", "value", "state")


@dataclass(frozen=True, slots=True)
class Origin:
    """`value` as taken ("" for none); `words` say what a reader must know beside it, doubts first."""

    value: str
    words: tuple[str, ...] = ()


UNKNOWN = Origin("")


class Origins:
    """The cells of all periods of a history, by period and address; each period is read when it is first asked for."""

    def __init__(self, history: History):
        self._history = history
        self._tables = {t.period: t for t in history.periods}
        self._known: dict[str, Mapping[Address, Origin]] = {}

    def at(self, period: str, place: Place) -> Origin:
        """What is known of a place; of a range (D5:D9) only what is in doubt in its cells. "" is the report's period."""
        name = period or self._history.now.period
        if name not in self._known:
            self._known[name] = _origins(self._history, self._tables[name])
        known = self._known[name]
        first, colon, last = place.cell.partition(":")
        if not colon:
            return known.get((place.file, place.sheet, place.cell), UNKNOWN)
        words: list[str] = []
        for cell in _between(first, last):
            words += known.get((place.file, place.sheet, cell), UNKNOWN).words
        return Origin("", tuple(dict.fromkeys(words)))


def _between(first: str, last: str) -> Sequence[str]:
    column = first.rstrip("0123456789")
    size = len(column)
    return [f"{column}{row}" for row in range(int(first[size:]), int(last[size:]) + 1)]


def _origins(history: History, tables: PeriodTables) -> dict[Address, Origin]:
    doubts, told = doubted(history.campaign, tables.findings), _corrections(tables.findings)
    frame = tables.cells[tables.cells["cell"].notna()]
    columns = [frame[name].astype(object).where(frame[name].notna(), "").tolist() for name in _COLUMNS]
    origins = {}
    for unit, form, row, field, file, sheet, cell, value, state in zip(*columns, strict=True):
        words = [f"存疑：{text}" for text in doubts.get((str(unit), form, str(row), field), ())]
        if state in _STATES:
            words.append(told.get((str(unit), form, str(row), field), _STATES[state]))
        origins[str(file), str(sheet), str(cell)] = Origin(_plain(value), tuple(words))
    return origins


def _corrections(findings: pd.DataFrame) -> dict[tuple[str, str, str, str], str]:
    """Unit, form, row and field of each corrected cell -> what it said, what it says, why, who and when."""
    applied = findings[findings["rule"] == APPLIED].fillna("")
    places = zip(*(applied[name] for name in ("unit", "form", "row", "field")), strict=True)
    return dict(zip(places, applied["message"], strict=True))


def _plain(value: object) -> str:
    return "" if pd.isna(value) else str(value)

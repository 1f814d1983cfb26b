"""One unit's part of a period's tables, and the figures that its page can open."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

import pandas as pd

from tally.blocks import Head
from tally.catalogue.words import CELL_STATES
from tally.declare import Campaign, Field, Form
from tally.model import PeriodTables
from tally.report import marks
from tally.totals.doubted import doubted

NO_FORM = {"summary": "工作总结"}  # what comes beside the forms
HOW = f"带虚线的数字可以点开，查看原文、读取情况和所在的文件、工作表、单元格。{marks.note('，与报告所标一致')}"
_QUIET = ("read", "blank")  # states that the value itself shows
Kind = Literal["", "bad", "muted", "doubt"]


@dataclass
class UnitView:
    """`cells` by form, row and field; `doubts`: what is said of those in doubt; `warnings`: of those with a 疑点."""

    campaign: Campaign
    code: str
    tables: PeriodTables
    figures: dict[str, Any] = field(default_factory=dict)

    def __post_init__(self) -> None:
        cells = self.of(self.tables.cells).fillna("").to_dict("records")
        self.cells = {(c["form"], c["row"], c["field"]): c for c in cells}
        self.findings = self.of(self.tables.findings).fillna("").astype(str).to_dict("records")
        doubts = doubted(self.campaign, self.of(self.tables.findings))
        self.doubts = {cell[1:]: words for cell, words in doubts.items()}
        self.warnings: dict[tuple[str, str, str], list[str]] = {}
        for f in self.findings:
            if f["severity"] == "warning":
                self.warnings.setdefault((f["form"], f["row"], f["field"]), []).append(f["message"])

    def of(self, frame: pd.DataFrame) -> pd.DataFrame:
        return frame[frame["unit"].astype(str) == self.code]

    def form_of(self, name: str) -> Form | None:
        return next((form for form in self.campaign.forms if form.name == name), None)

    def words(self, form: str, row: str, name: str) -> list[str]:
        """What a reader must know beside a cell's value: doubts, then how it came to its value."""
        key = (form, row, name)
        words = [f"存疑：{text}" for text in self.doubts.get(key, ())]
        known = "\n".join(words)
        words += [f"疑点：{text}" for text in self.warnings.get(key, ()) if text not in known]
        state = self.cells[key]["state"]
        return words if state in _QUIET else [*words, CELL_STATES.get(state, state)]

    def shown(self, form: Form, row: str, name: Field, value: Any) -> tuple[str, Kind]:
        """What a cell shows, and how: what is in doubt stands out, what is empty says so."""
        bad = (form.name, row, name.name) in self.doubts
        if text := as_text(value, name):
            return text, "doubt" if bad else ""
        state = self.cells.get((form.name, row, name.name), {}).get("state", "blank")
        return ("（无法读取）", "bad") if state == "unreadable" else ("（空）", "doubt" if bad else "muted")


def figure(label: str, value: str, parts: Sequence[dict[str, Any]]) -> dict[str, Any]:
    return {"label": label, "value": value, "rule": "取自该单位报送的文件，未作增减。", "parts": list(parts)}


def cell_part(view: UnitView, form: Form, row: str, name: Field, text: str) -> dict[str, Any]:
    """The part of a figure that is one cell: no summand, but where the value was read and what must be known of it."""
    cell = view.cells[form.name, row, name.name]
    state = CELL_STATES.get(cell["state"], cell["state"])
    taken = {"value": text, "words": view.words(form.name, row, name.name)}
    address = {key: cell[key] for key in ("file", "sheet", "cell", "raw")}
    return {"label": f"{name.label}（{state}）", "value": "", "cells": [address | taken]}


def as_text(value: Any, name: Field | None = None) -> str:
    if value is None or pd.isna(value):
        return ""
    if name and name.numeric:
        return f"{value:,}" if not float(value).is_integer() else f"{int(value):,}"
    return str(value)


def label_of(name: Field) -> str:
    return f"{name.label}（{name.unit}）" if name.unit else name.label


def heads(*texts: str) -> tuple[tuple[Head, ...], ...]:
    return (tuple(Head(text) for text in texts),)

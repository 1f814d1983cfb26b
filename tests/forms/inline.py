"""Returns written inline: a small text table in, a `Return` with addresses out.

The first line names the fields, each further line is a record; columns are separated by `|`. An empty cell is blank,
`?` is unreadable; what is written is both the value and the raw text, save for `raw→value`. Cells
stand at B2 onwards: the first field in column B, the first record in row 2.
"""

from __future__ import annotations

from datetime import date

import pandas as pd
from openpyxl.utils import get_column_letter

from tally.campaigns.masks_2021 import CAMPAIGN
from tally.declare import Campaign, Form, Unit
from tally.model import Finding, PeriodTables, Return
from tally.store.tables import CELL_COLUMNS, FINDING_COLUMNS, RETURN_COLUMNS

DTYPES = {"count": "Int64", "seq": "Int64", "quantity": "Float64", "date": object}
FILE = "甲区/统计表.xlsx"


def matrix(text: str, form: str = "cases", unit: str = "320902", **kw) -> Return:
    """A matrix form's return: the first column is the category."""
    return _return(CAMPAIGN.form(form), text, unit, **kw)


def records(form: str, text: str, unit: str = "320902", **kw) -> Return:
    """A list form's return; records are numbered from 1."""
    return _return(CAMPAIGN.form(form), text, unit, **kw)


def _return(form: Form, text: str, unit: str, state: str = "on time", file: str = FILE, **kw) -> Return:
    head, *lines = [[c.strip() for c in line.split("|")] for line in text.strip().splitlines()]
    keyed = form.layout == "matrix"
    keys = [line[0] for line in lines] if keyed else [str(i) for i in range(1, len(lines) + 1)]
    names = head[1:] if keyed else head
    given = {
        (k, n): v
        for k, line in zip(keys, lines, strict=True)
        for n, v in zip(names, line[1:] if keyed else line, strict=True)
    }
    cells, columns = [], {f.name: [] for f in form.fields}
    for i, k in enumerate(keys):
        for j, f in enumerate(form.fields):
            written = given.get((k, f.name), "")
            raw, arrow, meant = written.partition("→")
            value = typed(f.kind, meant if arrow or raw == "?" else raw)
            state_of = "unreadable" if raw == "?" else "blank" if value is None else "read"
            columns[f.name].append(value)
            cell = f"{get_column_letter(j + 2)}{i + 2}"
            cells.append(
                (unit, form.name, k, f.name, raw, "" if value is None else str(value), state_of, file, "表", cell)
            )
    frame = pd.DataFrame(
        {f.name: pd.array(columns[f.name], dtype=DTYPES.get(f.kind, "string")) for f in form.fields}, index=keys
    )
    return Return(unit, form.name, state, frame, pd.DataFrame(cells, columns=list(CELL_COLUMNS)), **kw)


def typed(kind: str, text: str):
    if not text:
        return None
    if kind in ("count", "seq"):
        return int(text)
    if kind == "quantity":
        return float(text)
    return date.fromisoformat(text) if kind == "date" else text


def tables(*returns: Return, campaign: Campaign = CAMPAIGN, period: str = "2021-05") -> PeriodTables:
    """All units' tables of a period, as `tally.store.tables` gives them back."""
    forms = {f.name: _stacked(f, [r for r in returns if r.form == f.name]) for f in campaign.forms}
    cells = pd.concat([r.cells for r in returns], ignore_index=True) if returns else pd.DataFrame(columns=CELL_COLUMNS)
    rows = [(r.unit, r.form, FILE, "0" * 64, date(2021, 5, 31), date(2021, 6, 5), r.state) for r in returns]
    return PeriodTables(
        period,
        forms,
        cells,
        pd.DataFrame(columns=list(FINDING_COLUMNS)),
        pd.DataFrame(rows, columns=list(RETURN_COLUMNS)),
    )


def _stacked(form: Form, returns: list[Return]) -> pd.DataFrame:
    key = "category" if form.layout == "matrix" else "row"
    if not returns:
        return pd.DataFrame(columns=["unit", key, *(f.name for f in form.fields)])
    frames = []
    for r in returns:
        frame = r.frame.rename_axis(key).reset_index()
        if key == "row":
            frame[key] = frame[key].astype("Int64")
        frame.insert(0, "unit", r.unit)
        frames.append(frame)
    return pd.concat(frames, ignore_index=True)


def unit(code: str = "320902") -> Unit:
    return CAMPAIGN.unit(code)


def said(findings: list[Finding], severities=("error", "warning", "note")) -> list[tuple[str, str, str, str]]:
    """What a test compares: rule, row, cell and severity of each finding, in order of rule and place."""
    return sorted((f.rule, f.row, f.cell, f.severity) for f in findings if f.severity in severities)

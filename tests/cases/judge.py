"""Whether what was made of a case is what its truth says: every shortfall as a line of text, none if all is right."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from numbers import Number

import pandas as pd

from tally.campaigns.masks_2021 import CAMPAIGN
from tally.store.tables import PeriodTables
from tally.totals.doubted import doubted
from tests.cases.truth import Case

_CELL = re.compile(r"[A-Z]{1,3}[0-9]+")


@dataclass(frozen=True)
class Outcome:
    """The contract's tables of the one period that was read, and the unit's summary as text ("" if none)."""

    tables: PeriodTables
    summary: str = ""

    def findings(self, unit: str, *severities: str) -> pd.DataFrame:
        f = self.tables.findings.fillna("")
        return f[f["unit"].isin((unit, "")) & f["severity"].isin(severities or ("error", "warning"))]


def shortfalls(case: Case, outcome: Outcome) -> list[str]:
    """What is not as it should be, a line each."""
    if case.accepts == "refused" and _refused(case, outcome):
        return []
    lines = [*_cells(case, outcome), *_records(case, outcome), *_said(case, outcome)]
    if case.truth.get("summary") is False and outcome.summary:
        lines.append(f"taken for a summary: {outcome.summary[:40]}")
    return lines


def _refused(case: Case, outcome: Outcome) -> bool:
    errors = outcome.findings(case.truth["unit"], "error")
    return bool(errors["rule"].str.startswith("intake.").any())


def _cells(case: Case, outcome: Outcome) -> Iterator[str]:
    for cell in case.truth.get("cells", ()):
        place = f"{cell['form']}.{cell['row']}.{cell['field']}"
        spoken = _at(case, outcome, cell)
        if cell.get("finding") and not spoken:
            yield f"{place}: nothing said at the cell"
        if "value" not in cell or (spoken and case.accepts == "or_finding"):
            continue
        record = _record(case, outcome, cell)
        value = None if record is None or pd.isna(record[cell["field"]]) else record[cell["field"]]
        if value is None and case.accepts == "or_finding" and _form_refused(case, outcome, cell):
            continue
        if record is None:
            yield f"{place}: no such record"
        elif not _equal(value, cell["value"]):
            yield f"{place}: {value!r} where {cell['value']!r} is true"


def _form_refused(case: Case, outcome: Outcome, cell: Mapping) -> bool:
    """True if an error says that the whole form was not counted."""
    errors = outcome.findings(case.truth["unit"], "error")
    return bool(((errors["form"] == cell["form"]) & (errors["row"] == "") & (errors["field"] == "")).any())


def _record(case: Case, outcome: Outcome, cell: Mapping) -> pd.Series | None:
    """The row of the form's table that the cell is of; None if it is not there."""
    frame = outcome.tables.forms[cell["form"]]
    key = "category" if "category" in frame else "row"
    row = cell["row"] if key == "category" else int(cell["row"])
    hit = frame[(frame["unit"] == case.truth["unit"]) & (frame[key] == row)]
    return hit.iloc[0] if len(hit) else None


def _equal(value: object, true: object) -> bool:
    if value is None:
        return true is None
    if isinstance(value, date):
        return value.isoformat() == true
    if isinstance(true, int | float) and not isinstance(true, bool):
        return isinstance(value, Number) and abs(value - true) < 1e-9
    return value == true


def _at(case: Case, outcome: Outcome, cell: Mapping) -> bool:
    """True if an error or warning lies at the cell; for a debatable layout, at the record or the form's own columns."""
    f = outcome.findings(case.truth["unit"])
    f = f[f["form"] == cell["form"]]
    named = (f["row"] == cell["row"]) & (f["field"] == cell["field"])
    address = f["cell"].map(lambda text: cell.get("cell", "") in _CELL.findall(text)).astype(bool)
    if case.accepts == "or_finding":
        around = f["row"].isin((cell["row"], "")) & f["field"].isin((cell["field"], ""))
        named |= around & ((f["row"] != "") | (f["field"] != "")) & (f["severity"] == "error")
        if _marked(case, f, cell):
            return True
    return bool((named | address).any())


def _marked(case: Case, findings: pd.DataFrame, cell: Mapping) -> bool:
    """True if every output marks the cell as in doubt: a total that holds a doubtful row is."""
    place = (case.truth["unit"], cell["form"], cell["row"], cell["field"])
    return place in doubted(CAMPAIGN, findings)


def _records(case: Case, outcome: Outcome) -> Iterator[str]:
    for form, count in case.truth.get("records", {}).items():
        number = int((outcome.tables.forms[form]["unit"] == case.truth["unit"]).sum())
        if number != count:
            yield f"{form}: {number} records where {count} are true"


def _said(case: Case, outcome: Outcome) -> Iterator[str]:
    for wanted in case.truth.get("said", ()):
        levels = ("error", "warning", "note") if wanted.get("note") else ("error", "warning")
        f = outcome.findings(case.truth["unit"], *levels)
        text = f["message"] + f["found"] + f["expected"] + f["file"]
        hit = pd.Series(True, f.index)
        if words := wanted.get("words"):
            hit &= text.map(lambda t, words=words: any(w in t for w in words)).astype(bool)
        for name in ("form", "field"):
            if name in wanted:
                hit &= f[name] == wanted[name]
        if wanted.get("file"):
            hit &= f["file"] != ""
        if not hit.any():
            yield f"nothing said of {wanted}"

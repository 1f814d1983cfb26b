"""The truth files: what a right reading gives cell by cell, what was planted where, and the city's totals.

Worked out in plain Python from the cells that were written; nothing of the package takes part.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from samples.build import Built
from samples.city import Values, totals
from samples.planted import planted
from samples.received import DUE
from samples.styles import STYLES
from samples.truth import CATEGORIES, FIELDS, MEASURES, Value
from samples.wording import plain


def truth_of(period: str, files: list[Built]) -> dict:
    """The truth file of a period as JSON takes it: counts are numbers, money and masks decimal text, dates ISO."""
    values = _values(files)
    return {
        "invented": "虚构样例 / invented sample data: no real person, firm or figure",
        "period": period,
        "returns": _returns(period, files),
        "values": values,
        "planted": planted(period, files, values),
        "totals": totals(values),
    }


def _values(files: list[Built]) -> Values:
    values: Values = {}
    for one in files:
        forms = [f for names in one.sent.sheets.values() for f in names if f != "summary"]
        if one.sent.superseded:
            continue
        for form in forms:
            values.setdefault(one.unit, {})[form] = _blank(form)
        for page in one.pages:
            for _, cell in page.keyed():
                form, row, name = cell.key
                if row.isdigit() or row in CATEGORIES:
                    rows = values[one.unit][form]
                    rows.setdefault(row, dict.fromkeys(FIELDS[form]))[name] = as_json(cell.means)
    return values


def _blank(form: str) -> dict:
    return {c: dict.fromkeys(MEASURES) for c in CATEGORIES} if form == "cases" else {}


def as_json(value: Value) -> object:
    if isinstance(value, Decimal):
        return plain(value)
    return value.isoformat() if isinstance(value, date) else value


def _returns(period: str, files: list[Built]) -> dict:
    """unit -> form -> file that counts, when it came, on time or late, and the files it replaced."""
    returns: dict[str, dict] = {unit: {} for unit in STYLES}
    for one in files:
        for form in (f for names in one.sent.sheets.values() for f in names):
            entry = returns[one.unit].setdefault(form, {"file": "", "received": "", "state": "", "replaced": []})
            if one.sent.superseded:
                entry["replaced"].append(one.path)
                continue
            late = one.sent.received > DUE[period][form]
            zero = form == "enterprises" and "零报告" in one.sent.note
            state = "zero return" if zero else "late" if late else "on time"
            entry |= {"file": one.path, "received": one.sent.received, "state": state}
    for unit, forms in returns.items():
        if not forms:
            returns[unit] = {
                form: {"file": "", "received": "", "state": "missing", "replaced": []} for form in DUE[period]
            }
    return returns

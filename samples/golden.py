"""The truth files: what a right reading gives cell by cell, what was planted where, and the city's totals.

Worked out in plain Python from the cells that were written; nothing of the package takes part.
"""

from __future__ import annotations

import unicodedata
from collections import Counter
from datetime import date
from decimal import Decimal

from samples.build import Built, mistakes
from samples.mistakes import CLAIMED_TWICE, Mistake
from samples.received import DUE
from samples.styles import STYLES
from samples.summaries import Said
from samples.truth import CATEGORIES, CUMULATIVE, FIELDS, MEASURES, MONEY, Value
from samples.wording import plain

Values = dict[str, dict[str, dict[str, dict[str, object]]]]  # unit -> form -> row -> field -> value


def truth_of(period: str, files: list[Built]) -> dict:
    """The truth file of a period as JSON takes it: counts are numbers, money and masks decimal text, dates ISO."""
    values = _values(files)
    return {
        "invented": "虚构样例 / invented sample data: no real person, firm or figure",
        "period": period,
        "returns": _returns(period, files),
        "values": values,
        "planted": _planted(period, files) + _disagreements(files, values),
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


def _planted(period: str, files: list[Built]) -> list[dict]:
    found = []
    for one in files:
        forms = {f for names in one.sent.sheets.values() for f in names}
        for mistake in mistakes(one.unit, period, one.sent.superseded):
            if mistake.form in forms:
                found.append(_entry(one, mistake))
        found += _habits(one, period)
    return found


def _entry(one: Built, mistake: Mistake) -> dict:
    sheet, cell = _address(one, mistake)
    return {
        "unit": one.unit,
        "form": mistake.form,
        "row": mistake.row,
        "field": mistake.field,
        "file": one.path,
        "sheet": sheet,
        "cell": cell,
        "kind": mistake.kind,
        "rule_hint": mistake.rule_hint,
        "outcome": mistake.outcome,
        "superseded": one.sent.superseded,
    }


def _address(one: Built, mistake: Mistake) -> tuple[str, str]:
    """Sheet and cell of a planted mistake; a whole row is named by its first cell, a lost one by none."""
    wanted = mistake.row or "total"
    for page in one.pages:
        for address, cell in page.keyed():
            form, row, name = cell.key
            if (form, row) == (mistake.form, wanted) and mistake.field in ("", name) and not mistake.text:
                return page.name, address
        if mistake.text and (at := _note_cell(page, mistake.text)):
            return page.name, at
    return "", ""


def _note_cell(page, text: str) -> str:
    from samples.sheet import a1

    return next((a1(*place) for place, c in page.cells.items() if c.look == "note" and text in str(c.shown)), "")


def _habits(one: Built, period: str) -> list[dict]:
    """What a unit's way of filling in gives cause to ask, though no single cell is wrong."""
    forms = {f for names in one.sent.sheets.values() for f in names}
    found = []
    if STYLES[one.unit].only_total and "cases" in forms:
        found += [
            Mistake("cases", "total", m, "only in total", "只在合计行填写", "flagged", _nothing) for m in CUMULATIVE[:2]
        ]
    owner, index, other = CLAIMED_TWICE
    if period == "2021-05" and "enterprises" in forms and one.unit in (owner, other):
        row = str(index + 1) if one.unit == owner else "11"
        found += [
            Mistake("enterprises", row, f, "claimed twice", "两单位同报一企业", "flagged", _nothing)
            for f in ("enterprise", "credit_code")
        ]
    entries = [_entry(one, m) for m in found]
    if one.sent.leftover:
        lost = Mistake("cases", "", "", "last period's sheet", "工作簿内留有上期表，不计入", "left out", _nothing)
        entries.append(_entry(one, lost) | {"sheet": one.sent.leftover[0], "cell": ""})
    return entries


def _nothing(_block) -> None:
    """Planted by the unit's style or by the plan of files, not by a change of the form."""


def _disagreements(files: list[Built], values: Values) -> list[dict]:
    """The figures a summary states otherwise than the forms that count."""
    return [
        {
            "unit": one.unit, "form": "summary", "row": "", "field": said.field, "file": one.path, "sheet": "", "cell": "",
            "kind": "text disagrees", "rule_hint": f"总结与{said.form}不一致：{said.sentence}", "outcome": "flagged",
            "superseded": False,
        }
        for one in files
        if one.summary
        for said in one.summary.said
        if not _agrees(said, _from_forms(said, values[one.unit]))
    ]  # fmt: skip


def _from_forms(said: Said, forms: dict) -> Decimal | None:
    if said.form == "cases":
        value = forms["cases"]["total"][said.field]
        return None if value is None else Decimal(value)
    records = list(forms[said.form].values())
    counts = {
        "batches": len(records),
        "failing": sum(r.get("result") == "不合格" for r in records),
        "producing": sum(r.get("production_status") == "在产" for r in records),
        "firms": len({same_name(r["enterprise"]) for r in records}),
    }
    return Decimal(counts[said.field])


def _agrees(said: Said, value: Decimal | None) -> bool:
    """Nothing in the form says nothing against; 余 is at least, 近 at most, 约 within a tenth."""
    if value is None:
        return True
    told = Decimal(said.value)
    bounds = {
        "": (told, told),
        "余": (told, told * 11 / 10),
        "近": (told * 9 / 10, told),
        "约": (told * 9 / 10, told * 11 / 10),
    }
    low, high = bounds[said.word]
    return low <= value <= high


def same_name(name: object) -> str:
    """A firm's name for comparison: NFKC, no white space."""
    return "".join(unicodedata.normalize("NFKC", str(name)).split())


def totals(values: Values) -> dict:
    """The city's totals from the values of the files; a unit without a usable figure adds nothing."""
    return {
        "units": sorted(values),
        "cases": {c: {m: _sum(values, c, m) for m in MEASURES} for c in CATEGORIES},
        "sampling": _sampling(values),
        "enterprises": _enterprises(values),
        "coverage": _coverage(values),
    }


def _sum(values: Values, category: str, measure: str) -> object:
    figures = [f["cases"][category][measure] for f in values.values() if "cases" in f]
    total = sum((Decimal(v) for v in figures if v is not None), Decimal(0))
    return plain(total) if measure in MONEY else int(total)


def _records(values: Values, form: str) -> list[tuple[str, dict]]:
    return [(unit, r) for unit, forms in values.items() for r in forms.get(form, {}).values()]


def _sampling(values: Values) -> dict:
    records = _records(values, "sampling")
    failing = [r for _, r in records if r["result"] == "不合格"]
    items = Counter(i for r in failing for i in (r["failed_items"] or "").split("、") if i)
    return {
        "batches": len(records),
        "failing": len(failing),
        "firms": len({same_name(r["enterprise"]) for _, r in records}),
        "failing_rate": f"{Decimal(100 * len(failing)) / len(records):.2f}%",
        "failing_items": dict(sorted(items.items())),
        "by_unit": {
            u: {
                "batches": sum(v == u for v, _ in records),
                "failing": sum(v == u and r["result"] == "不合格" for v, r in records),
            }
            for u in sorted(values)
        },
    }


def _enterprises(values: Values) -> dict:
    records = [r for _, r in _records(values, "enterprises")]
    return {
        "firms": len(records),
        "by_status": dict(sorted(Counter(r["production_status"] for r in records).items())),
        "by_size": dict(sorted(Counter(r["enterprise_size"] for r in records).items())),
    }


def _coverage(values: Values) -> dict:
    """Producing firms of form 3 that appear in form 5 of the same unit, and all of them."""
    by_unit = {}
    for unit, forms in sorted(values.items()):
        sampled = {same_name(r["enterprise"]) for r in forms.get("sampling", {}).values()}
        producing = [r for r in forms.get("enterprises", {}).values() if r["production_status"] == "在产"]
        by_unit[unit] = [sum(same_name(r["enterprise"]) in sampled for r in producing), len(producing)]
    return {
        "sampled": sum(a for a, _ in by_unit.values()),
        "producing": sum(b for _, b in by_unit.values()),
        "by_unit": by_unit,
    }

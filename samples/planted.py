"""What is wrong or doubtful in the files, each with its file, sheet and cell: the list that checks are measured by."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from samples.build import Built, mistakes
from samples.city import Values, same_name
from samples.mistakes import CLAIMED_TWICE, Mistake
from samples.sheet import Key
from samples.styles import STYLES
from samples.summaries import Said
from samples.truth import CUMULATIVE
from samples.writers.sheet import a1


@dataclass(frozen=True, slots=True)
class Entry:
    """One planted thing in one file; `row` and `field` are "" where it concerns more than one. See Mistake.outcome."""

    form: str
    row: str
    field: str
    kind: str
    rule_hint: str
    outcome: str = "flagged"


def planted(period: str, files: list[Built], values: Values) -> list[dict]:
    """All entries of a period, file by file, then what the summaries say otherwise than the forms."""
    found = []
    for one in files:
        forms = _forms(one)
        for mistake in mistakes(one.unit, period, one.sent.superseded):
            if mistake.form in forms:
                entry = Entry(*(getattr(mistake, n) for n in Entry.__slots__))
                found.append(_listed(one, entry, *_place(one, mistake)))
        doubts = (*_habits(one, forms), *_claims(one, forms, period), *_stopped(one, forms, values))
        found += [_listed(one, e, *_cell(one, (e.form, e.row, e.field))) for e in doubts]
        if one.sent.contacts:
            found.append(_listed(one, Entry("", "", "", "no known form", "不是本次要求的统计表"), "", ""))
        if one.sent.leftover:
            lost = Entry("cases", "", "", "last period's sheet", "工作簿内留有上期表，不计入", "left out")
            found.append(_listed(one, lost, one.sent.leftover[0], ""))
    return found + list(_disagreements(files, values))


def _forms(one: Built) -> set[str]:
    return {form for names in one.sent.sheets.values() for form in names}


def _listed(one: Built, entry: Entry, sheet: str, cell: str) -> dict:
    return {
        "unit": one.unit,
        "form": entry.form,
        "row": entry.row,
        "field": entry.field,
        "file": one.path,
        "sheet": sheet,
        "cell": cell,
        "kind": entry.kind,
        "rule_hint": entry.rule_hint,
        "outcome": entry.outcome,
        "superseded": one.sent.superseded,
    }


def _place(one: Built, mistake: Mistake) -> tuple[str, str]:
    """Sheet and cell of a mistake; a note by its text, a whole row by its first cell, a lost row by none."""
    if mistake.text:
        return next((page.name, at) for page in one.pages if (at := _note(page, mistake.text)))
    return _cell(one, (mistake.form, mistake.row or "total", mistake.field))


def _cell(one: Built, wanted: Key) -> tuple[str, str]:
    for page in one.pages:
        for address, cell in page.keyed():
            if cell.key[:2] == wanted[:2] and wanted[2] in ("", cell.key[2]):
                return page.name, address
    return "", ""


def _note(page, text: str) -> str:
    return next((a1(*place) for place, c in page.cells.items() if c.look == "note" and text in str(c.shown)), "")


def _habits(one: Built, forms: set[str]) -> Iterator[Entry]:
    """What a unit's way of filling in gives cause to ask, though no single cell is wrong."""
    if STYLES[one.unit].only_total and "cases" in forms:
        for measure in CUMULATIVE[:2]:
            yield Entry("cases", "total", measure, "only in total", "只在合计行填写")


def _claims(one: Built, forms: set[str], period: str) -> Iterator[Entry]:
    owner, index, other = CLAIMED_TWICE
    if period == "2021-05" and "enterprises" in forms and one.unit in (owner, other):
        row = str(index + 1) if one.unit == owner else "11"
        yield Entry("enterprises", row, "enterprise", "claimed twice", "两单位同报一企业")
        yield Entry("enterprises", row, "credit_code", "claimed twice", "两单位同报一企业", "follows")


def _stopped(one: Built, forms: set[str], values: Values) -> Iterator[Entry]:
    """A batch of a firm that form 3 of the same unit calls stopped: it stopped after it had been sampled."""
    if "sampling" not in forms:
        return
    roster = values[one.unit]["enterprises"].values()
    stopped = {same_name(r["enterprise"]) for r in roster if r["production_status"] == "停产"}
    for row, batch in values[one.unit]["sampling"].items():
        if same_name(batch["enterprise"]) in stopped:
            yield Entry("sampling", row, "enterprise", "stopped firm sampled", "附件3 为停产企业，却有抽检批次")


def _disagreements(files: list[Built], values: Values) -> Iterator[dict]:
    """The figures a summary states otherwise than the forms that count."""
    for one in (f for f in files if f.summary):
        for said in one.summary.said:
            if not _agrees(said, _from_forms(said, values[one.unit])):
                hint = f"总结与{said.form}不一致：{said.sentence}"
                yield _listed(one, Entry("summary", "", said.field, "text disagrees", hint), "", "")


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
    low, high = {
        "": (1, 1),
        "余": (1, Decimal("1.1")),
        "近": (Decimal("0.9"), 1),
        "约": (Decimal("0.9"), Decimal("1.1")),
    }[said.word]
    return told * low <= value <= told * high

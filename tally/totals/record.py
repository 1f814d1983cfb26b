"""The submission record and the findings' counts: who sent what and when, and what is still wrong with it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from tally.catalogue import RETURN_STATES, SEVERITIES
from tally.declare import Unit
from tally.totals.figures import Book, Figure, Part
from tally.totals.history import RECEIVED, History

STATES = RETURN_STATES | {"failed": "处理失败", "partial": "部分已报"}


@dataclass(frozen=True, slots=True)
class Submission:
    """One unit's return of one form, as it stands: `state` is a key of `STATES`."""

    unit: str
    form: str
    state: str
    received: date | None = None
    due: date | None = None
    file: str = ""
    replaced: int = 0  # earlier versions of it that said something else

    @property
    def late(self) -> bool:
        return self.state == "late" or bool(
            self.state == "zero return" and self.received and self.due and self.received > self.due
        )


def submissions(history: History) -> dict[tuple[str, str], Submission]:
    """By unit and form (and "summary", if the returns list it); what is not listed is missing or failed."""
    r = history.now.returns
    forms = [f.name for f in history.campaign.forms] + ["summary"] * bool((r["form"] == "summary").any())
    listed: dict[tuple[str, str], list[dict[str, Any]]] = {}
    known = r[list(_COLUMNS)].astype(object)
    for row in known.where(known.notna(), None).to_dict("records"):
        listed.setdefault((row["unit"], row["form"]), []).append(row)
    due = history.campaign.period(history.now.period).due
    again = _sent_again(history)
    return {
        (code, form): Submission(code, form, "failed", due=due.get(form))
        if code in history.failed
        else _one(history.campaign.unit(code), form, listed.get((code, form), ()), due.get(form), again)
        for code in history.units
        for form in forms
    }


_COLUMNS = ("unit", "form", "state", "received", "due", "file")


_NO_CORRECTION = ("returns.duplicate", "returns.former")


def _sent_again(history: History) -> frozenset[tuple[str, str, str]]:
    """Unit, form and file of what was sent once more without a change: no correction of anything."""
    f = history.now.findings
    said = f.loc[f["rule"].isin(_NO_CORRECTION), ["unit", "form", "file"]]
    return frozenset((unit, form, str(file).partition("!")[0]) for unit, form, file in said.itertuples(index=False))


def _one(
    unit: Unit, form: str, rows: Sequence[Mapping[str, Any]], due: date | None, again: frozenset[tuple[str, str, str]]
) -> Submission:
    live = [row for row in rows if row["state"] != "replaced"]
    old = sum(row["state"] == "replaced" and (unit.code, form, row["file"]) not in again for row in rows)
    if not live:
        return Submission(unit.code, form, "missing" if unit.must(form) else "not asked", due=due, replaced=old)
    row = ([row for row in live if row["state"] in RECEIVED] or live)[-1]
    return Submission(unit.code, form, row["state"], row["received"], row["due"], row["file"] or "", old)


def _came(s: Submission) -> bool:
    return s.state in RECEIVED


def _whole(s: Submission) -> bool:
    return _came(s) and s.state != "partial"


def _late(s: Submission) -> bool:
    return s.late


def record_figures(history: History, record: dict[tuple[str, str], Submission]) -> Book:
    """How many units reported, in all and by form, on time and late; errors and warnings that stand."""
    book, codes = Book(), [u.code for u in history.campaign.reporters]
    forms = [f.name for f in history.campaign.forms]
    full, some, late = [], [], []
    for code in codes:
        of_unit = [s for f in forms if (s := record[code, f]).state != "not asked"]
        came = any(map(_came, of_unit))
        full += [code] * (bool(of_unit) and all(map(_whole, of_unit)))
        some += [code] * came
        late += [code] * (came and any(map(_late, of_unit)))
    _units(book, history, "submission.expected", "应报送单位", codes, "须报送统计表的单位数")
    _units(book, history, "submission.reported", "已报送单位", some, "本期至少报送一张统计表的单位数")
    _units(book, history, "submission.complete", "报送齐全的单位", full, "本期各统计表都已报送的单位数")
    _units(book, history, "submission.late", "逾期报送的单位", late, "有统计表逾期报送的单位数")
    for form in forms:
        there = [c for c in codes if record[c, form].state in RECEIVED]
        _units(book, history, f"submission.reported.{form}", "已报送单位", there, "本期已报送该表的单位数")
    for severity, label in SEVERITIES.items():
        _findings(book, history, severity, label)
    return book


def _units(book: Book, history: History, ref: str, label: str, codes: list[str], rule: str) -> None:
    parts = tuple(Part(history.units[c], "1个") for c in codes)
    book.add(Figure(ref, label, Decimal(len(codes)), "个", rule, parts, n_units=len(codes)))


def _findings(book: Book, history: History, severity: str, label: str) -> None:
    f = history.now.findings
    counts = f.loc[f["severity"] == severity, "unit"].value_counts()
    parts = []
    for code, name in history.units.items():
        n = int(counts.get(code, 0))
        book.add(
            Figure(f"findings.{severity}@{code}", f"{name} {label}", Decimal(n), "处", "核查发现的条数", n_units=1)
        )
        if n:
            parts.append(Part(name, f"{n}处", f"findings.{severity}@{code}"))
    book.add(Figure(f"findings.{severity}", label, Decimal(int(counts.sum())), "处", "各单位核查发现的条数之和", tuple(parts)))  # fmt: skip

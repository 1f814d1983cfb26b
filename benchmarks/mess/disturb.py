"""Disturb a form that is drawn: hide or strike rows and columns, merge a figure over rows, correct it in a note."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from random import Random

from benchmarks.mess.list_body import DITTO
from benchmarks.mess.mistakes import Mistake
from benchmarks.mess.plan import Plan, Spot
from samples.writers.sheet import Sheet

SHARE = 0.3


def disturb(rng: Random, sheet: Sheet, plan: Plan, spots: list[Spot]) -> list[Mistake]:
    """In a messy return, one disturbance of the form now and then; what must be said about it."""
    here = [s for s in spots if s.row is not None]
    if plan.level != "messy" or rng.random() > SHARE or not here:
        return []
    fitting = [
        d
        for d, (need, form) in DISTURBANCES.items()
        if (not need or need in plan.holds) and form in ("", plan.form.name)
    ]
    return rng.choice(fitting)(rng, sheet, plan, here) if fitting else []


def _hide_row(rng: Random, sheet: Sheet, plan: Plan, spots: list[Spot]) -> list[Mistake]:
    spot = rng.choice(spots)
    plan.traits.add("hidden row")
    sheet.hidden_rows.add(spot.row)
    for s in spots:
        s.scopes = (*s.scopes, "row") if s.row == spot.row else s.scopes
    return [Mistake("hidden row", plan.form.name, ((spot.key, ""),), "note", "told")]


def _hide_column(rng: Random, sheet: Sheet, plan: Plan, spots: list[Spot]) -> list[Mistake]:
    spot = rng.choice([s for s in spots if s.field not in ("seq", "enterprise")])
    plan.traits.add("hidden column")
    sheet.hidden_cols.add(spot.col)
    for s in spots:
        s.scopes = (*s.scopes, "column") if s.col == spot.col else s.scopes
    return [Mistake("hidden column", plan.form.name, (("", spot.field),), "note", "told")]


def _strike_row(rng: Random, sheet: Sheet, plan: Plan, spots: list[Spot]) -> list[Mistake]:
    """A record struck out: left out or kept, but not without a word; what 同上 below it means is then open."""
    chosen = rng.choice([s for s in spots if s.field in ("seq", "cases_handled")])
    plan.traits.add("struck row")
    for s in spots:
        ink = sheet.inks.get((s.row, s.col))
        if s.key == chosen.key and s.row == chosen.row and ink and s.writing.must != "blank":
            sheet.put(s.row, s.col, replace(ink, struck=True, gone=""))
            s.writing = replace(s.writing, must="flagged", allowed=(s.writing.value,))
            s.scopes = (*s.scopes, "row")
        elif s.row == chosen.row + 1 and s.writing.ink.raw in DITTO:
            s.writing = replace(s.writing, must="flagged")
    return []


def _merge_down(rng: Random, sheet: Sheet, plan: Plan, spots: list[Spot]) -> list[Mistake]:
    """One figure of the unit merged over all rows: it is the total's and no category's."""
    column = [s for s in spots if s.field == "officers_dispatched"]
    rows = [s.row for s in column]
    total = next((s for s in column if s.key == "total"), None)
    if total is None or sorted(rows) != list(range(min(rows), max(rows) + 1)):
        return []
    plan.traits.add("figure merged over rows")
    ink, top = sheet.inks.get((total.row, total.col)), min(rows)
    for s in column:
        sheet.inks.pop((s.row, s.col), None)
        value = total.writing.value if s is total else None
        s.writing = replace(total.writing, value=value, must="flagged", allowed=(value,))
        s.scopes = (*s.scopes, "column")
        s.row = top
    sheet.put(top, total.col, ink)
    sheet.merge(top, total.col, max(rows), total.col)
    return []


def _correct_in_note(rng: Random, sheet: Sheet, plan: Plan, spots: list[Spot]) -> list[Mistake]:
    """A note below says that a figure of the table is another."""
    plan.traits.add("note corrects")
    line = rng.choice(
        (
            "注：质量类案件罚没金额应为2.5万元，以此为准",
            "说明：表中查办案件合计数有误，更正为35件",
            "备注：结案数漏报1件",
        )
    )
    if plan.paragraphs:
        sheet.after.append(line)
    else:
        sheet.put(max(max(s.row for s in spots), sheet.size[0] - 1) + 1, min(s.col for s in spots) - 1, line)
    return [Mistake("note corrects", "cases", (("", ""),), "warning", "form")]


_Disturbance = Callable[[Random, Sheet, Plan, list[Spot]], list[Mistake]]

DISTURBANCES: dict[_Disturbance, tuple[str, str]] = {
    _hide_row: ("hide", ""),
    _hide_column: ("hide", ""),
    _strike_row: ("struck", ""),
    _merge_down: ("merge", "cases"),
    _correct_in_note: ("", "cases"),
}

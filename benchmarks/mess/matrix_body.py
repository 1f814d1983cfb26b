"""Draw the rows of a matrix form: categories in the form's order or another, the total first, last, or as sums."""

from __future__ import annotations

from random import Random

from benchmarks.mess.content import Record
from benchmarks.mess.plan import Plan, Spot, draw_record
from benchmarks.mess.truth import Writing
from samples.writers.sheet import Ink, Sheet, a1
from tally.declare import Category, Field


def draw_matrix(
    rng: Random,
    sheet: Sheet,
    row: int,
    left: int,
    plan: Plan,
    fields: list[Field],
    records: dict[str, Record],
) -> tuple[int, list[Spot]]:
    """The category rows from `row` on; the row after them and the truth of their cells."""
    spots: list[Spot] = []
    numbered = plan.level != "planted" and rng.random() < 0.1
    for number, key in enumerate(_order(rng, plan, records), 1):
        if rng.random() < 0.02:
            row += 1
        label = _label(rng, plan.form.category(key))
        sheet.put(row, left, f"{number}.{label}" if numbered and key != "total" else label)
        spots += draw_record(rng, sheet, row, left + 1, plan, fields, key, records[key])
        row += 1
    if "formula" in plan.holds and "total" in records and rng.random() < 0.25:
        _sum_up(rng, sheet, plan, spots)
    return row, spots


def _order(rng: Random, plan: Plan, records: dict[str, Record]) -> list[str]:
    keys = [k for k in records if k != "total"]
    if rng.random() < 0.15:
        plan.traits.add("categories in another order")
        rng.shuffle(keys)
    if "total" not in records:
        return keys
    first = rng.random() < 0.2
    plan.traits |= {"total first"} if first else set()
    return ["total", *keys] if first else [*keys, "total"]


def _label(rng: Random, category: Category) -> str:
    text = rng.choice((category.label, category.label, *category.aliases))
    return rng.choice((text, text, f" {text} ", " ".join(text), text[:2] + "\n" + text[2:]))


def _sum_up(rng: Random, sheet: Sheet, plan: Plan, spots: list[Spot]) -> None:
    """Write the total as the formula it is, with or without a stored value, where it adds up stored numbers."""
    plan.traits.add("total as formula")
    for total in [s for s in spots if s.key == "total"]:
        parts = [s for s in spots if s.field == total.field and s.key != "total"]
        inks = [s.writing.ink for s in parts]
        stored = all(isinstance(i.raw, (int, float)) and not i.formula and not i.number_format for i in inks)
        if not stored or total.writing.must == "flagged" or total.writing.value != sum(s.writing.value for s in parts):
            continue
        rows = [s.row for s in parts]
        formula = f"=SUM({a1(min(rows), total.col)}:{a1(max(rows), total.col)})"
        ink = Ink(float(total.writing.value) if rng.random() < 0.5 else None, formula=formula)
        total.writing = Writing(ink, total.writing.value, "read")
        sheet.put(total.row, total.col, ink)

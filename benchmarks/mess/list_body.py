"""Draw the records of a list form, with what clerks leave between them: examples, subtotals, ditto marks, merges."""

from __future__ import annotations

from random import Random

from benchmarks.mess.content import Record
from benchmarks.mess.plan import Plan, Spot, draw_record
from benchmarks.mess.truth import Writing
from samples.writers.sheet import Ink, Sheet
from tally.declare import Field

DITTO = ("同上", "″", "〃", "同 上")


def draw_list(
    rng: Random,
    sheet: Sheet,
    row: int,
    left: int,
    plan: Plan,
    fields: list[Field],
    records: dict[str, Record],
) -> tuple[int, list[Spot]]:
    """The records, with what clerks put between them: an example, blank rows, rows numbered ahead, a sum."""
    spots: list[Spot] = []
    if plan.level == "messy" and rng.random() < 0.12:
        plan.traits.add("example row")
        _draw_example(rng, sheet, row, left, fields)
        row += 1
    tops: list[tuple[int, str]] = []
    for key, record in records.items():
        if rng.random() < 0.03:
            row += 1
        elif plan.level == "messy" and tops and rng.random() < 0.02:
            plan.traits.add("subtotal in a list")
            sheet.put(row, left, "小计")
            sheet.put(row, left + 1, len(tops))
            row += 1
        elif plan.level == "messy" and rng.random() < 0.02:
            plan.traits.add("section line in a list")
            sheet.put(row, left, rng.choice(("一、生产领域", "二、流通领域", "（二）网络销售", "以下为本月新增")))
            sheet.merge(row, left, row, left + len(fields) - 1)
            row += 1
        made = draw_record(rng, sheet, row, left, plan, fields, key, record)
        if plan.level == "messy" and tops and tops[-1][0] == row - 1:
            _ditto(rng, sheet, plan, spots[-len(made) :], made)
        spots += made
        tops.append((row, key))
        row += 1
    if plan.form.name == "sampling" and "merge" in plan.holds and rng.random() < 0.5:
        _merge_same(sheet, left, plan, fields, records, tops, spots)
    return _draw_tail(rng, sheet, row, left, plan, fields, len(records)), spots


def _ditto(rng: Random, sheet: Sheet, plan: Plan, above: list[Spot], made: list[Spot]) -> None:
    """Now and then 同上 for what stands right above: filled from there with a word, or refused."""
    for over, spot in zip(above, made, strict=True):
        if spot.field == "seq" or over.writing.must not in ("read", "repaired") or rng.random() > 0.02:
            continue
        mark, value = rng.choice(DITTO), over.writing.value
        text = plan.form.field(spot.field).kind == "text"
        spot.writing = Writing(Ink(mark), value, "repaired" if text else "flagged", (value,))
        spot.scopes = ()
        sheet.put(spot.row, spot.col, mark)


def _draw_example(rng, sheet, row, left, fields) -> None:
    for i, column in enumerate(fields):
        text = {"seq": rng.choice(("例", "示例", "例：")), "enterprise": "例：XX口罩有限公司", "result": "合格"}
        sheet.put(row, left + i, text.get(column.name, "XX" if column.kind == "text" else None))


def _merge_same(sheet, left, plan, fields, records, tops, spots) -> None:
    """Merge the firm's name down over neighbouring batches of one firm, as Word tables do."""
    column = next((i for i, f in enumerate(fields) if f.name == "enterprise"), None)
    by_key = {s.key: s for s in spots if s.field == "enterprise"}
    groups: list[list[tuple[int, str]]] = []
    for row, key in tops:
        last = groups[-1][-1] if groups else None
        if last and last[0] == row - 1 and records[last[1]]["enterprise"] == records[key]["enterprise"]:
            groups[-1].append((row, key))
        else:
            groups.append([(row, key)])
    for group in groups:
        anchor = by_key[group[0][1]]
        if len(group) < 2 or column is None or any(by_key[k].writing.must == "flagged" for _, k in group):
            continue
        plan.traits.add("merged down")
        sheet.merge(group[0][0], left + column, group[-1][0], left + column)
        for row, key in group[1:]:
            sheet.inks.pop((row, left + column), None)
            by_key[key].row, by_key[key].writing = anchor.row, anchor.writing


def _draw_tail(rng, sheet, row, left, plan, fields, count) -> int:
    seq = next((i for i, f in enumerate(fields) if f.name == "seq"), None)
    if seq is not None and rng.random() < 0.1:
        plan.traits.add("rows numbered ahead")
        for n in range(2):
            sheet.put(row, left + seq, count + n + 1)
            row += 1
    elif rng.random() < 0.1:
        plan.traits.add("sum below a list")
        sheet.put(row, left, "合计")
        sheet.put(row, left + 1, f"{count}")
        row += 1
    return row

"""Each rule of form 4 just kept and just broken, at its exact threshold, and what two periods say together."""

import pytest

from tests.adversary.world import CATEGORIES, MEASURES, QUALITY, batch, failing, form4, form5

PARTS = [c for c in CATEGORIES if c != "total"]


def changed(**more) -> tuple:
    return tuple(more.get(m, v) for m, v in zip(MEASURES, QUALITY, strict=True))


def rounded(total: str) -> dict:
    rows = {c: [i + 5, i + 6, 1, 1, 1, "0.3", 0.4, 0.1, 0] for i, c in enumerate(PARTS)}
    return rows | {"total": [56, 63, 7, 7, 7, total, 2.8, 0.7, 0]}


# what is sent, what breaks, at which severity ("" for nothing at all)
CASES = {
    "the sum exactly": (rounded("2.1"), "cases.total_equals_sum", ""),
    "within half a digit × 7": (rounded("2.4"), "cases.total_equals_sum", "note"),
    "beyond half a digit × 7": (rounded("2.5"), "cases.total_equals_sum", "error"),
    "filed = handled": ({"quality": changed(cases_filed=4)}, "cases.filed_at_most_handled", ""),
    "filed > handled": ({"quality": changed(cases_filed=5)}, "cases.filed_at_most_handled", "error"),
    "closed = filed": ({"quality": changed(cases_closed=3)}, "cases.closed_at_most_filed", ""),
    "closed > filed, simple cases close": ({"quality": changed(cases_closed=4)}, "cases.closed_at_most_filed", ""),
    "closed > filed, handled blank": (
        {"quality": changed(cases_closed=4, cases_handled=None)}, "cases.closed_at_most_filed", "warning"),
    "closed > handled": ({"quality": changed(cases_closed=5)}, "cases.closed_at_most_handled", "error"),
    "transferred > filed": ({"quality": changed(cases_transferred=4)}, "cases.transferred_at_most_filed", "warning"),
    "transferred > handled": ({"quality": changed(cases_transferred=5)}, "cases.transferred_at_most_handled", "error"),
    "simple cases, 0.1 each": (
        {"quality": changed(cases_filed=0, cases_closed=0, fines_confiscations=0.4)}, "cases.simple_cases_cap", ""),
    "simple cases, above 0.1 each": (
        {"quality": changed(cases_filed=0, cases_closed=0, fines_confiscations=0.41)}, "cases.simple_cases_cap", "warning"),
    "fines in 元": ({"quality": changed(fines_confiscations=15000)}, "cases.fines_scale", "warning"),
    "masks in 只": ({"quality": changed(masks_seized=5000)}, "cases.masks_scale", "warning"),
    "negative": ({"quality": changed(masks_seized=-0.5)}, "cases.not_negative", "error"),
    "a fraction": ({"quality": changed(cases_handled=4.5)}, "cell.not_whole", "error"),
}  # fmt: skip


@pytest.mark.parametrize("name", CASES)
def test_a_rule_holds_up_to_its_threshold_and_not_beyond(world, name):
    rows, rule, severity = CASES[name]
    world.put("亭湖区/表.xlsx", {"附件4": form4(**rows)})
    said = {s for _, s, *_ in world.run().said(rule)}
    assert said == ({severity} if severity else set())


LISTS = {
    "passed with an item": (batch(failed_items="过滤效率"), "F5", "error"),
    "passed with a quantity": (batch(failed_quantity=500), "G5", "error"),
    "passed with 无": (batch(failed_items="无", failed_quantity="/", entered_market="—"), "F5", ""),
    "failed without an item": (failing(failed_items=None), "F5", "error"),
    "failed without a quantity": (failing(failed_quantity=0), "G5", "error"),
    "failed without follow-up": (failing(follow_up=None), "J5", "error"),
    "entered without destination": (failing(entered_market="是"), "I5", "error"),
    "entered with destination": (failing(entered_market="是", market_destination="某省"), "I5", ""),
    "not entered with destination": (failing(market_destination="某省"), "I5", "error"),
    "five pieces": (failing(failed_quantity=5), "G5", "warning"),
    "a stopped firm": (batch(production_status="停产"), "L5", "warning"),
}


@pytest.mark.parametrize("name", LISTS)
def test_a_batch_agrees_with_itself(world, name):
    record, cell, severity = LISTS[name]
    world.put("亭湖区/表.xlsx", {"附件5": form5(record)})
    out = world.run()
    assert bool(out.at(cell, severity or "error")) == bool(severity)


PERIODS = {
    "falls": (changed(officers_dispatched=21), "cases.cumulative_never_falls", True),
    "stands still": (changed(cases_handled=5), "cases.cumulative_never_falls", False),
    "is the same": (QUALITY, "cases.not_stale", True),
}


@pytest.mark.parametrize("name", PERIODS)
def test_a_return_is_held_against_the_last(world, name):
    before, rule, expected = PERIODS[name]
    world.put("亭湖区/表.xlsx", {"附件4": form4(day="", quality=before)}, period="2021-04")
    world.run("2021-04")
    world.put("亭湖区/表.xlsx", {"附件4": form4(day="")})
    assert bool(world.run().said(rule)) == expected


def test_two_units_with_the_same_figures_both_hear_of_it(world):
    world.put("亭湖区/表.xlsx", {"附件4": form4()})
    world.put("盐都区/表.xlsx", {"附件4": form4(unit="盐都区")})
    assert {u for u, *_ in world.run().said("cases.not_copied")} == {"320902", "320903"}


COPIED = {
    "price": (21, 30, 5, 4, 3, 1.2, 2.5, 0.3, 0),
    "other": (44, 66, 14, 12, 9, 7.6, 9.3, 3.5, 2),
    "false_advertising": (8, 12, 3, 2, 1, 0.7, 0.9, 0, 0),
}


@pytest.mark.parametrize(("rows", "told"), [(3, True), (2, False)])
def test_a_table_of_which_some_rows_are_another_units_is_told_of_both(world, rows, told):
    shared = dict(list(COPIED.items())[:rows])
    world.put("亭湖区/表.xlsx", {"附件4": form4(**shared, quality=(50, 60, 9, 8, 7, 6.5, 5.5, 4.5, 1))})
    world.put("盐都区/表.xlsx", {"附件4": form4(unit="盐都区", **shared, quality=(52, 60, 9, 8, 7, 6.5, 5.5, 4.5, 1))})
    assert {u for u, *_ in world.run().said("cases.not_copied")} == ({"320902", "320903"} if told else set())

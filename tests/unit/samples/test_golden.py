"""The truth files name what was planted at its cell and add up to the right totals."""

from collections import Counter
from decimal import Decimal

import pytest

from samples.writers.sheet import a1

MUST_BE_PLANTED = {
    "total", "filed exceeds handled", "yuan for wan yuan", "swapped digits", "approximate", "sum in cell", "unit in cell",
    "error value", "missing category", "check digit", "passed with item", "failed without follow-up",
    "entered without destination", "claimed twice", "cumulative fell", "repeated", "impossible date", "hidden row",
    "strikethrough row", "example row", "note corrects", "text disagrees", "last period's sheet", "superseded",
    "only in total", "formula without result", "letter in number", "code as number", "unreadable date", "result with item",
    "stopped firm sampled", "no known form",
}  # fmt: skip


def test_every_kind_of_mistake_is_planted(golden):
    kinds = {e["kind"] for truth in golden.values() for e in truth["planted"]}
    assert kinds == MUST_BE_PLANTED


def test_april_has_fewer_mistakes_than_may(golden):
    assert 0 < len(golden["2021-04"]["planted"]) * 3 < len(golden["2021-05"]["planted"])


def test_two_units_of_may_are_without_any_mistake(golden):
    planted = {e["unit"] for e in golden["2021-05"]["planted"]}
    assert {"320902", "320903"} == golden["2021-05"]["values"].keys() - planted


def test_each_planted_cell_exists_in_its_file(golden, members):
    for period, truth in golden.items():
        pages = {(m.path, p.name): p for m in members[period] for p in m.pages}
        for entry in truth["planted"]:
            if entry["cell"]:
                places = {a1(*place) for place in pages[entry["file"], entry["sheet"]].cells}
                assert entry["cell"] in places, entry
            else:
                assert entry["kind"] in ("missing category", "text disagrees", "last period's sheet", "no known form")


@pytest.mark.parametrize(
    ("unit", "form", "row", "field", "value"),
    [
        ("320971", "cases", "total", "case_value", None),
        ("320971", "cases", "total", "officers_dispatched", 630),
        ("320971", "sampling", "14", "failed_quantity", None),
        ("320925", "cases", "false_advertising", "officers_dispatched", None),
        ("320925", "cases", "total", "masks_seized", "0.2"),
        ("320924", "enterprises", "2", "established", None),
        ("320904", "cases", "quality", "officers_dispatched", 560),
        ("320904", "cases", "total", "operators_inspected", 757),
        ("320904", "cases", "quality", "cases_handled", 4),
        ("320981", "sampling", "3", "follow_up", None),
        ("320971", "enterprises", "11", "enterprise", "东台市样例己纺织科技有限公司"),
    ],
)
def test_values_are_what_a_right_reading_of_the_file_gives(golden, unit, form, row, field, value):
    assert golden["2021-05"]["values"][unit][form][row][field] == value


def test_records_left_out_are_not_among_the_values(golden):
    values = golden["2021-05"]["values"]["320923"]
    assert list(values["enterprises"]) == ["1", "2", "3", "4"]
    assert list(values["sampling"]) == [str(i) for i in range(1, 11)]


def test_the_corrected_version_counts(golden):
    may = golden["2021-05"]
    assert "更正" in may["returns"]["320981"]["cases"]["file"]
    assert len(may["returns"]["320981"]["cases"]["replaced"]) == 1
    assert may["values"]["320981"]["cases"]["total"]["cases_handled"] == 14


def test_states_are_on_time_late_missing_and_zero_return(golden):
    april, may = golden["2021-04"]["returns"], golden["2021-05"]["returns"]
    assert Counter(f["state"] for u in april.values() for f in u.values()) == {
        "on time": 42,
        "late": 1,
        "zero return": 1,
    }
    assert {u for u, forms in may.items() if forms["cases"]["state"] == "missing"} == {"320921"}
    assert {u for u, forms in may.items() if forms["cases"]["state"] == "late"} == {"320924"}
    assert may["320990"]["enterprises"]["state"] == "zero return"


@pytest.mark.parametrize("period", ["2021-04", "2021-05"])
def test_city_totals_are_the_sums_of_the_units_total_rows(golden, truths, period):
    """Added up a second way: the truth, and what the planted mistakes change in it."""
    true = {m: sum(Decimal(t.cases["total"][m]) for (u, p), t in truths.items() if p == period and (p, u) != ("2021-05", "320921"))
            for m in golden[period]["totals"]["cases"]["total"]}  # fmt: skip
    changed = {
        "2021-04": {"cases_handled": 2},
        "2021-05": {
            "officers_dispatched": 630 - 360,
            "operators_inspected": 100,
            "case_value": -truths["320971", "2021-05"].cases["total"]["case_value"],
            "masks_seized": Decimal("0.2") - truths["320925", "2021-05"].cases["total"]["masks_seized"],
        },
    }[period]
    for measure, value in golden[period]["totals"]["cases"]["total"].items():
        assert Decimal(value) == true[measure] + changed.get(measure, 0), measure


@pytest.mark.parametrize(("period", "batches"), [("2021-04", 92), ("2021-05", 140)])
def test_between_four_and_eight_in_a_hundred_batches_fail(golden, truths, period, batches):
    sampling = golden[period]["totals"]["sampling"]
    assert sampling["batches"] == batches
    assert 0.04 <= sampling["failing"] / batches <= 0.08
    assert sum(sampling["failing_items"].values()) >= sampling["failing"]


def test_coverage_leaves_stopped_firms_out(golden):
    for truth in golden.values():
        coverage, firms = truth["totals"]["coverage"], truth["totals"]["enterprises"]
        assert coverage["producing"] == firms["by_status"]["在产"] < firms["firms"]
        assert coverage["sampled"] < coverage["producing"]

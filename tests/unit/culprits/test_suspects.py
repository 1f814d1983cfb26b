"""Which cell is suspected of a failed sum, and with what repair."""

from decimal import Decimal

import pytest

from benchmarks.localisation import MISTAKES, PROMISED, run, total
from tally.campaigns.masks_2021 import CAMPAIGN
from tally.check.culprits import suspects
from tally.check.findings import check_return
from tally.rules.view import FormView
from tests.unit.rules.examples import CASES, cases, column

FORM = CAMPAIGN.form("cases")


def suspected(changes, before=None):
    return suspects(FormView(FORM, cases(changes), FormView(FORM, before) if before else None))


def first(changes, before=None):
    s = suspected(changes, before)[0]
    return s.row, s.field, s.found, s.proposed, s.kind


def test_a_table_that_adds_up_has_no_suspects():
    assert suspected({}) == []


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({("quality", "fines_confiscations"): "116000"}, ("quality", "fines_confiscations", "116000", "11.6", "ten thousand")),
        ({("price", "officers_dispatched"): "210"}, ("price", "officers_dispatched", "210", "120", "digits swapped")),
        ({("quality", "operators_inspected"): "-410"}, ("quality", "operators_inspected", "-410", "410", "sign")),
        ({("total", "operators_inspected"): "973"}, ("total", "operators_inspected", "973", "750", "total typed over")),
        ({("total", "officers_dispatched"): "271"}, ("total", "officers_dispatched", "271", "591", "total misses a row")),
        ({("total", "masks_seized"): ""}, ("total", "masks_seized", "空白", "15.2", "blank total")),
        ({("quality", "masks_seized"): "1.35"}, ("quality", "masks_seized", "1.35", "13.5", "decimal point")),
        ({("quality", "operators_inspected"): ""}, ("quality", "operators_inspected", "空白", "410", "cell left blank")),
    ],
)  # fmt: skip
def test_single_mistakes(changes, expected):
    assert first(changes) == expected


def test_two_cells_of_a_row_in_each_others_place_are_one_cause():
    [s, *_] = suspected({("price", "fines_confiscations"): "3.1", ("price", "case_value"): "2.5"})
    assert s.kind == "cells swapped" and {(r, f) for r, f, _ in s.changes} == {
        ("price", "fines_confiscations"),
        ("price", "case_value"),
    }
    assert len(s.mends) == 2


def test_a_row_shifted_to_the_right_is_moved_back_and_the_lost_cell_worked_out():
    row = {("quality", f): v for f, v in zip(
        ("officers_dispatched", "operators_inspected", "cases_handled", "cases_filed", "cases_closed"),
        ("", "320", "410", "12", "11"), strict=True)}  # fmt: skip
    [s, *_] = suspected(row)
    assert s.kind == "row shifted"
    assert {(f, v) for _, f, v in s.changes} == {
        ("officers_dispatched", Decimal(320)), ("operators_inspected", Decimal(410)), ("cases_handled", Decimal(12)),
        ("cases_filed", Decimal(11)), ("cases_closed", Decimal(9)),
    }  # fmt: skip


def test_money_shifted_among_counts_is_moved_back_though_it_could_not_be_read():
    row = {("quality", f): v for f, v in zip(
        ("cases_closed", "fines_confiscations", "case_value", "masks_seized", "cases_transferred"),
        ("11.6→", "20.4", "13.5", "1", ""), strict=True)}  # fmt: skip
    ret = cases(row)
    at = (ret.cells["row"] == "quality") & (ret.cells["field"] == "cases_closed")
    ret.cells.loc[at, "state"] = "unreadable"
    [s, *_] = suspects(FormView(FORM, ret))
    assert s.kind == "row shifted"
    assert {(f, v) for _, f, v in s.changes} == {
        ("cases_closed", Decimal(9)), ("fines_confiscations", Decimal("11.6")), ("case_value", Decimal("20.4")),
        ("masks_seized", Decimal("13.5")), ("cases_transferred", Decimal(1)),
    }  # fmt: skip


@pytest.mark.parametrize("monstrous", ["1" * 40, "9E+400", "-" + "7" * 29, "1E-999999"])
def test_what_is_no_number_of_a_form_is_nobodys_repair(monstrous):
    for at in [("quality", "officers_dispatched"), ("total", "cases_filed"), ("quality", "masks_seized")]:
        ret = cases({at: f"{monstrous}→", ("price", "cases_handled"): f"{monstrous}→"})
        lost = ret.cells["raw"] == monstrous
        ret.cells.loc[lost, "state"] = "unreadable"
        assert lost.sum() == 2
        assert monstrous not in [s.proposed for s in suspects(FormView(FORM, ret))]


def test_a_second_suspect_about_as_likely_is_named_too():
    # 66 for 96 and 35 for 65 would both mend it
    ret = cases({("drug_device_licensing", "officers_dispatched"): "96"})
    [finding] = [f for f in check_return(FORM, ret) if f.rule == "cases.total_equals_sum"]
    assert finding.suggestion.count("应为") == 2 and "也可能是" in finding.suggestion


def test_a_row_left_out_is_one_cause_for_all_its_columns():
    names = CASES.strip().splitlines()[0].split("|")[1:]
    [s, *_] = suspected({("quality", n): "" for n in names})
    assert s.kind == "row left out" and len(s.changes) == 9


def test_a_repair_must_mend_inequalities_too():
    # 12 filed of 21 would add up as well, but not with 12 handled
    [s, *_] = suspected({("quality", "cases_filed"): "21", ("total", "cases_filed"): "26"})
    assert (s.row, s.field, s.proposed) == ("quality", "cases_filed", "11")
    assert len(s.mends) == 2


def test_an_inequality_alone_is_explained_by_swapped_cells():
    changes = {("quality", "cases_handled"): "11", ("quality", "cases_filed"): "12",
               ("total", "cases_handled"): "28", ("total", "cases_filed"): "27"}  # fmt: skip
    [s, *_] = suspected(changes)
    assert s.kind == "cells swapped" and (s.row, s.proposed) == ("quality", "11")


def test_a_total_left_from_last_period_is_recognised():
    assert (
        first({("total", "masks_seized"): "9.7"}, cases({("total", "masks_seized"): "9.7"}))[-1]
        == "total of another period"
    )


def test_two_separate_mistakes_are_both_found():
    found = suspected({("quality", "fines_confiscations"): "116000", ("quality", "operators_inspected"): "-410"})[:2]
    assert {(s.row, s.field, s.proposed) for s in found} == {
        ("quality", "fines_confiscations", "11.6"),
        ("quality", "operators_inspected", "410"),
    }


def test_columns_that_have_no_sum_are_not_searched():
    assert suspected(column("officers_dispatched", "", "591")) == []


def test_the_finding_carries_the_suspicion_and_the_table_stays_as_it_was():
    ret = cases({("quality", "fines_confiscations"): "116000"})
    [finding] = [f for f in check_return(FORM, ret) if f.rule == "cases.total_equals_sum"]
    assert "质量类案件“罚没”（单元格 G3）：116000 应为 11.6" in finding.suggestion
    assert finding.expected.startswith("与各类之和一致（现为 1160")
    assert ret.frame.loc["quality", "fines_confiscations"] == 116000


def test_nine_tenths_of_single_mistakes_are_named_first():
    scores = run(tables=12, seed=7, previous=False)
    promised = total([scores[name] for name in PROMISED])
    assert promised.planted > 40 and promised.cell >= 0.9 * promised.planted
    assert set(scores) == set(MISTAKES)

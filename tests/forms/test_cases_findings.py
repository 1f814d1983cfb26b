"""Form 4: an inline table in, the exact findings out."""

import pytest

from tally.campaigns.masks_2021 import CAMPAIGN
from tally.check.findings import check_return
from tests.forms.inline import matrix, said
from tests.unit.rules.examples import CASES, cases, column

FORM = CAMPAIGN.form("cases")


def findings(ret):
    return said(check_return(FORM, ret))


def test_officers_repeated_in_every_row_are_one_warning_and_no_sum_error():
    assert findings(cases(column("officers_dispatched", "591", "591"))) == [
        ("cases.shared_column", "total", "B9", "warning")
    ]


def test_repeats_are_never_added_up_even_if_the_total_agrees():
    assert findings(cases(column("officers_dispatched", "100", "700"))) == [
        ("cases.repeated_sum", "total", "B9", "warning")
    ]


def test_a_total_that_adds_repeats_up_says_what_it_did_and_proposes_the_number_itself():
    [finding] = check_return(FORM, cases(column("officers_dispatched", "100", "700")))
    assert (finding.found, finding.expected) == ("700", "100")
    assert "合计 700 是把 7 行同一个数（100）相加得出的" in finding.message


def test_officers_and_inspections_in_the_total_row_only_are_one_warning_each():
    only_total = {**column("officers_dispatched", "", "591"), **column("operators_inspected", "0", "750")}
    assert findings(cases(only_total)) == [
        ("cases.shared_column", "total", "B9", "warning"),
        ("cases.shared_column", "total", "C9", "warning"),
    ]


def test_an_unreadable_part_silences_the_sum_of_its_column_only():
    assert findings(cases({("price", "cases_handled"): "?", ("total", "case_value"): "35"})) == [
        ("cases.total_equals_sum", "total", "H9", "error")
    ]


def test_an_unreadable_figure_is_not_taken_for_zero():
    assert findings(cases({("price", "cases_closed"): "?", ("other", "operators_inspected"): "?"})) == []


def test_a_blank_counts_nothing_in_a_sum():
    assert findings(cases({("false_advertising", "case_value"): ""})) == []


def test_a_blank_total_over_filled_rows_is_an_error_that_names_the_sum():
    [finding] = check_return(FORM, cases({("total", "cases_closed"): ""}))
    assert (finding.rule, finding.cell, finding.found, finding.expected) == (
        "cases.total_equals_sum", "F9", "空白", "20",
    )  # fmt: skip


def test_a_column_blank_throughout_is_no_fault():
    assert findings(cases(column("masks_seized", "", ""))) == []


def test_decimal_figures_add_up_exactly():
    parts = {("price", "masks_seized"): "0.1", ("quality", "masks_seized"): "0.2", ("total", "masks_seized"): "0.3"}
    assert 0.1 + 0.2 != 0.3
    assert findings(cases({**column("masks_seized", "", ""), **parts})) == []


@pytest.mark.parametrize(
    ("total", "severity"),
    [("23.61", None), ("23.64", "note"), ("23.65", "error"), ("23.57", "error"), ("23.645", "error")],
)
def test_money_may_differ_by_half_the_last_digit_for_each_row(total, severity):
    # two decimals shown and seven rows: 0.035; with three decimals shown 0.0035
    expected = [("cases.total_equals_sum", "total", "G9", severity)] if severity else []
    assert findings(cases({("total", "fines_confiscations"): total})) == expected


def test_rounding_that_too_few_rows_could_explain_is_a_warning():
    alone = {**column("masks_seized", "", "1.23"), ("quality", "masks_seized"): "1.2", ("price", "masks_seized"): ""}
    assert findings(cases({**alone, ("total", "masks_seized"): "1.4"})) == [
        ("cases.total_equals_sum", "total", "I9", "warning")
    ]


def test_a_small_unit_in_the_cell_shows_more_digits():
    # 5000元 is 0.5 万元 to four decimals, so a difference of 0.03 is no rounding
    one = {**column("fines_confiscations", "", "0.53"), ("quality", "fines_confiscations"): "5000元→0.5"}
    assert findings(cases(one)) == [("cases.total_equals_sum", "total", "G9", "error")]


def test_a_part_that_breaks_an_inequality_is_not_told_again_of_the_total():
    text = CASES.replace("quality|320|410|12|11|9", "quality|320|410|12|40|9").replace("|29|26|20|", "|29|55|20|")
    assert findings(matrix(text)) == [("cases.filed_at_most_handled", "quality", "E3", "error")]


def test_an_error_silences_the_warning_it_implies():
    text = CASES.replace("quality|320|410|12|11|9|", "quality|320|410|12|11|14|").replace("|26|20|", "|26|25|")
    assert findings(matrix(text)) == [("cases.closed_at_most_handled", "quality", "F3", "error")]


def test_false_rules_are_no_rules():
    # fines above the value of the case, fewer firms than visits of officers
    text = CASES.replace("|11.6|20.4|", "|20.4|11.6|").replace("|23.61|31.6|", "|32.41|22.8|")
    assert findings(matrix(text.replace("|320|410|", "|410|320|").replace("|591|750|", "|681|660|"))) == []


def test_a_missing_row_is_one_finding_and_its_sums_are_not_judged():
    assert findings(cases(without=("quality",))) == [("cases.rows_present", "quality", "", "error")]


def test_a_zero_return_and_a_missing_one_are_not_checked():
    empty = "category|cases_handled"
    assert findings(matrix(empty, state="zero return")) == []
    assert findings(matrix(empty, state="missing")) == []


def test_suspected_unit_of_measure_is_named_and_the_value_left_alone():
    ret = cases({("price", "fines_confiscations"): "25000"})
    [warning] = [f for f in check_return(FORM, ret) if f.rule == "cases.fines_scale"]
    assert "2.5万元" in warning.suggestion and "元当成了万元" in warning.suggestion
    assert ret.frame.loc["price", "fines_confiscations"] == 25000.0


def test_a_cumulative_figure_is_set_against_one_period_by_its_growth():
    # 13 transfers to date over 12 cases of this period: wrong alone, right where 3 were there before
    more = {("quality", "cases_transferred"): "13", ("total", "cases_transferred"): "13"}
    before = cases({("quality", "cases_transferred"): "3", ("total", "cases_transferred"): "3"})
    assert ("cases.transferred_at_most_handled", "quality", "J3", "error") in findings(cases(more))
    rules = {f.rule for f in check_return(FORM, cases(more), before)}
    assert rules.isdisjoint({"cases.transferred_at_most_handled", "cases.transferred_at_most_filed"})


def test_masks_of_earlier_periods_need_no_case_of_this_one():
    none = {("other", f): "0" for f in ("cases_handled", "cases_filed", "cases_closed", "fines_confiscations")}
    ret = cases({**none, ("other", "masks_seized"): "0.4", ("total", "masks_seized"): "15.6"})
    before = cases({("other", "masks_seized"): "0.4"})

    def warned(*previous):
        return "cases.masks_without_case" in {f.rule for f in check_return(FORM, ret, *previous)}

    assert warned() and not warned(before)


def test_a_total_to_two_decimals_over_rows_with_four_is_rounded_and_no_error():
    rows = {("quality", "fines_confiscations"): "12.0321", ("price", "fines_confiscations"): "1.1117"}
    others = {("unfair_competition", "fines_confiscations"): "0", ("other", "fines_confiscations"): "0"}
    rest = {
        (row, "fines_confiscations"): "0"
        for row in ("intellectual_property", "drug_device_licensing", "false_advertising")
    }
    [found] = findings(cases({**rows, **others, **rest, ("total", "fines_confiscations"): "13.14"}))
    assert found == ("cases.total_equals_sum", "total", "G9", "note")

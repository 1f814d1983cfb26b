"""On any clean table no rule speaks up; a mistake planted anywhere is found at its cell."""

import random

from hypothesis import given, settings
from hypothesis import strategies as st

from benchmarks.localisation import CASES, FIELDS, KIND, PARTS, as_return, plausible
from tally.check import check_return

seeds = st.integers(0, 10**9)
some = settings(max_examples=40, deadline=None)


def errors(numbers):
    return {(f.rule, f.row, f.field) for f in check_return(CASES, as_return(numbers)) if f.severity == "error"}


@some
@given(seeds)
def test_a_table_that_adds_up_has_no_error(seed):
    assert errors(plausible(random.Random(seed))) == set()


@some
@given(seeds, st.sampled_from(FIELDS), st.integers(1, 9999))
def test_a_total_typed_over_is_found_at_its_cell(seed, field, more):
    numbers = plausible(random.Random(seed))
    numbers["total", field] = round(numbers["total", field] + more, 2)
    assert errors(numbers) - {("cases.filed_at_most_handled", "total", "cases_filed")} >= {
        ("cases.total_equals_sum", "total", field)
    }


@some
@given(seeds, st.sampled_from(FIELDS), st.sampled_from(PARTS), st.integers(1, 9999))
def test_a_changed_part_is_found_at_its_column_s_total(seed, field, part, more):
    numbers = plausible(random.Random(seed))
    numbers[part, field] = round(numbers[part, field] + more, 2)
    assert ("cases.total_equals_sum", "total", field) in errors(numbers)


@some
@given(seeds, st.sampled_from(FIELDS), st.sampled_from([*PARTS, "total"]))
def test_a_negative_figure_is_found_at_its_cell(seed, field, row):
    numbers = plausible(random.Random(seed))
    numbers[row, field] = -(numbers[row, field] or 1)
    assert ("cases.not_negative", row, field) in errors(numbers)


@some
@given(seeds, st.sampled_from(["cases_filed", "cases_closed", "cases_transferred"]), st.sampled_from(PARTS))
def test_more_than_all_cases_is_found_at_its_cell(seed, field, part):
    numbers = plausible(random.Random(seed))
    excess = numbers[part, "cases_handled"] + 1 - numbers[part, field]
    numbers[part, field] += excess
    numbers["total", field] += excess
    found = {(row, name) for rule, row, name in errors(numbers) if rule.endswith("at_most_handled")}
    assert found == {(part, field)}


def test_every_measure_of_the_form_is_drawn_from():
    assert {"count", "quantity"} == set(KIND.values()) and len(FIELDS) == 9

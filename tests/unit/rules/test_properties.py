"""On any clean table no rule speaks up; a mistake planted anywhere is found at its cell."""

import random

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from benchmarks.localisation import CASES, FIELDS, KIND, PARTS, as_return, plausible
from tally.campaigns.masks_2021 import CAMPAIGN
from tally.check.findings import check_return
from tests.forms.inline import records

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


@st.composite
def batches(draw):
    """A clean list of samples, written inline."""
    lines = []
    for n in range(1, draw(st.integers(1, 12)) + 1):
        failed, sold = draw(st.booleans()), draw(st.booleans())
        told = (
            f"不合格|标识|{draw(st.integers(6, 9999))}|{'是|邻市' if sold else '否|'}|责令停售"
            if failed
            else "合格|||||"
        )
        lines.append(f"{n}|口罩{n}|平面|厂{draw(st.integers(1, 4))}|{told}")
    return lines


BATCH = (
    "seq|product_name|model|enterprise|result|failed_items|failed_quantity|entered_market|market_destination|follow_up"
)


@some
@given(batches())
def test_a_clean_list_has_no_finding(lines):
    ret = records("sampling", "\n".join((BATCH, *lines)))
    assert check_return(CAMPAIGN.form("sampling"), ret) == []


@some
@given(batches(), st.data())
def test_a_blank_in_a_failed_batch_is_found_at_its_cell(lines, data):
    failing = [i for i, line in enumerate(lines) if "不合格" in line]
    assume(failing)
    at, nth = data.draw(st.sampled_from(failing)), data.draw(st.sampled_from([5, 6, 7, 9]))
    cells = lines[at].split("|")
    cells[nth], cells[8] = "", "" if nth == 7 else cells[8]
    lines[at] = "|".join(cells)
    found = check_return(CAMPAIGN.form("sampling"), records("sampling", "\n".join((BATCH, *lines))))
    assert [(f.row, f.field, f.severity) for f in found] == [(str(at + 1), BATCH.split("|")[nth], "error")]


def test_every_measure_of_the_form_is_drawn_from():
    assert {"count", "quantity"} == set(KIND.values()) and len(FIELDS) == 9

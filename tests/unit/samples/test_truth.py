"""What is invented is plausible, consistent, and plainly no real firm or person."""

import re
from decimal import Decimal

import pytest

from samples.names import ALPHABET
from samples.truth import CUMULATIVE, MEASURES, PARTS


def weight(code: str) -> int:
    """GB 32100: zero for a right code."""
    return sum(ALPHABET.index(c) * pow(3, i, 31) for i, c in enumerate(code[:17])) + ALPHABET.index(code[17])


def every_firm(truths):
    return {f.credit_code: f for t in truths.values() for f in t.firms}.values()


def test_credit_codes_are_right_and_of_a_division_that_does_not_exist(truths):
    codes = [f.credit_code for f in every_firm(truths)]
    assert len(codes) == 76
    assert all(len(c) == 18 and c[2:8] == "999999" and weight(c) % 31 == 0 for c in codes)


def test_names_phones_and_persons_are_plainly_invented(truths):
    for firm in every_firm(truths):
        assert re.search("示例|样例|虚构", firm.enterprise)
        assert re.fullmatch(r"1990000\d{4}|0515-0000\d{4}", firm.contact_phone)
        assert firm.legal_representative[1] == firm.contact_person[1] == "某"


def test_a_firm_name_belongs_to_one_code(truths):
    firms = every_firm(truths)
    assert len({f.enterprise for f in firms}) == len(firms)


def test_rare_characters_and_both_kinds_of_bracket_are_among_the_names(truths):
    names = "".join(f.enterprise for f in every_firm(truths))
    assert all(ch in names for ch in "㙟堃喆鑫燚（）()")


@pytest.mark.parametrize("period", ["2021-04", "2021-05"])
def test_totals_are_the_sums_of_the_categories(truths, period):
    for (_, p), truth in truths.items():
        if p == period:
            for m in MEASURES:
                assert truth.cases["total"][m] == sum(Decimal(truth.cases[c][m]) for c in PARTS)


def test_filed_closed_and_transferred_never_exceed_handled(truths):
    for truth in truths.values():
        for row in truth.cases.values():
            assert row["cases_closed"] <= row["cases_filed"] <= row["cases_handled"]
            assert row["cases_transferred"] <= row["cases_filed"]
            assert row["cases_closed"] or not row["fines_confiscations"]
            assert row["cases_handled"] or not (row["case_value"] or row["masks_seized"])


def test_cumulative_figures_never_fall_from_april_to_may(truths):
    for unit in {u for u, _ in truths}:
        april, may = truths[unit, "2021-04"].cases, truths[unit, "2021-05"].cases
        assert all(may[c][m] >= april[c][m] for c in PARTS for m in CUMULATIVE)


def test_magnitudes_are_those_of_a_county_bureau(truths):
    for truth in truths.values():
        total = truth.cases["total"]
        assert 150 <= total["officers_dispatched"] <= 950
        assert 2 <= total["cases_handled"] <= 25
        assert 4 <= len(truth.batches) <= 25
        assert not truth.firms or 3 <= len(truth.firms) <= 14


def test_one_unit_has_no_manufacturer_and_one_has_three_stopped(truths):
    may = [t for (_, p), t in truths.items() if p == "2021-05"]
    assert [t.unit for t in may if not t.firms] == ["320990"]
    assert any(sum(f.production_status == "停产" for f in t.firms) >= 3 for t in may)


def test_may_s_list_of_batches_begins_with_april_s(truths):
    for (unit, period), truth in truths.items():
        if period == "2021-05":
            earlier = truths[unit, "2021-04"].batches
            assert truth.batches[: len(earlier)] == earlier
            assert len(truth.batches) > len(earlier)

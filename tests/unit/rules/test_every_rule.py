"""Every declared rule passes once and fails once, at the cells it should name."""

from dataclasses import replace

import pytest

from tally.campaigns.masks_2021 import CAMPAIGN
from tally.catalogue import SAYINGS
from tally.check.findings import check_all, check_return, check_unit
from tally.declare import Campaign
from tests.forms.inline import matrix, tables, unit
from tests.unit.rules.examples import (
    CASES,
    CITY_EXAMPLES,
    CLEAN,
    CODES,
    FORM_EXAMPLES,
    UNIT_EXAMPLES,
    UnitExample,
    cases,
    doubled,
)

DECLARED = [*CAMPAIGN.rules, *(r for f in CAMPAIGN.forms for r in f.rules)]
MAY = CAMPAIGN.period("2021-05")


def places(findings, rule: str, severity: str | None = None):
    return sorted((f.row, f.cell) for f in findings if f.rule == rule and severity in (None, f.severity))


def test_every_declared_rule_has_an_example_that_fails_it():
    assert sorted({*FORM_EXAMPLES, *UNIT_EXAMPLES, *CITY_EXAMPLES}) == sorted(r.id for r in DECLARED)


def test_rule_ids_are_unique_and_begin_with_their_form():
    ids = [r.id for r in DECLARED]
    assert len(set(ids)) == len(ids)
    assert all(r.id.startswith(f.name + ".") for f in CAMPAIGN.forms for r in f.rules)


def test_every_kind_of_rule_that_says_something_is_a_class_that_is_used():
    assert {type(r).__name__ for r in DECLARED} == {key.partition("/")[0] for key in SAYINGS}
    assert all(type(r).about for r in DECLARED)


def test_clean_returns_have_no_findings_at_all():
    returns = {name: ret for name, ret in CLEAN.items()}
    assert [f for form in CAMPAIGN.forms for f in check_return(form, returns[form.name])] == []
    assert check_unit(CAMPAIGN, MAY, unit(), returns, {}) == []
    assert check_all(CAMPAIGN, MAY, tables(*returns.values()), None) == []


@pytest.mark.parametrize("rule", FORM_EXAMPLES)
def test_rule_within_a_form(rule):
    example = FORM_EXAMPLES[rule]
    form = CAMPAIGN.form(example.bad.form)
    assert places(check_return(form, example.bad), rule, example.severity) == sorted(example.at)
    assert places(check_return(form, CLEAN[form.name]), rule) == []


def with_settings(settings) -> Campaign:
    forms = tuple(replace(f, accumulates=settings.get(f.name, f.accumulates)) for f in CAMPAIGN.forms)
    return replace(CAMPAIGN, forms=forms)


def by_form(returns):
    return {r.form: r for r in returns}


@pytest.mark.parametrize("rule", UNIT_EXAMPLES)
def test_rule_within_a_unit(rule):
    example: UnitExample = UNIT_EXAMPLES[rule]
    campaign, before = with_settings(example.settings), by_form(example.before)
    bad = check_unit(campaign, MAY, unit(), by_form(example.bad), before)
    assert places(bad, rule, example.severity) == sorted(example.at)
    good = by_form(example.good) or CLEAN
    assert places(check_unit(campaign, MAY, unit(), good, before), rule) == []


@pytest.mark.parametrize("rule", CITY_EXAMPLES)
def test_rule_across_units(rule):
    example: UnitExample = CITY_EXAMPLES[rule]
    earlier = (tables(*example.before, period="2021-04"),) if example.before else ()
    bad, good = (check_all(CAMPAIGN, MAY, tables(*some), None, earlier) for some in (example.bad, example.good))
    assert places(bad, rule, example.severity) == sorted(example.at)
    assert places(good, rule) == []


def test_findings_name_file_sheet_and_what_was_written():
    [finding] = [
        f
        for f in check_return(CAMPAIGN.form("cases"), FORM_EXAMPLES["cases.total_equals_sum"].bad)
        if f.rule == "cases.total_equals_sum"
    ]
    assert (finding.unit, finding.file, finding.sheet, finding.cell) == ("320902", "甲区/统计表.xlsx", "表", "D9")
    assert (finding.found, finding.expected, finding.severity) == ("30", "29", "error")


def test_last_period_s_city_total_sent_as_a_unit_s_own_is_found():
    before = tables(cases(unit="320903"), cases(unit="320904"), period="2021-04")
    now = tables(matrix(doubled(CASES)), cases(unit="320903"))
    found = check_all(CAMPAIGN, MAY, now, before)
    assert places(found, "cases.not_city_total") == [("total", "")]


def test_city_findings_name_the_unit_and_the_file():
    found = check_all(CAMPAIGN, MAY, tables(*CITY_EXAMPLES["enterprises.code_claimed_once"].bad), None)
    assert {(f.unit, f.file, f.found) for f in found} == {
        (u, "甲区/统计表.xlsx", CODES[0]) for u in ("320902", "320903")
    }

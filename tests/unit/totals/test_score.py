"""The one score of what is open: what the report lists first is what the desk asks about first."""

from dataclasses import asdict, replace

import pandas as pd

from tally.campaigns.masks_2021 import CAMPAIGN
from tally.check.findings import check_return
from tally.report.stakes import stakes
from tally.store.tables import FINDING_COLUMNS
from tally.totals import History, work_out
from tally.totals.reach import RECORDS, Scales
from tally.totals.score import score
from tally.totals.views import Views
from tests.forms.inline import tables
from tests.unit.rules.examples import cases, enterprises, sampling

B = "320903"


def scored(*returns):
    """(rule, figure, amount) of each finding, by score."""
    findings = [f for r in returns for f in check_return(CAMPAIGN.form(r.form), r)]
    scales = Scales(Views(CAMPAIGN, tables(*returns)))
    scores = [(f.rule, score(scales, [f])) for f in findings if f.severity != "note"]
    return [(rule, s.figure, float(s.amount)) for rule, s in sorted(scores, key=lambda pair: -pair[1].value)]


def test_what_moves_a_figure_most_comes_first():
    """The culprit of a total may be a row: a hundred officers too many are most of what a small row has."""
    ret = cases({("total", "officers_dispatched"): "691", ("total", "cases_transferred"): "5"})
    entries = scored(ret, cases(unit=B))
    assert [(figure[2], amount) for _, figure, amount in entries] == [
        ("officers_dispatched", 100.0),
        ("cases_transferred", 4.0),
    ]


def test_a_blank_total_moves_the_city_by_the_sum_of_its_parts():
    [(_, figure, amount)] = scored(cases({("total", "case_value"): ""}), cases(unit=B))
    assert figure == ("cases", "total", "case_value") and amount == 31.6


def test_a_wrong_result_moves_one_batch_and_a_wrong_code_no_figure():
    entries = scored(enterprises({("1", "credit_code"): "1" * 18}), sampling({("2", "result"): "合格"}))
    assert [(rule, amount) for rule, _, amount in entries] == [
        ("sampling.result_agrees", 1.0),
        ("enterprises.credit_code", 0.0),
    ]


def test_a_record_without_its_key_may_be_none():
    ret = sampling({("2", "enterprise"): ""})
    [finding] = [f for f in check_return(CAMPAIGN.form("sampling"), ret) if f.severity == "error"]
    reach = score(Scales(Views(CAMPAIGN, tables(ret))), [finding]).reach
    assert reach["sampling", "", RECORDS] == 1


def test_a_findings_table_gets_its_scores_in_words_by_row_number():
    ret = cases({("total", "officers_dispatched"): "691", ("total", "cases_transferred"): "5"})
    findings = check_return(CAMPAIGN.form("cases"), ret)
    frame = pd.DataFrame([asdict(f) for f in findings])[list(FINDING_COLUMNS)].replace("", None)
    now = replace(tables(ret, cases(unit=B)), findings=frame)
    weighed = stakes(work_out(History(CAMPAIGN, (now,))))
    at = {f.field: i for i, f in enumerate(findings)}
    assert list(weighed.items()) == [
        (at["officers_dispatched"], "出动执法人员至多100人次（占全市累计的7.8%）"),
        (at["cases_transferred"], "移送公安机关案件数至多4件（占全市累计的66.7%）"),
    ]

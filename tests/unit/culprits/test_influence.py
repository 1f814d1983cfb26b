"""By how much an open finding could move the city's figures."""

from dataclasses import asdict, replace
from decimal import Decimal

import pandas as pd

from tally.campaigns.masks_2021 import CAMPAIGN
from tally.check.findings import check_return
from tally.check.influence import influence
from tally.report.stakes import stakes
from tally.store.tables import FINDING_COLUMNS
from tally.totals import History, work_out
from tests.forms.inline import tables
from tests.unit.rules.examples import cases, enterprises, sampling

B = "320903"


def weighed(*returns, severities=("error",)):
    findings = [f for r in returns for f in check_return(CAMPAIGN.form(r.form), r)]
    return influence(findings, CAMPAIGN, tables(*returns), severities)


def test_the_largest_share_of_a_city_figure_comes_first():
    ret = cases({("total", "officers_dispatched"): "691", ("total", "cases_transferred"): "5"})
    entries = weighed(ret, cases(unit=B))
    assert [(i.measure, i.amount, i.unit) for i in entries] == [
        ("移送公安机关案件数", Decimal(4), "件"),
        ("出动执法人员", Decimal(100), "人次"),
    ]
    assert entries[0].share == 4 / 6 and round(entries[1].share, 4) == round(100 / 1282, 4)


def test_a_blank_total_could_move_the_city_by_the_sum_of_its_parts():
    [entry] = weighed(cases({("total", "case_value"): ""}), cases(unit=B))
    assert entry.amount == Decimal("31.6") and entry.share == 1.0


def test_a_wrong_unit_of_measure_could_move_it_by_all_but_a_ten_thousandth():
    ret = cases({("price", "fines_confiscations"): "25000", ("total", "fines_confiscations"): "25021.11"})
    [entry] = weighed(ret, cases(unit=B), severities=("warning",))
    assert entry.amount == Decimal("24997.5")


def test_a_missing_row_is_weighed_by_the_column_it_could_move_most():
    [entry] = weighed(cases(without=("quality",)), cases(unit=B))
    assert entry.measure == "移送公安机关案件数" and entry.amount == 1


def test_a_wrong_result_moves_one_batch_and_a_wrong_code_nothing():
    entries = weighed(enterprises({("1", "credit_code"): "1" * 18}), sampling({("2", "result"): "合格"}))
    assert [(i.finding.rule, i.amount) for i in entries] == [
        ("sampling.result_agrees", Decimal(1)),
        ("enterprises.credit_code", Decimal(0)),
    ]


def test_a_findings_table_gets_its_influence_in_words_by_row_number():
    ret = cases({("total", "officers_dispatched"): "691", ("total", "cases_transferred"): "5"})
    found = check_return(CAMPAIGN.form("cases"), ret)
    frame = pd.DataFrame([asdict(f) for f in found])[list(FINDING_COLUMNS)].replace("", None)
    now = replace(tables(ret, cases(unit=B)), findings=frame)
    weighed = stakes(work_out(History(CAMPAIGN, (now,))))
    at = {f.field: i for i, f in enumerate(found)}
    assert list(weighed.items()) == [
        (at["cases_transferred"], "移送公安机关案件数4件（占全市的66.7%）"),
        (at["officers_dispatched"], "出动执法人员100人次（占全市的7.8%）"),
    ]

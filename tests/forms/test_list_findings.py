"""Forms 3 and 5: inline tables in, the exact findings out."""

from dataclasses import replace

from tally.campaigns.masks_2021 import CAMPAIGN
from tally.check.findings import check_return, check_unit
from tally.model import Finding
from tests.forms.inline import records, said, unit
from tests.unit.rules.examples import CODES, cases, enterprises, sampling

MAY, APRIL = CAMPAIGN.period("2021-05"), CAMPAIGN.period("2021-04")


def findings(ret):
    return said(check_return(CAMPAIGN.form(ret.form), ret))


def test_a_failed_batch_without_its_columns_names_each_empty_cell():
    changes = {("2", "failed_items"): "/", ("2", "failed_quantity"): "0", ("2", "follow_up"): "无"}
    assert findings(sampling(changes)) == [
        ("sampling.result_agrees", "2", "G3", "error"),
        ("sampling.result_agrees", "2", "H3", "error"),
        ("sampling.result_agrees", "2", "K3", "error"),
    ]


def test_a_failed_batch_with_nothing_filled_in_is_one_fault_at_the_result():
    assert findings(sampling({("1", "result"): "不合格"})) == [("sampling.result_agrees", "1", "F2", "error")]


def test_a_passed_batch_told_like_a_failed_one_is_one_fault_at_the_result():
    assert findings(sampling({("2", "result"): "合格"})) == [("sampling.result_agrees", "2", "F3", "error")]


def test_an_unreadable_cell_is_not_called_empty():
    assert findings(sampling({("2", "failed_quantity"): "?", ("1", "result"): "?"})) == []


def test_words_for_nothing_are_no_destination():
    assert findings(sampling({("3", "market_destination"): "未流入市场", ("1", "market_destination"): "/"})) == []


def test_entered_market_must_be_answered_for_a_failed_batch():
    assert findings(sampling({("2", "entered_market"): ""})) == [("sampling.result_agrees", "2", "I3", "error")]


def seqs(*numbers, firm="厂{}"):
    rows = "\n".join(f"{n}|{firm.format(i)}|齐全" for i, n in enumerate(numbers))
    return [(f.row, f.expected) for f in check_return(
        CAMPAIGN.form("enterprises"), records("enterprises", f"seq|enterprise|licences\n{rows}")
    ) if f.rule == "enterprises.seq"]  # fmt: skip


def test_one_wrong_running_number_is_one_fault():
    assert seqs(1, 2, 9, 4, 5) == [("3", "3")]


def test_one_gap_is_one_fault():
    assert seqs(1, 2, 4, 5, 6) == [("3", "3")]


def test_a_list_may_begin_at_any_number_and_leave_numbers_blank():
    assert seqs(7, 8, "", 9) == []


def test_a_wrong_first_number_is_told_at_the_first_record():
    assert seqs(5, 2, 3, 4) == [("1", "1")]


def test_batches_of_one_firm_may_share_its_number():
    text = "seq|product_name|model|enterprise|result\n1|甲|M|厂一|合格\n1|乙|M|厂一|合格\n2|丙|M|厂二|合格"
    assert findings(records("sampling", text)) == []


FACTS = "enterprise|credit_code|production_status|enterprise_size|daily_capacity"


def test_a_column_empty_throughout_is_one_finding():
    text = f"{FACTS}\n" + "\n".join(f"厂{i}|{code}|在产|小型|5" for i, code in enumerate(CODES[:3]))
    assert findings(records("enterprises", text)) == [("enterprises.licences_filled", "", "", "warning")]


def test_a_column_that_is_not_in_the_file_is_not_told_twice():
    said_already = Finding(
        "320902", "enterprises", "form.missing_column", "error", "找不到“证照情况”栏", field="licences"
    )
    text = f"{FACTS}\n" + "\n".join(f"厂{i}|{code}|在产|小型|5" for i, code in enumerate(CODES[:3]))
    ret = records("enterprises", text)
    assert findings(replace(ret, findings=(said_already,))) == []


def test_same_firm_with_other_brackets_is_told_once_and_not_again_for_its_code():
    ret = enterprises({("1", "enterprise"): "丙三纺织(甲区)有限公司", ("1", "credit_code"): CODES[2]})
    assert findings(ret) == [("enterprises.name_unique", "3", "C4", "error")]


def test_a_wrong_code_names_the_one_right_code_near_it():
    wrong = CODES[0][:-2] + "OM"
    [finding] = check_return(CAMPAIGN.form("enterprises"), enterprises({("1", "credit_code"): wrong}))
    assert CODES[0] in finding.suggestion and finding.found == wrong


def test_before_the_deadline_an_unsampled_firm_is_only_noted():
    returns = {"enterprises": enterprises(), "sampling": sampling(without=("3",))}
    april = [f for f in check_unit(CAMPAIGN, APRIL, unit(), returns, {}) if f.rule == "enterprises.all_sampled"]
    assert [(f.row, f.severity) for f in april] == [("2", "note")]


def test_a_form_that_did_not_come_makes_no_finding_in_the_others():
    returns = {
        "sampling": sampling(),
        "cases": cases(),
        "enterprises": records("enterprises", "enterprise", state="missing"),
    }
    assert check_unit(CAMPAIGN, MAY, unit(), returns, {}) == []


def test_a_firm_is_called_unknown_once_however_many_batches_it_has():
    shop = {("1", "enterprise"): "丁四药店", ("2", "enterprise"): "丁四药店"}
    returns = {"enterprises": enterprises({("1", "production_status"): "停产"}), "sampling": sampling(shop)}
    told = [f for f in check_unit(CAMPAIGN, MAY, unit(), returns, {}) if f.rule == "sampling.firm_in_roster"]
    assert [(f.row, f.cell) for f in told] == [("1", "E2")]


def test_many_falling_rows_of_a_cumulative_column_are_one_finding_at_its_total():
    half = {(k, "operators_inspected"): str(n) for k, n in
            (("price", 75), ("quality", 205), ("other", 7), ("intellectual_property", 20), ("total", 502))}  # fmt: skip
    now = cases({**half})
    told = check_unit(CAMPAIGN, MAY, unit(), {"cases": now}, {"cases": cases()})
    assert [(f.row, f.cell) for f in told if f.rule == "cases.cumulative_never_falls"] == [("total", "C9")]


def test_a_fall_against_a_total_that_contradicted_its_own_rows_is_told_with_what_the_rows_came_to():
    before = cases({("total", "operators_inspected"): "900"})  # its rows came to 750
    told = check_unit(CAMPAIGN, MAY, unit(), {"cases": cases()}, {"cases": before})
    (fall,) = [f for f in told if f.rule == "cases.cumulative_never_falls"]
    assert (fall.row, fall.severity) == ("total", "note")
    assert "与各类之和（750）不符，按各类之和没有减少" in fall.message


def test_a_shop_that_is_no_manufacturer_is_only_noted():
    returns = {"enterprises": enterprises(), "sampling": sampling({("3", "enterprise"): "丁四大药房"})}
    told = [f for f in check_unit(CAMPAIGN, MAY, unit(), returns, {}) if f.rule == "sampling.firm_in_roster"]
    assert [(f.row, f.severity) for f in told] == [("3", "note")]


def test_without_the_column_of_firms_nothing_is_said_of_firms():
    lost = Finding("320902", "sampling", "form.missing_column", "error", "缺少“抽查企业名称”一列", field="enterprise")
    text = "seq|product_name|model|result\n1|口罩|A|合格\n2|口罩|A|合格"
    returns = {"enterprises": enterprises(), "sampling": replace(records("sampling", text), findings=(lost,))}
    assert findings(returns["sampling"]) == []
    assert check_unit(CAMPAIGN, MAY, unit(), returns, {}) == []


def test_every_one_of_many_faults_is_told_at_its_own_cell():
    lines = "\n".join(f"{i}|口罩|型{i}|厂{i}|合格|过滤效率" for i in range(1, 2001))
    told = findings(records("sampling", "seq|product_name|model|enterprise|result|failed_items\n" + lines))
    assert sorted(told) == sorted(("sampling.result_agrees", str(i), f"G{i + 1}", "error") for i in range(1, 2001))

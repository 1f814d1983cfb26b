"""Corrections and explanations are data, guarded by the old value and by words that explain something."""

from dataclasses import replace

import pytest

from tally.campaigns.masks_2021 import CAMPAIGN
from tally.check.corrections import BROUGHT_ABOUT, explains_nothing, load_corrections
from tally.check.explanations import load_explanations
from tally.render.feedback.notices import notices
from tally.store.tables import as_frame, findings_table
from tests.unit.county.conftest import cases_sheet

HEAD = "unit,form,row,field,old,new,reason,who,when\n"


def put(folder, *lines: str):
    folder.paths.corrections.parent.mkdir(parents=True, exist_ok=True)
    folder.paths.corrections.write_text(HEAD + "\n".join(lines), encoding="utf-8")
    folder.put("亭湖区/报表.xlsx", {"表": cases_sheet()})
    return folder.read().returns["cases"]


def test_a_correction_is_applied_while_the_old_value_stands(folder):
    ret = put(folder, "320902,cases,total,cases_handled,3,4,县局来电更正,某甲,2021-06-03")
    cell = ret.cells[(ret.cells["row"] == "total") & (ret.cells["field"] == "cases_handled")].iloc[0]
    assert ret.frame.loc["total", "cases_handled"] == 4
    assert (cell["raw"], cell["value"], cell["state"]) == ("3", "4", "corrected")
    assert "corrections.applied" in {f.rule for f in ret.findings}


def test_a_correction_whose_old_value_is_gone_is_a_loud_error(folder):
    ret = put(folder, "320902,cases,total,cases_handled,7,4,县局来电更正,某甲,2021-06-03")
    assert ret.frame.loc["total", "cases_handled"] == 3
    [stale] = [f for f in ret.findings if f.rule == "corrections.stale"]
    assert (stale.severity, stale.unit, stale.cell) == ("error", "", "A2"), "the analyst's own line, no unit's fault"
    assert "第 2 行" in stale.message and "原值应为“7”" in stale.message


def test_a_corrected_cell_is_checked_like_any_other(folder):
    ret = put(folder, "320902,cases,total,cases_handled,3,4,县局来电更正,某甲,2021-06-03")
    assert "cases.total_equals_sum" in {f.rule for f in ret.findings}


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("320902,cases,total,cases_handled,3,4,核实无误,某甲,2021-06-03", "理由"),
        ("320902,nope,total,cases_handled,3,4,来电更正了,某甲,1", "nope"),
        ("320902,cases,total,nope,3,4,来电更正了,某甲,1", "nope"),
        ("别处,cases,total,cases_handled,3,4,来电更正了,某甲,1", "别处"),
    ],
)
def test_a_bad_line_is_named_with_its_place_and_kept_out_alone(folder, line, said):
    put(folder, line + "\n320902,附件4,合计,查办案件,3,4,县局来电更正,某甲,2021年6月3日")
    read = load_corrections(folder.paths.corrections, folder.campaign)
    assert [(c.form, c.row, c.field) for c in read.entries] == [("cases", "total", "cases_handled")]
    [refused] = read.refused
    assert (refused.severity, refused.unit, refused.cell) == ("error", "", "A2")
    assert said in refused.message and "第 2 行" in refused.message


@pytest.mark.parametrize(
    "text", ["核实无误", "属实", "无误", "经核实，情况属实。", "数据正确", "", "ok", "已核对无误！"]
)
def test_words_that_only_assert_explain_nothing(text):
    assert explains_nothing(text)


@pytest.mark.parametrize("text", ["2件为4月立案、5月结案", "该企业在两县均设有厂区", "含上年结转案件"])
def test_words_with_a_reason_explain_something(text):
    assert not explains_nothing(text)


def test_an_empty_explanation_becomes_an_error(folder):
    path = folder.paths.explanations
    path.parent.mkdir(parents=True)
    path.write_text(
        "unit,form,row,field,rule,explanation,who,when\n亭湖区,cases,total,,cases.case_without_officers,属实,某甲,1\n",
        encoding="utf-8",
    )
    kept, refused = load_explanations(path, folder.campaign)
    assert kept == ()
    assert [(f.severity, f.unit, f.cell) for f in refused] == [("error", "", "F2")]


def test_no_file_means_no_corrections(folder):
    assert load_corrections(folder.paths.corrections, folder.campaign).entries == ()


@pytest.mark.parametrize(
    "line",
    [
        "320981,enterprises,5,credit_code,old,new,县局6月20日来函更正,李分析,2021-06-20",
        "东台市,附件3,5,统一社会信用代码,old,new,县局6月20日来函更正,李分析,2021-06-20",
    ],
)
@pytest.mark.parametrize("encoding", ["utf-8", "gbk"])
@pytest.mark.parametrize(
    "head", ["unit,form,row,field,old,new,reason,who,when", "单位,表,行,栏目,原值,新值,理由,更正人,日期"]
)
def test_a_correction_may_be_written_as_people_write(tmp_path, line, encoding, head):
    path = tmp_path / "2021-05.csv"
    path.write_bytes(f"{head}\r\n{line}\r\n".encode(encoding))
    (entry,) = load_corrections(path, CAMPAIGN).entries
    assert (entry.unit, entry.form, entry.row, entry.field) == ("320981", "enterprises", "5", "credit_code")
    assert (entry.old, entry.new, entry.who, entry.line) == ("old", "new", "李分析", 2)


def test_what_a_correction_of_ours_brought_about_is_asked_of_nobody_else(folder):
    ours = put(folder, "320902,cases,total,cases_handled,3,0,当成另一格误改,某甲,2021-06-03").findings
    brought = [f for f in ours if f.message.endswith(BROUGHT_ABOUT)]
    assert {(f.rule, f.field) for f in brought} >= {
        ("cases.total_equals_sum", "cases_handled"),
        ("cases.filed_at_most_handled", "cases_filed"),
    }
    table = as_frame(findings_table([replace(f, unit="320902") for f in ours]))
    told = {n.rule for n in notices(folder.campaign, table, "320902") if n.severity != "note"}
    assert not told & {f.rule for f in brought}


def test_a_fault_of_the_unit_s_own_stays_its_own_beside_a_correction(folder):
    sheet = cases_sheet(quality=(20, 30, 3, 5, 1, 1.5, 2, 0.5, 0))  # filed more than handled, as sent
    folder.paths.corrections.parent.mkdir(parents=True, exist_ok=True)
    line = "320902,cases,quality,masks_seized,0.5,0.6,县局来电更正,某甲,2021-06-03"
    folder.paths.corrections.write_text(HEAD + line, encoding="utf-8")
    folder.put("亭湖区/报表.xlsx", {"表": sheet})
    findings = folder.read().returns["cases"].findings
    [theirs] = [f for f in findings if f.rule == "cases.filed_at_most_handled" and f.row == "quality"]
    assert BROUGHT_ABOUT not in theirs.message
    [ours] = [f for f in findings if f.rule == "cases.total_equals_sum" and f.field == "masks_seized"]
    assert BROUGHT_ABOUT in ours.message

"""Duty by duty, unit by unit: done, under way, overdue, no word."""

from dataclasses import replace

import pandas as pd

from tally.campaigns.masks_2021 import CAMPAIGN
from tally.report import Report, narrative
from tally.report.duties import DONE, NO_WORD, NOTHING, OVERDUE, PARTLY, UNDER_WAY, duty_table, standing
from tally.report.evidence import Passage
from tally.totals import History, work_out
from tests.unit.totals.invented import MISSING, periods

BEFORE, NOW = periods()
DUTY = {d.name: d for d in CAMPAIGN.duties}


def state(name, unit="320902", tables=(BEFORE, NOW), passages=None):
    return standing(work_out(History(CAMPAIGN, tables)), DUTY[name], unit, passages or {}).state


def one_firm_less():
    """May's tables without the samples of one producing firm of 亭湖区."""
    rows = NOW.forms["sampling"]
    first = rows[rows["unit"] == "320902"]["enterprise"].iloc[0]
    return replace(NOW, forms={**NOW.forms, "sampling": rows[rows["enterprise"] != first]})


def test_a_roster_once_sent_is_done():
    assert state("1-2") == DONE
    assert state("1-2", MISSING) == DONE  # sent in April


def test_a_roster_never_sent_is_overdue_after_its_day():
    assert state("1-2", MISSING, (NOW,)) == OVERDUE


def test_sampling_is_under_way_before_its_day_and_overdue_after():
    assert state("1-3", tables=(BEFORE,)) == PARTLY
    assert state("1-3", tables=(BEFORE, one_firm_less())) == OVERDUE


def test_sampling_of_all_producing_firms_is_done():
    firms = NOW.forms["enterprises"]
    keep = firms[(firms["unit"] != "320902") | (firms["row"] <= 2)]
    assert state("1-3", tables=(BEFORE, replace(NOW, forms={**NOW.forms, "enterprises": keep}))) == DONE


def with_follow_up(text, **columns):
    sampling = NOW.forms["sampling"].assign(follow_up=text, **columns)
    return BEFORE, replace(NOW, forms={**NOW.forms, "sampling": sampling})


EVERY_STEP = "责令停止销售，追查流向，整改后复查合格，行政处罚，召回，通报商务、海关，信用公示"


def failing():
    found = NOW.forms["sampling"]
    return str(found[found["result"] == "不合格"]["unit"].iloc[0])


def test_follow_up_is_done_only_when_every_step_is_named():
    unit = failing()
    assert state("1-4", unit, with_follow_up(EVERY_STEP)) == DONE
    assert state("1-4", unit, with_follow_up("责令停止销售")) == PARTLY


def test_follow_up_at_once_is_overdue_when_a_failing_batch_has_none():
    assert state("1-4", failing(), with_follow_up(None)) == OVERDUE


def test_where_nothing_failed_there_is_nothing_to_do_which_is_not_done():
    passing = with_follow_up(None, result="合格")
    assert state("1-4", failing(), passing) == NOTHING


def test_where_no_firm_produces_there_is_nothing_to_sample():
    stopped = NOW.forms["enterprises"].assign(production_status="停产")
    assert state("1-3", tables=(BEFORE, replace(NOW, forms={**NOW.forms, "enterprises": stopped}))) == NOTHING


def test_a_standing_duty_is_never_done():
    assert state("1-6") == UNDER_WAY


def test_without_any_word_nothing_is_claimed():
    assert state("1-9") == NO_WORD
    assert state("1-1") == OVERDUE


def test_a_summary_or_its_passage_is_evidence():
    row = NOW.returns.iloc[[0]].assign(form="summary", state="on time")
    tables = replace(NOW, returns=pd.concat([NOW.returns, row]))
    assert state("1-9", tables=(BEFORE, tables)) == NO_WORD  # a summary that says nothing of it
    assert state("1-9", passages={("320902", "1-9"): Passage("已办理投诉", "2021-05")}) == UNDER_WAY
    assert state("1-1", passages={("320902", "1-1"): Passage("已成立专班", "2021-05")}) == DONE


def test_a_summary_that_nobody_has_sorted_is_never_read_as_overdue():
    row = NOW.returns.iloc[[0]].assign(form="summary", state="on time")
    assert state("1-1", tables=(BEFORE, replace(NOW, returns=pd.concat([NOW.returns, row])))) == NO_WORD


def test_the_table_has_a_column_for_each_unit_and_a_line_for_each_duty():
    table = duty_table(work_out(History(CAMPAIGN, (BEFORE, NOW))), 1, "d", "责任清单", {})
    assert len(table.body) == 12 and len(table.body[0]) == 3 + 11 + 1
    assert table.body[1][-1].text == "完成11"


def shown(name, tables):
    """What 二、主要做法 says of a duty that figures show."""
    report = Report(work_out(History(CAMPAIGN, tables)), narrative.parse(""))
    texts = [block.as_text() for block in report.measures()]
    return texts[texts.index(next(t for t in texts if t.endswith(DUTY[name].title))) + 1]


def without_return(unit, form):
    """May's tables without one unit's return of a form."""
    mine = (NOW.returns["unit"] == unit) & (NOW.returns["form"] == form)
    rows = NOW.forms[form]
    returns = NOW.returns.assign(state=NOW.returns["state"].mask(mine, "missing"))
    return replace(NOW, returns=returns, forms={**NOW.forms, form: rows[rows["unit"] != unit]})


def test_a_unit_that_sent_nothing_this_period_is_not_said_to_have_reported_progress():
    assert "各报送单位均已报送进展" not in shown("1-6", (BEFORE, without_return("320903", "cases")))
    assert "盐都区" in shown("1-6", (BEFORE, without_return("320903", "cases")))


def test_no_case_shows_no_work_on_a_standing_duty():
    cases = NOW.forms["cases"]
    mine = (cases["unit"] == "320904") & (cases["category"] == "drug_device_licensing")
    none = replace(NOW, forms={**NOW.forms, "cases": cases.assign(cases_handled=cases["cases_handled"].mask(mine, 0))})
    assert state("2-3", "320904", (none,)) == NO_WORD


def test_a_line_is_summed_up_in_words_two_to_a_line():
    line = duty_table(work_out(History(CAMPAIGN, (BEFORE, NOW))), 1, "d", "责任清单", {}).body[2][-1].text
    assert "—" not in line and all(len(part.split("，")) <= 3 for part in line.split("\n"))


def measures(written, passages):
    report = Report(work_out(History(CAMPAIGN, (BEFORE, NOW))), narrative.parse(written), passages=passages)
    return "".join(block.as_text() for block in report.measures())


def test_a_unit_is_quoted_with_one_stop_and_not_again_where_the_analyst_quotes_it():
    title = DUTY["1-9"].title
    passages = {("320902", "1-9"): Passage("受理口罩类投诉举报9件，办结9件。", "2021-05")}
    assert "如亭湖区：“受理口罩类投诉举报9件，办结9件”。" in measures("", passages)
    told = measures(f"# {title}\n亭湖区受理口罩类投诉举报9件，办结9件。", passages)
    assert told.count("受理口罩类投诉举报9件") == 1


def test_a_sentence_with_quotation_marks_of_its_own_is_known_again_too():
    title, text = DUTY["1-9"].title, "推荐1家企业申报“江苏精品”。"
    told = measures(f"# {title}\n{text}", {("320923", "1-9"): Passage(text, "2021-05")})
    assert told.count("推荐1家企业申报") == 1

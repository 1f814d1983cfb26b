"""Failing batches followed through the notice's steps."""

from dataclasses import replace

import pytest

from tally.campaigns.masks_2021 import CAMPAIGN
from tally.report.follow_up import batch, failing_batches, follow_up_table
from tally.rules.words import FOLLOW_UP_STEPS
from tally.totals import History, work_out
from tests.unit.totals.invented import periods

BEFORE, NOW = periods()


def record(**more):
    return {"unit": "320902", "period": "2021-05", "row": 1, "enterprise": "样例口罩厂", "result": "不合格", **more}


def totals(**columns):
    sampling = NOW.forms["sampling"].assign(**columns)
    return work_out(History(CAMPAIGN, (BEFORE, replace(NOW, forms={**NOW.forms, "sampling": sampling}))))


def test_steps_that_are_named_and_those_that_are_missing_make_up_the_notices_list():
    found = batch(record(entered_market="是", follow_up="责令停售，立案查处，召回产品"), FOLLOW_UP_STEPS)
    assert found.named == ("责令停售", "行政处罚", "召回")
    assert set(found.named) | set(found.missing) == set(FOLLOW_UP_STEPS)


@pytest.mark.parametrize(("entered", "mark"), [("否", "不适用"), ("是", "缺"), (None, "缺")])
def test_a_recall_is_asked_only_of_what_may_have_entered_the_market(entered, mark):
    assert batch(record(entered_market=entered, follow_up="责令停售"), FOLLOW_UP_STEPS).mark("召回") == mark


def test_a_recall_that_was_done_is_shown_though_nothing_asked_for_it():
    assert batch(record(entered_market="否", follow_up="召回"), FOLLOW_UP_STEPS).mark("召回") == "●"


def test_a_batch_without_any_follow_up_misses_all_that_is_asked():
    assert len(batch(record(entered_market="是"), FOLLOW_UP_STEPS).missing) == len(FOLLOW_UP_STEPS)


def test_all_failing_batches_to_date_are_followed_and_no_other():
    found = failing_batches(totals())
    rows = totals().sampling.by_scope[".to_date"]
    assert len(found) == (rows["result"] == "不合格").sum() > 0
    table = follow_up_table(totals(), "f", "后处理")
    assert len(table.body) == len(found) and {len(r) for r in table.body} == {len(table.head[0])}


def test_without_failures_there_is_no_table():
    passing = work_out(
        History(
            CAMPAIGN,
            tuple(
                replace(t, forms={**t.forms, "sampling": t.forms["sampling"].assign(result="合格")})
                for t in (BEFORE, NOW)
            ),
        )
    )
    assert follow_up_table(passing, "f", "后处理") is None

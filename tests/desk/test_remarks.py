"""The reviewer marks a passage of the report and remarks on it; the analyst settles it with a word; a release waits for it."""

from __future__ import annotations

from datetime import date

import pytest

import pipeline
from tally.check.remarks import remarks
from tally.errors import TallyError
from tally.life.approve import Approval, approve
from tests.desk import world
from tests.desk.world import ask


@pytest.fixture(scope="module")
def reported(tmp_path_factory):
    """A period without mistakes, with its report."""
    paths = world.send(tmp_path_factory.mktemp("reported"), {})
    assert pipeline.main(["run", paths.period, "--root", str(paths.root), "--lang", "zh"]) == 0
    return paths


def test_a_remark_is_written_seen_in_the_queue_holds_the_release_and_is_settled(reported):
    reviewer, analyst = world.desk(reported, "张审核"), world.desk(reported, "李分析")
    blocks = ask(reviewer, ask="report")["blocks"]
    paragraph = next(b for b in blocks if b["kind"] == "paragraph" and any(ref for _, ref, _ in b["runs"]))
    text, figure, _ = next(r for r in paragraph["runs"] if r[1])
    asked = {"heading": paragraph["heading"], "quote": text, "figure": figure, "text": "与上月口径是否一致？"}
    ask(reviewer, ask="remark", **asked)
    (shown,) = ask(analyst, ask="overview")["remarks"]
    assert (shown["quote"], shown["text"], shown["who"]) == (text, asked["text"], "张审核")
    approval = Approval("张审核", date.today(), allow_gaps=True)
    with pytest.raises(TallyError, match="还有1条审核意见没有办结.*与上月口径是否一致"):
        approve(reported.campaign, reported.period, reported.root, approval)
    ask(analyst, ask="settle", number=shown["number"], text="已核对，一致")
    assert ask(analyst, ask="overview")["remarks"] == []
    (settled,) = remarks(reported.remarks)
    assert (settled.answer, settled.settled_by) == ("已核对，一致", "李分析")
    again = analyst.answer({"ask": "settle", "number": shown["number"], "text": "再办"})
    assert "已经办结" in again["error"]["fact"]
    assert approve(reported.campaign, reported.period, reported.root, approval).number == 1


@pytest.mark.parametrize(
    ("wanted", "why"),
    [
        ({"quote": "", "figure": "", "text": "不妥"}, "没有选定"),
        ({"quote": "一段", "figure": "", "text": " "}, "没有内容"),
    ],
)
def test_a_remark_on_nothing_or_with_nothing_to_say_is_refused(checked, wanted, why):
    desk = world.desk(checked, "张审核")
    assert why in desk.answer({"ask": "remark", "heading": "", **wanted})["error"]["fact"]
    assert not checked.remarks.exists()


def test_a_period_without_a_report_says_so(checked):
    assert "还没有报告" in world.desk(checked).answer({"ask": "report"})["error"]["fact"]


def test_all_units_accepted_can_be_asked_for(reported):
    approval = Approval("张审核", date.today(), allow_gaps=True, all_accepted=True)
    with pytest.raises(TallyError, match="还有11个单位的数没有认可"):
        approve(reported.campaign, reported.period, reported.root, approval)

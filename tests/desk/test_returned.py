"""A file sent again that mends what was asked closes the question by itself; one that changes something else is a finding."""

from __future__ import annotations

from copy import deepcopy

import pandas as pd
import pytest

from tally.check.queries import ANSWERED, load_queries
from tests.desk import world

UNIT = "320902"
MISTAKE = (UNIT, "cases", "quality", "cases_closed")


@pytest.fixture
def asked(tmp_path):
    """A column that does not add up, and the question about it in the log."""
    true = world.records(UNIT, world.MAY)["cases"]["quality"]["cases_closed"]
    paths = world.checked(tmp_path, {MISTAKE: world.Mistake(true + 70, true)})
    desk = world.desk(paths)
    item = next(i for i in desk.answer({"ask": "overview"})["items"] if i["form"] == "cases")
    request = {"names": [m["name"] for m in item["members"]], "text": "结案数与合计不符", "channel": "电话"}
    assert "error" not in desk.answer({"ask": "ask", **request})
    return paths


def send_again(paths, rows=("quality", "total"), **changes) -> None:
    """The true form once more, a day later, with `changes` to the row of quality."""
    forms = deepcopy(world.records(UNIT, world.MAY))
    for field, by in changes.items():
        for row in rows:
            forms["cases"][row][field] += by
    (paths.raw / "亭湖区统计表（更正）.xlsx").write_bytes(world.workbook(UNIT, forms))
    with paths.register.open("a", encoding="utf-8") as file:
        file.write("\n亭湖区统计表（更正）.xlsx,2021-06-04,\n")
    world.check(paths)


def unasked(paths) -> list[str]:
    findings = pd.read_parquet(paths.processed / "findings.parquet")
    return findings.loc[findings["rule"] == "returns.changed_unasked", "message"].tolist()


def test_what_is_mended_is_answered_in_the_log_once(asked):
    send_again(asked)
    log = load_queries(asked.queries)
    answers = [q for q in log if q.what == ANSWERED]
    assert len(answers) == len({q.key for q in log}) and answers[0].who == "程序登记"
    assert any("亭湖区统计表（更正）.xlsx" in q.text and "现为“" in q.text for q in answers)
    assert unasked(asked) == []
    world.check(asked)
    assert load_queries(asked.queries) == log


def test_a_question_that_still_stands_stays_open(asked):
    world.check(asked)
    assert not [q for q in load_queries(asked.queries) if q.what == ANSWERED]


def test_what_nobody_asked_about_is_a_finding_with_the_cells(asked):
    send_again(asked, officers_dispatched=5)
    (message,) = unasked(asked)
    assert "改动了没有请其更正的 2 处" in message and "质量类案件 出动执法人员" in message


def test_one_figure_changed_unasked_can_be_put_back_by_a_proposal(asked):
    was = world.records(UNIT, world.MAY)["cases"]["quality"]["officers_dispatched"]
    send_again(asked, rows=("quality",), officers_dispatched=5)
    desk = world.desk(asked)
    (name,) = [n for n, f in desk.snapshot.findings.items() if f.rule == "returns.changed_unasked"]
    finding = desk.snapshot.findings[name]
    assert (finding.row, finding.field, finding.expected) == ("quality", "officers_dispatched", str(was))
    offered = [c["new"] for p in world.ask(desk, ask="evidence", name=name)["proposals"] for c in p["changes"]]
    assert str(was) in offered
    versions = world.ask(desk, ask="evidence", name=name)["versions"]
    assert [v["value"] for v in versions] == [str(was), str(was + 5)]


def test_a_correction_of_a_form_without_a_finding_is_no_suspicion(tmp_path):
    paths = world.checked(tmp_path, {})
    send_again(paths, officers_dispatched=5)
    assert unasked(paths) == []


def decided(paths, ask: str, **words) -> list[str]:
    """What the log answers after a decision of ours about the finding that was asked about, and a check."""
    desk = world.desk(paths)
    item = next(i for i in desk.answer({"ask": "overview"})["items"] if i["form"] == "cases")
    names = [m["name"] for m in item["members"]]
    assert "error" not in desk.answer({"ask": ask, "names": names, **words})
    world.check(paths)
    return [q.text for q in load_queries(paths.queries) if q.what == ANSWERED]


def test_a_question_that_we_settled_by_a_correction_is_not_said_to_be_the_units_mending(asked):
    true = world.records(UNIT, world.MAY)["cases"]["quality"]["cases_closed"]
    change = {"form": "cases", "row": "quality", "field": "cases_closed", "old": str(true + 70), "new": str(true)}
    told = decided(asked, "correct", changes=[change], reason="县局6月8日来电更正")
    assert told and all(text.startswith("市局更正后") for text in told)


def test_a_question_that_we_settled_by_an_explanation_is_answered_with_it(asked):
    told = decided(asked, "explain", text="结案数含以前月份立案的案件")
    assert told and all("市局说明：结案数含以前月份" in text for text in told)

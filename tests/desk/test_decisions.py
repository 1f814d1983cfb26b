"""Decisions land as lines in the analyst's files, and only there; what cannot be meant is refused; undo is exact."""

from __future__ import annotations

import pytest

from tally.check.corrections import load_corrections
from tests.desk import world
from tests.desk.world import ask

REASON = "县局6月8日来电更正"


def refused(desk, **request) -> str:
    return desk.answer(request)["error"]["fact"]


def first(desk, **wanted):
    """The first item whose leading finding has these properties, with its evidence."""
    for item in ask(desk, ask="overview")["items"]:
        if all(item.get(k, item["members"][0].get(k)) == v for k, v in wanted.items()):
            return item, ask(desk, ask="evidence", name=item["name"])
    raise AssertionError(f"nothing like {wanted}")


def with_proposal(desk):
    for item in ask(desk, ask="overview")["items"]:
        evidence = ask(desk, ask="evidence", name=item["name"])
        if evidence["proposals"]:
            return item, evidence["proposals"][0]["changes"]
    raise AssertionError("no proposal")


def names(item) -> list[str]:
    return [m["name"] for m in item["members"]]


def test_an_accepted_proposal_is_a_guarded_line_that_the_check_applies(desk):
    item, changes = with_proposal(desk)
    ask(desk, ask="correct", names=names(item), changes=changes, reason=REASON)
    (line,) = load_corrections(desk.paths.corrections, desk.campaign).entries
    (change,) = changes
    assert (line.unit, line.row, line.field, line.old, line.new) == (
        item["unit"], change["row"], change["field"], change["old"], change["new"],
    )  # fmt: skip
    assert (line.reason, line.who) == (REASON, "李分析")
    assert ask(desk, ask="overview")["items"][0]["state"] == "decided"
    world.check(desk.paths)
    desk.renew()
    assert item["name"] not in {i["name"] for i in ask(desk, ask="overview")["items"]}


def test_the_effect_is_told_before_anything_is_written(desk):
    item, changes = with_proposal(desk)
    effect = ask(desk, ask="effect", name=item["name"], changes=changes)
    assert any(m["label"].startswith("全市") for m in effect["moved"])
    assert item["members"][0]["message"] in effect["solved"]
    assert not effect["raised"]
    assert effect["sums"][0]["gap"] == "0"
    assert not desk.paths.corrections.exists()


@pytest.mark.parametrize("new", ["12O", "约12", "12+3", "去年"])
def test_a_value_is_validated_as_the_cell_is(desk, new):
    item, changes = with_proposal(desk)
    assert "“" in refused(desk, ask="correct", names=names(item), changes=[{**changes[0], "new": new}], reason=REASON)
    assert not desk.paths.corrections.exists()


@pytest.mark.parametrize("reason", ["", "核实无误", "属实"])
def test_a_correction_without_a_reason_and_an_empty_explanation_are_refused(desk, reason):
    item, changes = with_proposal(desk)
    assert "没有内容" in refused(desk, ask="correct", names=names(item), changes=changes, reason=reason)
    assert "没有内容" in refused(desk, ask="explain", names=names(item), text=reason)
    assert not desk.paths.corrections.exists() and not desk.paths.explanations.exists()


def test_the_same_cell_is_not_corrected_twice_by_two_desks(desk):
    item, changes = with_proposal(desk)
    other = world.desk(desk.paths, "王复核")
    ask(desk, ask="correct", names=names(item), changes=changes, reason=REASON)
    assert "已由李分析更正" in refused(other, ask="correct", names=names(item), changes=changes, reason=REASON)


def test_undo_takes_back_exactly_what_was_written(desk):
    item, changes = with_proposal(desk)
    hand = "unit,form,row,field,old,new,reason,who,when\r\n亭湖区,附件3,1,地址,x,y,县局来函更正了,手写,2021-06-01\r\n"
    desk.paths.corrections.parent.mkdir(parents=True)
    desk.paths.corrections.write_bytes(hand.encode("gbk"))
    before = desk.paths.corrections.read_bytes()
    ask(desk, ask="correct", names=names(item), changes=changes, reason=REASON)
    assert desk.paths.corrections.read_bytes().startswith(before)
    ask(desk, ask="undo")
    assert desk.paths.corrections.read_bytes() == before
    assert "没有可以撤销" in refused(desk, ask="undo")


def test_undo_leaves_a_line_that_somebody_changed(desk):
    item, changes = with_proposal(desk)
    ask(desk, ask="correct", names=names(item), changes=changes, reason=REASON)
    edited = desk.paths.corrections.read_text("utf-8-sig").replace(REASON, "王复核改过的理由")
    desk.paths.corrections.write_text(edited, "utf-8-sig")
    assert "没有撤销" in refused(desk, ask="undo")
    assert desk.paths.corrections.read_text("utf-8-sig") == edited


def test_an_explanation_answers_the_finding_at_the_next_check(desk):
    item, _ = first(desk, severity="warning")
    ask(desk, ask="explain", names=names(item), text="含以前月份立案的案件2件")
    assert first(desk, name=item["name"])[0]["state"] == "explained"
    world.check(desk.paths)
    desk.renew()
    assert item["name"] not in {i["name"] for i in ask(desk, ask="overview")["items"]}


def test_a_question_stands_in_the_log_until_it_is_answered(desk):
    item, _ = first(desk, severity="error")

    def state() -> str:
        return first(desk, name=item["name"])[0]["state"]

    ask(desk, ask="ask", names=names(item), text="请核对罚没金额的单位", channel="电话")
    assert state() == "asked"
    ask(desk, ask="answer", names=names(item), text="单位填错，应为0.9万元", channel="电话")
    assert state() == "answered"
    log = first(desk, name=item["name"])[1]["log"]
    assert [(q["what"], q["channel"], q["who"]) for q in log] == [
        ("询问", "电话", "李分析"),
        ("答复", "电话", "李分析"),
    ]
    ask(desk, ask="undo")
    assert state() == "asked"


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("unit,form\r\n1,2\r\n", "缺少列"),
        ('unit,form,row,field,old,new,reason,who,when\r\n"320902,1\r\n', "第 2 行的引号不成对"),
    ],
)
def test_a_broken_file_is_told_by_its_line_and_nothing_is_written(desk, content, said):
    item, changes = with_proposal(desk)
    desk.paths.corrections.parent.mkdir(parents=True)
    desk.paths.corrections.write_text(content, encoding="utf-8", newline="")
    assert said in ask(desk, ask="overview")["problems"][0]
    assert said in refused(desk, ask="correct", names=names(item), changes=changes, reason=REASON)
    assert desk.paths.corrections.read_bytes() == content.encode()


def test_a_finding_that_is_gone_by_now_is_told(desk):
    assert "已经变了" in refused(desk, ask="evidence", name="0" * 12)
    assert "没有这种请求" in refused(desk, ask="delete everything")


def test_a_file_that_is_gone_since_the_check_is_told_not_raised(desk):
    item, evidence = first(desk, severity="error", form="cases")
    assert evidence["sheet"]
    for file in desk.paths.raw.glob("*.xlsx"):
        file.unlink()
    assert ask(desk, ask="evidence", name=item["name"])["sheet"] is None
    assert "上报文件有变动" in "".join(ask(desk, ask="overview", look=True)["stale"])


def test_nobody_decides_without_a_name(desk):
    item, changes = with_proposal(desk)
    ask(desk, ask="name", who=" ")
    assert "没有写明经办人" in refused(desk, ask="correct", names=names(item), changes=changes, reason=REASON)

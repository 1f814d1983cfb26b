"""The bureau's own lines: one that the unit's new return makes needless is a note, one that fits nothing is taken out by a button."""

from __future__ import annotations

import pytest

from tally.check.corrections import CORRECTIONS
from tally.store.lines import append, read
from tests.desk import world
from tests.desk.world import ask

UNIT = "320902"


def line(old: str, new: str, row: str = "quality") -> dict[str, str]:
    where = {"unit": UNIT, "form": "cases", "row": row, "field": "fines_confiscations"}
    return where | {"old": old, "new": new, "reason": "县局6月8日来电更正", "who": "李分析", "when": "2021-06-08"}


@pytest.fixture(scope="module")
def written(tmp_path_factory):
    """Three corrections: the unit has sent the value itself since, and two that fit no cell; checked."""
    paths = world.send(tmp_path_factory.mktemp("own"), {})
    now = world.typed(world.records(UNIT, world.MAY)["cases"]["quality"]["fines_confiscations"])
    append(paths.corrections, CORRECTIONS, [line("18600", now), line("77", "78"), line("99", "98", "other")])
    world.check(paths)
    return paths


def test_what_the_unit_has_put_right_itself_is_a_note_at_its_cell(written):
    findings = world.desk(written).snapshot.findings.values()
    (needless,) = [f for f in findings if f.rule == "corrections.needless"]
    assert (needless.severity, needless.unit, needless.row, needless.field) == (
        "note",
        UNIT,
        "quality",
        "fines_confiscations",
    )
    assert needless.cell and "18600" in needless.message


def test_a_line_that_fits_nothing_is_the_bureaus_own_and_goes_by_a_button(written):
    desk = world.desk(written)
    ours = [i for i in ask(desk, ask="overview")["items"] if i["rule"] == "corrections.stale"]
    assert [i["unitName"] for i in ours] == ["本局", "本局"]
    assert "附件4" in ours[0]["members"][0]["message"] and "亭湖区" in ours[0]["members"][0]["message"]
    before = written.corrections.read_bytes()
    for item in ours:
        evidence = ask(desk, ask="evidence", name=item["name"])
        assert evidence["ours"]
        ask(desk, ask="drop", names=[item["name"]], line=evidence["lines"][0]["name"])
    assert [r["old"] for _, r in read(written.corrections, CORRECTIONS).records] == ["18600"]
    states = {i["name"]: i["state"] for i in ask(desk, ask="overview")["items"]}
    assert [states[i["name"]] for i in ours] == ["decided", "decided"]
    ask(desk, ask="undo")
    ask(desk, ask="undo")
    assert written.corrections.read_bytes() == before


def test_a_line_that_is_not_there_cannot_be_dropped(desk):
    item = ask(desk, ask="overview")["items"][0]
    assert "已经没有了" in desk.answer({"ask": "drop", "names": [item["name"]], "line": "0"})["error"]["fact"]


@pytest.fixture
def wrong(tmp_path):
    """A sound return in which we corrected a total to 0 in error; checked."""
    paths = world.send(tmp_path, {})
    filed = world.typed(world.records(UNIT, world.MAY)["cases"]["total"]["cases_handled"])
    cell = {"unit": "亭湖区", "form": "附件4", "row": "合计", "field": "cases_handled"}
    signed = {"reason": "县局6月8日来电更正", "who": "李分析", "when": "2021-06-08"}
    append(paths.corrections, CORRECTIONS, [cell | {"old": filed, "new": "0"} | signed])
    world.check(paths)
    return paths


def test_a_wrong_correction_is_seen_and_taken_back_at_every_finding_that_it_brought(wrong):
    desk = world.desk(wrong)
    every = ask(desk, ask="overview")["items"]
    items = [i for i in every if i["unit"] == UNIT and i["form"] == "cases" and i["members"][0]["row"] == "total"]
    assert len(items) > 3
    for item in items:
        (line,) = ask(desk, ask="evidence", name=item["name"])["lines"]
        assert (line["what"], line["who"], line["when"]) == ("更正", "李分析", "2021-06-08")
        assert "县局6月8日来电更正" in line["says"] and "附件4" in line["where"]
    before = wrong.corrections.read_bytes()
    answer = ask(desk, ask="drop", names=[items[0]["name"]], line=line["name"])
    assert "删去更正" in answer["told"]
    assert read(wrong.corrections, CORRECTIONS).records == ()
    assert "decided" in answer["states"].values()  # the cell will be read otherwise
    ask(desk, ask="undo")
    assert wrong.corrections.read_bytes() == before


def total_item(desk):
    """An item beside which the corrected total stands, and its evidence."""
    for item in ask(desk, ask="overview")["items"]:
        evidence = ask(desk, ask="evidence", name=item["name"])
        if item["unit"] == UNIT and any(line["file"] == "corrections" for line in evidence["lines"]):
            return item, evidence
    raise AssertionError("the correction stands nowhere")


@pytest.mark.parametrize("new", ["7", "as filed"])
def test_a_second_correction_stands_in_place_of_the_first(wrong, new):
    desk = world.desk(wrong)
    item, evidence = total_item(desk)
    line = evidence["lines"][0]
    filed = world.typed(world.records(UNIT, world.MAY)["cases"]["total"]["cases_handled"])
    change = {"form": "cases", "row": "total", "field": "cases_handled", "old": filed}
    change |= {"new": filed if new == "as filed" else new}
    request = {"ask": "correct", "names": [item["name"]], "changes": [change], "reason": "县局6月9日来电，前一次有误"}
    assert "已由李分析更正" in desk.answer(request)["error"]["fact"]  # of whoever has not seen it
    before = wrong.corrections.read_bytes()
    ask(desk, **request, instead=[line["name"]])
    now = [r["new"] for _, r in read(wrong.corrections, CORRECTIONS).records]
    assert now == ([] if new == "as filed" else [new])  # the unit's own figure needs no line
    ask(desk, ask="undo")
    assert wrong.corrections.read_bytes() == before


def test_an_explanation_is_replaced_and_a_question_is_not_put_twice(wrong):
    desk = world.desk(wrong)
    item, _ = total_item(desk)
    names = [m["name"] for m in item["members"]]
    ask(desk, ask="explain", names=names, text="五月集中行动，单位来函说明")
    (line,) = [x for x in ask(desk, ask="evidence", name=item["name"])["lines"] if x["file"] == "explanations"]
    ask(desk, ask="explain", names=names, text="五月补报四月数，单位来函说明", instead=[line["name"]])
    (line,) = [x for x in ask(desk, ask="evidence", name=item["name"])["lines"] if x["file"] == "explanations"]
    assert line["says"] == "五月补报四月数，单位来函说明"
    ask(desk, ask="ask", names=names, text="请核实")
    assert "已经这样记过" in desk.answer({"ask": "ask", "names": names, "text": "请核实"})["error"]["fact"]

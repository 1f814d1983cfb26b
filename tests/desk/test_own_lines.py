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
    assert ask(desk, ask="evidence", name=ours[0]["name"])["ours"]
    before = written.corrections.read_bytes()
    for item in ours:
        ask(desk, ask="drop", names=[item["name"]])
    assert [r["old"] for _, r in read(written.corrections, CORRECTIONS).records] == ["18600"]
    states = {i["name"]: i["state"] for i in ask(desk, ask="overview")["items"]}
    assert [states[i["name"]] for i in ours] == ["decided", "decided"]
    ask(desk, ask="undo")
    ask(desk, ask="undo")
    assert written.corrections.read_bytes() == before


def test_what_is_no_line_of_ours_cannot_be_dropped(desk):
    item = ask(desk, ask="overview")["items"][0]
    assert "不是本局" in desk.answer({"ask": "drop", "names": [item["name"]]})["error"]["fact"]

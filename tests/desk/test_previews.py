"""A preview goes by what was saved a minute ago, carries the totals along, and tells what the next check will tell."""

from __future__ import annotations

import pytest

from tally.catalogue.rules import SAYINGS
from tally.desk.repairs import proposals
from tally.model import Finding
from tests.desk import world
from tests.desk.world import ask

UNIT = "320902"
FIELD = "fines_confiscations"
REASON = "县局6月8日来电更正"


@pytest.fixture(scope="module")
def checked_once(tmp_path_factory):
    """One unit whose total of seized masks is wrong: there is something to decide, and all its other columns are sound."""
    true = world.records(UNIT, world.MAY)["cases"]["total"]["masks_seized"]
    wrong = {(UNIT, "cases", "total", "masks_seized"): world.Mistake(true + 7, true)}
    return world.checked(tmp_path_factory.mktemp("previews"), wrong)


@pytest.fixture
def desk(checked_once):
    opened = world.desk(checked_once)
    yield opened
    checked_once.corrections.unlink(missing_ok=True)


def finding(desk) -> str:
    return next(i["name"] for i in ask(desk, ask="overview")["items"] if i["unit"] == UNIT)


def change(row: str, by: int) -> dict[str, str]:
    old = world.records(UNIT, world.MAY)["cases"][row][FIELD]
    return {"form": "cases", "row": row, "field": FIELD, "old": world.typed(old), "new": world.typed(old + by)}


def test_a_total_that_agreed_follows_its_part_unless_one_says_not(desk):
    name, part = finding(desk), change("quality", 2)
    carried = ask(desk, ask="effect", name=name, changes=[part])
    (total,) = carried["more"]
    assert (total["row"], total["new"]) == ("total", change("total", 2)["new"])
    assert carried["sums"][0]["gap"] == "0" and not carried["raised"]
    alone = ask(desk, ask="effect", name=name, changes=[part], totals=False)
    assert alone["sums"][0]["gap"] == "-2" and any("各类之和" in m for m in alone["raised"])


def test_what_was_saved_is_known_to_the_next_preview_and_to_the_evidence(desk):
    name = finding(desk)
    ask(desk, ask="correct", names=[name], changes=[change("quality", 2)], reason=REASON)
    after = ask(desk, ask="effect", name=name, changes=[change("total", 2)])
    assert after["sums"][0]["gap"] == "0"
    assert not after["raised"] and any("各类之和" in m for m in after["solved"])
    view = desk.now.view(UNIT, desk.campaign.form("cases"))
    assert str(view.value(view.index["quality"], FIELD)) in (
        change("quality", 2)["new"],
        change("quality", 2)["new"] + ".0",
    )
    ask(desk, ask="undo")
    assert desk.now is desk.snapshot


def test_what_a_value_leaves_wrong_in_its_own_cell_is_told(desk):
    name = finding(desk)
    at = {"form": "cases", "row": "total", "field": "masks_seized"}
    true = world.records(UNIT, world.MAY)["cases"]["total"]["masks_seized"]
    effect = ask(
        desk, ask="effect", name=name, changes=[at | {"old": world.typed(true + 7), "new": world.typed(true + 3)}]
    )
    assert not effect["solved"] and any(s["field"] == "masks_seized" and s["row"] == "total" for s in effect["stays"])


def test_the_figure_without_its_slip_is_a_proposal(desk):
    view = desk.now.view(UNIT, desk.campaign.form("cases"))
    here = view.value(view.index["quality"], FIELD)
    words = {"who": "质量类案件", "label": "罚没", "flow": "本期", "value": here, "measure": "万元", "usual": 0.2}
    message = SAYINGS["Outlier/slip"].text.format(**words, slip="多写了两位", meant="0.21")
    finding = Finding(UNIT, "cases", "cases.outlier", "warning", message, row="quality", field=FIELD)
    assert "0.21" in [c.new for p in proposals(desk.now, finding) for c in p.changes if c.row == "quality"]


def test_findings_that_a_correction_mends_are_decided_wherever_they_stand(desk):
    items = [i for i in ask(desk, ask="overview")["items"] if i["unit"] == UNIT]
    true = world.typed(world.records(UNIT, world.MAY)["cases"]["total"]["masks_seized"])
    evidence = ask(desk, ask="evidence", name=items[0]["name"])
    cell = next(c for c in evidence["targets"].values() if (c["row"], c["field"]) == ("total", "masks_seized"))
    mended = {"form": "cases", "row": "total", "field": "masks_seized", "old": cell["guard"], "new": true}
    ask(desk, ask="effect", name=items[0]["name"], changes=[mended])  # as the page does while one types
    answer = ask(desk, ask="correct", names=[items[0]["name"]], changes=[mended], reason=REASON)
    assert {answer["states"][i["name"]] for i in items} == {"decided"}

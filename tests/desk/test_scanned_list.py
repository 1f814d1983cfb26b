"""A list of which only a picture came: a record is one thing to decide, beside its cut-outs; only then it is in a figure."""

from __future__ import annotations

import pytest

from tally import campaigns
from tally.campaigns.masks_2021 import CAMPAIGN
from tally.paths import Paths
from tally.readers import scan as scanning
from tally.totals import open_totals
from tests.desk import world
from tests.unit.county.scanned import FIRMS, seen, sheet

pytestmark = pytest.mark.skipif(not scanning.available(), reason="requirements-scan.txt is not installed")


@pytest.fixture
def paths(tmp_path) -> Paths:
    paths = Paths(tmp_path, CAMPAIGN.name, world.MAY)
    place = paths.raw / "亭湖区" / "附件5.png"
    place.parent.mkdir(parents=True)
    place.write_bytes(seen(paths, sheet()))
    world.check(paths)
    return paths


def batches(paths: Paths):
    return open_totals(campaigns.load(), paths).book["sampling.batches"]


def test_a_record_is_confirmed_at_once_beside_all_its_cut_outs_and_then_counts(paths):
    assert batches(paths).value == 0 and "3条扫描件记录待核实，未计入" in batches(paths).doubt
    desk = world.desk(paths)
    items = [i for i in desk.answer({"ask": "overview"})["items"] if i["members"][0]["rule"] == "scan.unconfirmed"]
    assert len(items) == 3
    item = next(i for i in items if i["members"][0]["row"] == "2")
    evidence = desk.answer({"ask": "evidence", "name": item["name"]})
    assert {c["text"] for c in evidence["cuts"]} >= {FIRMS[1], "不合格", "300"}
    assert all(c["src"].startswith("data:image/png;base64,") for c in evidence["cuts"])
    (changes,) = [p["changes"] for p in evidence["proposals"]]
    assert len(changes) == len(evidence["cuts"]) and all(c["old"] == c["new"] for c in changes)
    names = [m["name"] for m in item["members"]]
    answer = desk.answer({"ask": "correct", "names": names, "changes": changes, "reason": "已对照截图逐格核对"})
    assert "error" not in answer
    world.check(paths)
    assert batches(paths).value == 1 and "2条扫描件记录待核实，未计入" in batches(paths).doubt

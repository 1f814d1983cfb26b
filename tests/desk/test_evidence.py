"""Beside a finding: its column added up, the piece of the scan it is about; nothing outside the cut-outs is shown."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from tally.desk.cut_outs import cut_out
from tests.desk import world

PNG = b"\x89PNG\r\n\x1a\nno picture, but one by its name"


def test_a_column_is_added_up_beside_its_total(checked, mistakes):
    desk = world.desk(checked)
    (unit, form, row, field) = next(p for p, m in mistakes.items() if p[1] == "cases" and isinstance(m.written, int))
    names = [n for n, f in desk.snapshot.findings.items() if (f.unit, f.form, f.field) == (unit, form, field)]
    shown = next(c for n in names if (c := desk.answer({"ask": "evidence", "name": n})["column"]))
    parts = [Decimal(value) for _, _, value in shown["parts"]]
    assert len(parts) == 7 and sum(parts) == Decimal(shown["sum"]) != Decimal(shown["total"])


@pytest.mark.parametrize(
    ("named", "seen"),
    [
        ("data/processed/masks_2021/2021-05/scans/ab/第1页表1_B5.png", True),
        ("data/processed/masks_2021/2021-05/scans/ab/第1页表1_B6.png", False),
        ("data/processed/masks_2021/2021-05/scans/../secret.png", False),
        ("../../../../etc/x.png", False),
    ],
)
def test_only_a_cut_out_of_the_period_is_shown(paths, named, seen):
    folder = paths.processed / "scans" / "ab"
    folder.mkdir(parents=True)
    (folder / "第1页表1_B5.png").write_bytes(PNG)
    (paths.processed / "secret.png").write_bytes(PNG)
    any_finding = next(iter(world.desk(paths).snapshot.findings.values()))
    finding = replace(any_finding, message=f"扫描件此格识别为“14”，没有旁证，未计入（原图：{named}）")
    assert cut_out(paths, finding).startswith("data:image/png;base64,") == seen
    assert cut_out(paths, any_finding) == ""


def test_the_period_at_hand_says_of_a_cell_what_its_reading_says(desk):
    """Also of a record that shares its firm and product with others."""
    seen = 0
    for item in world.ask(desk, ask="overview")["items"][:25]:
        evidence = world.ask(desk, ask="evidence", name=item["name"])
        now = [p for p in evidence["periods"] if p.get("now")]
        if evidence["cell"] and now:
            assert now[0]["value"] == evidence["cell"]["value"], item["members"][0]["message"]
            seen += 1
    assert seen > 10

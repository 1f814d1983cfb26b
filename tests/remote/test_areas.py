"""What a command needs, what is a result, what vouches for what, and what is nobody else's business."""

from __future__ import annotations

import pytest

from tally.store.remote.areas import group, inside, is_result, is_safe, scope, travels, vouches

PROCESSED, REPORTS = "data/processed/masks_2021/2021-05", "reports/masks_2021/2021-05"


@pytest.mark.parametrize(
    ("name", "together"),
    [
        (f"{PROCESSED}/units/320902/cases.parquet", f"{PROCESSED}/units/320902"),
        (f"{PROCESSED}/units/320902/state.json", f"{PROCESSED}/units/320902"),
        (f"{PROCESSED}/units/findings.parquet", PROCESSED),
        (f"{PROCESSED}/state.json", PROCESSED),
        (f"{PROCESSED}/areas/110000/totals.parquet", PROCESSED),
        (f"{REPORTS}/runs/report.state.json", REPORTS),
        (f"{REPORTS}/areas/110000/report.html", f"{REPORTS}/areas/110000"),
        (f"{REPORTS}/releases/1/{PROCESSED}/cases.parquet", f"{REPORTS}/releases/1"),
        ("data/raw/masks_2021/2021-05/received.csv", ""),
        ("campaigns/lifts_2022/__init__.py", ""),
    ],
)
def test_results_stand_or_fall_with_what_vouches_for_them(name, together):
    assert group(name) == together


def test_what_vouches_is_put_after_what_it_vouches_for():
    ordered = [
        f"{PROCESSED}/units/320902/cases.parquet",
        f"{PROCESSED}/units/320902/state.json",
        f"{PROCESSED}/state.json",
        f"{REPORTS}/manifest.json",
        f"{REPORTS}/runs/report.state.json",
    ]
    assert [vouches(n) for n in ordered] == [0, 1, 2, 3, 4]
    assert vouches("data/raw/masks_2021/2021-05/received.csv") == -1
    assert vouches("data/raw/masks_2021/2021-05/亭湖区/state.json") == 0, "a return may have any name"


@pytest.mark.parametrize(
    ("name", "goes"),
    [
        (f"{PROCESSED}/known-files.json", False),
        (f"{PROCESSED}/units/joined.json", False),
        (f"{PROCESSED}/units/320902/.cases.parquet.x1", False),
        (f"{PROCESSED}/units/320902/cases.parquet", True),
        ("campaigns/lifts_2022/__pycache__/visits.pyc", False),
        ("campaigns/.lifts_2022/__init__.py", False),
        ("data/raw/masks_2021/2021-05/亭湖区/received.json", True),
        ("data/raw/masks_2021/2021-05/.隐藏.xlsx", True),
    ],
)
def test_what_only_this_machine_can_use_stays_here(name, goes):
    assert travels(name) == goes


def test_a_commands_scope_is_its_campaign():
    folders = scope("masks_2021")
    assert inside(f"{PROCESSED}/state.json", folders) and inside("campaigns/other/__init__.py", folders)
    assert not inside("data/processed/masks_2021_nation/x", folders) and not inside("data/processed/run.lock", folders)
    assert scope("../../etc") == ("campaigns",)


def test_results_are_what_tally_makes():
    assert is_result(f"{REPORTS}/report.html") and not is_result("data/narrative/masks_2021/2021-05.md")


@pytest.mark.parametrize("name", ["", "a/../b", "/a", "a//b", "a/.", "a\\b", "a\0b"])
def test_a_name_that_is_no_files_is_not_safe(name):
    assert not is_safe(name)
    assert is_safe("a/b c/东台.xlsx")

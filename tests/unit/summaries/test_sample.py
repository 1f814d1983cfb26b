"""The sample's summaries: what was planted is found, at its file, and nothing else is claimed."""

import json

import pytest

from tally.campaigns.masks_2021 import CAMPAIGN
from tally.paths import PROJECT, Paths
from tally.store.tables import read_table
from tests.unit import processed


@pytest.fixture(params=processed.PERIODS)
def period(request):
    return request.param


@pytest.fixture
def folder(period):
    return Paths(processed.root(), CAMPAIGN.name, period).processed


def test_planted_disagreements_are_found_and_there_is_no_false_alarm(period, folder):
    truth = json.loads((PROJECT / "tests" / "golden" / f"truth_{period}.json").read_text(encoding="utf-8"))
    planted = {(p["unit"], p["field"], p["file"]) for p in truth["planted"] if p["form"] == "summary"}
    findings = read_table(folder / "findings.parquet")
    found = findings[(findings["form"] == "summary") & (findings["severity"] != "note")]
    assert planted and set(zip(found["unit"], found["field"], found["file"], strict=True)) == planted


def test_every_summary_that_came_has_passages_in_one_table(folder):
    returns, passages = read_table(folder / "returns.parquet"), read_table(folder / "passages.parquet")
    came = returns[(returns["form"] == "summary") & (returns["state"] != "missing")]
    assert set(passages["unit"]) == set(came["unit"])
    assert set(passages["duty"]) <= {d.name for d in CAMPAIGN.duties}
    files = passages["file"].str.partition("!")[0]  # a member of a zip
    assert set(zip(passages["unit"], files, strict=True)) == set(zip(came["unit"], came["file"], strict=True))


def test_a_summary_in_one_document_with_forms_is_read():
    returns = read_table(Paths(processed.root(), CAMPAIGN.name, "2021-04").processed / "returns.parquet")
    row = returns[(returns["unit"] == "320921") & (returns["form"] == "summary")].iloc[0]
    assert row["file"] == "响水县/响水县口罩专项整治材料.docx" and row["state"] == "on time"

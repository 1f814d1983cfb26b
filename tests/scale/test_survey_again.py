"""A survey that knows unchanged files again, and the part of it that a county's notebook gets."""

from __future__ import annotations

import os

import pytest

from tally.campaigns.masks_2021 import CAMPAIGN
from tally.intake import known_files, survey_file
from tally.intake.survey import survey
from tally.paths import Paths


@pytest.fixture
def paths(tmp_path):
    paths = Paths(tmp_path, CAMPAIGN.name, "2021-05")
    for name, text in (("亭湖区/a.csv", "甲"), ("盐都/b.csv", "乙"), ("盐都/c.csv", "甲")):
        path = paths.raw / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text * 40, encoding="utf-8")
        os.utime(path, (1622700000, 1622700000))
    return paths


def aged(known: known_files.Seen) -> known_files.Seen:
    """As if the files had not been touched for long."""
    return known_files.Seen(dict(known.hashes), dict(known.inside))


def noticed(monkeypatch, paths) -> known_files.Seen:
    monkeypatch.setattr(known_files, "_RACY", -1)
    known = known_files.Seen()
    survey(CAMPAIGN, paths, known)
    return aged(known)


def test_a_survey_with_what_was_seen_equals_one_without(paths, monkeypatch):
    known = noticed(monkeypatch, paths)
    assert len(known.before) == 3
    assert survey(CAMPAIGN, paths, known) == survey(CAMPAIGN, paths)


def test_a_file_with_the_same_size_and_time_but_other_content_is_noticed(paths, monkeypatch):
    known = noticed(monkeypatch, paths)
    path = paths.raw / "亭湖区/a.csv"
    path.write_text("丙" * 40, encoding="utf-8")
    os.utime(path, (1622700000, 1622700000))
    assert survey(CAMPAIGN, paths, known) == survey(CAMPAIGN, paths)


def test_files_just_written_are_not_trusted(paths):
    known = known_files.Seen()
    survey(CAMPAIGN, paths, known)
    assert known.hashes == {}


def test_the_part_handed_over_reads_as_the_whole_for_its_unit(paths):
    whole = survey(CAMPAIGN, paths)
    received = survey_file.hand_over(paths, "320903", whole)
    part = survey_file.taken_over(paths, received)
    assert part.of("320903") == whole.of("320903")
    assert part.of("320902") == []
    shared = next(iter(whole.shared))
    assert part.shared[shared] == whole.shared[shared]
    assert {p: part.claims[p] for p in part.shared[shared]} == {p: whole.claims[p] for p in part.shared[shared]}


@pytest.mark.parametrize("change", ["盐都/b.csv", "盐都/new.csv", "received.csv"])
def test_a_part_is_not_believed_once_something_changed(paths, change):
    received = survey_file.hand_over(paths, "320903", survey(CAMPAIGN, paths))
    (paths.raw / change).write_text("changed", encoding="utf-8")
    assert survey_file.taken_over(paths, received) is None


def test_without_a_part_there_is_none(paths):
    assert survey_file.taken_over(paths, "") is None
    assert survey_file.taken_over(paths, "data/processed/none.json") is None

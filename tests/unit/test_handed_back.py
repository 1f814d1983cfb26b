"""A feedback file that comes in again: the same values, no word about our own additions, the unit's answers heard."""

from __future__ import annotations

import io

import openpyxl
import pytest

from benchmarks.mess.compose import compose
from tally.campaigns.masks_2021 import CAMPAIGN
from tally.intake.survey import survey
from tally.locate.imprint import own_words
from tally.paths import Paths
from tally.returns.processing import process_unit
from tests.unit import processed
from tests.unit.render.returned import cases_book, feedback, of_sample, saved, sent


def again(tmp_path, data: bytes, unit: str, period: str):
    """The return read from a feedback file that `unit` sent in place of its own files."""
    folder = Paths(tmp_path, CAMPAIGN.name, period).raw / CAMPAIGN.unit(unit).name
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "反馈.xlsx").write_bytes(data)
    return process_unit(
        CAMPAIGN.name, period, unit, str(tmp_path), survey(CAMPAIGN, Paths(tmp_path, CAMPAIGN.name, period))
    )


@pytest.mark.parametrize("unit", [u.code for u in CAMPAIGN.units])
def test_an_untouched_feedback_file_reads_as_the_files_it_was_made_from(tmp_path, unit):
    read = again(tmp_path, of_sample("2021-04", unit).data, unit, "2021-04")
    before = process_unit(CAMPAIGN.name, "2021-04", unit, str(processed.root()))
    for name, ret in read.returns.items():
        assert ret.frame.astype(object).fillna("").equals(before.returns[name].frame.astype(object).fillna("")), name
    assert not [f for f in read.all_findings if f.rule in ("cell.comment", "intake.no_form")]


@pytest.mark.parametrize("seed", [1, 4, 10, 13, 34, 37, 40, 52])
def test_a_messy_return_reads_the_same_from_its_feedback_file(tmp_path, seed):
    messy = compose(seed, tmp_path / "a")
    before = process_unit(CAMPAIGN.name, messy.period, messy.unit, str(tmp_path / "a"))
    processed.process(tmp_path / "a", messy.period)
    read = again(tmp_path / "b", feedback(tmp_path / "a", messy.period, messy.unit).data, messy.unit, messy.period)
    for name, ret in read.returns.items():
        frame = before.returns[name].frame
        assert list(ret.frame.index) == list(frame.index), name
        assert ret.frame.astype(object).fillna("").equals(frame.astype(object).fillna("")), name


def test_what_the_unit_wrote_into_the_list_is_heard(tmp_path):
    data = sent(tmp_path / "a", {"亭湖区/附件4.xlsx": saved(cases_book(total=99))}).data
    book = openpyxl.load_workbook(io.BytesIO(data))
    (line,) = (row for row in book["问题清单"].iter_rows() if row[0].value == "1")
    line[9].value = "系当场处罚，另有台账"
    read = again(tmp_path / "b", saved(book), "320902", "2021-04")
    (answer,) = (f for f in read.all_findings if f.rule == "feedback.answered")
    assert (answer.severity, answer.cell, answer.found) == ("note", line[9].coordinate, "系当场处罚，另有台账")


def test_a_corrected_cell_loses_its_colour_and_comment(tmp_path):
    data = sent(tmp_path / "a", {"亭湖区/附件4.xlsx": saved(cases_book(total=99))}).data
    book = openpyxl.load_workbook(io.BytesIO(data))
    book["附件4"]["D12"] = 21
    after = sent(tmp_path / "b", {"亭湖区/附件4.xlsx": saved(book)})
    assert after.book.sheetnames == ["问题清单", "问题清单（报送情况）", "附件4"]
    assert after.book["附件4"]["D12"].comment is None and after.book["附件4"]["D12"].fill.fill_type is None


def test_a_units_own_comment_is_told_from_ours():
    assert own_words("【差错】合计不符\n规则：cases.x\n\n（原有批注）待核实") == "待核实"
    assert own_words("【差错】合计不符\n规则：cases.x") == ""
    assert own_words("【差错】是谁填的？") == "【差错】是谁填的？"

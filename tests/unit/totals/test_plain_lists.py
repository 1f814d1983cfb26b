"""Lists of any other kind: records and what their columns of choices say, to date and this period."""

from __future__ import annotations

import pytest

from tally import campaigns, totals
from tally.intake.survey import survey
from tally.paths import Paths
from tally.returns.processing import join_units, process_unit, reporting_units
from tests.campaigns import returns


@pytest.fixture(scope="module")
def book(tmp_path_factory):
    root = returns.write_root(tmp_path_factory.mktemp("lists"))
    declared = campaigns.load("lifts_2022", root)
    for period in (returns.FIRST, returns.SECOND):
        for unit in reporting_units(declared, survey(declared, Paths(root, "lifts_2022", period))):
            process_unit("lifts_2022", period, unit, str(root))
        join_units("lifts_2022", period, str(root))
    return totals.work_out(totals.read_history(declared, Paths(root, "lifts_2022", returns.SECOND))).book


def test_additions_are_added_up_to_date(book):
    assert (book.value("hazards.records"), book.value("hazards.records.to_date")) == (1, 4)


def test_each_choice_is_counted_and_they_make_up_the_whole(book):
    counts = [book.value(f"hazards.state.{v}.to_date") for v in ("已整改", "整改中", "未整改", "未注明")]
    assert counts == [2, 1, 1, 0]
    assert book.value("hazards.sealed.是.to_date") == 1 and book.value("hazards.sealed.否.to_date") == 3


def test_a_unit_that_sent_no_list_has_no_figure_and_the_others_lead_to_cells(book):
    assert "hazards.records@995104" not in book
    (part,) = book["hazards.state.未整改@995101"].parts
    assert [(c.sheet, c.cell, c.raw) for c in part.cells] == [("清单", "F5", "未整改")]
